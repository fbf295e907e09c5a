"""The judge: reads object, colour, position, count, place, time, weather, sky and style off a picture.

It measures the model and is never used in its training or ranking. It learns from renders alone, half of which show the pairs
that are held out from the model: those it will be asked about. Per 8 px cell it says which concept and which colour lies
there, so that "a red car left of a blue cat" can be checked thing by thing.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..device import DEVICE, autocast
from ..runs import log, read
from ..scenes.scene import PLAIN, SIDE, Scene, Thing
from ..scenes.vocabulary import COLOURLESS, COLOURS, CONCEPTS, OBJECT_COLOURS, PLACES, SKY, STYLES, TIMES, WEATHER
from ..stage import Stage, rate
from .pictures import Pictures
from .tower import Tower
from .wear import faded, torn, worn

LABELS = {  # head -> its classes; "sky" may be several at once
    "count": ("0", "1", "2", "3", "4"),
    "place": (PLAIN, *PLACES),
    "ground": ("", *COLOURS),
    "time": ("", *TIMES),
    "weather": tuple(WEATHER),
    "style": tuple(STYLES),
    "sky": tuple(SKY),
    "concept": ("", *CONCEPTS),
    "colour": ("own", *OBJECT_COLOURS),  # these two per cell; colour only where a thing is
}
IGNORED = -100  # no label: what cross-entropy leaves out
WHOLE = ("count", "place", "ground", "time", "weather", "style")
BATCH, RATE = 64, 2e-3
CONCEPT = 3.0  # weight of the concepts beside the other heads: two hundred classes are the hard part
NOTHING = 0.2  # weight of a cell without a thing: five in six are, and would say "nothing" when in doubt


class Judge(nn.Module):
    """float [B, 3, 128, 128] in 0..1 -> logits by head: [B, classes], and [B, classes, 16, 16] for concept and colour;
    and "features" [B, 3 * width]."""

    def __init__(self, width: int = 192):
        super().__init__()
        self.tower = Tower(width)
        # wide view for the cells: a cell must know the whole thing it belongs to
        self.view = nn.Sequential(
            *(
                layer
                for d in (2, 4, 1)
                for layer in (nn.Conv2d(width, width, 3, padding=d, dilation=d), nn.BatchNorm2d(width), nn.ReLU())
            )
        )
        self.cells = nn.ModuleDict({head: nn.Conv2d(width, len(LABELS[head]), 1) for head in ("concept", "colour")})
        self.whole = nn.ModuleDict({head: nn.Linear(3 * width, len(LABELS[head])) for head in (*WHOLE, "sky")})

    def forward(self, image: Tensor) -> dict[str, Tensor]:
        near = self.tower(image)
        wide = self.view(near)
        flat = torch.cat([near.mean((2, 3)), wide.mean((2, 3)), wide.amax((2, 3))], 1)
        return {
            "features": flat,
            **{h: layer(flat) for h, layer in self.whole.items()},
            **{h: layer(wide) for h, layer in self.cells.items()},
        }


def truth(scene: Scene) -> dict[str, int | list[float]]:
    """Class indices of the whole-picture heads; sky as 0/1 per element."""
    values = {
        "count": str(len(scene.things)),
        "place": scene.place,
        "ground": scene.ground,
        "time": scene.time,
        "weather": scene.weather,
        "style": scene.style,
    }
    return {
        **{head: LABELS[head].index(value) for head, value in values.items()},
        "sky": [float(e in scene.sky) for e in LABELS["sky"]],
    }


class Colours:
    """Colour classes of things. `natural`: name of a concept's own colour where it has a clear one (Artwork.natural_colour):
    an apple as it grew is as red as one that was painted red."""

    def __init__(self, natural: dict[str, str | None]):
        self.natural = natural

    def of(self, scene: Scene, thing: Thing) -> int:
        if scene.style in COLOURLESS:
            return IGNORED
        colour = thing.colour or self.natural.get(thing.concept)
        return LABELS["colour"].index(colour if colour in LABELS["colour"] else "own")


def cell_truth(scene: Scene, things: np.ndarray, colours: Colours) -> tuple[np.ndarray, np.ndarray]:
    """Concept and colour class of every cell, int64 [16, 16]; colour is IGNORED where no thing is."""
    concepts = np.array([0, *(LABELS["concept"].index(t.concept) for t in scene.things)])
    shades = np.array([IGNORED, *(colours.of(scene, t) for t in scene.things)])
    return concepts[things], shades[things]


def targets(pictures: Pictures, rows: np.ndarray, colours: Colours) -> dict[str, Tensor]:
    scenes = [pictures.scenes[row] for row in rows]
    truths = [truth(scene) for scene in scenes]
    cells = [cell_truth(scene, pictures.things[row], colours) for scene, row in zip(scenes, rows, strict=True)]
    out = {head: torch.tensor([t[head] for t in truths]).to(DEVICE) for head in (*WHOLE, "sky")}
    out["concept"], out["colour"] = (torch.from_numpy(np.stack(part)).to(DEVICE) for part in zip(*cells, strict=True))
    return out


def loss_of(given: dict[str, Tensor], wanted: dict[str, Tensor]) -> Tensor:
    loss = F.binary_cross_entropy_with_logits(given["sky"].float(), wanted["sky"])
    for head in (*WHOLE, "colour"):
        loss = loss + F.cross_entropy(given[head].float(), wanted[head])
    weight = torch.ones(len(LABELS["concept"]), device=wanted["concept"].device)
    weight[0] = NOTHING
    return loss + CONCEPT * F.cross_entropy(given["concept"].float(), wanted["concept"], weight)


def things_seen(cells: np.ndarray, sure: np.ndarray, least: float = 4.0) -> dict[int, np.ndarray]:
    """Concept -> its cells (bool [16, 16]); `cells` the likeliest class per cell, `sure` its probability. A concept
    counts when its cells add up to `least`: fewer is a seam between others."""
    found = {}
    for concept in np.unique(cells[cells > 0]):
        mask = cells == concept
        if sure[mask].sum() >= least:
            found[int(concept)] = mask
    return found


@torch.no_grad()
def accuracy(model: Judge, pictures: Pictures, rows: np.ndarray, colours: Colours) -> dict[str, float]:
    """Share right per head, as the evaluation asks it. "object": of the things drawn, those seen; "objects": the set of concepts
    seen is exactly the set drawn; "colour": of a thing, by majority; "position": left or right of the middle, of one thing."""
    model.eval()
    right: dict[str, list[float]] = {}
    for part in np.array_split(rows, max(1, len(rows) // BATCH)):
        given, wanted = model(pictures.image(part)), targets(pictures, part, colours)
        for head in WHOLE:
            right.setdefault(head, []).extend((given[head].argmax(1) == wanted[head]).float().tolist())
        right.setdefault("sky", []).extend(((given["sky"] > 0) == (wanted["sky"] > 0.5)).all(1).float().tolist())
        sure, cells = (t.cpu().numpy() for t in given["concept"].softmax(1).max(1))
        shades = given["colour"].argmax(1).cpu().numpy()
        for i, row in enumerate(part):
            seen = things_seen(cells[i], sure[i])
            for name, is_right in things_right(pictures.scenes[row], pictures.things[row], seen, shades[i], colours):
                right.setdefault(name, []).append(float(is_right))
    model.train()
    return {name: round(float(np.mean(values)), 4) for name, values in right.items()}


def things_right(
    scene: Scene, things: np.ndarray, seen: dict[int, np.ndarray], shades: np.ndarray, colours: Colours
) -> Iterator[tuple[str, bool]]:
    """What is right about one picture's things, by the name it has in the report."""
    drawn = [LABELS["concept"].index(thing.concept) for thing in scene.things]
    yield "objects", set(seen) == set(drawn)
    for index, (thing, concept) in enumerate(zip(scene.things, drawn, strict=True)):
        yield "object", concept in seen
        spot = shades[things == index + 1]
        if len(spot) and colours.of(scene, thing) != IGNORED:
            yield "colour", np.bincount(spot).argmax() == colours.of(scene, thing)
    if len(drawn) == 1 and (across := scene.things[0].centre[0] / SIDE) != 0.5 and drawn[0] in seen:
        yield "position", (np.argwhere(seen[drawn[0]])[:, 1].mean() + 0.5 < shades.shape[1] / 2) == (across < 0.5)


