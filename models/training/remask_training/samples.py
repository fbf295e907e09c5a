"""A sheet of pictures from held-out prompts and free ones, not chosen for beauty.

`python -m remask_training.samples sheet.png` uses the newest weights of every stage, finished or not.
"""

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from PIL import Image, ImageDraw

from .device import DEVICE
from .run import Training
from .runs import Checkpoints, log, runs_folder
from .scenes.scene import draw_scene
from .text.minilm import TextEncoder
from .tokenizer import train as tokenizer_train
from .tokenizer.vq import VQ
from .transformer import train as transformer_train
from .transformer.sample import decode

COLUMNS = 8
SIDE = 160  # pixels of a picture on the sheet
BASE_STEPS, SUPER_STEPS = 12, 8
PROMPTS = (  # beside the held-out scenes: words outside the captions' vocabulary, edits of the usual kind
    "a puppy",
    "a blue automobile",
    "a kitten in the snow",
    "two red apples",
    "a castle at night with fireworks",
    "an oil painting of a lion",
    "a fox and a rabbit",
    "pixel art of a robot",
)


@torch.no_grad()
def pictures(vq: VQ, tokens: torch.Tensor) -> list[Image.Image]:
    drawn = vq.decode(tokens).clamp(0, 1).permute(0, 2, 3, 1).mul(255).round().byte().cpu().numpy()
    return [Image.fromarray(picture).resize((SIDE, SIDE), Image.LANCZOS) for picture in drawn]


def sheet(out: Path, training: Training, guidance: float, seed: int) -> None:
    text, captioner, rng = TextEncoder(), training.captioner(), random.Random(seed)
    scenes = [draw_scene(rng, unseen=True) for _ in range(2 * COLUMNS)]
    captions = [*(captioner.caption(scene, rng, full=True) for scene in scenes), *PROMPTS]
    sharpened = training.runs / "sharpen" / "final.pt"
    vq = tokenizer_train.load(sharpened if sharpened.exists() else training.runs / "tokenizer" / "final.pt")
    base = transformer_train.load(Checkpoints.newest(training.runs / "base"))
    tokens = decode(base, text, captions, 16, BASE_STEPS, guidance, seed)
    if (training.runs / "super").exists():
        finer = transformer_train.load(Checkpoints.newest(training.runs / "super"))
        tokens = decode(finer, text, captions, 32, SUPER_STEPS, min(guidance, 2.0), seed, coarse=tokens)
    save(out, captions, pictures(vq, tokens))


def save(out: Path, captions: list[str], drawn: list[Image.Image]) -> None:
    rows = -(-len(drawn) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * SIDE, rows * (SIDE + 34)), "white")
    pen = ImageDraw.Draw(page)
    for index, (caption, picture) in enumerate(zip(captions, drawn, strict=True)):
        x, y = index % COLUMNS * SIDE, index // COLUMNS * (SIDE + 34)
        page.paste(picture, (x, y))
        lines = [caption[i : i + 26] for i in range(0, len(caption), 26)][:3]
        pen.text((x + 2, y + SIDE), "\n".join(lines), fill="black", font_size=9)
    page.save(out)
    log(f"{len(drawn)} pictures in {out}")


def reconstructions(out: Path, training: Training) -> None:
    """Held-out pictures and what the tokenizer makes of them, at 256 and at 128 px."""
    vq = tokenizer_train.load(Checkpoints.newest(training.runs / "tokenizer"))
    pool = np.load(training.pictures_file, mmap_mode="r")[-16:]
    image = torch.from_numpy(np.array(pool)).to(DEVICE).permute(0, 3, 1, 2).float() / 255
    small = tokenizer_train.halved(image)
    with torch.no_grad():
        both = [pictures(vq, vq.encode(x)) for x in (image, small)]
    real = [Image.fromarray(picture).resize((SIDE, SIDE), Image.LANCZOS) for picture in pool]
    rows = [picture for half in (slice(0, 8), slice(8, 16)) for row in (real, *both) for picture in row[half]]
    save(out, [""] * len(rows), rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--runs")
    parser.add_argument("--guidance", type=float, default=3.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--tokenizer", action="store_true", help="reconstructions of held-out pictures instead of samples")
    given = parser.parse_args()
    training = Training(runs_folder(given.runs), None)
    if given.tokenizer:
        reconstructions(given.out, training)
    else:
        sheet(given.out, training, given.guidance, given.seed)


if __name__ == "__main__":
    main()
