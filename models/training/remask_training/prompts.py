"""Held-out prompts with what a judge must see: `python -m remask_training.prompts prompts.json`.

Groups in the manner of GenEval: one object, two objects, counting, colour, position, colour attribution; and place with
time, style, synonyms, long prompts, negative prompts, a new thing in a masked box. Wherever a prompt names a pair of
thing and place or colour, the pair was never drawn in training.
"""

import argparse
import json
import random
from collections.abc import Callable
from dataclasses import replace
from itertools import product
from pathlib import Path

from .scenes.captions import Captioner
from .scenes.scene import Mix, Scene, draw_scene, held_out
from .scenes.vocabulary import (
    COLOURLESS,
    CONCEPTS,
    CORE,
    COUNTS,
    OBJECT_COLOURS,
    OUTDOOR,
    PLACES,
    STYLES,
    TIMES,
    plural,
    with_article,
)

PER_GROUP = 64
SYNONYMS = {  # words that no caption uses -> the concept they mean
    "kitten": "cat",
    "tomcat": "cat",
    "hound": "dog",
    "pup": "dog",
    "hare": "rabbit",
    "vixen": "fox",
    "piglet": "pig",
    "pony": "horse",
    "lamb": "sheep",
    "serpent": "snake",
    "hog": "pig",
    "calf": "cow",
    "motorcar": "car",
    "sedan": "car",
    "motor coach": "bus",
    "aeroplane": "airplane",
    "chopper": "helicopter",
    "yacht": "sailboat",
    "cottage": "house",
    "chapel": "church",
    "fortress": "castle",
    "gemstone": "diamond",
    "spirit": "ghost",
    "tiara": "crown",
    "parasol": "umbrella",
    "android": "robot",
    "extraterrestrial": "alien",
    "football": "soccer ball",
    "cycle": "bicycle",
    "toadstool": "mushroom",
}


def _unseen(names, others) -> list[tuple[str, str]]:
    return [pair for pair in product(names, others) if held_out(*pair)]


_COLOURED = [name for name in CORE if CONCEPTS[name].recolourable]
_IN_PLACES = _unseen(CORE, PLACES)
_IN_COLOURS = _unseen(_COLOURED, OBJECT_COLOURS)


def _in(place: str, rng: random.Random) -> str:
    return rng.choice(PLACES[place][0])


def expected_things(scene: Scene) -> list[dict]:
    """What of a drawn scene's things can be seen: in some styles no colours."""
    is_coloured = scene.style not in COLOURLESS
    return [{"concept": t.concept, **({"colour": t.colour} if t.colour and is_coloured else {})} for t in scene.things]


def one_object(rng: random.Random) -> tuple[str, dict]:
    name, place = rng.choice(_IN_PLACES)
    return f"{with_article(name)} {_in(place, rng)}", {"things": [{"concept": name}], "place": place}


def two_objects(rng: random.Random) -> tuple[str, dict]:
    (a, place), b = rng.choice(_IN_PLACES), rng.choice(CORE)
    if a == b:
        return two_objects(rng)
    prompt = f"{with_article(a)} and {with_article(b)} {_in(place, rng)}"
    return prompt, {"things": [{"concept": a}, {"concept": b}], "place": place}


def counting(rng: random.Random) -> tuple[str, dict]:
    (name, place), number = rng.choice(_IN_PLACES), rng.choice((2, 3, 4))
    prompt = f"{COUNTS[number][0]} {plural(name)} {_in(place, rng)}"
    return prompt, {"things": [{"concept": name}], "count": number, "place": place}


def colour(rng: random.Random) -> tuple[str, dict]:
    name, shade = rng.choice(_IN_COLOURS)
    return with_article(f"{shade} {name}"), {"things": [{"concept": name, "colour": shade}]}


def position(rng: random.Random) -> tuple[str, dict]:
    (name, place), side = rng.choice(_IN_PLACES), rng.choice(("left", "right"))
    prompt = f"{with_article(name)} on the {side} {_in(place, rng)}"
    return prompt, {"things": [{"concept": name, "side": side}], "place": place}


def colour_attribution(rng: random.Random) -> tuple[str, dict]:
    (a, first), b = rng.choice(_IN_COLOURS), rng.choice(_COLOURED)
    second = rng.choice([c for c in OBJECT_COLOURS if c != first])
    if a == b:
        return colour_attribution(rng)
    prompt = f"{with_article(f'{first} {a}')} and {with_article(f'{second} {b}')}"
    return prompt, {"things": [{"concept": a, "colour": first}, {"concept": b, "colour": second}]}


