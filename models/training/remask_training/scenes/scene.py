"""What is in a picture: the exact description that is drawn and put into words."""

import json
import random
from dataclasses import asdict, dataclass, replace

from .vocabulary import BACKDROPS, COLOURS, CONCEPTS, CORE, OBJECT_COLOURS, OUTDOOR, PLACES, STYLES

SIDE = 256  # canvas in pixels; all positions below are in these pixels
LATTICE = 16  # objects lie on a lattice of one base token, so that one look of a thing has one token pattern
SIZES = {"small": (64, 80), "medium": (112, 128), "big": (176, 192)}
PLAIN = "plain"  # a single-coloured ground instead of a place
HORIZON = {  # height of the ground line, share of the canvas
    "beach": 0.50,
    "meadow": 0.58,
    "forest": 0.62,
    "snow": 0.60,
    "desert": 0.60,
    "mountains": 0.66,
    "city": 0.70,
    "ocean": 0.48,
    "park": 0.60,
    "farm": 0.60,
    "lake": 0.52,
    "room": 0.68,
    "underwater": 0.88,
    "space": 1.0,
}


@dataclass(frozen=True)
class Thing:
    """One drawn object. (x, y): top left corner of its square of `size` pixels, multiples of LATTICE."""

    concept: str
    colour: str | None  # None: the artwork's own
    x: int
    y: int
    size: int

    @property
    def centre(self) -> tuple[float, float]:
        return self.x + self.size / 2, self.y + self.size / 2

    @property
    def size_word(self) -> str:
        return "small" if self.size <= 80 else "big" if self.size >= 176 else "medium"


@dataclass(frozen=True)
class Scene:
    place: str  # one of PLACES or PLAIN
    ground: str  # colour name of a plain ground, "" elsewhere
    time: str  # day, sunset, night; "" where there is no sky
    weather: str
    sky: tuple[str, ...]
    things: tuple[Thing, ...]  # drawn in this order, the last in front
    style: str
    seed: int  # fixes everything that is not described

    def to_json(self) -> str:
        return json.dumps(asdict(self), separators=(",", ":"))

    @staticmethod
    def from_json(text: str) -> "Scene":
        fields = json.loads(text)
        things = tuple(Thing(**t) for t in fields.pop("things"))
        return Scene(things=things, sky=tuple(fields.pop("sky")), **fields)


@dataclass(frozen=True)
class Mix:
    """How often what is drawn. The defaults make the task learnable: mostly one big thing, few styles."""

    plain: float = 0.35  # share of plain grounds
    backdrop: float = 0.0  # share of these that are one of BACKDROPS, beside those that chance makes one
    styled: float = 0.22  # share of other styles than flat
    recoloured: float = 0.30  # share of recoloured things (where allowed)
    counts: tuple[float, ...] = (0.05, 0.62, 0.17, 0.10, 0.06)  # none, one, two different, alike 2-3, alike 4
    sizes: tuple[float, float, float] = (0.12, 0.38, 0.50)  # small, medium, big, when there is one thing
    tier: int = 1  # 1: the first hundred concepts, 2: all


def held_out(concept: str, other: str) -> bool:
    """About 5 % of (concept, place) and (concept, colour) pairs are never drawn for training. "" is a thing's own colour, which
    is no pair: else the thing as everybody knows it would never be seen."""
    key = f"{concept}|{other}"
    return other != "" and sum(ord(ch) * (31 + i) for i, ch in enumerate(key)) % 20 == 3


def has_held_out_pair(scene: Scene) -> bool:
    return any(held_out(thing.concept, other) for thing in scene.things for other in (scene.place, thing.colour or ""))


def draw_scene(rng: random.Random, mix: Mix = Mix(), unseen: bool = False) -> Scene:
    """A random scene. `unseen` draws only scenes with a held-out pair (for evaluation)."""
    while True:
        scene = _draw(rng, mix)
        if has_held_out_pair(scene) == unseen:
            return scene


def _draw(rng: random.Random, mix: Mix) -> Scene:
    place = PLAIN if rng.random() < mix.plain else rng.choice(list(PLACES))
    number = rng.choices(range(5), mix.counts)[0]
    if place == PLAIN and number == 0:
        number = 1
    style = rng.choice([s for s in STYLES if s != "flat"]) if rng.random() < mix.styled else "flat"
    time, weather, sky = _draw_sky(rng, place)
    ground = _ground(rng, mix) if place == PLAIN else ""
    things = _draw_things(rng, mix, place, number)
    if not free_columns(things, 110 if time == "sunset" else 70):
        sky = tuple(element for element in sky if element not in ("sun", "moon"))
    if place == PLAIN:
        things = tuple(replace(t, colour=None) if t.colour == ground else t for t in things)
    return Scene(place, ground, time, weather, sky, things, style, rng.randrange(1 << 30))


def _ground(rng: random.Random, mix: Mix) -> str:
    return rng.choice(BACKDROPS if mix.backdrop and rng.random() < mix.backdrop else list(COLOURS))