def train(pictures: Pictures, held_out: Pictures, colours: Colours, folder: Path, steps: int) -> None:
    """Resumable; folder/final.pt holds the weights and the accuracy on held-out renders."""
    torch.manual_seed(0)
    model = Judge().to(DEVICE, memory_format=torch.channels_last)
    optimizer = torch.optim.AdamW(model.parameters(), RATE, weight_decay=0.02, fused=True)
    stage = Stage("judge", folder, steps, BATCH, {"model": model, "optimizer": optimizer})
    since = stage.step

    def take_step(step: int) -> dict[str, float]:
        optimizer.param_groups[0]["lr"] = RATE * rate(step, steps, since)
        rows = np.random.default_rng((3, step)).integers(0, len(pictures), BATCH)
        with autocast():
            given = model(torn(faded(worn(pictures.image(rows), step), step), step))
        loss = loss_of(given, targets(pictures, rows, colours))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        return {"loss": loss.item()}

    stage.run(take_step)
    report = accuracy(model, held_out, np.arange(len(held_out)), colours)
    log("judge on held-out renders:", report)
    stage.finish(model=model.state_dict(), report=report)


def load(path: Path) -> Judge:
    model = Judge().to(DEVICE, memory_format=torch.channels_last)
    model.load_state_dict(read(path)["model"])
    return model.eval()
