"""Labels match pictures; captions say only what is true; edits change only what they say."""

import random
from dataclasses import replace

import numpy as np
import pytest

from remask_training.scenes.captions import Captioner, position
from remask_training.scenes.edits import draw_edit, instruction
from remask_training.scenes.render import Renderer
from remask_training.scenes.scene import LATTICE, PLAIN, SIDE, Mix, Scene, Thing, draw_scene, held_out
from remask_training.scenes.vocabulary import (
    BACKDROPS,
    COLOUR_WORDS,
    COLOURS,
    CONCEPTS,
    CORE,
    COUNTS,
    PLACES,
    SKY,
    STYLES,
    TIMES,
    WEATHER,
    plural,
)


class SquareArtwork:
    """Stands in for the emoji: a square in the thing's colour."""

    def get(self, name, colour, size):
        bitmap = np.zeros((size, size, 4), np.uint8)
        bitmap[4:, 4:-4] = (*COLOURS[colour or "teal"], 255)
        return bitmap


RENDERER = Renderer(SquareArtwork())
CAPTIONER = Captioner(dict.fromkeys(CONCEPTS))


def scenes(count, seed=0, mix=Mix()):
    rng = random.Random(seed)
    return [draw_scene(rng, mix) for _ in range(count)]


def read(caption):
    """What a caption says: attribute -> labels. Longest phrases first, each taken out once found, so that 'fire' is
    not found in 'fire truck' nor 'white' in 'white clouds'. A place may stand without its article: "green field"."""
    tables = {"count": COUNTS, "style": STYLES, "time": TIMES, "sky": SKY, "weather": WEATHER}
    phrases = [(w, attribute, label) for attribute, table in tables.items() for label, forms in table.items() for w in forms]
    phrases += [(form, "things", name) for name, c in CONCEPTS.items() for n in c.names for form in (n, plural(n))]
    phrases += [(w, "colours", c) for c in COLOURS for w in COLOUR_WORDS.get(c, (c,))]
    places = [(w, place) for place, forms in PLACES.items() for group in forms for w in group]
    phrases += [(form, "place", place) for w, place in places for form in {w, w.removeprefix("a ")}]
    said = {attribute: [] for attribute in (*tables, "things", "colours", "place")}
    text = f" {caption} ".replace(",", " ,")
    for phrase, attribute, label in sorted(phrases, key=lambda item: -len(item[0])):
        while f" {phrase} " in text:
            text = text.replace(f" {phrase} ", " | ", 1)
            said[attribute].append(label)
    return said


@pytest.mark.parametrize("full", [False, True])
def test_captions_say_only_what_is_true(full):
    for index, scene in enumerate(scenes(400)):
        said = read(CAPTIONER.caption(scene, random.Random(index), full))
        concepts = [t.concept for t in scene.things]
        assert set(said["things"]) <= set(concepts), scene
        assert set(said["colours"]) <= {t.colour for t in scene.things} | {scene.ground}, scene
        assert set(said["count"]) <= {len(concepts)}
        assert set(said["place"]) <= {scene.place}
        assert set(said["time"]) <= {scene.time}
        assert set(said["style"]) <= {scene.style}
        assert set(said["weather"]) <= {scene.weather}
        assert set(said["sky"]) <= set(scene.sky)


def test_full_captions_say_everything():
    for index, scene in enumerate(scenes(300, seed=1)):
        said = read(CAPTIONER.caption(scene, random.Random(index), full=True))
        assert set(said["things"]) == {t.concept for t in scene.things}
        assert set(said["sky"]) == set(scene.sky)
        assert said["place"] == ([] if scene.place == PLAIN else [scene.place])
        assert said["time"] == ([scene.time] if scene.time else [])
        assert {t.colour for t in scene.things} - {None} <= set(said["colours"])
        if scene.style != "flat":
            assert said["style"] == [scene.style]


def test_a_plain_ground_that_is_not_named_is_mostly_a_backdrop():
    plain = scenes(600, mix=Mix(plain=1, backdrop=0.4))
    unsaid = [s.ground for i, s in enumerate(plain) if s.ground not in read(CAPTIONER.caption(s, random.Random(i)))["colours"]]
    assert 150 < len(unsaid) < 400
    assert sum(ground in BACKDROPS for ground in unsaid) / len(unsaid) > 0.75
    assert sum(s.ground in BACKDROPS for s in plain) / len(plain) < 0.6


