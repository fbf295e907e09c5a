"""VQ tokenizer: one token per 8 x 8 pixels, fully convolutional, norm-free, cosine codebook kept by moving averages."""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

DOWNSAMPLE = 8


class Residual(nn.Module):
    """Two 3 x 3 convolutions; the second starts at zero, so a deep stack starts as the identity (no norm needed)."""

    def __init__(self, width: int):
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)
        nn.init.zeros_(self.second.bias)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(F.relu(x))))


class Codebook(nn.Module):
    """`size` unit vectors of `width` numbers. Nearest = largest cosine."""

    def __init__(self, size: int, width: int):
        super().__init__()
        self.size, self.width = size, width
        self.register_buffer("codes", F.normalize(torch.randn(size, width), dim=1))
        self.register_buffer("use", torch.ones(size))  # moving average of how often each code was chosen per step
        self.register_buffer("sums", self.codes.clone())  # moving average of the sum of the vectors that chose it

    def nearest(self, z: Tensor) -> Tensor:
        """z [B, width, h, w], unit vectors -> int64 [B, h, w]."""
        flat = z.permute(0, 2, 3, 1).reshape(-1, self.width)
        return (flat @ self.codes.t()).argmax(1).view(z.shape[0], z.shape[2], z.shape[3])

    def lookup(self, tokens: Tensor) -> Tensor:
        """int64 [B, h, w] -> [B, width, h, w]."""
        return self.codes[tokens].permute(0, 3, 1, 2)

    @torch.no_grad()
    def start_from(self, vectors: Tensor, rounds: int = 12) -> None:
        """Spherical k-means over [n, width] encoder outputs."""
        self.codes.copy_(vectors[torch.randperm(len(vectors), device=vectors.device)[: self.size]])
        for _ in range(rounds):
            counts, sums = self._assign(vectors, (vectors @ self.codes.t()).argmax(1))
            empty = counts < 1
            sums[empty] = vectors[torch.randperm(len(vectors), device=vectors.device)[: int(empty.sum())]]
            self.codes.copy_(F.normalize(sums, dim=1))
        self.use.fill_(4.0)
        self.sums.copy_(self.codes * 4)

    @torch.no_grad()
    def follow(self, z: Tensor, tokens: Tensor, revive: bool, decay: float = 0.99) -> int:
        """Move codes to the mean of what chose them; give unused codes a new place. Returns how many were revived."""
        flat = z.detach().permute(0, 2, 3, 1).reshape(-1, self.width)
        counts, sums = self._assign(flat, tokens.reshape(-1))
        self.use.mul_(decay).add_(counts, alpha=1 - decay)
        self.sums.mul_(decay).add_(sums, alpha=1 - decay)
        revived = 0
        if revive:
            idle = self.use < 0.03 * self.use.mean()
            revived = int(idle.sum())
            picked = flat[torch.randint(len(flat), (revived,), device=flat.device)]
            self.use[idle] = self.use.mean() * 0.5
            self.sums[idle] = picked * self.use.mean() * 0.5
        self.codes.copy_(F.normalize(self.sums, dim=1))
        return revived

    def _assign(self, vectors: Tensor, tokens: Tensor) -> tuple[Tensor, Tensor]:
        counts = torch.bincount(tokens, minlength=self.size).to(vectors.dtype)
        return counts, torch.zeros_like(self.codes).index_add_(0, tokens, vectors)


class VQ(nn.Module):
    """Pictures are float [B, 3, H, W] in 0..1, H and W multiples of 8; tokens int64 [B, H/8, W/8]."""

    def __init__(self, codes: int = 2048, code_width: int = 32, quarter: int = 96, eighth: int = 192, half: int = 48):
        super().__init__()
        self.config = dict(codes=codes, code_width=code_width, quarter=quarter, eighth=eighth, half=half)
        self.encoder = nn.Sequential(
            nn.Conv2d(3, quarter, 4, 4),
            Residual(quarter),
            nn.Conv2d(quarter, eighth, 2, 2),
            Residual(eighth),
            Residual(eighth),
            nn.ReLU(),
            nn.Conv2d(eighth, code_width, 1),
        )
        self.decoder = nn.Sequential(
            nn.Conv2d(code_width, eighth, 3, padding=1),
            Residual(eighth),
            Residual(eighth),
            nn.Conv2d(eighth, quarter * 4, 1),
            nn.PixelShuffle(2),
            Residual(quarter),
            Residual(quarter),
            nn.Conv2d(quarter, half * 4, 1),
            nn.PixelShuffle(2),
            Residual(half),
            nn.ReLU(),
            nn.Conv2d(half, 48, 3, padding=1),
            nn.PixelShuffle(2),
            nn.ReLU(),
            nn.Conv2d(12, 3, 3, padding=1),
        )
        self.codebook = Codebook(codes, code_width)

    def vectors(self, image: Tensor) -> Tensor:
        """[B, code_width, h, w], unit vectors, float32."""
        return F.normalize(self.encoder(image * 2 - 1).float(), dim=1)

    def draw(self, z: Tensor) -> Tensor:
        """Unit vectors -> picture, about 0..1. The factor gives the decoder inputs of unit variance."""
        return self.decoder(z * self.codebook.width**0.5) * 0.5 + 0.5

    def encode(self, image: Tensor) -> Tensor:
        return self.codebook.nearest(self.vectors(image))

    def decode(self, tokens: Tensor) -> Tensor:
        return self.draw(self.codebook.lookup(tokens))

    def forward(self, image: Tensor, quantise: bool = True) -> tuple[Tensor, Tensor, Tensor, Tensor | None]:
        """Picture, vectors, commitment loss, tokens (None when not quantised)."""
        z = self.vectors(image)
        if not quantise:
            return self.draw(z), z, z.new_zeros(()), None
        with torch.no_grad():
            tokens = self.codebook.nearest(z)
        q = self.codebook.lookup(tokens)
        commitment = (1 - (z * q).sum(1)).mean()
        return self.draw(z + (q - z).detach()), z, commitment, tokens
