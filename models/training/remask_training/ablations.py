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


def run(name: str, minutes: float, training: Training) -> list[str]:
    """One line of the table."""
    shape, plan = VARIANTS[name]
    trainer, held_out = Trainer(shape, plan, TextEncoder()), Shards(training.tokens, "heldout")
    feed = Feed(Shards(training.tokens, "scenes"), Shards(training.tokens, "edits"), training.captioner(), fine=False)
    trainer.compile()
    batches, step = feed.steps(plan.batch, 0, plan.steps, trainer.model.no_reference), 0
    trainer.step(next(batches).to(DEVICE), step)  # compiles
    end = time.monotonic() + 60 * minutes
    while time.monotonic() < end:
        step += 1
        trainer.step(next(batches).to(DEVICE), step)
    averaged = trainer.averaged_model()
    sample = Feed(held_out, None, training.captioner(), fine=False).batch(128, (0, 0), trainer.model.no_reference)
    nats = validate(trainer, averaged, sample.to(DEVICE))
    used = word_use(averaged, trainer, held_out, training.captioner(), groups=("object",))
    values = [f"{nats[share]:.3f}" for share in ("1.0", "0.7", "0.3")]
    return [str(step + 1), str((step + 1) * plan.batch), *values, f"{used['object'][1]:.2f}"]


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
    for name in given.variants or VARIANTS:
        log(f"| {name} | " + " | ".join(run(name, given.minutes, Training(runs_folder(given.runs), None))) + " |")


if __name__ == "__main__":
    main()