def test_captions_have_many_lengths():
    lengths = [len(CAPTIONER.caption(s, random.Random(i)).split()) for i, s in enumerate(scenes(400))]
    assert min(lengths) == 1 and max(lengths) >= 16


def test_things_lie_on_the_lattice_inside_the_picture():
    for scene in scenes(400, mix=Mix(tier=2)):
        for thing in scene.things:
            assert thing.x % LATTICE == thing.y % LATTICE == thing.size % LATTICE == 0
            assert 0 <= thing.x <= SIDE - thing.size and 0 <= thing.y <= SIDE - thing.size
        assert len({t.x for t in scene.things}) == len(scene.things) or scene.place == PLAIN


def test_masks_show_each_thing_where_the_label_says():
    for scene in scenes(40, mix=Mix(styled=0)):
        picture = RENDERER.render(scene)
        assert picture.image.shape == (SIDE, SIDE, 3) and picture.image.dtype == np.uint8
        for thing, mask in zip(scene.things, picture.masks, strict=True):
            y, x = np.argwhere(mask).mean(0)
            assert abs(x - thing.centre[0]) < thing.size / 2 and abs(y - thing.centre[1]) < thing.size / 2
            assert mask.sum() > 0.4 * thing.size**2, "mostly hidden"
        assert picture.object_cells().any() == bool(scene.things)


def test_colour_of_a_thing_is_the_colour_in_the_picture():
    for colour in ("red", "blue", "white"):
        scene = Scene(PLAIN, "green", "", "clear", (), (Thing("cat", colour, 64, 64, 128),), "flat", 1)
        picture = RENDERER.render(scene)
        assert np.abs(picture.image[picture.masks[0]].mean(0) - COLOURS[colour]).max() < 12


def test_same_scene_same_picture_and_json_round_trip():
    for scene in scenes(20):
        again = Scene.from_json(scene.to_json())
        assert again == scene
        assert np.array_equal(RENDERER.render(scene).image, RENDERER.render(again).image)


def test_every_style_changes_the_picture():
    scene = scenes(1, seed=4, mix=Mix(plain=0, styled=0))[0]
    flat = RENDERER.render(scene).image.astype(int)
    for style in STYLES:
        if style != "flat":
            assert np.abs(RENDERER.render(replace(scene, style=style)).image - flat).mean() > 3, style


def test_held_out_pairs_are_not_drawn():
    share = np.mean([held_out(c, p) for c in CORE for p in PLACES])
    assert 0.03 < share < 0.08
    for scene in scenes(300):
        assert not any(held_out(t.concept, scene.place) or held_out(t.concept, t.colour or "") for t in scene.things)
    unseen = draw_scene(random.Random(0), Mix(), unseen=True)
    assert any(held_out(t.concept, scene_part) for t in unseen.things for scene_part in (unseen.place, t.colour or ""))


def test_everything_is_drawn_in_its_own_colour():
    assert not any(held_out(concept, "") for concept in CONCEPTS)


def test_an_edit_changes_the_picture_only_where_it_should():
    rng, kinds = random.Random(3), set()
    for _ in range(60):
        edit = draw_edit(rng, Mix(styled=0))
        kinds.add(edit.kind)
        assert instruction(edit, CAPTIONER, rng) and CAPTIONER.caption(edit.after, rng)
        if edit.kind in ("remove", "add", "swap", "recolour") and edit.before.style == "flat":
            before, after = RENDERER.render(edit.before), RENDERER.render(edit.after)
            changed = (before.image != after.image).any(-1)
            touched = before.masks.any(0) | after.masks.any(0)
            box = np.argwhere(touched)
            (top, left), (bottom, right) = box.min(0) - 32, box.max(0) + 32  # the shadow lies around the thing
            outside = np.ones_like(changed)
            outside[max(top, 0) : bottom, max(left, 0) : right] = False
            assert not (changed & outside).any(), edit.kind
    assert len(kinds) == 10


def test_position_words():
    assert position(Thing("cat", None, 0, 96, 64), vertical=True) == "left"
    assert position(Thing("cat", None, 160, 0, 96), vertical=True) == "top right"
    assert position(Thing("cat", None, 64, 64, 128), vertical=True) == "middle"
    assert position(Thing("cat", None, 160, 0, 96), vertical=False) == "right"
