"""Masking, the model's shapes and grids, Muon, and a training that goes on exactly where it stopped."""

import math

import numpy as np
import torch

from remask_training.ablations import run as ablate
from remask_training.device import FAST
from remask_training.kept import keep, unpack
from remask_training.runs import Checkpoints
from remask_training.scenes.captions import Captioner
from remask_training.scenes.pool import draw_scenes
from remask_training.scenes.vocabulary import CONCEPTS
from remask_training.stage import Stage
from remask_training.transformer.data import Batch, Feed, Shards
from remask_training.transformer.masking import draw_masks, emptied
from remask_training.transformer.model import MaskedTransformer, Shape, grid_positions
from remask_training.transformer.muon import orthogonal
from remask_training.transformer.train import Plan, Trainer
from remask_training.transformer.worsen import Worsen

TINY = Shape(codes=32, width=64, depth=2, head=32, token_width=16, text_width=24)


class Words:
    """Stands in for the text encoder: states drawn from the caption's letters."""

    def __call__(self, captions):
        states = torch.stack([torch.randn(8, 24, generator=torch.Generator().manual_seed(sum(map(ord, c)))) for c in captions])
        return states.to(FAST), torch.ones(len(captions), 8)


def batch(count=6, side=8, shape=TINY):
    generator = torch.Generator().manual_seed(5)
    tokens = torch.randint(0, shape.codes, (count, side, side), generator=generator)
    return Batch(
        tokens,
        [f"word {i}" for i in range(count)],
        torch.zeros(count, 8, 8, dtype=torch.bool),
        torch.full_like(tokens, shape.codes + 1),
    )


def inputs(count=2, height=8, width=8, length=5, patch=2):
    tokens = torch.randint(0, 33, (count, height, width))
    return tokens, torch.randn(count, length, 24), torch.ones(count, length), grid_positions(height, width, patch)


def random_model(shape=TINY):
    model = MaskedTransformer(shape)
    for p in model.parameters():  # the outputs of a fresh model do not depend on its blocks
        torch.nn.init.normal_(p, std=0.1)
    return model.eval()


def test_masks_hide_between_one_and_all_cells():
    masks = draw_masks(400, 16, torch.Generator().manual_seed(0))
    share = masks.float().mean((1, 2))
    assert masks.shape == (400, 16, 16) and masks.flatten(1).any(1).all()
    assert 0.5 < share.mean() < 0.7 and share.max() == 1
    gone = emptied(masks, torch.Generator().manual_seed(0))
    assert 0.06 < gone.float().mean() < 0.25


def test_any_even_grid_runs():
    model = random_model()
    for height, width in ((8, 8), (4, 12), (16, 6)):
        tokens, text, mask, positions = inputs(height=height, width=width)
        reference = torch.full_like(tokens, model.no_reference)
        assert model(tokens, text, mask, positions, reference=reference).shape == (2, height, width, 32)


def test_padding_of_the_text_changes_nothing():
    model = random_model()
    tokens, text, mask, positions = inputs()
    reference = torch.full_like(tokens, model.no_reference)
    padded, longer = torch.cat([text, torch.zeros(2, 3, 24)], 1), torch.cat([mask, torch.zeros(2, 3)], 1)
    a = model(tokens, text, mask, positions, reference=reference)
    assert torch.allclose(a, model(tokens, padded, longer, positions, reference=reference), atol=1e-4)


def test_text_coarse_grid_and_reference_matter():
    shape = Shape(**{**TINY.to_dict(), "coarse": True})
    model = random_model(shape)
    tokens, text, mask, positions = inputs()
    coarse, reference = torch.zeros(2, 4, 4, dtype=torch.int64), torch.full_like(tokens, model.no_reference)
    plain = model(tokens, text, mask, positions, coarse, reference)
    assert not torch.allclose(plain, model(tokens, text.flip(2), mask, positions, coarse, reference), atol=1e-3)
    assert not torch.allclose(plain, model(tokens, text, mask, positions, coarse + 3, reference), atol=1e-3)
    assert not torch.allclose(plain, model(tokens, text, mask, positions, coarse, reference * 0), atol=1e-3)


def test_selected_logits_are_those_of_the_hidden_tokens():
    model = random_model()
    tokens, text, mask, positions = inputs()
    reference, select = torch.full_like(tokens, model.no_reference), torch.rand(2, 8, 8) < 0.5
    everything = model(tokens, text, mask, positions, reference=reference)
    assert torch.allclose(everything[select], model(tokens, text, mask, positions, reference=reference, select=select), atol=1e-4)


def test_muon_directions_are_nearly_orthogonal():
    for shape in ((3, 32, 32), (2, 64, 32), (2, 32, 64)):
        values = torch.linalg.svdvals(orthogonal(torch.randn(*shape)))
        assert values.median() > 0.6 and values.max() < 1.6  # the smallest take longer


