"""The small files beside the graphs: caption words, style thumbnails, pack.json, and what an edit must show."""

import hashlib
import json
import random

from PIL import Image

from remask_training import pack
from remask_training.evaluation import expectation
from remask_training.scenes.captions import Captioner
from remask_training.scenes.scene import draw_scene
from remask_training.scenes.vocabulary import CONCEPTS, STYLES

CAPTIONER = Captioner(dict.fromkeys(CONCEPTS))


def test_caption_words_are_single_words_of_captions():
    words = pack.caption_words(CAPTIONER, 300)
    assert {"a", "in", "the", "make"} <= set(words)
    assert words == sorted(set(words)) and all(" " not in word for word in words)


def test_pack_lists_every_file_it_uses(tmp_path):
    graphs = {name: f"{name}.onnx" for name in ("text-encoder", "base", "super", "vq-encoder", "vq-decoder", "ranker")}
    for name in (*graphs.values(), "tokenizer.json", "words.json", "nearness.txt", "unused.onnx"):
        (tmp_path / name).write_text(name)
    (tmp_path / "styles").mkdir()
    Image.new("RGB", (2, 2)).save(tmp_path / "styles" / "oil.webp")
    pack.describe(tmp_path, 64, graphs, [{"name": "Oil", "prompt": "oil painting", "thumbnail": "styles/oil.webp"}], "1")
    written = json.loads((tmp_path / "pack.json").read_text())
    assert [stage["downsampleFactor"] for stage in written["stages"]] == [16, 8]
    assert {file["path"] for file in written["files"]} == {
        *graphs.values(),
        "tokenizer.json",
        "words.json",
        "nearness.txt",
        "styles/oil.webp",
    }
    words = next(file for file in written["files"] if file["path"] == "words.json")
    assert words["sha256"] == hashlib.sha256(b"words.json").hexdigest()
    pack.drop_unlisted(tmp_path)
    assert not (tmp_path / "unused.onnx").exists() and (tmp_path / "base.onnx").exists()


def test_a_pack_without_super_and_ranker_draws_at_half_the_side(tmp_path):
    graphs = {name: f"{name}.onnx" for name in ("text-encoder", "base", "vq-encoder", "vq-decoder")}
    for name in (*graphs.values(), "tokenizer.json", "words.json", "nearness.txt"):
        (tmp_path / name).write_text(name)
    pack.describe(tmp_path, 64, graphs, [], "1")
    written = json.loads((tmp_path / "pack.json").read_text())
    assert [stage["downsampleFactor"] for stage in written["stages"]] == [8]
    assert written["ranker"] is None and written["defaults"]["width"] == 128


def test_every_style_has_a_name():
    assert set(pack.STYLE_NAMES) == set(STYLES)


def test_expectations_name_what_is_drawn():
    rng = random.Random(0)
    for _ in range(50):
        scene = draw_scene(rng)
        expected = expectation(scene)
        assert expected["count"] == len(scene.things) and expected["style"] == scene.style
        assert expected.get("time", "") == scene.time
