"""Scenes and edits -> token shards on disk. Every shard is drawn from its own number, so a restart goes on where it stopped.

A shard is one .npz: "labels" (JSON strings), "base" uint16 [n, 16, 16] (the picture at 128 px), "cells" bool [n, 16, 16]
(where things are), for edits also "reference" uint16 [n, 16, 16] (the picture before); with `fine` also "fine"
uint16 [n, 32, 32] (at 256 px).
"""

import json
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from ..device import DEVICE, autocast
from ..runs import log
from ..scenes.edits import draw_edit
from ..scenes.pool import Workers, draw_scenes
from ..scenes.scene import Mix
from .train import halved, load
from .vq import VQ

SHARD = 4096  # scenes per shard: about a minute of two cores
EDITS = 1024  # edits (two pictures each) per shard
BATCH = 32


@dataclass(frozen=True)
class Kind:
    """What a set of shards holds."""

    name: str
    edits: bool = False
    fine: bool = False
    unseen: bool = False
    mix: Mix = Mix()
    draw: int = 0  # raised, the same shards hold other pictures


def shard_path(folder: Path, kind: Kind, index: int) -> Path:
    return folder / f"{kind.name}-{index:04d}.npz"


def extract(folder: Path, kind: Kind, count: int, tokenizer: Path, artwork: Path) -> None:
    """Write the shards 0 .. count-1 that are not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    missing = [i for i in range(count) if not shard_path(folder, kind, i).exists()]
    if not missing:
        return
    model = load(tokenizer)
    with Workers(artwork) as workers:
        for index in missing:
            shard = _edit_shard(kind, index, model, workers) if kind.edits else _scene_shard(kind, index, model, workers)
            part = shard_path(folder, kind, index).with_suffix(".part.npz")
            np.savez(part, **shard)
            part.rename(shard_path(folder, kind, index))
            log(f"tokens {kind.name} {index + 1}/{count}")


def _seed(kind: Kind, index: int) -> int:
    return kind.draw * 1_000_000 + index * 1000 + sum(map(ord, kind.name))


def _scene_shard(kind: Kind, index: int, model: VQ, workers: Workers) -> dict[str, np.ndarray]:
    scenes = draw_scenes(SHARD, _seed(kind, index), kind.mix, kind.unseen)
    tokens = _encode(workers.rendered(scenes), model, kind.fine)
    return {"labels": np.array([scene.to_json() for scene in scenes]), **tokens}


def _edit_shard(kind: Kind, index: int, model: VQ, workers: Workers) -> dict[str, np.ndarray]:
    rng = random.Random(_seed(kind, index))
    edits = [draw_edit(rng, kind.mix) for _ in range(EDITS)]
    both = _encode(workers.rendered([s for e in edits for s in (e.before, e.after)]), model, fine=False)
    before, after = both["base"][0::2], both["base"][1::2]
    labels = np.array([json.dumps(edit.to_labels()) for edit in edits])
    return {"labels": labels, "base": after, "reference": before, "cells": both["cells"][1::2] | (before != after)}


@torch.inference_mode()
def _encode(pictures, model: VQ, fine: bool) -> dict[str, np.ndarray]:
    base, fine_tokens, cells, batch = [], [], [], []

    def flush() -> None:
        image = torch.from_numpy(np.stack(batch)).to(DEVICE).permute(0, 3, 1, 2).float() / 255
        image = image.contiguous(memory_format=torch.channels_last)
        with autocast():
            base.append(model.encode(halved(image)).cpu().numpy().astype(np.uint16))
            if fine:
                fine_tokens.append(model.encode(image).cpu().numpy().astype(np.uint16))
        batch.clear()

    for picture in pictures:
        batch.append(picture.image)
        cells.append(picture.object_cells())
        if len(batch) == BATCH:
            flush()
    if batch:
        flush()
    out = {"base": np.concatenate(base), "cells": np.stack(cells)}
    if fine:
        out["fine"] = np.concatenate(fine_tokens)
    return out
