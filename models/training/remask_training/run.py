"""The whole training as one resumable command: `python -m remask_training.run all`.

Stages run in order; what is done is skipped, what was stopped goes on from its last checkpoint.
"""

import argparse
import os
import shutil
import subprocess
import tarfile
from collections.abc import Callable
from pathlib import Path

import torch

from . import evaluation, export, kept, pack
from .device import hold_memory
from .runs import Checkpoints, log, read, runs_folder
from .scenes.artwork import Artwork, render_set
from .scenes.captions import Captioner
from .scenes.pool import Workers, draw_scenes, write_image_pool
from .scenes.scene import Mix
from .scenes.vocabulary import CONCEPTS
from .text.minilm import TextEncoder
from .tokenizer import train as tokenizer_train
from .tokenizer.extract import Kind, extract
from .tokenizer.sharpen import sharpen
from .transformer import train as transformer_train
from .transformer.data import Feed, Shards
from .transformer.diag import word_use
from .transformer.model import Shape
from .transformer.worsen import Worsen
from .vision import judge, ranker
from .vision.pictures import MIX, STYLED, Pictures, draw_shards

ICONS = "@iconify-json/fluent-emoji-flat@1.2.6"
VISION_SHARDS = {"ranker": 8, "judge": 8, "vision-heldout": 1}
DRAW = 6  # raised together with STEPS, so that a training that goes on sees pictures that it has not seen
# one plain thing was learned first; from the second draw on more colours, pairs and styles, from the fourth on more plain
# grounds, from the fifth on yet more styles
RICHER = Mix(plain=0.45, backdrop=0.4, recoloured=0.6, styled=0.4, counts=(0.03, 0.52, 0.31, 0.08, 0.06))
SCENES = Kind("scenes", mix=RICHER, draw=DRAW)
EDITS = Kind("edits", edits=True, draw=DRAW)
FINE = Kind("fine", fine=True, mix=RICHER, draw=DRAW)
HELD_OUT = Kind("heldout", fine=True)
SHARDS = {HELD_OUT: 1, SCENES: 12, EDITS: 5, FINE: 3}
STEPS = {"tokenizer": 4900, "base": 11500, "super": 3300, "sharpen": 300, "ranker": 3200, "judge": 7700}
PLANS = {
    "base": transformer_train.Plan(steps=STEPS["base"], decay_from=0.95),
    "super": transformer_train.Plan(steps=STEPS["super"], batch=32, decay_from=0.85),
}
# Held out by mistake until base's step 10,600 and super's 3,000: shown more often while they catch up.
NEWCOMERS = frozenset(
    ("rabbit", "tiger", "parrot", "snake", "zebra", "watermelon", "fire truck", "light bulb", "gift", "snowman")
)
BASE = Shape(width=320)
SUPER = Shape(width=256, depth=6, coarse=True, reference=False)

GRAPHS = ("text-encoder", "base", "super", "vq-encoder", "vq-decoder", "ranker")
INT8 = {"text-encoder", "base", "super"}  # these ship in 8 bits: the pack would be larger than 80 MB otherwise
VERSION = "1.7.0"  # of the pack


