"""The tokenizer on a handful of pictures: what counts as fidelity, and codes that stay where they are once they are settled."""

import numpy as np
import torch

from remask_training.runs import read
from remask_training.tokenizer import train as tokenizer


def test_infidelity_falls_by_a_decibel_as_psnr_rises_by_one():
    image = torch.rand(2, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    plain, textured = 0.01, 0.1  # errors of the two pictures
    error = torch.tensor([plain, textured])[:, None, None, None] * torch.ones_like(image)
    psnr = -20 * np.mean(np.log10([plain, textured]))
    assert np.isclose(tokenizer.infidelity(image + error, image).item(), -psnr * np.log(10) / 10, atol=1e-4)


def test_settled_codes_stay_and_the_rest_learns_on(tmp_path, monkeypatch):
    for name, value in {"HELD_OUT": 2, "BATCH": 8, "FREE_STEPS": 2, "SETTLED": 3}.items():
        monkeypatch.setattr(tokenizer, name, value)
    pool = np.random.default_rng(0).integers(0, 256, (6, 256, 256, 3), np.uint8)
    np.save(tmp_path / "pictures.npy", pool)
    weights = {}
    for steps in (3, 4):
        tokenizer.train(tmp_path / "pictures.npy", tmp_path / "tokenizer", steps)
        weights[steps] = read(tmp_path / "tokenizer" / "final.pt")["model"]
    assert torch.equal(weights[3]["codebook.codes"], weights[4]["codebook.codes"])
    assert not torch.equal(weights[3]["encoder.0.weight"], weights[4]["encoder.0.weight"])
