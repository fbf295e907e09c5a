"""The evaluation's prompts are distinct, held out, and ask for what can be judged."""

from collections import Counter

from remask_training.prompts import GROUPS, SYNONYMS, draw_prompts
from remask_training.scenes.scene import PLAIN, held_out
from remask_training.scenes.vocabulary import CONCEPTS, PLACES, STYLES, TIMES


def test_every_group_has_its_share_and_no_prompt_twice():
    prompts = draw_prompts(per_group=32)
    assert Counter(p["group"] for p in prompts) == dict.fromkeys(GROUPS, 32)
    assert len({(p["prompt"], p["group"], p["expect"].get("negative")) for p in prompts}) == len(prompts)


def test_expectations_are_known_labels():
    for prompt in draw_prompts(per_group=32):
        expect = prompt["expect"]
        assert all(thing["concept"] in CONCEPTS for thing in expect["things"])
        assert expect.get("place", "beach") in (*PLACES, PLAIN)
        assert expect.get("time", "day") in TIMES and expect.get("style", "flat") in STYLES


def test_pairs_are_held_out():
    for prompt in draw_prompts(per_group=32):
        things = prompt["expect"]["things"]
        if prompt["group"] in ("one object", "counting", "position", "style"):
            assert held_out(things[0]["concept"], prompt["expect"]["place"])
        if prompt["group"] in ("colour", "colour attribution"):
            assert held_out(things[0]["concept"], things[0]["colour"])


def test_synonyms_are_no_words_of_the_captions():
    names = {name for concept in CONCEPTS.values() for name in concept.names}
    assert set(SYNONYMS.values()) <= set(CONCEPTS)
    assert not set(SYNONYMS) & names
