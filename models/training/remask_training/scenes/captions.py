"""Scene -> words: from a single word to a long sentence, with synonyms, parts left out and reordered.

Everything a caption says is true of the picture; what it leaves out may be anything.
"""

import random

from .scene import PLAIN, SIDE, Scene, Thing
from .vocabulary import (
    BACKDROPS,
    COLOUR_WORDS,
    CONCEPTS,
    COUNTS,
    PLACES,
    SIZES,
    SKY,
    STYLES,
    TIMES,
    WEATHER,
    plural,
    with_article,
)

NATURAL = 0.10  # how often the own colour of a thing is said
PLACED = 0.92  # how often the place is said, or the colour of a plain ground ...
BACKDROP = 0.25  # ... but for BACKDROPS: a thing named by itself stands on one of these, where its colour can be seen


class Captioner:
    """`natural`: name of the thing's own colour where it has a clear one (Artwork.natural_colour)."""

    def __init__(self, natural: dict[str, str | None]):
        self.natural = natural

    def caption(self, scene: Scene, rng: random.Random, full: bool = False) -> str:
        """`full` says everything there is to say (for evaluation)."""
        keep = (lambda p: True) if full else (lambda p: rng.random() < p)
        is_coloured = scene.place == PLAIN and scene.ground not in BACKDROPS
        if not full and not is_coloured and rng.random() < 0.12:
            return self._bare(scene, rng)
        subject = self.things(scene, rng, keep)
        is_placed = keep(BACKDROP if scene.ground in BACKDROPS else PLACED) or not subject
        place = self._place(scene, rng, alone=not subject) if is_placed else ""
        time = rng.choice(TIMES[scene.time]) if scene.time and keep(0.75) else ""
        weather = rng.choice(WEATHER[scene.weather]) if scene.weather != "clear" and keep(0.85) else ""
        sky = self._sky(scene, rng) if scene.sky and keep(0.7) else ""
        details = [part for part in (place, time, weather) if part]
        if not full and len(details) > 1 and subject and rng.random() < 0.25:
            rng.shuffle(details)
        body = " ".join([subject, *details] if subject else details)
        if sky:
            body += rng.choice((" with ", ", ")) + sky
        return self._styled(scene, body, rng, keep)

    def _bare(self, scene: Scene, rng: random.Random) -> str:
        """One or two words."""
        if not scene.things:
            return self._place(scene, rng, alone=True).removeprefix("a ").removeprefix("an ").removeprefix("the ")
        thing = rng.choice(scene.things)
        return self._noun(thing, rng, keep=lambda p: rng.random() < p * 0.5, number=1)

    def things(self, scene: Scene, rng: random.Random, keep) -> str:
        """The phrase of the objects; "" if there are none."""
        things = scene.things
        if not things:
            return ""
        if len({t.concept for t in things}) == 1:
            if len(things) == 1:
                return self._single(scene, things[0], rng, keep)
            noun = self._noun(things[0], rng, keep, number=len(things))
            return f"{rng.choice(COUNTS[len(things)])} {noun}"
        return self._pair(things, rng, keep)

    def _single(self, scene: Scene, thing: Thing, rng: random.Random, keep) -> str:
        noun = self._noun(thing, rng, keep, number=1, size=True)
        phrase = with_article(noun, noun.split()[-1])
        where = position(thing, vertical=scene.place == PLAIN)
        if where == "middle":
            return phrase + (rng.choice((" in the middle", " in the centre")) if keep(0.12) else "")
        return phrase + (f" {rng.choice(('on', 'at'))} the {where}" if keep(0.6) else "")

    def _pair(self, things: tuple[Thing, ...], rng: random.Random, keep) -> str:
        first, second = things if rng.random() < 0.5 else things[::-1]
        a, b = (with_article(noun, noun.split()[-1]) for noun in (self._noun(t, rng, keep, 1) for t in (first, second)))
        if not keep(0.7):
            return f"{a} {rng.choice(('and', 'next to', 'with', 'beside'))} {b}"
        (ax, ay), (bx, by) = first.centre, second.centre
        if abs(ax - bx) < SIDE * 0.15:
            return f"{a} {'above' if ay < by else 'below'} {b}"
        overlap = abs(ax - bx) < (first.size + second.size) / 2 - 16
        if overlap and rng.random() < 0.4:
            return f"{a} {'in front of' if first == things[-1] else 'behind'} {b}"
        side = "left" if ax < bx else "right"
        other = "right" if side == "left" else "left"
        return rng.choice((f"{a} to the {side} of {b}", f"{a} on the {side} and {b} on the {other}", f"{a} {side} of {b}"))

    def _noun(self, thing: Thing, rng: random.Random, keep, number: int, size: bool = False) -> str:
        names = CONCEPTS[thing.concept].names
        name = names[0] if rng.random() < 0.7 else rng.choice(names)
        words = []
        if size and SIZES[thing.size_word] and keep(0.4):
            words.append(rng.choice(SIZES[thing.size_word]))
        colour = thing.colour
        if colour and not keep(0.92):
            colour = None
        elif not colour and self.natural.get(thing.concept) and rng.random() < NATURAL:
            colour = self.natural[thing.concept]
        if colour:
            words.append(rng.choice(COLOUR_WORDS.get(colour, (colour,))))
        return " ".join([*words, plural(name) if number > 1 else name])

    def _place(self, scene: Scene, rng: random.Random, alone: bool) -> str:
        if scene.place == PLAIN:
            colour = rng.choice(COLOUR_WORDS.get(scene.ground, (scene.ground,)))
            if alone:
                return with_article(f"{colour} background")
            return rng.choice(
                (f"on a {colour} background", f"on {colour}", f"against a {colour} background", f"with a {colour} background")
            )
        return rng.choice(PLACES[scene.place][1 if alone else 0])

    def _sky(self, scene: Scene, rng: random.Random) -> str:
        return " and ".join(rng.choice(SKY[element]) for element in scene.sky)

    def _styled(self, scene: Scene, body: str, rng: random.Random, keep) -> str:
        if scene.style == "flat" and not (rng.random() < 0.2):
            return body
        if scene.style != "flat" and not keep(0.94):
            return body
        style = rng.choice(STYLES[scene.style])
        form = rng.random()
        if form < 0.4:
            return f"{with_article(style) if rng.random() < 0.5 else style} of {body}"
        if form < 0.8:
            return f"{body}, {style}"
        return rng.choice(
            (f"{style}, {body}", f"{body} in the style of {with_article(style)}", f"{body} as {with_article(style)}")
        )


def position(thing: Thing, vertical: bool) -> str:
    """left, right, top, bottom, "top left" …, or middle; heights count only where there is no horizon."""
    x, y = (c / SIDE for c in thing.centre)
    row = ("top" if y < 0.40 else "bottom" if y > 0.60 else "") if vertical else ""
    column = "left" if x < 0.40 else "right" if x > 0.60 else ""
    return " ".join(word for word in (row, column) if word) or "middle"
