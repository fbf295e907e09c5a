"""Does the model use the words? Loss with true captions against captions in which one group of words is changed.

A group that is ignored gains 0 and is right half of the time; nothing is worth sampling before "object" leaves 0.
"""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import torch
import torch.nn.functional as F

from ..device import DEVICE
from ..scenes.captions import Captioner
from ..scenes.scene import PLAIN, SIDE, Scene
from ..scenes.vocabulary import COLOURS, CONCEPTS, CORE, OBJECT_COLOURS, OUTDOOR, STYLES
from .data import Batch, Shards

PICTURES = 64  # per group


def _other(rng: random.Random, options, now):
    return rng.choice([o for o in options if o != now])


def _object(scene: Scene, rng: random.Random) -> Scene | None:
    if len({t.concept for t in scene.things}) != 1:
        return None
    colouring = CONCEPTS[scene.things[0].concept].recolourable
    name = _other(rng, [n for n in CORE if CONCEPTS[n].recolourable == colouring], scene.things[0].concept)
    return replace(scene, things=tuple(replace(t, concept=name) for t in scene.things))


def _colour(scene: Scene, rng: random.Random) -> Scene | None:
    if (
        len({t.concept for t in scene.things}) != 1
        or scene.things[0].colour is None
        or scene.style not in ("flat", "papercut", "pop", "pixel")
    ):
        return None
    colour = _other(rng, OBJECT_COLOURS, scene.things[0].colour)
    return replace(scene, things=tuple(replace(t, colour=colour) for t in scene.things))


def _position(scene: Scene, rng: random.Random) -> Scene | None:
    if len(scene.things) != 1 or abs(scene.things[0].centre[0] - SIDE / 2) < 0.1 * SIDE:
        return None
    thing = scene.things[0]
    return replace(scene, things=(replace(thing, x=SIDE - thing.size - thing.x),))


def _count(scene: Scene, rng: random.Random) -> Scene | None:
    if len(scene.things) < 2 or len({t.concept for t in scene.things}) != 1:
        return None
    number = _other(rng, (2, 3, 4), len(scene.things))
    return replace(scene, things=(scene.things * 2)[:number])


def _order(scene: Scene, rng: random.Random) -> Scene | None:
    """Who of two is where."""
    if len({t.concept for t in scene.things}) != 2:
        return None
    a, b = scene.things
    swap = lambda to, of: replace(to, concept=of.concept, colour=of.colour)
    return replace(scene, things=(swap(a, b), swap(b, a)))


def _field(name: str, options: Callable[[Scene], tuple], applies: Callable[[Scene], bool]) -> Callable:
    def change(scene: Scene, rng: random.Random) -> Scene | None:
        return replace(scene, **{name: _other(rng, options(scene), getattr(scene, name))}) if applies(scene) else None

    return change


GROUPS: dict[str, Callable[[Scene, random.Random], Scene | None]] = {
    "object": _object,
    "colour": _colour,
    "position": _position,
    "count": _count,
    "order of two": _order,
    "ground colour": _field("ground", lambda s: tuple(COLOURS), lambda s: s.place == PLAIN and s.style in ("flat", "papercut")),
    "place": _field("place", lambda s: OUTDOOR, lambda s: s.place in OUTDOOR),
    "time": _field("time", lambda s: ("day", "sunset", "night"), lambda s: s.time != "" and s.weather == "clear"),
    "sky": _field("sky", lambda s: (("rainbow",), ("clouds",), ("fireworks",), ("moon",), ("sun",)), lambda s: len(s.sky) == 1),
    "style": _field("style", lambda s: tuple(x for x in STYLES if x != "flat"), lambda s: s.style != "flat"),
}


def pairs(shards: Shards, captioner: Captioner, group: str, count: int = PICTURES) -> tuple[list[int], list[str], list[str]]:
    """Rows of the shards with their true caption and the caption with the group changed, otherwise the same words."""
    rows, true, changed = [], [], []
    for row in range(len(shards)):
        rng = random.Random(row)
        other = GROUPS[group](shards.scene(row), rng)
        if other is None:
            continue
        seed = rng.random()
        words, swapped = (captioner.caption(s, random.Random(seed), full=True) for s in (shards.scene(row), other))
        if words != swapped:
            rows.append(row)
            true.append(words)
            changed.append(swapped)
        if len(rows) == count:
            break
    return rows, true, changed


@torch.no_grad()
def word_use(
    model, trainer, shards: Shards, captioner: Captioner, ratio: float = 1.0, groups: Iterable[str] = GROUPS
) -> dict[str, tuple[float, float]]:
    """Per group: nats per picture gained by the true words, and the share of pictures whose true caption fits better."""
    training, trainer.model, result = trainer.model, model, {}
    fine = model.shape.coarse
    for group in groups:
        rows, true, changed = pairs(shards, captioner, group)
        tokens = shards.take("fine" if fine else "base", np.array(rows))
        batch = Batch(tokens, true, shards.take("cells", np.array(rows)))
        if fine:
            batch.coarse = shards.take("base", np.array(rows))
        else:
            batch.reference = torch.full_like(tokens, model.no_reference)
        masks = (torch.rand(tokens.shape, generator=torch.Generator().manual_seed(2)) < ratio).to(DEVICE)
        nats = [_nats_per_picture(trainer, batch.to(DEVICE), masks, captions) for captions in (true, changed)]
        gain = nats[1] - nats[0]
        result[group] = (round(gain.mean().item(), 2), round((gain > 0).float().mean().item(), 3))
    trainer.model = training
    return result


def _nats_per_picture(trainer, batch: Batch, masks: torch.Tensor, captions: list[str]) -> torch.Tensor:
    """[B]: summed over the hidden tokens."""
    nats = F.cross_entropy(trainer.logits(batch, masks, captions).float(), batch.tokens[masks], reduction="none")
    picture = torch.nonzero(masks)[:, 0]
    return torch.zeros(len(masks), device=nats.device).index_add_(0, picture, nats)
