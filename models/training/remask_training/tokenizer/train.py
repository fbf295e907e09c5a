"""Train the VQ tokenizer on 128 px pictures: crops of 256 px renders and whole ones at half size."""

import math
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from ..device import DEVICE, autocast
from ..kept import rounded
from ..runs import log, read
from ..stage import Stage
from .vq import VQ

HELD_OUT = 256  # last pictures of the pool, never trained on
BATCH = 16
RATE = 8e-4
SETTLED = 3000  # from here on the codes stay where they are, so that most tokens of a picture stay what they were
SETTLED_RATE = 3e-4
FIDELITY = 0.05  # weight of `infidelity` from there on: 20 times the mean squared error of a picture of 26 dB
FREE_STEPS = 200  # unquantised steps before the codebook starts from k-means
COMMIT = 0.1
SCALES = (1.0, 0.5, 0.5)  # weight of the error at full, half and quarter size


class Pictures:
    """The image pool as training batches. Pool: uint8 [n, 256, 256, 3]."""

    def __init__(self, path: Path):
        self.pool = np.load(path, mmap_mode="r")
        self.train = len(self.pool) - HELD_OUT

    def batch(self, rng: np.random.Generator) -> Tensor:
        """float [BATCH, 3, 128, 128]: half crops, half whole pictures at half size, half of all mirrored."""
        rows = []
        for index in np.sort(rng.integers(0, self.train, BATCH)):
            picture = self.pool[index]
            if rng.random() < 0.5:
                # mostly on the lattice, where the model will see textures; sometimes anywhere, as photos and pastes are
                y, x = rng.integers(0, 17, 2) * 8 if rng.random() < 0.6 else rng.integers(0, 129, 2)
                crop = torch.from_numpy(picture[y : y + 128, x : x + 128].copy()).permute(2, 0, 1).float()
            else:
                crop = halved(torch.from_numpy(np.array(picture))[None].permute(0, 3, 1, 2).float())[0]
            rows.append(crop.flip(2) if rng.random() < 0.5 else crop)
        return (torch.stack(rows).to(DEVICE) / 255).contiguous(memory_format=torch.channels_last)

    def held_out(self) -> Tensor:
        """float [HELD_OUT, 3, 256, 256]."""
        return torch.from_numpy(np.array(self.pool[-HELD_OUT:])).permute(0, 3, 1, 2).float() / 255


def halved(image: Tensor) -> Tensor:
    """[B, 3, H, W] -> half the size by 2 x 2 means: how 128 px pictures are made of 256 px ones everywhere."""
    return F.avg_pool2d(image, 2)


@torch.compile  # elementwise work on full-size pictures: fused, a fifth of the step is saved
def reconstruction_loss(drawn: Tensor, image: Tensor) -> Tensor:
    """L1 of pixels and of their differences (edges) at three scales."""
    loss = image.new_zeros(())
    for scale, weight in enumerate(SCALES):
        error = drawn - image
        edges = (error[..., 1:] - error[..., :-1]).abs().mean() + (error[:, :, 1:] - error[:, :, :-1]).abs().mean()
        loss = loss + weight * error.abs().mean() + 0.5 * edges
        if scale + 1 < len(SCALES):
            drawn, image = F.avg_pool2d(drawn, 2), F.avg_pool2d(image, 2)
    return loss


def infidelity(drawn: Tensor, image: Tensor) -> Tensor:
    """Mean logarithm of each picture's squared error, which is what PSNR counts: a plain picture's last errors weigh as much as
    a textured one's."""
    return (drawn - image).square().mean((1, 2, 3)).clamp_min(1e-5).log().mean()


