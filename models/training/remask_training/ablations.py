"""Short trainings of the base from nothing that differ in one decision each: `python -m remask_training.ablations --minutes 20`.

Same seed, same pictures in the same order, same time: a decision that makes steps dearer must earn it. The stage `extract` comes
first. Each line of the table is printed when its training ends: pictures seen, nats a token on held-out pictures by share hidden,
and how often the true thing fits better than another (diag.py; half is chance).
"""

import argparse
import os
import time
from dataclasses import replace

import torch

from .device import DEVICE, hold_memory
from .run import BASE, PLANS, Training
from .runs import log, runs_folder
from .text.minilm import TextEncoder
from .transformer.data import Feed, Shards
from .transformer.diag import word_use
from .transformer.train import Trainer, validate

PLAN = replace(PLANS["base"], steps=100_000)  # so long that the rate does not fall before the time is over
VARIANTS = {
    "as it is": (BASE, PLAN),
    "AdamW for all, no Muon": (BASE, replace(PLAN, muon=None)),
    "one token a position, not 2 x 2": (replace(BASE, patch=1), PLAN),
    "things weigh as much as all else": (BASE, replace(PLAN, thing_weight=1.0)),
}
COLUMNS = ("steps", "pictures", "all hidden", "70 % hidden", "30 % hidden", "things right")


def run(trainer: Trainer, feed: Feed, held_out: Shards, seconds: float) -> list[str]:
    """One line of the table: trains for `seconds` after the first step, which compiles, and measures the averaged weights."""
    trainer.compile()
    batches, step = feed.steps(trainer.plan.batch, 0, trainer.plan.steps, trainer.model.no_reference), 0
    trainer.step(next(batches).to(DEVICE), step)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        step += 1
        trainer.step(next(batches).to(DEVICE), step)
    averaged = trainer.averaged_model()
    sample = Feed(held_out, None, feed.captioner, fine=False).batch(128, (0, 0), trainer.model.no_reference)
    nats = validate(trainer, averaged, sample.to(DEVICE))
    used = word_use(averaged, trainer, held_out, feed.captioner, groups=("object",))
    values = [f"{nats[share]:.3f}" for share in ("1.0", "0.7", "0.3")]
    return [str(step + 1), str((step + 1) * trainer.plan.batch), *values, f"{used['object'][1]:.2f}"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("variants", nargs="*", help=f"of {', '.join(VARIANTS)}; all by default")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--runs")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    given = parser.parse_args()
    if unknown := set(given.variants) - set(VARIANTS):
        parser.error(f"there is no {', '.join(unknown)}: choose from {', '.join(VARIANTS)}")
    torch.set_num_threads(given.threads)
    hold_memory()
    log("| | " + " | ".join(COLUMNS) + " |")
    training, text = Training(runs_folder(given.runs), None), TextEncoder()
    scenes, edits, held_out = (Shards(training.tokens, kind) for kind in ("scenes", "edits", "heldout"))
    feed = Feed(scenes, edits, training.captioner(), fine=False)
    for name in given.variants or VARIANTS:
        log(f"| {name} | " + " | ".join(run(Trainer(*VARIANTS[name], text), feed, held_out, 60 * given.minutes)) + " |")


if __name__ == "__main__":
    main()
