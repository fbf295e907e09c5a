"""Judge and ranker on squares: labels per cell, a few steps of training, scores that agree with the batch form."""

import random
from collections import Counter
from dataclasses import replace

import numpy as np
import torch
from test_scenes import CAPTIONER, RENDERER

from remask_training.scenes.scene import Mix, Scene, Thing, draw_scene
from remask_training.vision.judge import (
    IGNORED,
    LABELS,
    WHOLE,
    Colours,
    Judge,
    accuracy,
    cell_truth,
    loss_of,
    targets,
    things_right,
    things_seen,
    truth,
)
from remask_training.vision.pictures import Pictures
from remask_training.vision.ranker import Ranker, captions_of, contrastive

COLOURS = Colours(CAPTIONER.natural)


def pictures(tmp_path, count=24):
    rng = random.Random(1)
    scenes = [draw_scene(rng, Mix()) for _ in range(count)]
    drawn = [RENDERER.render(s) for s in scenes]
    images = np.stack([p.image[::2, ::2].transpose(2, 0, 1) for p in drawn])
    things = np.stack([p.thing_cells() for p in drawn])
    np.savez(tmp_path / "few-0000.npz", images=images, labels=np.array([s.to_json() for s in scenes]), things=things)
    return Pictures(tmp_path, "few")


def test_labels_of_cells_are_where_the_things_are(tmp_path):
    few = pictures(tmp_path)
    for scene, things in zip(few.scenes, few.things, strict=True):
        concepts, colours = cell_truth(scene, things, COLOURS)
        assert set(np.unique(concepts)) - {0} == {LABELS["concept"].index(t.concept) for t in scene.things}
        assert (colours[things == 0] == IGNORED).all()
        assert LABELS["place"][truth(scene)["place"]] == scene.place
        seen = things_seen(concepts, np.ones_like(concepts, float))
        assert set(seen) == set(np.unique(concepts)) - {0}


def test_colours_are_those_that_can_be_seen():
    apple = Thing("apple", None, 64, 96, 96)
    scene = Scene("meadow", "", "day", "clear", (), (apple,), "flat", 0)
    colours = Colours({"apple": "red", "cat": None})
    named = lambda scene, thing: LABELS["colour"][colours.of(scene, thing)]
    assert named(scene, apple) == "red"
    assert named(scene, replace(apple, colour="blue")) == "blue"
    assert named(scene, replace(apple, concept="cat")) == "own"
    assert colours.of(replace(scene, style="ink"), apple) == IGNORED


def test_what_is_right_about_things():
    left, right = Thing("apple", "blue", 16, 96, 96), Thing("cat", "red", 144, 96, 96)
    scene = Scene("meadow", "", "day", "clear", (), (left, right), "flat", 0)
    things = np.zeros((16, 16), int)
    things[6:12, 1:7], things[6:12, 9:15] = 1, 2
    concepts, shades = cell_truth(scene, things, COLOURS)
    found = lambda *index: {LABELS["concept"].index(n): concepts == LABELS["concept"].index(n) for n in index}
    right_of = lambda scene, seen: Counter(things_right(scene, things, seen, shades, COLOURS))
    assert right_of(scene, found("apple", "cat")) == {("objects", True): 1, ("object", True): 2, ("colour", True): 2}
    assert right_of(scene, found("apple")) == {
        ("objects", False): 1,
        ("object", True): 1,
        ("object", False): 1,
        ("colour", True): 2,
    }
    alone = replace(scene, things=(left,))
    assert right_of(alone, found("apple"))[("position", True)] == 1
    assert right_of(replace(scene, things=(replace(left, x=144),)), found("apple"))[("position", False)] == 1


def test_judge_learns(tmp_path):
    few, rows = pictures(tmp_path), np.arange(24)
    torch.manual_seed(0)
    model = Judge(width=32)
    optimizer = torch.optim.AdamW(model.parameters(), 3e-3)
    losses = []
    for _ in range(6):
        loss = loss_of(model(few.image(rows)), targets(few, rows, COLOURS))
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()
        losses.append(loss.item())
    assert losses[-1] < 0.85 * losses[0]
    assert set(accuracy(model, few, rows, COLOURS)) == {*WHOLE, "sky", "object", "objects", "colour"}


def test_ranker_scores_one_to_one_as_in_the_batch(tmp_path):
    few, rows = pictures(tmp_path), np.arange(4)
    torch.manual_seed(0)
    model = Ranker(width=32).eval()
    true, false = captions_of(few, rows, CAPTIONER, random.Random(0))
    assert len(true) == 4 and not set(true) & set(false)
    text, mask = torch.randn(4, 6, 384), torch.ones(4, 6)
    mask[1, 4:] = 0
    with torch.no_grad():
        table = model.compare(model.looks(few.image(rows)), text, mask)
        assert torch.allclose(table.diagonal(), model(few.image(rows), text, mask), atol=1e-4)
    assert contrastive(table, 4).item() > 0
