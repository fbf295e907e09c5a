"""How well masks from words find an object: the product's own command against the generator's known masks.

`python -m remask_training.word_masks ARTWORK --remask node ../../bin/remask.js` draws scenes and something done to one of
their things, asks `remask mask --from OLD --to NEW` for as many cells as the thing covers, and prints the intersection
over union on the base grid, per class of words. `chance` is what as many cells anywhere would reach on average.
"""

import argparse
import random
import subprocess
import tempfile
from collections import defaultdict
from pathlib import Path

import numpy as np
from PIL import Image

from .scenes.artwork import Artwork
from .scenes.captions import Captioner
from .scenes.edits import draw_edit
from .scenes.render import CELLS, Renderer
from .scenes.vocabulary import CONCEPTS

SIDE = 128  # pixels of the base grid
CLASSES = {"swap": "another thing", "recolour": "another colour", "remove": "the thing left out"}


def scenes(count: int, seed: int):
    """Edits of one thing, as many of each class. Both captions say all there is to say, in the same way."""
    rng = random.Random(seed)
    left = dict.fromkeys(CLASSES, count)
    while any(left.values()):
        edit = draw_edit(rng)
        if left.get(edit.kind):
            left[edit.kind] -= 1
            yield edit.kind, edit.before, edit.after


def changed_thing(before, after) -> int:
    """The number of the thing that the edit is about."""
    return next(i for i, thing in enumerate(before.things) if thing not in after.things)


def cells_of(mask: np.ndarray, share: float) -> np.ndarray:
    """bool [CELLS, CELLS] of a mask of any size: cells of which it covers more than a share."""
    side = mask.shape[0] // CELLS
    return mask.reshape(CELLS, side, CELLS, side).mean((1, 3)) > share


def propose(remask: list[str], picture: Path, old: str, new: str, percent: float) -> np.ndarray:
    """bool [CELLS, CELLS]; nothing where the command finds nothing."""
    out = picture.with_name("mask.png")
    out.unlink(missing_ok=True)
    options = ["--from", old, "--to", new, "--budget", f"{percent:.2f}", "--out", str(out)]
    done = subprocess.run([*remask, "mask", str(picture), *options], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"  {old!r} -> {new!r}: {done.stderr.strip()}")
        return np.zeros((CELLS, CELLS), bool)
    return cells_of(np.asarray(Image.open(out).convert("L")) > 0, 0.5)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("artwork", type=Path)
    parser.add_argument("--remask", nargs="+", required=True)
    parser.add_argument("--count", type=int, default=12, help="scenes of each class")
    parser.add_argument("--seed", type=int, default=4)
    options = parser.parse_args()
    artwork = Artwork(options.artwork)
    renderer, captioner = Renderer(artwork), Captioner({name: artwork.natural_colour(name) for name in CONCEPTS})
    found, chance = defaultdict(list), defaultdict(list)
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "scene.png"
        for number, (kind, before, after) in enumerate(scenes(options.count, options.seed)):
            drawn = renderer.render(before)
            truth = cells_of(drawn.masks[changed_thing(before, after)], 0.1)
            if not truth.any():
                continue
            Image.fromarray(drawn.image).resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(picture)
            old, new = (captioner.caption(scene, random.Random(number), full=True) for scene in (before, after))
            share = truth.mean()
            mask = propose(options.remask, picture, old, new, 100 * share)
            found[kind].append((mask & truth).sum() / (mask | truth).sum())
            chance[kind].append(share / (2 - share))
    for kind, words in CLASSES.items():
        print(f"{words:20} IoU {np.mean(found[kind]):.3f}   chance {np.mean(chance[kind]):.3f}   {len(found[kind])} scenes")


if __name__ == "__main__":
    main()
