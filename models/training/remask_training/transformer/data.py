"""Token shards as training batches; captions are written anew every time a picture is drawn."""

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset

from ..device import FEEDERS
from ..scenes.captions import Captioner
from ..scenes.edits import Edit, instruction
from ..scenes.scene import Scene

EDIT_SHARE = 0.2  # of a batch, when edits are given
FAVOUR = 4
TARGET_CAPTION = 0.35  # share of edits whose text is the caption of the result instead of an instruction


@dataclass
class Batch:
    """tokens int64 [B, H, W]; reference the same or None per batch (no_reference filled in by the trainer);
    coarse int64 [B, H/2, W/2] or None; cells bool [B, 16, 16]; captions B strings."""

    tokens: Tensor
    captions: list[str]
    cells: Tensor
    reference: Tensor | None = None
    coarse: Tensor | None = None

    def to(self, device: torch.device) -> "Batch":
        move = lambda part: part.to(device, non_blocking=True) if isinstance(part, Tensor) else part
        return Batch(**{field.name: move(getattr(self, field.name)) for field in fields(self)})


class Shards:
    """All shards of one kind, in memory (labels as text: 300 bytes a picture)."""

    def __init__(self, folder: Path, name: str):
        self.paths = sorted(folder.glob(f"{name}-[0-9]*[0-9].npz"))
        columns: dict[str, list[np.ndarray]] = {}
        for path in self.paths:
            with np.load(path) as shard:
                for key in shard.files:
                    columns.setdefault(key, []).append(shard[key])
        self.labels = [text for part in columns.pop("labels", []) for text in part.tolist()]
        self.columns = {key: np.concatenate(parts) for key, parts in columns.items()}

    def __len__(self) -> int:
        return len(self.labels)

    def scene(self, index: int) -> Scene:
        return Scene.from_json(self.labels[index])

    def edit(self, index: int) -> Edit:
        return Edit.from_labels(json.loads(self.labels[index]))

    def take(self, key: str, rows: np.ndarray) -> Tensor:
        part = torch.from_numpy(self.columns[key][rows])
        return part if part.dtype == torch.bool else part.long()


class Feed:
    """Batches for the base (scenes and edits) or for super-resolution (fine tokens over base tokens).

    A scene that shows one of `favoured` in its own colour is taken FAVOUR times as often as another."""

    def __init__(
        self, scenes: Shards, edits: Shards | None, captioner: Captioner, fine: bool, favoured: frozenset[str] = frozenset()
    ):
        self.scenes, self.edits, self.captioner, self.fine = scenes, edits, captioner, fine
        shown = (any(t.concept in favoured and t.colour is None for t in scenes.scene(i).things) for i in range(len(scenes)))
        self.rows = np.repeat(np.arange(len(scenes)), [FAVOUR if favours else 1 for favours in shown])

    def batch(self, size: int, seed: tuple[int, int], no_reference: int) -> Batch:
        picker, writer = np.random.default_rng(seed), random.Random(f"{seed}")
        rows = picker.choice(self.rows, size)
        captions = [self.captioner.caption(self.scenes.scene(row), writer) for row in rows]
        base, cells = self.scenes.take("base", rows), self.scenes.take("cells", rows)
        if self.fine:
            return Batch(self.scenes.take("fine", rows), captions, cells, coarse=base)
        reference = torch.full_like(base, no_reference)
        if self.edits is not None and len(self.edits):
            count = round(size * EDIT_SHARE)
            picked = picker.integers(0, len(self.edits), count)
            base[:count], cells[:count] = self.edits.take("base", picked), self.edits.take("cells", picked)
            reference[:count] = self.edits.take("reference", picked)
            captions[:count] = [self._edit_words(self.edits.edit(row), writer) for row in picked]
        return Batch(base, captions, cells, reference=reference)

    def steps(self, size: int, first: int, end: int, no_reference: int) -> Iterator[Batch]:
        """The batches of steps `first` .. `end` - 1, written in processes of their own where that pays."""
        return iter(DataLoader(_Steps(self, size, no_reference), batch_size=None, sampler=range(first, end), num_workers=FEEDERS))

    def _edit_words(self, edit: Edit, rng: random.Random) -> str:
        if rng.random() < TARGET_CAPTION:
            return self.captioner.caption(edit.after, rng)
        return instruction(edit, self.captioner, rng)


@dataclass
class _Steps(Dataset):
    """Step number -> its batch."""

    feed: Feed
    size: int
    no_reference: int

    def __getitem__(self, step: int) -> Batch:
        return self.feed.batch(self.size, (7, step), self.no_reference)
