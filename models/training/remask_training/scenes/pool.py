"""Pictures drawn in worker processes, in a fixed order that depends on the seed alone."""

import multiprocessing
import os
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from .artwork import Artwork
from .render import Picture, Renderer
from .scene import SIDE, Mix, Scene, draw_scene

_renderer: Renderer | None = None  # one per worker process


def _start_worker(artwork: Path) -> None:
    global _renderer
    os.nice(19)
    _renderer = Renderer(Artwork(artwork))


def _render(scene: Scene) -> Picture:
    return _renderer.render(scene)


def draw_scenes(count: int, seed: int, mix: Mix = Mix(), unseen: bool = False) -> list[Scene]:
    rng = random.Random(seed)
    return [draw_scene(rng, mix, unseen) for _ in range(count)]


def rendered(scenes: Iterable[Scene], artwork: Path, workers: int = 2) -> Iterator[Picture]:
    """The pictures of the scenes, in order."""
    with multiprocessing.get_context("spawn").Pool(workers, _start_worker, (artwork,)) as pool:
        yield from pool.imap(_render, scenes, chunksize=16)


def write_image_pool(path: Path, scenes: list[Scene], artwork: Path, workers: int = 2) -> None:
    """uint8 [number, SIDE, SIDE, 3] as .npy, for training the tokenizer. Written under another name until complete."""
    part = path.with_suffix(".part.npy")
    images = np.lib.format.open_memmap(part, mode="w+", dtype=np.uint8, shape=(len(scenes), SIDE, SIDE, 3))
    for index, picture in enumerate(rendered(scenes, artwork, workers)):
        images[index] = picture.image
    images.flush()
    part.rename(path)
