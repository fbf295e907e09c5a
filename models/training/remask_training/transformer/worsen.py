"""Coarse tokens with the faults of a drawn picture, for super-resolution to mend: taught by true ones alone it copies every fault
(conditioning augmentation; Ho et al. 2021, Cascaded Diffusion Models, section 4)."""

from dataclasses import replace

import torch
from torch import Tensor

from ..device import DEVICE, autocast
from ..text.minilm import TextEncoder
from .data import Batch
from .model import MaskedTransformer, grid_positions

MOST = 0.6  # share of a picture's tokens that are drawn anew at most
SOUND = 0.3  # share of pictures that stay as they are
TEMPERATURE = 0.8


class Worsen:
    """Has the base draw a random share of the tokens at once, so that neighbours do not know of each other."""

    def __init__(self, base: MaskedTransformer, text: TextEncoder):
        self.base, self.text = base, text

    @torch.no_grad()
    def __call__(self, batch: Batch, step: int) -> Batch:
        """The batch with worse coarse tokens; the same for the same step."""
        generator = torch.Generator().manual_seed(step)
        coarse = batch.coarse
        masks = draw_shares(coarse.shape, generator).to(DEVICE)
        words, word_mask = self.text(batch.captions)
        hidden = coarse.masked_fill(masks, self.base.mask_token)
        positions = grid_positions(*coarse.shape[1:], self.base.shape.patch).to(DEVICE)
        with autocast():
            logits = self.base(
                hidden, words, word_mask, positions, None, torch.full_like(coarse, self.base.no_reference), select=masks
            )
        chances = (logits.float() / TEMPERATURE).softmax(-1)
        drawn = coarse.clone()
        drawn[masks] = torch.multinomial(chances, 1, generator=generator if DEVICE.type == "cpu" else None)[:, 0]
        return replace(batch, coarse=drawn)


def draw_shares(shape: tuple[int, ...], generator: torch.Generator) -> Tensor:
    """bool [B, H, W]: of each picture a share of its own, 0 for some."""
    share = torch.rand(shape[0], 1, 1, generator=generator) * MOST
    share = share * (torch.rand(shape[0], 1, 1, generator=generator) >= SOUND)
    return torch.rand(shape, generator=generator) < share
