"""Train one stage of the cascade. Steps, not hours, end it: on a shared machine the clock says little."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor
from torch.utils.flop_counter import FlopCounterMode

from ..device import DEVICE, autocast
from ..runs import best_weights, log, read
from ..stage import Stage, Stateful, rate
from ..text.minilm import TextEncoder
from .data import Batch, Feed
from .masking import draw_masks, emptied
from .model import MaskedTransformer, Shape, grid_positions
from .muon import Muon

EMA = 0.998  # per EMA_EVERY steps: averages over the last 2000 steps
EMA_EVERY = 4
LOG_EVERY = 25


@dataclass(frozen=True)
class Plan:
    """How long and how fast a stage learns. `muon`: None trains all by AdamW."""

    steps: int
    batch: int = 128
    muon: float | None = 0.02
    adam: float = 2e-3
    thing_weight: float = 3.0  # loss weight of cells that show a thing: they are a minority, and the hard part
    decay_from: float = 0.5  # share of the steps after which the rate falls linearly to almost nothing
    check_every: int = 500


class Trainer:
    """Everything that a checkpoint holds, and the step."""

    def __init__(self, shape: Shape, plan: Plan, text: TextEncoder):
        torch.manual_seed(0)
        self.shape, self.plan, self.text, self.since = shape, plan, text, 0
        self.model = MaskedTransformer(shape).to(DEVICE)
        self.averaged = Averaged(self.model)
        matrices = [p for name, p in self.model.named_parameters() if name.startswith("blocks.") and p.ndim == 2]
        if plan.muon is None:
            everything = self.model.parameters()
            self.optimizers = [torch.optim.AdamW(everything, lr=plan.adam, betas=(0.9, 0.97), weight_decay=0.02, fused=True)]
        else:
            chosen = {id(p) for p in matrices}
            rest = [p for p in self.model.parameters() if id(p) not in chosen]
            self.optimizers = [
                torch.optim.AdamW(rest, lr=plan.adam, betas=(0.9, 0.97), weight_decay=0.01, fused=True),
                Muon(matrices, plan.muon, shape.width),
            ]
        self.base_rates = [[g["lr"] for g in o.param_groups] for o in self.optimizers]

    @property
    def parts(self) -> dict[str, Stateful]:
        """What a checkpoint holds."""
        names = ("adam", "muon")[: len(self.optimizers)]
        return {"model": self.model, "averaged": self.averaged, **dict(zip(names, self.optimizers, strict=True))}

    def loss(self, batch: Batch, masks: Tensor, captions: list[str]) -> Tensor:
        """Cross-entropy of the hidden tokens, things weighted up."""
        logits = self.logits(batch, masks, captions)
        side = masks.shape[1] // batch.cells.shape[1]
        cells = batch.cells.repeat_interleave(side, 1).repeat_interleave(side, 2)[masks]
        weight = torch.where(cells, self.plan.thing_weight, 1.0)
        return (F.cross_entropy(logits.float(), batch.tokens[masks], reduction="none") * weight).sum() / weight.sum()

    def logits(self, batch: Batch, masks: Tensor, captions: list[str]) -> Tensor:
        """[hidden tokens, codes]."""
        words, word_mask = self.text(captions)
        hidden = batch.tokens.masked_fill(masks, self.model.mask_token)
        positions = grid_positions(*masks.shape[1:], self.shape.patch).to(DEVICE)
        with autocast():
            return self.model(hidden, words, word_mask, positions, batch.coarse, batch.reference, select=masks)

    def step(self, batch: Batch, number: int) -> float:
        """Step `number` of the plan, counted from 0; the loss."""
        generator = torch.Generator().manual_seed(number)
        masks = draw_masks(len(batch.tokens), batch.tokens.shape[1], generator)
        empty = emptied(masks, generator).tolist()
        loss = self.loss(batch, masks.to(DEVICE), ["" if gone else c for c, gone in zip(batch.captions, empty, strict=True)])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.optimizers[0].param_groups[0]["params"], 1.0)
        factor = rate(number, self.plan.steps, self.since, self.plan.decay_from)
        for optimizer, rates in zip(self.optimizers, self.base_rates, strict=True):
            for group, full in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = full * factor
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
        if (number + 1) % EMA_EVERY == 0:
            self.averaged.follow()
        return loss.item()

    def compile(self) -> None:
        """Fuse the blocks' elementwise work: a fifth of the step (bench.py). Names of weights stay."""
        for block in self.model.blocks:
            block.compile()

    def averaged_model(self) -> MaskedTransformer:
        model = MaskedTransformer(self.shape).to(DEVICE)
        model.load_state_dict(self.averaged.weights)
        return model.eval()


