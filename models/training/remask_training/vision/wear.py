"""What drawing and decoding do to a picture: those who look at pictures learn to look past it.

Pictures are float [B, 3, S, S] in 0..1."""

import torch
import torch.nn.functional as F
from torch import Tensor

from .tower import SIZE

FAINT = 0.08  # of 1: textures up to this are lost at most


def worn(image: Tensor, seed: int) -> Tensor:
    """Slightly blurred or noisy: decoded pictures are not as crisp as renders."""
    draw = _drawer(image, seed)
    share = draw(torch.rand, len(image), 1, 1, 1) * 0.8
    noise = 0.03 * draw(torch.randn, *image.shape) * draw(torch.rand, len(image), 1, 1, 1)
    return (image + share * (_soft(image) - image) + noise).clamp(0, 1).contiguous(memory_format=torch.channels_last)


def faded(image: Tensor, seed: int) -> Tensor:
    """Half of the pictures without their faint textures: dots, grain and light shadows are the first that a tokenizer loses."""
    draw = _drawer(image, seed)
    least = FAINT * draw(torch.rand, len(image), 1, 1, 1) * (draw(torch.rand, len(image), 1, 1, 1) < 0.5)
    soft = _soft(_soft(image))
    detail = image - soft
    return (soft + detail.sign() * F.relu(detail.abs() - least)).clamp(0, 1)


def torn(image: Tensor, seed: int, most: float = 0.25) -> Tensor:
    """Up to `most` of the 8 px cells of half of the pictures taken from the next picture: what a model draws has such faults,
    and is still what it shows."""
    draw = _drawer(image, seed)
    gone = draw(torch.rand, len(image), 1, SIZE // 8, SIZE // 8) < most * draw(torch.rand, len(image), 1, 1, 1) * (
        draw(torch.rand, len(image), 1, 1, 1) < 0.5
    )
    gone = gone.repeat_interleave(8, 2).repeat_interleave(8, 3)
    return torch.where(gone, image.roll(1, 0), image)


def _drawer(image: Tensor, seed: int):
    """`draw(torch.rand, *size)`: the same for the same seed on every device."""
    generator = torch.Generator().manual_seed(seed)
    return lambda kind, *size: kind(*size, generator=generator).to(image.device)


def _soft(image: Tensor) -> Tensor:
    return F.avg_pool2d(F.pad(image, (1, 1, 1, 1), mode="replicate"), 3, 1)
