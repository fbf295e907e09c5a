"""What a training step costs: `python -m remask_training.bench`. Processor seconds of one thread, so that other work on the
machine hardly matters; on idle cores the time is this divided by about 1.9 with two threads."""

import time
from collections.abc import Callable

import numpy as np
import torch

from .device import FAST, autocast, hold_memory
from .run import BASE, PLANS, SUPER
from .scenes.vocabulary import CONCEPTS
from .tokenizer.train import BATCH, reconstruction_loss
from .tokenizer.vq import VQ
from .transformer.data import Batch
from .transformer.model import Shape
from .transformer.muon import Muon
from .transformer.train import Trainer
from .vision.judge import Judge
from .vision.ranker import Ranker
from .vision.tower import SIZE

PICTURES = 32  # per timed step


def seconds(work: Callable[[], None], rounds: int = 3) -> float:
    """Least processor time of a few rounds, the first not counted."""
    work()
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work()
        best = min(best, time.process_time() - started)
    return best


def tokenizer_step() -> float:
    model, image = VQ().to(memory_format=torch.channels_last), torch.rand(BATCH, 3, 128, 128)
    optimizer = torch.optim.AdamW(model.parameters(), fused=True)

    def step() -> None:
        with autocast():
            drawn, _, commitment, _ = model(image)
        (reconstruction_loss(drawn.float(), image) + commitment).backward()
        optimizer.step()
        optimizer.zero_grad()

    return seconds(step) / BATCH


class Words:
    """Stands in for the text encoder, whose cost is told apart."""

    def __call__(self, captions: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.randn(len(captions), 24, 384).to(FAST), torch.ones(len(captions), 24)


def transformer_step(shape: Shape, name: str, side: int) -> tuple[float, float]:
    """Seconds per picture, and per step for the orthogonalisation of Muon's updates."""
    trainer = Trainer(shape, PLANS[name], Words())
    trainer.compile()
    muon = trainer.optimizers[1]
    tokens = torch.randint(0, shape.codes, (PICTURES, side, side))
    coarse = tokens[:, ::2, ::2].clone() if shape.coarse else None
    reference = torch.full_like(tokens, shape.codes + 1) if shape.reference else None
    batch = Batch(tokens, ["word"] * PICTURES, torch.zeros(PICTURES, 16, 16, dtype=torch.bool), reference, coarse)
    masks = torch.rand(tokens.shape) < 0.64
    whole = seconds(lambda: trainer.loss(batch, masks, batch.captions).backward())
    return whole / PICTURES, seconds(muon.step) if isinstance(muon, Muon) else 0.0


def vision_step(model: torch.nn.Module, loss: Callable) -> float:
    image = torch.rand(PICTURES, 3, SIZE, SIZE).contiguous(memory_format=torch.channels_last)
    model = model.to(memory_format=torch.channels_last)

    def step() -> None:
        with autocast():
            given = loss(model, image)
        given.backward()

    return seconds(step) / PICTURES


def main() -> None:
    torch.set_num_threads(1)
    hold_memory()
    np.random.seed(0)
    print(f"{len(CONCEPTS)} concepts; processor milliseconds of one thread, forward and backward")
    print(f"tokenizer: {tokenizer_step() * 1e3:.1f} a picture")
    for name, shape, side in (("base", BASE, 16), ("super", SUPER, 32)):
        picture, muon = transformer_step(shape, name, side)
        batch = PLANS[name].batch
        speed = 1 / (picture + muon / batch)
        print(f"{name}: {picture * 1e3:.1f} a picture, {muon * 1e3:.0f} a step of {batch} for Muon: {speed:.1f} pictures/s")
    print(f"judge: {vision_step(Judge(), lambda m, x: sum(v.float().mean() for v in m(x).values())) * 1e3:.1f} a picture")
    print(f"ranker, image side: {vision_step(Ranker(), lambda m, x: m.looks(x).mean()) * 1e3:.1f} a picture")


if __name__ == "__main__":
    main()
