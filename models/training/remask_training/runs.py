"""Where a training keeps its data and checkpoints, and how it survives being stopped."""

import os
import random
import signal
import time
from pathlib import Path

import numpy as np
import torch

SAVE_SECONDS = 480  # a checkpoint at least every eight minutes: what a restart may cost
KEEP = 2  # the last checkpoint and the one before it, should a disk fill up while saving


def runs_folder(given: str | None = None) -> Path:
    """`given`, else $REMASK_RUNS, else the user's cache folder."""
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache"))
    folder = Path(given or os.environ.get("REMASK_RUNS") or cache / "remask-training")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


class Checkpoints:
    """Numbered checkpoints of one stage; the file of the final weights marks the stage as done."""

    def __init__(self, folder: Path):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.final = folder / "final.pt"
        self._saved_at = time.monotonic()
        self.stopping = False
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)

    def _stop(self, *_):
        self.stopping = True  # the training loop saves at the end of its step, then exits

    def due(self) -> bool:
        return self.stopping or time.monotonic() - self._saved_at > SAVE_SECONDS

    def latest(self) -> dict | None:
        path = self.newest(self.folder)
        return None if path is None else read(path)

    @classmethod
    def newest(cls, folder: Path) -> Path | None:
        """The file that is farthest in the training: the final one, unless a longer plan went on from it."""
        final, numbered = folder / "final.pt", cls._numbered(folder)
        if not final.exists():
            return numbered[-1] if numbered else None
        return numbered[-1] if numbered and int(numbered[-1].stem.removeprefix("step-")) > read(final)["step"] else final

    @staticmethod
    def is_done(folder: Path, steps: int) -> bool:
        """Whether the training has ended, and after as many steps as are planned now."""
        return (folder / "final.pt").exists() and read(folder / "final.pt")["step"] >= steps

    def save(self, step: int, state: dict) -> None:
        path = self.folder / f"step-{step:08d}.pt"
        save_atomically({**state, "step": step, "random": _random_state()}, path)
        for old in self._numbered(self.folder)[:-KEEP]:
            old.unlink()
        self._saved_at = time.monotonic()

    def finish(self, state: dict) -> None:
        save_atomically(state, self.final)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # between stages there is nothing to save
        signal.signal(signal.SIGINT, signal.default_int_handler)

    @staticmethod
    def _numbered(folder: Path) -> list[Path]:
        return sorted(folder.glob("step-*.pt"))


def read(path: Path) -> dict:
    """A checkpoint; its tensors are read from the file when they are used."""
    return torch.load(path, map_location="cpu", weights_only=False, mmap=True)


def best_weights(state: dict) -> dict[str, torch.Tensor]:
    """Of a checkpoint: the averaged ones, where a stage averages."""
    return state["averaged"]["weights"] if "averaged" in state else state["model"]


def save_atomically(state: dict, path: Path) -> None:
    part = path.with_suffix(".part")
    torch.save(state, part)
    part.replace(path)


def _random_state() -> dict:
    return {"torch": torch.get_rng_state(), "numpy": np.random.get_state(), "python": random.getstate()}


def restore_random(state: dict) -> None:
    torch.set_rng_state(state["torch"])
    np.random.set_state(state["numpy"])
    random.setstate(state["python"])


class Stopped(SystemExit):
    """A stage was asked to stop and has saved its state."""


def log(*parts: object) -> None:
    print(time.strftime("%H:%M:%S", time.gmtime()), *parts, flush=True)


class Progress:
    """Prints the means of what a stage notes, and its speed, every `every` steps. `work`: operations per picture."""

    def __init__(self, name: str, steps: int, batch: int, every: int = 100, work: float = 0.0):
        self.name, self.steps, self.batch, self.every, self.work = name, steps, batch, every, work
        self.restart()

    def restart(self) -> None:
        """Forget what was noted, after something else took time."""
        self.started, self.noted = time.monotonic(), []

    def note(self, step: int, **values: float) -> None:
        self.noted.append(values)
        if step % self.every:
            return
        speed = len(self.noted) * self.batch / (time.monotonic() - self.started)
        means = (f"{key} {sum(n[key] for n in self.noted) / len(self.noted):.4f}" for key in values)
        work = f" {speed * self.work / 1e9:.0f} GFLOP/s" if self.work else ""
        log(f"{self.name} {step}/{self.steps}", *means, f"{speed:.1f} pictures/s{work}, {torch.get_num_threads()} threads")
        self.restart()
