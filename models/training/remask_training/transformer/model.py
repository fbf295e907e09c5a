"""One masked transformer for every stage of the cascade.

The grid of tokens is cut into patches of `patch` x `patch`; a patch is one position of the transformer, so that the
16 x 16 base runs on 64 positions and the 32 x 32 super-resolution on 256. Positions are given as inputs, so that any
grid runs: where a patch lies in the picture (Fourier features of the normalised coordinates) and how far patches are
from each other (rotary embedding by axis).
"""

from dataclasses import asdict, dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

FREQUENCIES = 8  # Fourier features per axis: wavelengths of 2 down to 1/64 of the picture


@dataclass(frozen=True)
class Shape:
    """Size of one transformer. `coarse`: takes a grid of half the side (super-resolution)."""

    codes: int = 2048
    width: int = 384
    depth: int = 8
    head: int = 64  # numbers per attention head
    token_width: int = 128  # embedding of one token, before a patch is joined and after it is split
    patch: int = 2
    text_width: int = 384
    coarse: bool = False
    reference: bool = True

    def to_dict(self) -> dict:
        return asdict(self)


class Attention(nn.Module):
    """Queries from the picture; keys and values from the picture and the text. Unit-length queries and keys."""

    def __init__(self, width: int, head: int):
        super().__init__()
        self.heads, self.head = width // head, head
        self.qkv = nn.Linear(width, 3 * width, bias=False)
        self.text_kv = nn.Linear(width, 2 * width, bias=False)
        self.out = nn.Linear(width, width, bias=False)
        self.sharpness = nn.Parameter(torch.full((1, self.heads, 1, 1), 8.0))
        nn.init.zeros_(self.out.weight)

    def forward(self, x: Tensor, text: Tensor, bias: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
        split = lambda t, parts: t.unflatten(-1, (parts, self.heads, self.head)).permute(2, 0, 3, 1, 4).unbind(0)
        q, k, v = split(self.qkv(x), 3)
        text_k, text_v = split(self.text_kv(text), 2)
        q, k = rotate(unit(q), rotary), rotate(unit(k), rotary)
        q = q * self.sharpness.to(q.dtype)
        k, v = torch.cat([unit(text_k), k], 2), torch.cat([text_v, v], 2)
        # written out: for so few keys a sixth faster on a processor than the fused kernel, and it exports
        y = (q @ k.transpose(-1, -2) + bias).softmax(-1) @ v
        return self.out(y.transpose(1, 2).flatten(2))


class Block(nn.Module):
    def __init__(self, width: int, head: int):
        super().__init__()
        inner = width * 8 // 3 // 64 * 64  # SwiGLU at the cost of a plain MLP of four widths
        self.attention_norm, self.mlp_norm = nn.LayerNorm(width), nn.LayerNorm(width)
        self.attention = Attention(width, head)
        self.up = nn.Linear(width, 2 * inner, bias=False)
        self.down = nn.Linear(inner, width, bias=False)
        nn.init.zeros_(self.down.weight)

    def forward(self, x: Tensor, text: Tensor, bias: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
        x = x + self.attention(self.attention_norm(x), text, bias, rotary)
        gate, value = self.up(self.mlp_norm(x)).chunk(2, -1)
        return x + self.down(F.silu(gate) * value)


class MaskedTransformer(nn.Module):
    """Predicts the masked tokens of a grid from the visible ones, the text, and, where there, a coarser grid of the
    same picture and a reference picture (the picture before an edit).

    tokens    int64 [B, H, W]; 0 .. codes-1, `codes` = masked. H and W even
    text      float [B, L, text_width], token states; text_mask float [B, L], 1 = word piece
    positions float [H/2 * W/2, 4]: row, column (in patches), centre y, centre x (0..1); see `grid_positions`
    coarse    int64 [B, H/2, W/2], only with shape.coarse
    reference int64 [B, H, W], only with shape.reference; `codes + 1` everywhere = no reference
    weights   float [B, L]: how much each word piece counts, 1 = as it is; never given in training
    result    float [B, H, W, codes], or [n, codes] for the n tokens in `select` (bool [B, H, W])
    """

    def __init__(self, shape: Shape):
        super().__init__()
        self.shape = shape
        width, joined = shape.width, shape.token_width * shape.patch**2
        self.tokens = nn.Embedding(shape.codes + 2, shape.token_width)
        self.join = nn.Linear(joined, width, bias=False)
        if shape.coarse:
            self.coarse_tokens = nn.Embedding(shape.codes, width)
        if shape.reference:
            self.join_reference = nn.Linear(joined, width, bias=False)
        self.place = nn.Linear(4 * FREQUENCIES, width)
        self.text_norm, self.text_in = nn.LayerNorm(shape.text_width), nn.Linear(shape.text_width, width)
        self.meaning = nn.Sequential(nn.Linear(shape.text_width, width), nn.SiLU(), nn.Linear(width, width))
        self.blocks = nn.ModuleList(Block(width, shape.head) for _ in range(shape.depth))
        self.out_norm = nn.LayerNorm(width)
        self.split = nn.Linear(width, joined)
        self.token_norm = nn.LayerNorm(shape.token_width)
        self.head = nn.Linear(shape.token_width, shape.codes)
        nn.init.normal_(self.tokens.weight, std=0.5)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.zeros_(self.head.bias)

    @property
    def mask_token(self) -> int:
        return self.shape.codes

    @property
    def no_reference(self) -> int:
        return self.shape.codes + 1

    def forward(self, *inputs: Tensor | None, select: Tensor | None = None, **named: Tensor | None) -> Tensor:
        """All but `select` as `states` takes it."""
        x = self.states(*inputs, **named)
        return self.head(self.token_norm(x if select is None else x[select]))

    def states(
        self,
        tokens: Tensor,
        text: Tensor,
        text_mask: Tensor,
        positions: Tensor,
        coarse: Tensor | None = None,
        reference: Tensor | None = None,
        weights: Tensor | None = None,
    ) -> Tensor:
        """What `token_norm` and `head` make the logits of: [B, H, W, token_width]."""
        x = self.join(self._patches(self.tokens(tokens)))
        if self.shape.coarse:
            x = x + self.coarse_tokens(coarse).flatten(1, 2)
        if self.shape.reference:
            x = x + self.join_reference(self._patches(self.tokens(reference)))
        words = self.text_norm(text)
        if weights is not None:
            words = words * weights[..., None]
        weight = (text_mask / text_mask.sum(1, keepdim=True))[..., None].to(words.dtype)
        x = x + self.place(fourier(positions)) + self.meaning((words * weight).sum(1))[:, None]
        words = self.text_in(words)
        bias = F.pad((text_mask - 1) * 1e4, (0, positions.shape[0]))[:, None, None, :].to(words.dtype)
        rotary = rotary_table(positions, self.shape.head, words.dtype)
        for block in self.blocks:
            x = block(x, words, bias, rotary)
        return self._tokens_of(self.split(self.out_norm(x)), tokens.shape)

    def _patches(self, x: Tensor) -> Tensor:
        """[B, H, W, c] -> [B, H/p * W/p, p * p * c]."""
        p = self.shape.patch
        x = x.unflatten(1, (-1, p)).unflatten(3, (-1, p)).permute(0, 1, 3, 2, 4, 5)
        return x.flatten(3).flatten(1, 2)

    def _tokens_of(self, x: Tensor, grid: torch.Size) -> Tensor:
        """[B, H/p * W/p, p * p * c] -> [B, H, W, c]."""
        p = self.shape.patch
        x = x.unflatten(1, (grid[1] // p, grid[2] // p)).unflatten(-1, (p, p, self.shape.token_width))
        return x.permute(0, 1, 3, 2, 4, 5).flatten(3, 4).flatten(1, 2)


def grid_positions(height: int, width: int, patch: int) -> Tensor:
    """The `positions` input for a grid of height x width tokens, float32 [patches, 4]."""
    rows, columns = torch.meshgrid(torch.arange(height // patch), torch.arange(width // patch), indexing="ij")
    rows, columns = rows.flatten().float(), columns.flatten().float()
    return torch.stack([rows, columns, (rows + 0.5) * patch / height, (columns + 0.5) * patch / width], 1)


def fourier(positions: Tensor) -> Tensor:
    """Sines and cosines of the normalised centres: [n, 4] -> [n, 4 * FREQUENCIES]."""
    scale = torch.pi * 2.0 ** torch.arange(FREQUENCIES, device=positions.device)
    angle = (positions[:, 2:, None] * scale).flatten(1)
    return torch.cat([angle.sin(), angle.cos()], 1)


def rotary_table(positions: Tensor, head: int, dtype: torch.dtype) -> tuple[Tensor, Tensor]:
    """Cosines and sines [n, head / 2] of the angles: a quarter of the head turns with the row, a quarter with the column."""
    frequency = 1 / 64 ** (torch.arange(head // 4, device=positions.device) / (head // 4))  # 64: widest grid in patches
    angle = (positions[:, :2, None] * frequency).flatten(1)
    return angle.cos().to(dtype), angle.sin().to(dtype)


def rotate(x: Tensor, rotary: tuple[Tensor, Tensor]) -> Tensor:
    cosine, sine = rotary
    first, second = x.chunk(2, -1)
    return torch.cat([first * cosine - second * sine, first * sine + second * cosine], -1)


def unit(x: Tensor) -> Tensor:
    """Unit length along the last axis."""
    return x * (x.square().sum(-1, keepdim=True, dtype=torch.float32) + 1e-6).rsqrt().to(x.dtype)
