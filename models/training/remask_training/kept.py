"""Checkpoints kept in the repository, so that a training that takes longer than a machine lives goes on elsewhere.

`python -m remask_training.kept STAGE ...` writes what the runs folder has of stages to models/training/checkpoints: the weights
in half precision (the averaged ones where a stage averages), without the optimizer's state, as one .safetensors a stage. A run
that finds an empty stage folder starts from it.
"""

import argparse
import json
from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from .runs import Checkpoints, best_weights, log, read, runs_folder, save_atomically

FOLDER = Path(__file__).parent.parent / "checkpoints"
PREFIX = "model/"  # of the weights' names


def rounded(state: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The weights as they will come back from the repository."""
    return {name: in_half_precision(tensor).to(tensor.dtype) for name, tensor in state.items()}


def in_half_precision(tensor: torch.Tensor) -> torch.Tensor:
    return tensor.half() if tensor.is_floating_point() else tensor


def keep(stage: Path, out: Path) -> bool:
    """Write the final file of a stage's folder, else its last checkpoint; False if it has none."""
    path = Checkpoints.newest(stage)
    if path is None:
        return False
    state = read(path)
    tensors = {PREFIX + name: in_half_precision(tensor).contiguous() for name, tensor in best_weights(state).items()}
    rest = {key: value for key, value in state.items() if key not in ("model", "averaged") and _is_plain(value)}
    out.mkdir(parents=True, exist_ok=True)
    part = out / f"{stage.name}.part"
    save_file(tensors, part, {"state": json.dumps(rest), "file": path.name})
    part.replace(out / f"{stage.name}.safetensors")
    log(f"{stage.name}: {path.name} kept")
    return True


def unpack(kept: Path, stage: Path) -> bool:
    """Give an empty stage folder the kept checkpoint under the name it had; False if there is nothing to do."""
    if not kept.exists() or Checkpoints.newest(stage) is not None:
        return False
    with safe_open(kept, "pt") as file:
        tensors = {name.removeprefix(PREFIX): file.get_tensor(name) for name in file.keys()}
        described = file.metadata()
    weights = {name: tensor.float() if tensor.is_floating_point() else tensor for name, tensor in tensors.items()}
    state, name = {**json.loads(described["state"]), "model": weights}, described["file"]
    stage.mkdir(parents=True, exist_ok=True)
    save_atomically(state, stage / name)
    log(f"{stage.name}: {name} taken from {kept.name}")
    return True


def _is_plain(value: object) -> bool:
    """Settings and reports, not the state of an optimizer or a random generator."""
    try:
        json.dumps(value)
    except TypeError:
        return False
    return True


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stages", nargs="+")
    parser.add_argument("--runs")
    given = parser.parse_args()
    for name in given.stages:
        if not keep(runs_folder(given.runs) / name, FOLDER):
            raise SystemExit(f"There is no checkpoint of {name} to keep: train it first.")


if __name__ == "__main__":
    main()
