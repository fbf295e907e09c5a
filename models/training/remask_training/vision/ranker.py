"""The ranker: how well a picture fits words. An image tower trained against the frozen text encoder."""

import random
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..device import DEVICE, autocast
from ..runs import log, read
from ..scenes.captions import Captioner
from ..stage import Stage, rate
from ..text.minilm import WIDTH, TextEncoder
from ..transformer.diag import GROUPS
from .pictures import Pictures
from .tower import SIZE, Tower
from .wear import torn, worn

BATCH, RATE = 128, 1.5e-3
USEFUL = 0.75  # share right on the average of the groups of words ...
CHANCE = 0.41  # ... and at least in each: of 128 pictures, a half less two standard errors


class Ranker(nn.Module):
    """image float [B, 3, 128, 128] in 0..1, text [B, L, 384] and mask [B, L] of the text encoder -> score [B].

    The words look at the picture: every word piece picks the cell that fits it best (late interaction), so that a
    single wrong word costs; the score is the mean over the words, scaled. A cell knows where it lies and what the whole
    picture shows: without that it could not tell "left of" from "right of", nor two from three.
    """

    def __init__(self, width: int = 192, meeting: int = 128):
        super().__init__()
        self.tower = Tower(width)
        self.wide = nn.Sequential(
            nn.Conv2d(width + 2, width, 3, padding=2, dilation=2),
            nn.ReLU(),
            nn.Conv2d(width, width, 3, padding=4, dilation=4),
            nn.ReLU(),
        )
        self.whole = nn.Sequential(nn.Linear(4 * width, width), nn.ReLU())
        self.cells, self.sum = nn.Conv2d(3 * width, meeting, 1), nn.Linear(width, meeting)
        ramp = torch.linspace(-1, 1, SIZE // 8)
        self.register_buffer("places", torch.stack(torch.meshgrid(ramp, ramp, indexing="ij"))[None], persistent=False)
        self.words = nn.Sequential(nn.LayerNorm(WIDTH), nn.Linear(WIDTH, 256), nn.GELU(), nn.Linear(256, meeting))
        self.sharpness = nn.Parameter(torch.tensor(2.5))

    def looks(self, image: Tensor) -> Tensor:
        """[B, cells + 1, meeting], unit vectors; the last is the whole picture."""
        near = self.tower(image)
        # stretched over pictures that are not square
        places = F.interpolate(self.places, near.shape[2:], mode="bilinear", align_corners=True)
        both = torch.cat([near, self.wide(torch.cat([near, places.expand(near.shape[0], -1, -1, -1)], 1))], 1)
        whole = self.whole(torch.cat([both.mean((2, 3)), both.amax((2, 3))], 1))
        seen = torch.cat([both, whole[:, :, None, None].expand(-1, -1, *both.shape[2:])], 1)
        cells = F.avg_pool2d(self.cells(seen), 2).flatten(2).transpose(1, 2)
        return F.normalize(torch.cat([cells, self.sum(whole)[:, None]], 1).float(), dim=-1)

    def compare(self, looks: Tensor, text: Tensor, mask: Tensor) -> Tensor:
        """Scores of every picture with every text: [pictures, texts]."""
        texts, places = mask.nonzero(as_tuple=True)  # where words stand: nothing is computed of padding
        words = F.normalize(self.words(text[texts, places]).float(), dim=-1)
        best = (looks @ words.t()).max(1).values
        sums = best.new_zeros(len(looks), len(text)).index_add(1, texts, best)
        return self.sharpness.exp() * sums / mask.sum(-1)

    def forward(self, image: Tensor, text: Tensor, mask: Tensor) -> Tensor:
        words = F.normalize(self.words(text), dim=-1)
        best = (self.looks(image) @ words.transpose(1, 2)).amax(1)
        return self.sharpness.exp() * (best * mask).sum(-1) / mask.sum(-1)


def captions_of(pictures: Pictures, rows: np.ndarray, captioner: Captioner, rng: random.Random) -> tuple[list[str], list[str]]:
    """True captions, and false ones with one group of words changed: a further wrong answer for most pictures."""
    true, false = [], []
    for row in rows:
        scene, seed, full = pictures.scenes[row], rng.random(), rng.random() < 0.5
        true.append(captioner.caption(scene, random.Random(seed), full))
        changed = (change(scene, rng) for change in rng.sample(list(GROUPS.values()), len(GROUPS)))
        if (other := next(filter(None, changed), None)) is not None:
            wrong = captioner.caption(other, random.Random(seed), full)
            false += [wrong] if wrong != true[-1] else []
    return true, false


def contrastive(scores: Tensor, count: int) -> Tensor:
    """Pictures find their captions among all and the false ones; captions find their pictures."""
    own = torch.arange(count, device=scores.device)
    return F.cross_entropy(scores, own) + F.cross_entropy(scores[:, :count].t(), own)


def train(pictures: Pictures, held_out: Pictures, captioner: Captioner, folder: Path, steps: int) -> None:
    """Resumable; folder/final.pt holds the weights and how often they tell true words from changed ones."""
    torch.manual_seed(0)
    text, model = TextEncoder(), Ranker().to(DEVICE, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.05, fused=True)
    stage = Stage("ranker", folder, steps, BATCH, {"model": model, "optimizer": optimizer})
    since = stage.step

    def take_step(step: int) -> dict[str, float]:
        optimizer.param_groups[0]["lr"] = RATE * rate(step, steps, since)
        rows = np.random.default_rng((4, step)).integers(0, len(pictures), BATCH)
        true, false = captions_of(pictures, rows, captioner, random.Random(step))
        words, mask = text(true + false)
        with autocast():
            scores = model.compare(model.looks(torn(worn(pictures.image(rows), step), step)), words, mask)
        loss = contrastive(scores.float(), BATCH)
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return {"loss": loss.item()}

    stage.run(take_step)
    report = word_choice(model, held_out, captioner, text)
    log("ranker, share of pictures whose true caption scores higher, by the group of words changed:", report)
    stage.finish(model=model.state_dict(), report=report)


@torch.no_grad()
def word_choice(model: Ranker, pictures: Pictures, captioner: Captioner, text: TextEncoder, count: int = 128) -> dict[str, float]:
    model.eval()
    report = {}
    for group, change in GROUPS.items():
        rows = [row for row in range(len(pictures)) if change(pictures.scenes[row], random.Random(row)) is not None][:count]
        write = lambda scene, row: captioner.caption(scene, random.Random(row), full=True)
        true = [write(pictures.scenes[row], row) for row in rows]
        false = [write(change(pictures.scenes[row], random.Random(row)), row) for row in rows]
        image = pictures.image(np.array(rows))
        words, mask = text(true + false)
        scores = model(torch.cat([image, image]), words.float(), mask)
        report[group] = round((scores[: len(rows)] > scores[len(rows) :]).float().mean().item(), 3)
    model.train()
    return report


def is_useful(path: Path) -> bool:
    """Whether candidates are better off in its order than in that of their likelihood."""
    shares = read(path).get("report", {}).values()
    return bool(shares) and min(shares) >= CHANCE and sum(shares) / len(shares) >= USEFUL


def load(path: Path) -> Ranker:
    model = Ranker().to(DEVICE, memory_format=torch.channels_last)
    model.load_state_dict(read(path)["model"])
    return model.eval()
