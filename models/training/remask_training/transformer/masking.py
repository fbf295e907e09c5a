"""Which tokens are hidden in training: random cells by the cosine schedule, boxes as in in- and outpainting."""

import math

import torch
from torch import Tensor

BOXES = 0.18  # share of samples in which only a box, or all but a box, is hidden
NO_TEXT = 0.10  # share of captions emptied for guidance ...
NO_TEXT_BLANK = 0.25  # ... and when nearly all is hidden, where the empty branch is hardest and guidance starts


def draw_masks(count: int, side: int, generator: torch.Generator, patch: int = 2) -> Tensor:
    """bool [count, side, side], True = hidden; at least one cell per sample."""
    uniform = lambda *size: torch.rand(*size, generator=generator)
    hidden = (torch.cos(uniform(count) * math.pi / 2) * side * side).ceil().clamp(1, side * side)
    scores = uniform(count, side, side)
    # half of the samples hide whole patches: what a mask drawn by hand or an early decoding step looks like
    coarse = uniform(count, side // patch, side // patch).repeat_interleave(patch, 1).repeat_interleave(patch, 2)
    scores = torch.where((uniform(count) < 0.3)[:, None, None], coarse + 0.01 * scores, scores)
    order = scores.flatten(1).argsort(1).argsort(1).view_as(scores)
    masks = order < hidden[:, None, None]
    for index in torch.nonzero(uniform(count) < BOXES).flatten().tolist():
        masks[index] = _box(side, generator) & (masks[index] | (uniform(1) < 0.6))
        if not masks[index].any():
            masks[index, side // 2, side // 2] = True
    return masks


def _box(side: int, generator: torch.Generator) -> Tensor:
    """A random box, or in three of ten cases everything but it. bool [side, side]."""
    draw = lambda low, high: int(torch.randint(low, high, (1,), generator=generator))
    height, width = draw(side // 4, side), draw(side // 4, side)
    top, left = draw(0, side - height + 1), draw(0, side - width + 1)
    box = torch.zeros(side, side, dtype=torch.bool)
    box[top : top + height, left : left + width] = True
    return ~box if torch.rand(1, generator=generator) < 0.3 else box


def emptied(masks: Tensor, generator: torch.Generator) -> Tensor:
    """bool [B]: whose caption is dropped."""
    blank = masks.flatten(1).float().mean(1) > 0.9
    return torch.rand(len(masks), generator=generator) < torch.where(blank, NO_TEXT_BLANK, NO_TEXT)