@torch.no_grad()
def measure(model: VQ, images: Tensor) -> dict[str, float]:
    """Mean PSNR (dB), share of the codebook in use, perplexity; images float [n, 3, H, W] in 0..1."""
    model.eval()
    psnr, counts = [], torch.zeros(model.codebook.size, device=DEVICE)
    for chunk in images.to(DEVICE).split(16):
        with autocast():
            tokens = model.encode(chunk.contiguous(memory_format=torch.channels_last))
            drawn = model.decode(tokens)
        error = (drawn.float().clamp(0, 1) - chunk).square().mean((1, 2, 3))
        psnr.append(-10 * error.log10())
        counts += torch.bincount(tokens.reshape(-1), minlength=model.codebook.size)
    model.train()
    share = counts / counts.sum()
    perplexity = (-(share * (share + 1e-9).log()).sum()).exp()
    return {"psnr": float(torch.cat(psnr).mean()), "used": float((counts > 0).float().mean()), "perplexity": float(perplexity)}


def rate(step: int, steps: int) -> float:
    """Warm-up over 100 steps, then a cosine to almost nothing; once more with settled codes."""
    start, end, top = (SETTLED, steps, SETTLED_RATE) if step >= SETTLED else (0, min(SETTLED, steps), RATE)
    return top * min(1, (step - start + 1) / 100) * (0.5 + 0.5 * math.cos(math.pi * (step - start) / (end - start))) + 1e-6


class Gathered:
    """The encoder's vectors of the last unquantised steps: what k-means makes the first codebook of."""

    def __init__(self):
        self.vectors: list[Tensor] = []

    def add(self, z: Tensor) -> None:
        flat = z.detach().permute(0, 2, 3, 1).flatten(0, 2)
        self.vectors = [*self.vectors[-49:], flat[torch.randperm(len(flat), device=flat.device)[:1600]]]

    def state_dict(self) -> dict:
        return {"vectors": self.vectors}

    def load_state_dict(self, state: dict) -> None:
        self.vectors = [part.to(DEVICE) for part in state["vectors"]]


def train(pictures: Path, folder: Path, steps: int) -> None:
    """`steps` batches; resumes from the last checkpoint in `folder`, ends with folder/final.pt."""
    torch.manual_seed(0)
    pool, gathered, model = Pictures(pictures), Gathered(), VQ().to(DEVICE, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), lr=RATE, betas=(0.9, 0.99), weight_decay=1e-4, fused=True)
    parts = {"model": model, "optimizer": optimizer, "gathered": gathered}
    stage = Stage("tokenizer", folder, steps, BATCH, parts, settings={"config": model.config})

    def take_step(step: int) -> dict[str, float]:
        for group in optimizer.param_groups:
            group["lr"] = rate(step, steps)
        image = pool.batch(np.random.default_rng((0, step)))
        quantise = step >= FREE_STEPS
        with autocast():
            drawn, z, commitment, tokens = model(image, quantise)
        loss = reconstruction_loss(drawn.float(), image)
        if step >= SETTLED:
            loss = loss + FIDELITY * infidelity(drawn.float(), image)
        (loss + COMMIT * commitment).backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 0.5)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        revived = 0
        if FREE_STEPS <= step < SETTLED:
            revived = model.codebook.follow(z, tokens, revive=step % 20 == 0 and step < 0.8 * SETTLED)
        elif not quantise:
            gathered.add(z)
        if step == FREE_STEPS - 1:
            model.codebook.start_from(torch.cat(gathered.vectors))
            gathered.vectors = []
        return {"loss": loss.item(), "commit": commitment.item(), "revived": revived}

    def look(step: int) -> bool:
        if step % 500:
            return False
        log("tokenizer held out, first 64, 256 px:", measure(model, pool.held_out()[:64]))
        return True

    stage.run(take_step, look)
    model.load_state_dict(rounded(model.state_dict()))  # the tokens must be those of what is kept
    images = pool.held_out()
    report = {"256 px": measure(model, images), "128 px": measure(model, halved(images))}
    log("tokenizer:", report)
    stage.finish(model=model.state_dict(), report=report)


def load(path: Path) -> VQ:
    state = read(path)
    model = VQ(**state["config"]).to(DEVICE, memory_format=torch.channels_last)
    model.load_state_dict(state["model"])
    return model.eval()
