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


class Workers:
    """Processes that draw; `with Workers(artwork) as workers: workers.rendered(scenes)`."""

    def __init__(self, artwork: Path, number: int = os.cpu_count() or 1):
        self.artwork, self.number = artwork, number

    def __enter__(self) -> "Workers":
        self.pool = multiprocessing.get_context("spawn").Pool(self.number, _start_worker, (self.artwork,))
        return self

    def __exit__(self, *_) -> None:
        self.pool.terminate()

    def rendered(self, scenes: Iterable[Scene]) -> Iterator[Picture]:
        """The pictures of the scenes, in order."""
        return self.pool.imap(_render, scenes, chunksize=16)


def write_image_pool(path: Path, scenes: list[Scene], workers: Workers) -> None:
    """uint8 [number, SIDE, SIDE, 3] as .npy, for training the tokenizer. Written under another name until complete."""
    part = path.with_suffix(".part.npy")
    images = np.lib.format.open_memmap(part, mode="w+", dtype=np.uint8, shape=(len(scenes), SIDE, SIDE, 3))
    for index, picture in enumerate(workers.rendered(scenes)):
        images[index] = picture.image
    images.flush()
    part.rename(path)
