"""Muon (Jordan 2024): momentum whose matrices are made orthogonal by Newton-Schulz iterations; for the blocks' matrices."""

import torch
from torch import Tensor

from ..device import FAST

MOMENTUM = 0.95
COEFFICIENTS = (3.4445, -4.7750, 2.0315)  # quintic with the steepest start that still settles near 1


def orthogonal(matrices: Tensor, rounds: int = 5) -> Tensor:
    """[n, rows, columns] -> nearest (about) semi-orthogonal matrices, float32; iterates in the device's fast format."""
    a, b, c = COEFFICIENTS
    x = matrices.to(FAST)
    x = x / (x.float().norm(dim=(1, 2), keepdim=True).to(FAST) + 1e-7)
    tall = x.shape[1] > x.shape[2]
    x = x.transpose(1, 2).contiguous() if tall else x
    for _ in range(rounds):
        gram = x @ x.transpose(1, 2)
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x.transpose(1, 2) if tall else x).float()


class Muon(torch.optim.Optimizer):
    """Fused projections (query, key, value in one matrix) are split into blocks of `width` rows before the iteration."""

    def __init__(self, params, lr: float, width: int, weight_decay: float = 0.01):
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay})
        self.width = width

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            same_shape: dict[torch.Size, list[tuple[Tensor, Tensor]]] = {}
            for param in group["params"]:
                momentum = self.state[param].setdefault("momentum", torch.zeros_like(param))
                momentum.mul_(MOMENTUM).add_(param.grad)
                update = param.grad + MOMENTUM * momentum
                for target, part in zip(self._parts(param.data), self._parts(update), strict=True):
                    same_shape.setdefault(part.shape, []).append((target, part))
            for shape, pairs in same_shape.items():
                scale = group["lr"] * max(1, shape[0] / shape[1]) ** 0.5
                for (target, _), update in zip(pairs, orthogonal(torch.stack([part for _, part in pairs])), strict=True):
                    target.mul_(1 - group["lr"] * group["weight_decay"]).add_(update, alpha=-scale)

    def _parts(self, matrix: Tensor) -> tuple[Tensor, ...]:
        rows = matrix.shape[0]
        if rows % self.width == 0:
            return matrix.chunk(rows // self.width, 0)
        return matrix.chunk(2, 0) if rows > 2 * matrix.shape[1] else (matrix,)