_SKIES = {
    "day": (("sun",), ("clouds",), ("sun", "clouds"), ("rainbow",), ("rainbow", "clouds"), ("balloons",), ()),
    "sunset": (("sun",), ("sun", "clouds"), ("clouds",), ("balloons",), ("sun",), ()),
    "night": (("moon", "stars"), ("moon",), ("stars",), ("fireworks",), ("fireworks", "stars"), ("moon", "clouds")),
}


def _draw_sky(rng: random.Random, place: str) -> tuple[str, str, tuple[str, ...]]:
    if place == "room":
        return rng.choices(["day", "sunset", "night"], [0.5, 0.2, 0.3])[0], "clear", ()
    if place not in OUTDOOR:
        return "", "clear", ()
    time = rng.choices(["day", "sunset", "night"], [0.45, 0.25, 0.30])[0]
    if rng.random() < 0.22:
        kinds = ["snowfall", "fog"] if place == "snow" else ["fog"] if place == "desert" else ["rain", "snowfall", "fog", "storm"]
        weather = rng.choice(kinds)
        return ("night" if time == "night" else "day"), weather, ()
    return time, "clear", rng.choice(_SKIES[time])


def free_columns(things: tuple[Thing, ...], depth: int) -> list[int]:
    """Where a sun or moon of radius 24 is not hidden: x of centres, for things that reach above y = `depth`."""
    tall = [t for t in things if t.y < depth]
    return [x for x in range(40, 224, 16) if all(x + 24 <= t.x or x - 24 >= t.x + t.size for t in tall)]


def _fits(kind: str, place: str) -> bool:
    """Whether a kind of thing is at home in a place; strangers are drawn now and then all the same."""
    return {"underwater": kind == "u", "ocean": kind in "wua", "space": kind == "a"}.get(place, kind != "u")


def _pick_concept(rng: random.Random, names: list[str], place: str) -> str:
    while True:
        name = rng.choice(names)
        if place == PLAIN or _fits(CONCEPTS[name].kind, place) or rng.random() < 0.2:
            return name


def _draw_things(rng: random.Random, mix: Mix, place: str, number: int) -> tuple[Thing, ...]:
    if number == 0:
        return ()
    names = list(CORE) if mix.tier == 1 else list(CONCEPTS)
    first = _pick_concept(rng, names, place)
    if number == 1:
        size = rng.choice(SIZES[rng.choices(list(SIZES), mix.sizes)[0]])
        return (_put(rng, first, _colour(rng, mix, first), size, place, rng.choice((0.22, 0.5, 0.5, 0.78))),)
    if number == 2:
        second = _pick_concept(rng, [n for n in names if n != first], place)
        return _draw_pair(rng, mix, place, first, second)
    count = rng.choice((2, 3)) if number == 3 else 4
    colour, size = _colour(rng, mix, first), {2: rng.choice((96, 112)), 3: 80, 4: 64}[count]
    pitch = SIDE // count // LATTICE * LATTICE
    start = _snap((SIDE - pitch * (count - 1) - size) / 2)
    thing = _put(rng, first, colour, size, place, 0.5)  # things that are alike stand in one row
    return tuple(replace(thing, x=start + i * pitch) for i in range(count))


def _draw_pair(rng: random.Random, mix: Mix, place: str, left: str, right: str) -> tuple[Thing, Thing]:
    """Two different things side by side, the one a little behind the other half of the time."""
    if place == PLAIN and rng.random() < 0.25:  # one above the other
        x, size = 16 * rng.randrange(2, 8), 112
        return (Thing(left, _colour(rng, mix, left), x, 8 + 8, size), Thing(right, _colour(rng, mix, right), x, 128, size))
    close = rng.random() < 0.35
    size = rng.choice((112, 128)) if close else rng.choice((96, 112))
    spots = (0.32, 0.64) if close else (0.25, 0.75)
    pair = [_put(rng, name, _colour(rng, mix, name), size, place, spot) for name, spot in ((left, spots[0]), (right, spots[1]))]
    rng.shuffle(pair)  # who is in front
    return tuple(pair)


def _colour(rng: random.Random, mix: Mix, name: str) -> str | None:
    return rng.choice(OBJECT_COLOURS) if CONCEPTS[name].recolourable and rng.random() < mix.recoloured else None


def _put(rng: random.Random, name: str, colour: str | None, size: int, place: str, spot: float) -> Thing:
    """Place a thing: `spot` 0..1 from left to right; the bigger, the nearer, the lower its feet."""
    x = _snap(min(max(spot * SIDE - size / 2, 0), SIDE - size))
    kind = CONCEPTS[name].kind
    if place == PLAIN:
        y = SIDE * rng.choice((0.5, 0.5, 0.5, 0.3, 0.7)) - size / 2
    elif place in ("space", "underwater"):
        y = SIDE * rng.choice((0.3, 0.42, 0.55)) - size / 2
    elif kind == "a" and place != "room":
        y = SIDE * 0.10 + rng.choice((0, 16, 32))
    else:
        near = (size - 64) / 128  # 0 far .. 1 near
        y = SIDE * (HORIZON[place] + (0.97 - HORIZON[place]) * (0.35 + 0.6 * near)) - size
    return Thing(name, colour, x, _snap(min(max(y, 0), SIDE - size)), size)


def _snap(value: float) -> int:
    return int(round(value / LATTICE)) * LATTICE
