"""What a machine without a network needs to train: `python -m remask_training.travel OUT.tar.gz`.

Artwork and text encoder come from package registries. Here they go into one archive of about 30 MB: the artwork as bitmaps, the
text encoder in half precision without the words that no caption uses. On the other machine, unpacked in an empty folder:

    REMASK_RUNS=FOLDER REMASK_TEXT_ENCODER=FOLDER/text-encoder python -m remask_training.run all

Graphs for a pack are exported where the whole text encoder is; `remask_training.kept` brings the weights back.
"""

import argparse
import shutil
import tarfile
import tempfile
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from .pack import written_texts
from .run import Training
from .runs import log, runs_folder
from .scenes.captions import Captioner
from .scenes.scene import Mix
from .text.minilm import TextEncoder, model_folder

READ = 40_000  # captions, and a quarter as many instructions: every word that training uses comes up many times
WORDS = "embeddings.word_embeddings.weight"


def used_ids(text: TextEncoder, captioner: Captioner, count: int = READ) -> torch.Tensor:
    """bool [vocabulary]: the word pieces that captions and instructions are made of, [CLS] and [SEP] among them."""
    used = torch.zeros(text.tokenizer.get_vocab_size(), dtype=torch.bool)
    for encoding in text.tokenizer.encode_batch(["", *written_texts(captioner, count, Mix(tier=2))]):
        used[encoding.ids] = True
    return used


def write_text_encoder(used: torch.Tensor, out: Path) -> None:
    """The published files, the weights in half precision, the vectors of unused words all zero (they compress to nothing)."""
    out.mkdir(parents=True)
    for name in ("config.json", "tokenizer.json"):
        shutil.copy(model_folder() / name, out / name)
    weights = {
        name: tensor.half()
        for name, tensor in load_file(model_folder() / "model.safetensors").items()
        if tensor.is_floating_point()
    }
    weights[WORDS][~used] = 0
    save_file(weights, out / "model.safetensors")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--runs")
    given = parser.parse_args()
    training = Training(runs_folder(given.runs), None)
    training.artwork()
    used = used_ids(TextEncoder(), training.captioner())
    with tempfile.TemporaryDirectory() as folder, tarfile.open(given.out, "w:gz") as archive:
        write_text_encoder(used, Path(folder) / "text-encoder")
        archive.add(Path(folder) / "text-encoder", "text-encoder")
        archive.add(training.artwork_file, training.artwork_file.name)
    log(f"{int(used.sum())} word pieces, {given.out.stat().st_size / 1e6:.0f} MB in {given.out}")


if __name__ == "__main__":
    main()
