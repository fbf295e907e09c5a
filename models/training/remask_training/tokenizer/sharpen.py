"""Tune the decoder alone, the tokens stay valid: by the tokenizer's own loss and against a patch discriminator, which gives
crisper edges (Muse, section 2.3)."""

from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from ..device import DEVICE, autocast
from ..runs import log
from ..stage import Stage
from .train import BATCH, Pictures, halved, load, measure, reconstruction_loss
from .vq import VQ

DECODER_RATE, JUDGE_RATE = 2e-4, 4e-4
ADVERSARIAL, FEATURES = 0.02, 0.15  # weights beside the tokenizer's own loss
WARM_UP = 100  # steps until the adversarial terms have their full weight


class PatchJudge(nn.Module):
    """Real or decoded, for every 8 x 8 patch; returns the verdicts and the features before them."""

    def __init__(self, width: int = 32):
        super().__init__()
        conv = lambda i, o: nn.utils.parametrizations.spectral_norm(nn.Conv2d(i, o, 4, 2, 1))
        self.layers = nn.ModuleList([conv(3, width), conv(width, 2 * width), conv(2 * width, 4 * width)])
        self.verdict = nn.Conv2d(4 * width, 1, 3, 1, 1)

    def forward(self, image: Tensor) -> tuple[Tensor, list[Tensor]]:
        features, x = [], image * 2 - 1
        for layer in self.layers:
            x = F.leaky_relu(layer(x), 0.2)
            features.append(x)
        return self.verdict(x), features


def judge_loss(judge: PatchJudge, drawn: Tensor, image: Tensor) -> Tensor:
    """Hinge loss."""
    return F.relu(1 - judge(image)[0].float()).mean() + F.relu(1 + judge(drawn.detach())[0].float()).mean()


def decoder_loss(judge: PatchJudge, drawn: Tensor, image: Tensor, trust: float) -> Tensor:
    """The tokenizer's own, whose differences of pixels keep a grid out of even grounds, and what the judge thinks, weighted by
    `trust` 0..1."""
    verdict, features = judge(drawn)
    with torch.no_grad():
        _, real = judge(image)
    likeness = sum((a.float() - b.float()).abs().mean() for a, b in zip(features, real, strict=True))
    return reconstruction_loss(drawn.float(), image) + trust * (ADVERSARIAL * -verdict.float().mean() + FEATURES * likeness)


def sharpen(pictures: Path, tokenizer: Path, folder: Path, steps: int) -> None:
    """Resumable like every stage; folder/final.pt is a whole tokenizer with the tuned decoder."""
    pool, model = Pictures(pictures), load(tokenizer)
    torch.manual_seed(0)
    judge = PatchJudge().to(DEVICE, memory_format=torch.channels_last)
    model.encoder.requires_grad_(False)
    optimizers = {
        "decoder": torch.optim.AdamW(model.decoder.parameters(), DECODER_RATE, (0.5, 0.9), fused=True),
        "judge": torch.optim.AdamW(judge.parameters(), JUDGE_RATE, (0.5, 0.9), fused=True),
    }
    named = {f"{name} optimizer": optimizer for name, optimizer in optimizers.items()}
    parts = {"model": model, "judge": judge, **named}
    stage = Stage("sharpen", folder, steps, BATCH, parts, settings={"config": model.config})

    def take_step(step: int) -> dict[str, float]:
        image = pool.batch(np.random.default_rng((1, step)))
        optimizers["decoder"].param_groups[0]["lr"] = DECODER_RATE * min(1, (1 - step / steps) / 0.4)
        return _step(model, judge, optimizers, image, min(1, step / WARM_UP))

    stage.run(take_step)
    images = pool.held_out()
    report = {"256 px": measure(model, images), "128 px": measure(model, halved(images))}
    log("sharpen:", report)
    stage.finish(model=model.state_dict(), report=report)


def _step(model: VQ, judge: PatchJudge, optimizers: dict, image: Tensor, trust: float) -> dict[str, float]:
    with autocast():
        drawn = model.decode(model.encode(image))
        judged = judge_loss(judge, drawn, image)
    judged.backward()
    optimizers["judge"].step()
    with autocast():
        loss = decoder_loss(judge, drawn, image, trust)
    loss.backward()
    nn.utils.clip_grad_norm_(model.decoder.parameters(), 0.5)
    optimizers["decoder"].step()
    for optimizer in optimizers.values():
        optimizer.zero_grad(set_to_none=True)
    return {"decoder": loss.item(), "judge": judged.item()}