class Training:
    def __init__(self, runs: Path, shards: int | None, is_full_precision: bool = False):
        self.runs, self.shards, self.is_full_precision = runs, shards, is_full_precision
        self.artwork_file, self.pictures_file = runs / "artwork.npz", runs / "pictures.npy"
        self.tokens = runs / "tokens"

    def artwork(self) -> None:
        """Icons from the npm registry, rendered to bitmaps (half a minute)."""
        if self.artwork_file.exists():
            return
        name = subprocess.run(
            ["npm", "pack", "--silent", ICONS], cwd=self.runs, check=True, capture_output=True, text=True
        ).stdout.strip()
        with tarfile.open(self.runs / name) as package:
            package.extract("package/icons.json", self.runs, filter="data")
        render_set(self.runs / "package" / "icons.json", self.artwork_file)

    def pictures(self) -> None:
        """8,000 pictures for the tokenizer, richer in styles and things than what the transformers see."""
        if self.pictures_file.exists():
            return
        scenes = draw_scenes(6000, 1, Mix(styled=0.4, tier=2)) + draw_scenes(
            2000, 2, Mix(plain=0.2, styled=0.3, counts=(0.1, 0.4, 0.3, 0.1, 0.1))
        )
        with Workers(self.artwork_file) as workers:
            write_image_pool(self.pictures_file, scenes, workers)

    def tokenizer(self) -> None:
        tokenizer_train.train(self.pictures_file, self.runs / "tokenizer", STEPS["tokenizer"])

    def extract(self) -> None:
        for kind, count in SHARDS.items():
            extract(self.tokens, kind, min(count, self.shards or count), self.runs / "tokenizer" / "final.pt", self.artwork_file)

    def captioner(self) -> Captioner:
        artwork = Artwork(self.artwork_file)
        return Captioner({name: artwork.natural_colour(name) for name in CONCEPTS})

    def base(self) -> None:
        edits = Shards(self.tokens, "edits")
        feed = Feed(Shards(self.tokens, "scenes"), edits, self.captioner(), fine=False, favoured=NEWCOMERS)
        self._transformer("base", BASE, feed)

    def super(self) -> None:
        base = transformer_train.load(Checkpoints.newest(self.runs / "base"))
        feed = Feed(Shards(self.tokens, "fine"), None, self.captioner(), fine=True, favoured=NEWCOMERS)
        self._transformer("super", SUPER, feed, prepare=Worsen(base, TextEncoder()))

    def _transformer(self, name: str, shape: Shape, feed: Feed, **options) -> None:
        held_out, captioner = Shards(self.tokens, "heldout"), self.captioner()
        sample = Feed(held_out, None, captioner, fine=shape.coarse).batch(128, (0, 0), shape.codes + 1)
        check = lambda model, trainer: log(
            f"{name} word use, nats a picture and share right:", word_use(model, trainer, held_out, captioner)
        )
        transformer_train.train(name, self.runs / name, shape, PLANS[name], feed, sample, check, **options)

    def sharpen(self) -> None:
        sharpen(self.pictures_file, self.runs / "tokenizer" / "final.pt", self.runs / "sharpen", STEPS["sharpen"])

    def vision_pictures(self, name: str) -> Pictures:
        """Renders at 128 px. The ranker, which chooses among what the model draws, sees no held-out pairs."""
        folder = self.runs / "vision"
        mix = MIX if name == "vision-heldout" else STYLED
        draw_shards(folder, name, VISION_SHARDS[name], self.artwork_file, with_unseen=name != "ranker", mix=mix)
        return Pictures(folder, name)

    def ranker(self) -> None:
        pictures = [self.vision_pictures(name) for name in ("ranker", "vision-heldout")]
        ranker.train(*pictures, self.captioner(), self.runs / "ranker", STEPS["ranker"])

    def judge(self) -> None:
        pictures = [self.vision_pictures(name) for name in ("judge", "vision-heldout")]
        judge.train(*pictures, judge.Colours(self.captioner().natural), self.runs / "judge", STEPS["judge"])

    def pack(self) -> None:
        """What is trained so far, as a pack in runs/pack/starter (-f32 in full precision); base and tokenizer at least."""
        out = self.runs / "pack" / ("starter-f32" if self.is_full_precision else "starter")
        newest = {name: path for name in STEPS if (path := Checkpoints.newest(self.runs / name)) is not None}
        for name in ("tokenizer", "base"):
            if name not in newest:
                raise SystemExit(f"There is nothing to pack before the {name} is trained: run the stage {name}.")
        shutil.rmtree(out, ignore_errors=True)
        export.export_text(out)
        vq = tokenizer_train.load(newest.get("sharpen", newest["tokenizer"]))
        export.export_vq(vq.cpu(), out)
        for name in ("base", "super"):
            if name in newest:
                export.export_transformer(transformer_train.load(newest[name]).cpu(), name, out)
        if "ranker" in newest and ranker.is_useful(newest["ranker"]):
            export.export_ranker(ranker.load(newest["ranker"]).cpu(), out)
        graphs = {name: f"{name}.onnx" for name in GRAPHS if (out / f"{name}.onnx").exists()}
        for name in () if self.is_full_precision else graphs.keys() & INT8:
            graphs[name] = export.quantise(out / graphs[name]).name
        pack.write_words(TextEncoder(), self.captioner(), out)
        styles = pack.write_styles(Artwork(self.artwork_file), out)
        pack.describe(out, vq.codebook.size, graphs, styles, VERSION)
        pack.drop_unlisted(out)

    def evaluation(self) -> None:
        """What `remask eval` needs, in runs/evaluation."""
        out, trained = self.runs / "evaluation", self.runs / "judge" / "final.pt"
        model = judge.load(trained)
        export.export_judge(model.cpu(), out)
        report = read(trained)["report"]
        held_out = self.vision_pictures("vision-heldout")
        # the export lays the model out anew: loaded again, it is as it was trained
        evaluation.write(out, Artwork(self.artwork_file), self.captioner(), judge.load(trained), report, held_out)


STAGES: dict[str, Callable[[Training], None]] = {
    "artwork": Training.artwork,
    "pictures": Training.pictures,
    "tokenizer": Training.tokenizer,
    "extract": Training.extract,
    "base": Training.base,
    "super": Training.super,
    "sharpen": Training.sharpen,
    "ranker": Training.ranker,
    "judge": Training.judge,
    "pack": Training.pack,
    "evaluation": Training.evaluation,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("stage", choices=["all", *STAGES])
    parser.add_argument("--runs", help="folder of data and checkpoints (default: $REMASK_RUNS or the user's cache)")
    parser.add_argument("--shards", type=int, help="at most so many token shards of a kind for now; later runs add the rest")
    parser.add_argument("--full-precision", action="store_true", help="pack all graphs in 32 bits: to measure what 8 bits cost")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    given = parser.parse_args()
    torch.set_num_threads(given.threads)
    hold_memory()
    training = Training(runs_folder(given.runs), given.shards, given.full_precision)
    for name in STEPS:
        kept.unpack(kept.FOLDER / f"{name}.safetensors", training.runs / name)
    for name, stage in STAGES.items():
        if given.stage not in ("all", name):
            continue
        if name in STEPS and Checkpoints.is_done(training.runs / name, STEPS[name]):
            continue
        log(f"stage {name}")
        stage(training)


if __name__ == "__main__":
    main()