def steps_of(trainer, folder, end, data):
    """Run the steps up to `end` and save, as on SIGTERM."""
    stage = Stage("tiny", folder, end, 6, trainer.parts)
    stage.run(lambda step: {"loss": trainer.step(data, step)})
    stage.checkpoints.save(stage.step, {name: part.state_dict() for name, part in trainer.parts.items()})


def test_training_resumes_exactly(tmp_path):
    plan, data = Plan(steps=20, batch=6), batch()
    straight, first, second = (Trainer(TINY, plan, Words()) for _ in range(3))
    steps_of(straight, tmp_path / "straight", 8, data)
    steps_of(first, tmp_path / "stopped", 4, data)
    steps_of(second, tmp_path / "stopped", 8, data)
    for name, p in straight.model.state_dict().items():
        assert torch.allclose(p, second.model.state_dict()[name], atol=1e-5), name
    for name, p in straight.averaged.weights.items():
        assert torch.allclose(p, second.averaged.weights[name], atol=1e-5), name


def test_what_is_kept_in_the_repository_goes_on_elsewhere(tmp_path):
    plan, data = Plan(steps=20, batch=6), batch()
    first, second = Trainer(TINY, plan, Words()), Trainer(TINY, plan, Words())
    steps_of(first, tmp_path / "here" / "tiny", 5, data)
    assert keep(tmp_path / "here" / "tiny", tmp_path / "kept")
    assert unpack(tmp_path / "kept" / "tiny.safetensors", tmp_path / "there" / "tiny")
    stage = Stage("tiny", tmp_path / "there" / "tiny", 9, 6, second.parts)
    assert stage.step == 5
    for name, p in first.averaged.weights.items():
        assert torch.allclose(p, second.model.state_dict()[name], atol=2e-3), name
        assert torch.equal(second.averaged.weights[name], second.model.state_dict()[name]), name
    stage.run(lambda step: {"loss": second.step(data, step)})
    assert not unpack(tmp_path / "kept" / "tiny.safetensors", tmp_path / "there" / "tiny"), "what is there is never replaced"


def test_a_longer_plan_goes_on_from_the_final_weights(tmp_path):
    data, trainer, longer = (
        batch(),
        Trainer(TINY, Plan(steps=4, batch=6), Words()),
        Trainer(TINY, Plan(steps=9, batch=6), Words()),
    )
    stage = Stage("tiny", tmp_path, 4, 6, trainer.parts)
    stage.run(lambda step: {"loss": trainer.step(data, step)})
    stage.finish(model=trainer.averaged.weights)
    assert Checkpoints.is_done(tmp_path, 4) and not Checkpoints.is_done(tmp_path, 9)
    assert Stage("tiny", tmp_path, 9, 6, longer.parts).step == 4
    for name, p in longer.model.named_parameters():
        assert torch.equal(p, trainer.averaged.weights[name]), name
        assert torch.equal(p, longer.averaged.weights[name]), name


def test_training_learns_a_batch_by_heart():
    trainer, data = Trainer(TINY, Plan(steps=200, batch=6), Words()), batch()
    losses = [trainer.step(data, step) for step in range(120)]
    assert sum(losses[-20:]) < 0.6 * sum(losses[:20])


def test_worsened_tokens_are_redrawn_in_places_and_the_same_again():
    torch.manual_seed(0)
    base, data = MaskedTransformer(TINY).eval(), batch(count=24)
    data.coarse = data.tokens
    worse = Worsen(base, Words())(data, 3)
    changed = (worse.coarse != data.tokens).flatten(1).float().mean(1)
    assert (changed == 0).any() and 0.1 < changed.max() < 0.75
    assert worse.coarse.max() < TINY.codes and torch.equal(worse.tokens, data.tokens)
    assert torch.equal(worse.coarse, Worsen(base, Words())(data, 3).coarse)


def test_an_ablation_reports_what_it_trained(tmp_path):
    scenes = draw_scenes(160, 3)
    tokens = np.random.default_rng(0).integers(0, TINY.codes, (160, 8, 8))
    labels = np.array([scene.to_json() for scene in scenes])
    np.savez(tmp_path / "scenes-0000.npz", labels=labels, base=tokens, cells=np.zeros((160, 8, 8), bool))
    shards = Shards(tmp_path, "scenes")
    captioner = Captioner({name: "red" for name in CONCEPTS})
    trainer = Trainer(TINY, Plan(steps=1000, batch=4), Words())
    steps, pictures, hidden, _, _, right = ablate(trainer, Feed(shards, None, captioner, fine=False), shards, seconds=1)
    assert int(steps) > 1 and int(pictures) == 4 * int(steps)
    assert abs(float(hidden) - math.log(TINY.codes)) < 1  # of random tokens nothing can be learned
    assert 0 <= float(right) <= 1
