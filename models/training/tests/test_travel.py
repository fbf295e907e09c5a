"""The archive for machines without a network: the text encoder reads what captions say as before."""

import torch

from remask_training.scenes.captions import Captioner
from remask_training.scenes.vocabulary import CONCEPTS
from remask_training.text.minilm import TextEncoder
from remask_training.travel import used_ids, write_text_encoder


def test_the_smaller_text_encoder_reads_captions_alike(tmp_path, monkeypatch):
    whole, captions = TextEncoder(), ["a fox in the snow", ""]
    used = used_ids(whole, Captioner(dict.fromkeys(CONCEPTS)), 400)
    assert 100 < used.sum() < 1000
    write_text_encoder(used, tmp_path / "text-encoder")
    monkeypatch.setenv("REMASK_TEXT_ENCODER", str(tmp_path / "text-encoder"))
    smaller = TextEncoder()
    assert torch.allclose(smaller(captions)[0].float(), whole(captions)[0].float(), atol=0.1)
    assert smaller(["aardvark"])[0].float().sub(whole(["aardvark"])[0].float()).abs().max() > 0.3
