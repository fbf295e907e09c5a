"""pack.json and the small files beside the graphs: caption words, how near words are to the captions, thumbnails of styles.

The program reads them by models/importing/pack.ts; the graphs are export.py's.
"""

import hashlib
import json
import random
import re
from pathlib import Path

import torch
from PIL import Image

from .runs import log
from .scenes.artwork import Artwork
from .scenes.captions import Captioner
from .scenes.edits import draw_edit, instruction
from .scenes.pool import draw_scenes
from .scenes.render import Renderer
from .scenes.scene import Mix, Scene, Thing
from .scenes.vocabulary import STYLES
from .text.minilm import MAX_TOKENS, WIDTH, MiniLM, TextEncoder
from .tokenizer.vq import DOWNSAMPLE
from .vision.tower import SIZE

BASE_GRID, FINE_GRID = 16, 32  # the grids that were trained; others run, but nobody has measured how well
BASE_STEPS, FINE_STEPS = 12, 4
# of the base: what the first steps drew before they could know better is mended
REDRAW = {"sweeps": 2, "parts": 2, "steps": 1, "temperature": 0.3}
FINE_GUIDANCE = 1.0  # the coarse tokens say what is where: guidance only hardens textures, and would double the passes
TEMPERATURE, FINE_TEMPERATURE = 0.7, 0.1  # the coarse tokens say nearly all: drawn freely, outlines are only ragged
CAPTIONS_READ = 6000  # after that many hardly any new word comes
DECODER_REACH = 8  # tokens: 5 convolutions of 3 x 3 at their scale, 4 at half of it, 3 at a quarter, 1 at full size (vq.py)
THUMBNAIL = 96  # pixels a side
LEVELS = 9  # of nearness: one digit a token

EXAMPLES = (
    "a fox in the snow",
    "a castle at night with fireworks",
    "two red apples",
    "a sailboat on the ocean at sunset, oil painting",
    "a blue cat in the park",
    "a robot in outer space, pixel art",
)
STYLE_NAMES = {
    "flat": "Flat",
    "watercolour": "Watercolour",
    "oil": "Oil painting",
    "ink": "Ink wash",
    "pop": "Pop art",
    "pencil": "Pencil",
    "pixel": "Pixel art",
    "neon": "Neon",
    "mosaic": "Mosaic",
    "papercut": "Paper cut",
    "vintage": "Old photograph",
    "chalk": "Chalk",
}
ATTRIBUTION = (
    "Trained on drawn scenes that contain artwork of Fluent Emoji flat (Microsoft, MIT). "
    "The text encoder is all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), unchanged."
)


