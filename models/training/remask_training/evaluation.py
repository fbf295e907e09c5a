"""What `remask eval` measures a pack against, in one folder: the judge, held-out prompts, pictures to edit.

| file | holds |
|---|---|
| judge.onnx, judge-labels.json | by export.py |
| judge-report.json | the judge's accuracy on held-out renders, by attribute |
| prompts.json | prompts.py's held-out prompts with what must be seen; "picture" where one is edited inside a "box" |
| edits.json | {"kind", "instruction", "picture", "expect"}: pictures before an edit, and what must be seen after it |
| pictures/*.png | 256 px renders |
| features.bin | float32: mean [F], covariance [F, F] of the judge's features over held-out renders |
"""

import json
import random
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from .prompts import draw_prompts, expected_things
from .runs import log
from .scenes.artwork import Artwork
from .scenes.captions import Captioner
from .scenes.edits import Edit, draw_edit, instruction
from .scenes.render import Renderer
from .scenes.scene import PLAIN, Scene
from .vision.judge import Judge
from .vision.pictures import Pictures

EDITS = 64
FEATURE_PICTURES = 2048  # the covariance of 576 features wants more pictures than features
CHUNK = 64


def expectation(scene: Scene) -> dict:
    """What the judge must see in a drawn scene, as in prompts.json."""
    things = expected_things(scene)
    time = {"time": scene.time} if scene.time else {}
    place = {} if scene.place == PLAIN else {"place": scene.place}
    return {"things": things, "count": len(things), "style": scene.style, "weather": scene.weather, **place, **time}


def _draw_visible_edit(rng: random.Random) -> Edit:
    """An edit that the judge can see: another ground or sky, or a colour where there are none, would count as seen unseen."""
    while True:
        edit = draw_edit(rng)
        if expectation(edit.before) != expectation(edit.after):
            return edit


def write(folder: Path, artwork: Artwork, captioner: Captioner, judge: Judge, report: dict, held_out: Pictures) -> None:
    renderer, pictures = Renderer(artwork), folder / "pictures"
    pictures.mkdir(parents=True, exist_ok=True)

    def draw(scene: Scene, name: str) -> str:
        Image.fromarray(renderer.render(scene).image).save(pictures / name)
        return f"pictures/{name}"

    prompts = draw_prompts()
    for index, prompt in enumerate(prompts):
        if (scene := prompt["expect"].pop("scene", None)) is not None:
            prompt["picture"], prompt["box"] = draw(Scene.from_json(scene), f"box-{index}.png"), prompt["expect"].pop("box")
    (folder / "prompts.json").write_text(json.dumps(prompts, indent=1))
    rng, edits = random.Random(11), []
    for index in range(EDITS):
        edit = _draw_visible_edit(rng)
        words = instruction(edit, captioner, rng)
        before, after = expectation(edit.before), expectation(edit.after)
        picture = draw(edit.before, f"edit-{index}.png")
        edits.append({"kind": edit.kind, "instruction": words, "picture": picture, "before": before, "expect": after})
    (folder / "edits.json").write_text(json.dumps(edits, indent=1))
    (folder / "judge-report.json").write_text(json.dumps(report, indent=1))
    features(judge, held_out).tofile(folder / "features.bin")
    log(f"{len(prompts)} prompts, {len(edits)} edits in {folder}")


@torch.no_grad()
def features(judge: Judge, pictures: Pictures) -> np.ndarray:
    """float32 [F + F * F]: mean and covariance."""
    rows = np.arange(min(FEATURE_PICTURES, len(pictures)))
    found = torch.cat([judge(pictures.image(part))["features"] for part in np.array_split(rows, max(1, len(rows) // CHUNK))])
    mean, covariance = found.mean(0), found.T.cov()
    return torch.cat([mean, covariance.flatten()]).numpy().astype(np.float32)
