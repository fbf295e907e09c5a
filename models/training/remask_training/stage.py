"""The loop that every training here is: steps that resume, tell how far they are, are saved, and end with a final file."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from .device import DEVICE
from .pace import Pace
from .runs import Checkpoints, Progress, Stopped, log, restore_random


def rate(step: int, steps: int, since: int, decay_from: float = 0.5) -> float:
    """Factor on the learning rates at `step` of `steps`: a short rise from `since`, the step of the last start, where the
    optimizers may be new; from the share `decay_from` of the steps on it falls linearly to almost nothing."""
    rest = (steps - step) / (steps * (1 - decay_from))
    return min(1, (step - since + 1) / 100, max(0.02, rest))


class Stateful(Protocol):
    """A model, an optimizer: whatever a checkpoint holds a part of."""

    def state_dict(self) -> dict: ...
    def load_state_dict(self, state: dict) -> object: ...


class Stage:
    """`parts` by the name they have in a checkpoint. A checkpoint may lack some: what is kept in the repository has no
    optimizer (kept.py), and the stage then goes on with a fresh one. `settings`: what is needed to build the model again."""

    def __init__(
        self,
        name: str,
        folder: Path,
        steps: int,
        batch: int,
        parts: dict[str, Stateful],
        every: int = 100,
        settings: dict[str, object] | None = None,
        work: float = 0.0,
    ):
        self.name, self.steps, self.parts, self.settings, self.step = name, steps, parts, settings or {}, 0
        self.checkpoints = Checkpoints(folder)
        self.progress = Progress(name, steps, batch, every, work)
        if state := self.checkpoints.latest():
            for part in parts.keys() & state.keys():
                parts[part].load_state_dict(state[part])
            if "random" in state:
                restore_random(state["random"])
            self.step = state["step"]
            log(f"{name} resumes at step {self.step}")

    def run(self, take_step: Callable[[int], dict[str, float]], after: Callable[[int], bool] = lambda step: False) -> None:
        """`take_step(step)` returns what is worth telling; `after(steps done)` says whether it took time of its own."""
        pace = Pace() if DEVICE.type == "cpu" else None
        self.progress.restart()
        while self.step < self.steps:
            values = take_step(self.step)
            self.step += 1
            if pace:
                pace.step_done()
            self.progress.note(self.step, **values)
            if after(self.step):
                self.progress.restart()
            if self.checkpoints.due():
                self.checkpoints.save(self.step, self.settings | {name: part.state_dict() for name, part in self.parts.items()})
            if self.checkpoints.stopping:
                raise Stopped(0)

    def finish(self, **state: object) -> None:
        """Writes the final file, which marks the stage as done."""
        self.checkpoints.finish(self.settings | state | {"step": self.step})
        log(f"{self.name} done")
