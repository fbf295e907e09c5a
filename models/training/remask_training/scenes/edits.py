"""Pairs of one scene drawn twice, before and after an edit, with the instruction in words."""

import random
from dataclasses import dataclass, replace

from .captions import Captioner, position
from .scene import PLAIN, Mix, Scene, Thing, draw_scene, free_columns, has_held_out_pair
from .vocabulary import COLOURS, CONCEPTS, CORE, OBJECT_COLOURS, OUTDOOR, PLACES, SKY, STYLES, with_article


@dataclass(frozen=True)
class Edit:
    kind: str
    before: Scene
    after: Scene

    def to_labels(self) -> dict:
        return {"kind": self.kind, "before": self.before.to_json(), "after": self.after.to_json()}

    @staticmethod
    def from_labels(labels: dict) -> "Edit":
        return Edit(labels["kind"], Scene.from_json(labels["before"]), Scene.from_json(labels["after"]))


def draw_edit(rng: random.Random, mix: Mix = Mix()) -> Edit:
    """A random scene and something done to it. Nothing but that differs between the two."""
    while True:
        kind = rng.choice(list(_KINDS))
        before = draw_scene(rng, replace(mix, styled=0.15))
        after = _KINDS[kind](before, rng)
        if after is None or after == before or not _allowed(after):
            continue
        return Edit(kind, after, before) if kind == "add" else Edit(kind, before, after)


def _allowed(scene: Scene) -> bool:
    clear = free_columns(scene.things, 110 if scene.time == "sunset" else 70) or not {"sun", "moon"} & set(scene.sky)
    return bool(clear) and not has_held_out_pair(scene)


def _restyle(scene: Scene, rng: random.Random) -> Scene | None:
    return replace(scene, style=rng.choice(list(STYLES)))


def _recolour(scene: Scene, rng: random.Random) -> Scene | None:
    if len(scene.things) != 1 or not CONCEPTS[scene.things[0].concept].recolourable:
        return None
    colour = rng.choice([c for c in OBJECT_COLOURS if c != scene.ground])
    return replace(scene, things=(replace(scene.things[0], colour=colour),))


def _ground(scene: Scene, rng: random.Random) -> Scene | None:
    if scene.place != PLAIN or not scene.things:
        return None
    return replace(scene, ground=rng.choice([c for c in COLOURS if c != scene.things[0].colour]))


def _time(scene: Scene, rng: random.Random) -> Scene | None:
    if scene.time == "" or scene.weather != "clear":
        return None
    lasting = tuple(e for e in scene.sky if e in ("clouds", "balloons"))
    return replace(scene, time=rng.choice(("day", "sunset", "night")), sky=lasting)


def _weather(scene: Scene, rng: random.Random) -> Scene | None:
    if scene.place not in OUTDOOR or scene.weather != "clear" or scene.time == "sunset":
        return None
    return replace(scene, weather=rng.choice(("rain", "snowfall", "fog", "storm")), sky=())


def _add_sky(scene: Scene, rng: random.Random) -> Scene | None:
    if scene.place not in OUTDOOR or scene.weather != "clear":
        return None
    allowed = {
        "day": ("sun", "clouds", "rainbow", "balloons"),
        "sunset": ("sun", "clouds", "balloons"),
        "night": ("moon", "stars", "fireworks"),
    }
    element = rng.choice(allowed[scene.time])
    return replace(scene, sky=(*scene.sky, element)) if element not in scene.sky else None


def _remove(scene: Scene, rng: random.Random) -> Scene | None:
    if len({t.concept for t in scene.things}) != len(scene.things) or not scene.things:
        return None
    gone = rng.choice(scene.things)
    if gone.y < 110 and {"sun", "moon"} & set(scene.sky):
        return None  # the sun keeps clear of things and could move once this one is gone
    return replace(scene, things=tuple(t for t in scene.things if t != gone))


def _swap(scene: Scene, rng: random.Random) -> Scene | None:
    if len(scene.things) != 1:
        return None
    same_kind = [n for n in CORE if CONCEPTS[n].kind == CONCEPTS[scene.things[0].concept].kind]
    return replace(scene, things=(replace(scene.things[0], concept=rng.choice(same_kind), colour=None),))


def _move(scene: Scene, rng: random.Random) -> Scene | None:
    """Another place around the same things."""
    if scene.place == PLAIN or not scene.things or scene.time == "" or scene.place == "room":
        return None
    return replace(scene, place=rng.choice([p for p in OUTDOOR if p != "ocean"]))


_KINDS = {
    "restyle": _restyle,
    "recolour": _recolour,
    "ground": _ground,
    "time": _time,
    "weather": _weather,
    "sky": _add_sky,
    "remove": _remove,
    "add": _remove,  # adding is the way back of a removal
    "swap": _swap,
    "move": _move,
}


def instruction(edit: Edit, captioner: Captioner, rng: random.Random) -> str:
    """What a person would ask for to get from `before` to `after`."""
    before, after = edit.before, edit.after
    name = lambda thing: thing.concept if rng.random() < 0.7 else rng.choice(CONCEPTS[thing.concept].names)
    if edit.kind == "restyle":
        style = rng.choice(STYLES[after.style])
        return rng.choice(
            (
                f"in {style} style",
                f"make it {with_article(style)}",
                f"turn it into {with_article(style)}",
                f"as {with_article(style)}",
                style,
            )
        )
    if edit.kind == "recolour":
        thing = name(after.things[0])
        return rng.choice(("make the {0} {1}", "a {1} {0}", "paint the {0} {1}", "change the colour of the {0} to {1}")).format(
            thing, after.things[0].colour
        )
    if edit.kind == "ground":
        return rng.choice(("make the background {0}", "on a {0} background", "change the background to {0}")).format(after.ground)
    if edit.kind == "time":
        words = {
            "day": ("make it day", "in daylight"),
            "sunset": ("make it sunset", "at sunset"),
            "night": ("make it night", "at night"),
        }
        return rng.choice(words[after.time])
    if edit.kind == "weather":
        words = {
            "rain": ("make it rain", "add rain"),
            "snowfall": ("make it snow", "add falling snow"),
            "fog": ("add fog", "make it foggy"),
            "storm": ("add a thunderstorm", "make it stormy"),
        }
        return rng.choice(words[after.weather])
    if edit.kind == "sky":
        return f"add {rng.choice(SKY[after.sky[-1]])}"
    if edit.kind == "remove":
        return rng.choice(("remove the {0}", "without the {0}", "take away the {0}", "delete the {0}")).format(
            name(_difference(before, after))
        )
    if edit.kind == "add":
        return _addition(_difference(after, before), after, name, rng)
    if edit.kind == "swap":
        old, new = name(before.things[0]), with_article(name(after.things[0]))
        return rng.choice(("change the {0} to {1}", "replace the {0} with {1}", "turn the {0} into {1}")).format(old, new)
    place = rng.choice(PLACES[after.place][1])
    return rng.choice(("change the background to {0}", "move it to {0}", "replace the background with {0}")).format(place)


def _difference(more: Scene, fewer: Scene) -> Thing:
    return next(t for t in more.things if t not in fewer.things)


def _addition(thing: Thing, after: Scene, name, rng: random.Random) -> str:
    noun = f"{thing.colour} {name(thing)}" if thing.colour else name(thing)
    where = position(thing, vertical=after.place == PLAIN)
    side = f" on the {where}" if where != "middle" and rng.random() < 0.6 else ""
    return f"{rng.choice(('add', 'put in', 'place'))} {with_article(noun)}{side}"