def place_and_time(rng: random.Random) -> tuple[str, dict]:
    place, time = rng.choice(OUTDOOR), rng.choice(list(TIMES))
    return f"{rng.choice(PLACES[place][1])} {rng.choice(TIMES[time])}", {"place": place, "time": time, "things": []}


def style(rng: random.Random) -> tuple[str, dict]:
    (name, place), manner = rng.choice(_IN_PLACES), rng.choice([s for s in STYLES if s != "flat"])
    prompt = f"{with_article(name)} {_in(place, rng)}, {rng.choice(STYLES[manner])}"
    return prompt, {"things": [{"concept": name}], "place": place, "style": manner}


def synonym(rng: random.Random) -> tuple[str, dict]:
    word, name = rng.choice(list(SYNONYMS.items()))
    place = rng.choice([p for p in PLACES if not held_out(name, p)])
    return f"{with_article(word)} {_in(place, rng)}", {"things": [{"concept": name}], "place": place}


def long_prompt(rng: random.Random) -> tuple[str, dict]:
    scene = draw_scene(rng, Mix(plain=0, counts=(0, 0.5, 0.5, 0, 0)), unseen=True)
    things = expected_things(scene)
    prompt = Captioner(dict.fromkeys(CONCEPTS)).caption(scene, rng, full=True)
    expected = {"things": things, "place": scene.place, "style": scene.style}
    return prompt, {**expected, **({"time": scene.time} if scene.time else {})}


def negative(rng: random.Random) -> tuple[str, dict]:
    """Half against a time of day, half against an element of the sky."""
    place = rng.choice(OUTDOOR)
    if rng.random() < 0.5:
        time = rng.choice(list(TIMES))
        return rng.choice(PLACES[place][1]), {"negative": TIMES[time][0], "place": place, "not": {"time": time}, "things": []}
    time, element, words = rng.choice((("day", "clouds", "clouds"), ("day", "rainbow", "rainbow"), ("night", "stars", "stars")))
    prompt = f"{rng.choice(PLACES[place][1])} {TIMES[time][0]}"
    return prompt, {"negative": words, "place": place, "not": {"sky": element}, "things": []}


def masked_box(rng: random.Random) -> tuple[str, dict]:
    """A real scene without things, and a box (pixels of 256) in which one is asked for."""
    name, place = rng.choice(_IN_PLACES)
    scene = replace(draw_scene(rng, Mix(plain=0, styled=0, counts=(1, 0, 0, 0, 0))), place=place)
    if place not in OUTDOOR:
        scene = replace(scene, time="day" if place == "room" else "", weather="clear", sky=())
    elif scene.time == "":
        scene = replace(scene, time="day")
    box = {"x": rng.choice((16, 64, 96)), "y": 80, "width": 144, "height": 144}
    return f"{with_article(name)} {_in(place, rng)}", {"things": [{"concept": name}], "scene": scene.to_json(), "box": box}


GROUPS: dict[str, Callable[[random.Random], tuple[str, dict]]] = {
    "one object": one_object,
    "two objects": two_objects,
    "counting": counting,
    "colour": colour,
    "position": position,
    "colour attribution": colour_attribution,
    "place and time": place_and_time,
    "style": style,
    "synonym": synonym,
    "long": long_prompt,
    "negative": negative,
    "masked box": masked_box,
}


def draw_prompts(seed: int = 0, per_group: int = PER_GROUP) -> list[dict]:
    """Distinct prompts: {"group", "prompt", "expect"}."""
    prompts = []
    for group, draw in GROUPS.items():
        rng, seen = random.Random(f"{seed}-{group}"), set()
        for _ in range(50 * per_group):
            prompt, expect = draw(rng)
            if (key := (prompt, json.dumps(expect.get("negative")))) not in seen:
                seen.add(key)
                prompts.append({"group": group, "prompt": prompt, "expect": expect})
            if len(seen) == per_group:
                break
    return prompts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--per-group", type=int, default=PER_GROUP)
    given = parser.parse_args()
    given.out.write_text(json.dumps(draw_prompts(per_group=given.per_group), indent=1))


if __name__ == "__main__":
    main()
