"""Graphs of random small models agree with torch, on grids other than the exported one too."""

import numpy as np
import onnxruntime
import pytest
import torch

from remask_training.export import export_judge, export_ranker, export_transformer, export_vq
from remask_training.tokenizer.vq import VQ
from remask_training.transformer.model import MaskedTransformer, Shape, grid_positions
from remask_training.vision.judge import LABELS, Judge
from remask_training.vision.ranker import Ranker


@pytest.mark.parametrize("coarse", [False, True])
def test_transformer_runs_on_other_grids(tmp_path, coarse):
    torch.manual_seed(0)
    model = MaskedTransformer(
        Shape(codes=32, width=64, depth=1, head=32, token_width=16, text_width=24, coarse=coarse, reference=not coarse)
    ).eval()
    for p in model.parameters():
        torch.nn.init.normal_(p, std=0.3)
    export_transformer(model, "base", tmp_path)
    tokens, text, mask = torch.randint(0, 33, (2, 4, 6)), torch.randn(2, 7, 24), torch.ones(2, 7)
    other = torch.randint(0, 32, (2, 2, 3)) if coarse else torch.randint(0, 32, (2, 4, 6))
    weights = torch.tensor([[1.0, 1, 1.5, 1, 0, 1, 1], [1.0] * 7])
    positions, shares = torch.tensor([0, 5, 13, 23]), torch.tensor([2.5, -1.5])
    named = {"tokens": tokens, "text": text, "mask": mask, "weights": weights, "positions": positions, "shares": shares}
    named["coarse" if coarse else "reference"] = other
    (logits,) = onnxruntime.InferenceSession(tmp_path / "base.onnx").run(None, {k: v.numpy() for k, v in named.items()})
    with torch.no_grad():
        inputs = (tokens, text, mask, grid_positions(4, 6, 2), *((other, None) if coarse else (None, other)))
        expected = model(*inputs, weights=weights)
        assert (model(*inputs) - expected).abs().max() > 1e-3
        assert torch.equal(model(*inputs), model(*inputs, weights=torch.ones_like(weights)))
    guided = (expected.flatten(1, 2)[:, positions] * shares[:, None, None]).sum(0)
    assert np.abs(logits - guided.numpy()).max() < 1e-4


def test_vq_runs_on_other_sizes(tmp_path):
    vq = VQ(codes=64, code_width=8, quarter=8, eighth=16, half=8).eval()
    export_vq(vq, tmp_path)
    image = np.random.default_rng(0).random((1, 3, 24, 40), np.float32)
    (tokens,) = onnxruntime.InferenceSession(tmp_path / "vq-encoder.onnx").run(None, {"image": image})
    assert tokens.shape == (1, 3, 5)
    (drawn,) = onnxruntime.InferenceSession(tmp_path / "vq-decoder.onnx").run(None, {"tokens": tokens})
    assert drawn.shape == image.shape


def test_ranker_and_judge_export(tmp_path):
    ranker = Ranker(width=16).eval()
    export_ranker(ranker, tmp_path)
    wide, words, mask = torch.rand(1, 3, 128, 80), torch.randn(1, 5, 384), torch.ones(1, 5)  # not square: an extended picture
    feeds = {"image": wide.numpy(), "text": words.numpy(), "mask": mask.numpy()}
    (score,) = onnxruntime.InferenceSession(tmp_path / "ranker.onnx").run(None, feeds)
    with torch.no_grad():
        assert np.allclose(score, ranker(wide, words, mask), atol=1e-4)
    export_judge(Judge(width=16).eval(), tmp_path)
    session = onnxruntime.InferenceSession(tmp_path / "judge.onnx")
    given = session.run(None, {"image": np.zeros((1, 3, 128, 128), np.float32)})
    assert [len(classes) for classes in LABELS.values()] == [logits.shape[1] for logits in given[:-1]] and given[-1].shape == (
        1,
        48,
    )
