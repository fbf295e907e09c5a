"""Decoding by confidence: the grid fills over a few steps, the surest tokens first."""

import math

import torch
from torch import Tensor

from ..device import DEVICE, autocast
from ..text.minilm import TextEncoder
from .model import MaskedTransformer, grid_positions


@torch.no_grad()
def decode(
    model: MaskedTransformer,
    text: TextEncoder,
    captions: list[str],
    side: int,
    steps: int,
    guidance: float,
    seed: int,
    coarse: Tensor | None = None,
    reference: Tensor | None = None,
    choice: float = 3.0,
    temperature: float = 0.9,
) -> Tensor:
    """int64 [B, side, side]. `choice`: noise on the order of filling, falling to 0; `temperature`: of the token draw."""
    count, cells = len(captions), side * side
    generator = torch.Generator().manual_seed(seed)
    words, mask = text([*captions, *[""] * count])
    positions = grid_positions(side, side, model.shape.patch).to(DEVICE)
    tokens = torch.full((count, side, side), model.mask_token, device=DEVICE)
    if model.shape.reference and reference is None:
        reference = torch.full_like(tokens, model.no_reference)
    twice = lambda t: None if t is None else torch.cat([t, t])
    coarse, reference = twice(coarse), twice(reference)
    for step in range(steps):
        with autocast():
            logits = model(twice(tokens), words, mask, positions, coarse, reference).float()
        with_text, without = logits.flatten(1, 2).chunk(2)
        logits = without + guidance * (with_text - without)
        gumbel = lambda shape: -torch.log(-torch.log(torch.rand(shape, generator=generator).to(DEVICE) + 1e-9) + 1e-9)
        drawn = (logits / temperature + gumbel(logits.shape)).argmax(-1)
        hidden = tokens.flatten(1) == model.mask_token
        sure = logits.log_softmax(-1).gather(-1, drawn[..., None])[..., 0]
        sure = sure + choice * (1 - (step + 1) / steps) * gumbel(sure.shape)
        sure = sure.masked_fill(~hidden, torch.inf)
        drawn = torch.where(hidden, drawn, tokens.flatten(1))
        keep_hidden = math.floor(cells * math.cos((step + 1) / steps * math.pi / 2))
        if step + 1 < steps and keep_hidden > 0:
            drawn.scatter_(1, sure.topk(keep_hidden, 1, largest=False).indices, model.mask_token)
        tokens = drawn.view_as(tokens)
    return tokens
