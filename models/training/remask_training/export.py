"""Trained parts -> ONNX graphs (opset 17, any batch and any even grid), checked against torch.

| file | inputs -> outputs |
|---|---|
| text-encoder.onnx | ids int64 [B, L], mask float32 [B, L] -> text float32 [B, L, 384] |
| base.onnx | tokens int64 [B, H, W], text, mask, weights, positions, shares, reference (as tokens) -> logits float32 [M, codes] |
| super.onnx | the same, but coarse int64 [B, H/2, W/2] for reference |
| vq-encoder.onnx | image float32 [B, 3, 8 H, 8 W] in 0..1 -> tokens int64 [B, H, W] |
| vq-decoder.onnx | tokens int64 [B, H, W] -> image float32 [B, 3, 8 H, 8 W] |
| ranker.onnx | image float32 [B, 3, 128, 128] in 0..1, text, mask -> score float32 [B], higher fits better |
| judge.onnx | image -> logits per head of vision/judge.py's LABELS (judge-labels.json), features float32 [B, 576] |

The judge is not part of the pack; its features are for the Fréchet distance. `*.int8.onnx` beside a graph holds its
matrices and embeddings in 8 bits.

`positions` int64 [M] are the tokens whose logits are asked for, counted row by row; `shares` float32 [B] sum to 1: the logits
are guided, each term's times its share. `weights` float32 [B, L] multiply the words after their last norm (1 = as they are).
Token `codes` is the mask; a reference of `codes + 1` everywhere is none; the empty prompt is [CLS] [SEP].
"""

import json
import shutil
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from .runs import log
from .text.minilm import WIDTH, load_minilm, model_folder
from .tokenizer.vq import VQ
from .transformer.model import MaskedTransformer, grid_positions
from .vision.judge import LABELS, Judge
from .vision.ranker import Ranker
from .vision.tower import SIZE

OPSET = 17
TOLERANCE = 1e-4  # largest difference between ONNX Runtime and torch, in logits and pixel values
TOKENIZER_FILES = ("tokenizer.json",)


class GuidedStep(nn.Module):
    """The transformer as a graph: where patches lie follows from the shape of the tokens, and the logits are those of the
    asked tokens, guided. As the head is linear, what it reads is summed and not what it says: it runs once for all terms."""

    def __init__(self, model: MaskedTransformer):
        super().__init__()
        self.model = model

    def forward(
        self, tokens: Tensor, text: Tensor, mask: Tensor, weights: Tensor, positions: Tensor, shares: Tensor, other: Tensor
    ) -> Tensor:
        places = grid_positions(tokens.shape[1], tokens.shape[2], self.model.shape.patch)
        coarse, reference = (other, None) if self.model.shape.coarse else (None, other)
        states = self.model.states(tokens, text, mask, places, coarse, reference, weights).flatten(1, 2)
        asked = self.model.token_norm(states.index_select(1, positions))
        return self.model.head((asked * shares[:, None, None]).sum(0))


class Encode(nn.Module):
    def __init__(self, vq: VQ):
        super().__init__()
        self.vq = vq

    def forward(self, image: Tensor) -> Tensor:
        return self.vq.encode(image)


class Decode(Encode):
    def forward(self, tokens: Tensor) -> Tensor:
        return self.vq.decode(tokens).clamp(0, 1)


def export_text(out: Path) -> None:
    ids, mask = torch.randint(1000, 2000, (2, 12)), torch.ones(2, 12)
    mask[1, 7:] = 0
    _export(load_minilm(), (ids, mask), out / "text-encoder.onnx", ["ids", "mask"], "text")
    for name in TOKENIZER_FILES:
        shutil.copy(model_folder() / name, out / name)