class Averaged:
    """Moving average of a model's weights; begins with the weights at its first step."""

    def __init__(self, model: MaskedTransformer):
        self.model, self.times = model, 0  # times: how often it has followed
        self._weights: dict[str, Tensor] | None = None

    @property
    def weights(self) -> dict[str, Tensor]:
        if self._weights is None:
            self._weights = {name: p.detach().clone() for name, p in self.model.named_parameters()}
        return self._weights

    @torch.no_grad()
    def follow(self) -> None:
        """The memory is short at first."""
        self.times += 1
        keep = min(EMA, 1 - 1 / (1 + self.times / 10))
        parameters = dict(self.model.named_parameters())
        torch._foreach_lerp_(list(self.weights.values()), [parameters[name] for name in self.weights], 1 - keep)

    def state_dict(self) -> dict:
        return {"weights": self.weights, "times": self.times}

    def load_state_dict(self, state: dict) -> None:
        self.times = state["times"]
        self._weights = {name: tensor.to(DEVICE, copy=True) for name, tensor in state["weights"].items()}


def operations(trainer: Trainer, batch: Batch) -> float:
    """Floating-point operations of one picture, forward and backward, as torch counts them."""
    few = Batch(
        batch.tokens[:4],
        batch.captions[:4],
        batch.cells[:4],
        *(t if t is None else t[:4] for t in (batch.reference, batch.coarse)),
    )
    masks = draw_masks(4, batch.tokens.shape[1], torch.Generator().manual_seed(0)).to(DEVICE)
    with FlopCounterMode(display=False) as counter:
        trainer.loss(few, masks, few.captions).backward()
    trainer.model.zero_grad(set_to_none=True)
    return counter.get_total_flops() / 4


@torch.no_grad()
def validate(trainer: Trainer, model: MaskedTransformer, batch: Batch) -> dict[str, float]:
    """Nats per hidden token, unweighted, at three mask ratios and with empty captions."""
    training, trainer.model, result = trainer.model, model, {}
    empty = [""] * len(batch.captions)
    for name, ratio, captions in (
        ("1.0", 1.0, batch.captions),
        ("0.7", 0.7, batch.captions),
        ("0.3", 0.3, batch.captions),
        ("1.0 no text", 1.0, empty),
    ):
        generator = torch.Generator().manual_seed(1)
        order = torch.rand(batch.tokens.shape, generator=generator).flatten(1).argsort(1).argsort(1).view_as(batch.tokens)
        masks = (order < math.ceil(ratio * order[0].numel())).to(DEVICE)
        result[name] = F.cross_entropy(trainer.logits(batch, masks, captions).float(), batch.tokens[masks]).item()
    trainer.model = training
    return {name: round(value, 4) for name, value in result.items()}


def train(
    name: str,
    folder: Path,
    shape: Shape,
    plan: Plan,
    feed: Feed,
    held_out: Batch,
    check=None,
    prepare: Callable[[Batch, int], Batch] = lambda batch, step: batch,
) -> None:
    """Resumes from the last checkpoint in `folder`; ends with folder/final.pt (averaged weights).

    `check(model, trainer)` is called every plan.check_every steps with the averaged weights. `prepare(batch, step)` changes a
    batch before it is learned from.
    """
    trainer = Trainer(shape, plan, TextEncoder())
    no_reference = trainer.model.no_reference
    work = operations(trainer, feed.batch(4, (0, 0), no_reference).to(DEVICE))  # a picture
    trainer.compile()  # after counting: compiled code hides its operations
    settings = {"shape": shape.to_dict()}
    stage = Stage(name, folder, plan.steps, plan.batch, trainer.parts, LOG_EVERY, settings, work)
    millions = sum(p.numel() for p in trainer.model.parameters()) / 1e6
    log(f"{name}: {millions:.2f} M parameters, {work / 1e9:.2f} GFLOP a picture, {len(feed.scenes)} scenes")
    trainer.since = stage.step
    batches, held_out = feed.steps(plan.batch, stage.step, plan.steps, no_reference), held_out.to(DEVICE)

    def look(step: int) -> bool:
        if step % plan.check_every and step < plan.steps:
            return False
        averaged = trainer.averaged_model()
        log(f"{name} {step} held out:", validate(trainer, averaged, held_out))
        if check is not None:
            check(averaged, trainer)
        return True

    stage.run(lambda step: {"loss": trainer.step(prepare(next(batches).to(DEVICE), step), step)}, look)
    stage.finish(model=trainer.averaged.weights)


def load(path: Path) -> MaskedTransformer:
    """Averaged weights from a final file or from any checkpoint."""
    state = read(path)
    model = MaskedTransformer(Shape(**state["shape"])).to(DEVICE)
    model.load_state_dict(best_weights(state))
    return model.eval()
