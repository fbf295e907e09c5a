"""Rendered pictures at 128 px with their scenes, for ranker and judge; drawn once to disk, shard by shard."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from ..device import DEVICE
from ..runs import log
from ..scenes.pool import Workers, draw_scenes
from ..scenes.scene import Mix, Scene
from ..tokenizer.train import halved

SHARD = 4096
MIX = Mix(plain=0.3, styled=0.35, recoloured=0.4, counts=(0.06, 0.46, 0.24, 0.14, 0.10))  # even over what is asked for
STYLED = replace(MIX, styled=0.6)  # things are harder to see in most styles than in flat pictures


def draw_shards(folder: Path, name: str, count: int, artwork: Path, with_unseen: bool, mix: Mix = MIX) -> None:
    """Write the shards that are missing, half of each of scenes with pairs that are held out from the model where `with_unseen`:
    images uint8 [n, 3, 128, 128], labels (JSON), things uint8 [n, 16, 16]
    (0 = none, else 1 + which thing of the scene covers most of the cell)."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{name}-{index:04d}.npz" for index in range(count)]
    with Workers(artwork) as workers:
        for index, path in enumerate(paths):
            if not path.exists():
                seed, unseen = index * 1000 + sum(map(ord, name)) + 500, SHARD // 2 if with_unseen else 0
                scenes = draw_scenes(SHARD - unseen, seed, mix) + draw_scenes(unseen, seed + 1, mix, unseen=True)
                _draw_shard(path, scenes, workers)
                log(f"pictures {name} {index + 1}/{count}")


def _draw_shard(path: Path, scenes: list[Scene], workers: Workers) -> None:
    images, things = [], []
    for picture in workers.rendered(scenes):
        image = torch.from_numpy(picture.image)[None].permute(0, 3, 1, 2).float()
        images.append(halved(image).round().byte()[0].numpy())
        things.append(picture.thing_cells())
    part = path.with_suffix(".part.npz")
    np.savez(part, images=np.stack(images), labels=np.array([s.to_json() for s in scenes]), things=np.stack(things))
    part.rename(path)


class Pictures:
    """All shards of a name in memory: 49 KB a picture."""

    def __init__(self, folder: Path, name: str):
        shards = [np.load(path) for path in sorted(folder.glob(f"{name}-[0-9]*[0-9].npz"))]
        self.images = np.concatenate([s["images"] for s in shards])
        self.things = np.concatenate([s["things"] for s in shards])
        self.scenes = [Scene.from_json(text) for s in shards for text in s["labels"].tolist()]

    def __len__(self) -> int:
        return len(self.scenes)

    def image(self, rows: np.ndarray) -> Tensor:
        """float [n, 3, 128, 128] in 0..1."""
        return (torch.from_numpy(self.images[rows]).to(DEVICE).float() / 255).contiguous(memory_format=torch.channels_last)