def written_texts(captioner: Captioner, count: int, mix: Mix = Mix()) -> list[str]:
    """`count` captions, and a quarter as many instructions."""
    rng = random.Random(0)
    captions = [captioner.caption(scene, rng) for scene in draw_scenes(count, 7, mix)]
    return captions + [instruction(draw_edit(rng), captioner, rng) for _ in range(count // 4)]


def caption_words(captioner: Captioner, count: int = CAPTIONS_READ) -> list[str]:
    """Every word of many captions and instructions."""
    texts = written_texts(captioner, count)
    return sorted({word for text in texts for word in re.findall(r"[a-z0-9]+(?:['-][a-z0-9]+)*", text.lower())})


@torch.no_grad()
def nearness(text: TextEncoder, known: list[str], batch: int = 1024) -> str:
    """One digit for every id of the text tokenizer: how like its word is to the nearest caption word, 0 to 9.

    The likeness is the cosine of MiniLM's sentence vectors (mean of the token states). Pieces of words get 0: the word's
    first piece speaks for it.
    """
    vocabulary = text.tokenizer.get_vocab()
    ids = torch.tensor(
        [[vocabulary["[CLS]"], index, vocabulary["[SEP]"]] for word, index in vocabulary.items() if word.isalnum()]
    )
    captioned = [vocabulary[word] for word in known if word in vocabulary]
    vectors = torch.cat([_sentence_vectors(text.model, part) for part in ids.split(batch)])
    places = {index: row for row, index in enumerate(ids[:, 1].tolist())}
    targets = vectors[[places[index] for index in captioned if index in places]]
    digits = ["0"] * len(vocabulary)
    for index, likeness in zip(ids[:, 1].tolist(), (vectors @ targets.t()).amax(1).tolist(), strict=True):
        digits[index] = str(round(max(0.0, min(1.0, likeness)) * LEVELS))
    return "".join(digits)


def _sentence_vectors(model: MiniLM, ids: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.normalize(model(ids, torch.ones(ids.shape)).float().mean(1), dim=1)


def write_styles(artwork: Artwork, out: Path) -> list[dict]:
    """A thumbnail of the same drawn scene in every style: what the style is called, not what the model makes of it."""
    renderer, styles = Renderer(artwork), []
    (out / "styles").mkdir(exist_ok=True)
    for style in STYLES:
        fox = Thing("fox", None, 64, 96, 128)
        scene = Scene("meadow", ground="", time="day", weather="clear", sky=("clouds",), things=(fox,), style=style, seed=0)
        picture = Image.fromarray(renderer.render(scene).image).resize((THUMBNAIL, THUMBNAIL), Image.LANCZOS)
        name = f"styles/{style}.webp"
        picture.save(out / name, quality=80)
        styles.append({"name": STYLE_NAMES[style], "prompt": STYLES[style][0], "thumbnail": name})
    return styles


def describe(out: Path, codes: int, files: dict[str, str], styles: list[dict], version: str) -> None:
    """`files`: the graph that ships for each of text-encoder, base, super, vq-encoder, vq-decoder, ranker. While super or
    ranker are not trained yet, a pack does without: pictures of half the side, candidates in the order they were drawn."""
    shrink = FINE_GRID // BASE_GRID if "super" in files else 1
    stage = lambda name, shrink, grid: {
        "downsampleFactor": DOWNSAMPLE * shrink,
        "pictureShrink": shrink,
        "codebookSize": codes,
        "maskToken": codes,
        "grids": {"kind": "fixed", "rows": grid, "columns": grid},
        "vqEncoder": files["vq-encoder"],
        "vqDecoder": files["vq-decoder"],
        "decoderReach": DECODER_REACH,
        "transformer": files[name],
    }
    stages = [{**stage("base", shrink, BASE_GRID), "redraw": REDRAW}]
    if "super" in files:
        fine = {"steps": FINE_STEPS, "maxGuidanceScale": FINE_GUIDANCE, "temperature": FINE_TEMPERATURE}
        stages.append({**stage("super", 1, FINE_GRID), **fine})
    side = BASE_GRID * DOWNSAMPLE * shrink
    pack = {
        "format": 1,
        "id": out.name,
        "name": "Starter",
        "version": version,
        "description": "A small model trained on drawn scenes: one to four things from a list of about a hundred, "
        "in fourteen places, by day, sunset and night, in twelve styles.",
        "family": "muse",
        "familySettings": {"tokenShape": "grid"},
        "licence": "Apache-2.0",
        "attribution": ATTRIBUTION,
        "stages": stages,
        "textEncoder": {
            "graph": files["text-encoder"],
            "tokenizer": {
                "kind": "wordpiece",
                "tokenizer": "tokenizer.json",
                "knownWords": "words.json",
                "nearness": "nearness.txt",
            },
            "maxTokens": MAX_TOKENS,
            "width": WIDTH,
        },
        "ranker": {"graph": files["ranker"], "imageSize": SIZE} if "ranker" in files else None,
        "files": [],
        "defaults": {
            "width": side,
            "height": side,
            "steps": BASE_STEPS,
            "guidanceScale": 2.5,
            "guidanceRamp": "linear",
            "temperature": TEMPERATURE,
            "choiceTemperature": 2,
        },
        "takesReference": True,
        "examplePrompts": list(EXAMPLES),
        "styles": styles,
    }
    used = ["tokenizer.json", "words.json", "nearness.txt", *files.values(), *(style["thumbnail"] for style in styles)]
    pack["files"] = [_listed(out, name) for name in sorted(set(used))]
    (out / "pack.json").write_text(json.dumps(pack, indent=2) + "\n")
    log(f"pack of {sum(file['bytes'] for file in pack['files']) / 1e6:.1f} MB in {out}")


def _listed(out: Path, name: str) -> dict:
    data = (out / name).read_bytes()
    return {"path": name, "bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}


def write_words(text: TextEncoder, captioner: Captioner, out: Path) -> None:
    known = caption_words(captioner)
    (out / "words.json").write_text(json.dumps(known))
    log(f"{len(known)} caption words")
    (out / "nearness.txt").write_text(nearness(text, known))


def drop_unlisted(out: Path) -> None:
    """Graphs that do not ship, such as the full-precision ones beside 8-bit ones."""
    listed = {file["path"] for file in json.loads((out / "pack.json").read_text())["files"]} | {"pack.json"}
    for path in out.rglob("*"):
        if path.is_file() and path.relative_to(out).as_posix() not in listed:
            path.unlink()