def export_transformer(model: MaskedTransformer, name: str, out: Path) -> None:
    shape, grid = model.shape, 8
    tokens = torch.randint(0, shape.codes + 1, (2, grid, grid))
    text, mask = torch.randn(2, 12, shape.text_width), torch.ones(2, 12)
    other = (
        torch.randint(0, shape.codes, (2, grid // 2, grid // 2)) if shape.coarse else torch.full_like(tokens, model.no_reference)
    )
    weights = torch.rand(2, 12) + 0.5
    positions, shares = torch.tensor([3, 7, 8, 40, 63]), torch.tensor([3.0, -2.0])
    inputs = ["tokens", "text", "mask", "weights", "positions", "shares", "coarse" if shape.coarse else "reference"]
    example = (tokens, text, mask, weights, positions, shares, other)
    with torch.inference_mode():
        _export(GuidedStep(model).eval(), example, out / f"{name}.onnx", inputs, "logits")


def export_vq(vq: VQ, out: Path) -> None:
    image, tokens = torch.rand(2, 3, 64, 64), torch.randint(0, vq.codebook.size, (2, 8, 8))
    vq = vq.to(memory_format=torch.contiguous_format)
    _export(Encode(vq), (image,), out / "vq-encoder.onnx", ["image"], "tokens")
    _export(Decode(vq), (tokens,), out / "vq-decoder.onnx", ["tokens"], "image")


def export_ranker(model: Ranker, out: Path) -> None:
    text, mask = torch.randn(2, 12, WIDTH), torch.ones(2, 12)
    _export(
        model.to(memory_format=torch.contiguous_format),
        (torch.rand(2, 3, SIZE, SIZE), text, mask),
        out / "ranker.onnx",
        ["image", "text", "mask"],
        "score",
    )


def quantise(path: Path) -> Path:
    """Weights of matrix products and embeddings to int8 (per channel), activations quantised while running. Half of the range is
    used: processors without VNNI add two products in 16 bits, and larger ones would be cut off."""
    small = path.with_suffix(".int8.onnx")
    kinds = ["MatMul", "Gather"]
    quantize_dynamic(path, small, kinds, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    log(f"{small.name} {small.stat().st_size / 1e6:.1f} MB")
    return small


class Verdicts(nn.Module):
    """The judge's heads in the order of its labels, then its features."""

    def __init__(self, model: Judge):
        super().__init__()
        self.model = model

    def forward(self, image: Tensor) -> tuple[Tensor, ...]:
        given = self.model(image)
        return (*(given[head] for head in LABELS), given["features"])


def export_judge(model: Judge, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    (out / "judge-labels.json").write_text(json.dumps(LABELS, indent=1))
    verdicts = Verdicts(model.to(memory_format=torch.contiguous_format)).eval()
    outputs = [*LABELS, "features"]
    axes = {name: {0: "batch"} for name in ("image", *outputs)}
    torch.onnx.export(
        verdicts,
        (torch.rand(2, 3, SIZE, SIZE),),
        out / "judge.onnx",
        input_names=["image"],
        output_names=outputs,
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )


_AXES = {
    "tokens": {0: "batch", 1: "rows", 2: "columns"},
    "reference": {0: "batch", 1: "rows", 2: "columns"},
    "coarse": {0: "batch", 1: "coarse_rows", 2: "coarse_columns"},
    "positions": {0: "asked"},
    "shares": {0: "batch"},
    "logits": {0: "asked"},
    "text": {0: "batch", 1: "words"},
    "mask": {0: "batch", 1: "words"},
    "weights": {0: "batch", 1: "words"},
    "ids": {0: "batch", 1: "words"},
    "image": {0: "batch", 2: "height", 3: "width"},
    "score": {0: "batch"},
}


def _export(model: nn.Module, example: tuple[Tensor, ...], path: Path, inputs: list[str], output: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    axes = {name: _AXES[name] for name in (*inputs, output)}
    torch.onnx.export(
        model.eval(),
        example,
        path,
        input_names=inputs,
        output_names=[output],
        dynamic_axes=axes,
        opset_version=OPSET,
        dynamo=False,
    )
    check(model, example, path, inputs)


@torch.no_grad()
def check(model: nn.Module, example: tuple[Tensor, ...], path: Path, inputs: list[str]) -> None:
    """The graph gives what torch gives, also for a batch of one."""
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    first = tuple(t if name == "positions" else t[:1] for name, t in zip(inputs, example, strict=True))
    for batch in (example, first):
        expected = model(*batch).numpy()
        (given,) = session.run(None, {name: t.numpy() for name, t in zip(inputs, batch, strict=True)})
        if expected.dtype == np.int64:
            worst = float((given != expected).mean())
        else:
            worst = float(np.abs(given - expected).max())
        if worst > TOLERANCE:
            raise AssertionError(f"{path.name}: differs from torch by {worst:.2e}")
    log(f"{path.name} {path.stat().st_size / 1e6:.1f} MB, largest difference from torch {worst:.1e}")
