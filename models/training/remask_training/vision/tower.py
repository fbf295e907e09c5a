"""A small residual convolution tower: pictures of 128 px to features of 8 px cells."""

import torch.nn.functional as F
from torch import Tensor, nn

SIZE = 128  # pixels a side that ranker and judge look at


class Residual(nn.Module):
    """Two 3 x 3 convolutions with batch norm; `stride` 2 halves the side."""

    def __init__(self, before: int, after: int, stride: int):
        super().__init__()
        self.first, self.second = nn.Conv2d(before, after, 3, stride, 1, bias=False), nn.Conv2d(after, after, 3, 1, 1, bias=False)
        self.first_norm, self.second_norm = nn.BatchNorm2d(after), nn.BatchNorm2d(after)
        self.short = nn.Conv2d(before, after, 1, stride, bias=False) if (before, stride) != (after, 1) else nn.Identity()

    def forward(self, x: Tensor) -> Tensor:
        y = F.relu(self.first_norm(self.first(x)))
        return F.relu(self.second_norm(self.second(y)) + self.short(x))


class Tower(nn.Sequential):
    """float [B, 3, S, S] in 0..1 -> [B, width, S / 8, S / 8]."""

    def __init__(self, width: int = 192):
        super().__init__(
            nn.Conv2d(3, 32, 4, 2, 1),
            nn.ReLU(),
            Residual(32, 64, 2),
            Residual(64, 64, 1),
            Residual(64, 128, 2),
            Residual(128, 128, 1),
            Residual(128, width, 1),
        )
