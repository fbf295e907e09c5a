"""Remask beside diffusers on one machine: the same pipeline with the same drawn weights, the same number of threads.

    pip install torch==2.13.0 diffusers==0.33.1 transformers==4.49.0 accelerate psutil; python side_by_side.py

Makes aMUSEd's pipelines of 256 and 512 pixels at full size with random weights (6 GB of disk, which is given back), has
`remask packs import` take them in, and times both programs in processes of their own: text encoding, one guided step, VQ
decode, a whole picture of 12 steps, the time from the start of the process to the end of the first step, and the peak of
resident memory. Prints a table with ratios. `--tiny` tries all of it on models/golden/diffusers_pipeline in a minute.
Run it on a machine that does nothing else: seconds are the least of `--runs`, which forgives little.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "models/golden"
PROMPT = "a lake in the mountains at sunset"
ROWS = [
    ("text, two prompts", "textSeconds"),
    ("guided step", "stepSeconds"),
    ("VQ decode", "decodeSeconds"),
    ("picture", "pictureSeconds"),
    ("start to first step", "firstStepSeconds"),
    ("peak memory", "peakBytes"),
]
# What issue 5 asks for, by precision: the largest ratio to diffusers.
GOALS = {
    ("f32", "stepSeconds"): 0.95,
    ("int8", "stepSeconds"): 0.33,
    ("int8", "pictureSeconds"): 0.5,
    ("int8", "peakBytes"): 0.5,
    ("int8", "firstStepSeconds"): 0.3,
}


def make_pipeline(folder: Path, side: int) -> None:
    """As published, but for the weights, which are as the classes draw them."""
    import torch
    from diffusers import AmusedPipeline, AmusedScheduler, UVit2DModel, VQModel
    from transformers import CLIPTextConfig, CLIPTextModelWithProjection, CLIPTokenizer

    torch.manual_seed(0)
    large = side == 512
    transformer = UVit2DModel(
        hidden_size=1024,
        cond_embed_dim=768,
        micro_cond_encode_dim=256,
        micro_cond_embed_dim=1280,
        encoder_hidden_size=768,
        vocab_size=8256,
        codebook_size=8192,
        in_channels=768,
        block_out_channels=768,
        num_res_blocks=3,
        downsample=large,
        upsample=large,
        block_num_heads=12,
        num_hidden_layers=22,
        num_attention_heads=16,
        intermediate_size=2816,
        sample_size=side // 16,
    )
    vqvae = VQModel(
        block_out_channels=[128, 256, 256, 512, 768],
        down_block_types=["DownEncoderBlock2D"] * 5,
        up_block_types=["UpDecoderBlock2D"] * 5,
        layers_per_block=2,
        latent_channels=64,
        num_vq_embeddings=8192,
        norm_num_groups=32,
        mid_block_add_attention=False,
        lookup_from_codebook=True,
        force_upcast=True,
        sample_size=32,
    )
    text_encoder = CLIPTextModelWithProjection(
        CLIPTextConfig(
            vocab_size=49408,
            hidden_size=768,
            intermediate_size=3072,
            num_hidden_layers=12,
            num_attention_heads=12,
            max_position_embeddings=77,
            projection_dim=768,
            hidden_act="quick_gelu",
            bos_token_id=49406,
            eos_token_id=49407,
        )
    )
    tokens = GOLDEN / "clip_tokenizer"
    tokenizer = CLIPTokenizer(str(tokens / "vocab.json"), str(tokens / "merges.txt"), pad_token="!", model_max_length=77)
    pipeline = AmusedPipeline(vqvae, tokenizer, text_encoder, transformer, AmusedScheduler(mask_token_id=8255))
    pipeline.save_pretrained(folder, safe_serialization=True)


def least(runs: int, work) -> float:
    best = float("inf")
    for _ in range(runs):
        started = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - started)
    return best


def measure_diffusers(folder: str, size: int, steps: int, threads: int, runs: int) -> None:
    """Prints one line of JSON. In a process of its own, so that its peak of memory is its own."""
    import psutil
    import torch
    from diffusers import AmusedPipeline

    torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    pipe = AmusedPipeline.from_pretrained(folder)
    pipe.set_progress_bar_config(disable=True)
    ids = lambda prompt: (
        pipe.tokenizer(prompt, return_tensors="pt", padding="max_length", truncation=True, max_length=77).input_ids
    )
    encode = lambda: pipe.text_encoder(torch.cat([ids(""), ids(PROMPT)]), return_dict=True, output_hidden_states=True)
    factor = 2 ** (len(pipe.vqvae.config.block_out_channels) - 1)
    side = size // factor
    mask = pipe.scheduler.config.mask_token_id
    micro = torch.tensor([[size, size, 0, 0, 6]] * 2, dtype=torch.float32)

    def step(encoded):
        tokens = torch.full((2, side, side), mask)
        return pipe.transformer(
            tokens, micro_conds=micro, pooled_text_emb=encoded.text_embeds, encoder_hidden_states=encoded.hidden_states[-2]
        )

    encoded = encode()
    step(encoded)
    first = time.time() - psutil.Process().create_time()
    tokens = torch.zeros((1, side, side), dtype=torch.long)
    shape = (1, side, side, pipe.vqvae.config.latent_channels)
    decode = lambda: pipe.vqvae.decode(tokens, force_not_quantize=True, shape=shape).sample.clip(0, 1)
    draw = lambda: pipe(
        PROMPT,
        num_inference_steps=steps,
        guidance_scale=10.0,
        height=size,
        width=size,
        generator=torch.Generator().manual_seed(1),
    )
    print(
        json.dumps(
            {
                "textSeconds": least(runs, encode),
                "stepSeconds": least(runs, lambda: step(encoded)),
                "decodeSeconds": least(runs, decode),
                "pictureSeconds": least(runs, draw),
                "firstStepSeconds": first,
                "peakBytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            }
        )
    )


def last_line(command: list[str], environment: dict[str, str]) -> dict:
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def compare(size: int, folder: Path, data: Path, options: argparse.Namespace) -> None:
    threads = ["--threads", str(options.threads)]
    environment = os.environ | {"REMASK_DATA_FOLDER": str(data), "OMP_NUM_THREADS": str(options.threads)}
    common = [str(size), str(options.steps), str(options.threads), str(options.runs)]
    reference = last_line([sys.executable, __file__, "--measure", str(folder), *common], environment)
    remask = ["node", str(ROOT / "bin/remask.js")]
    started = time.perf_counter()
    pack = last_line(
        [*remask, "packs", "import", str(folder), "--accept-licence", "--name", f"side-by-side-{size}", "--json"], environment
    )["id"]
    imported = time.perf_counter() - started
    stages = [
        "bench",
        "--stages",
        "--json",
        "--pack",
        pack,
        "--size",
        f"{size}x{size}",
        "--steps",
        str(options.steps),
        "--runs",
        str(options.runs),
    ]
    ours = {
        precision: last_line([*remask, *stages, *threads, "--precision", precision], environment) for precision in ("f32", "int8")
    }
    print_table(size, reference, ours, imported, options)


def print_table(size: int, reference: dict, ours: dict, imported: float, options: argparse.Namespace) -> None:
    print(f"\n{size} pixels, {options.steps} steps, {options.threads} threads, least of {options.runs} runs", end="; ")
    print(f"import with int8: {imported:.1f} s")
    print(f"{'':22}{'diffusers':>12}" + "".join(f"{'Remask ' + name:>14}{'ratio':>8}{'goal':>7}" for name in ours))
    for label, key in ROWS:
        show = (lambda value: f"{value / 2**20:.0f} MiB") if key == "peakBytes" else (lambda value: f"{value:.3f} s")
        cells = ""
        for name, report in ours.items():
            goal = GOALS.get((name, key))
            cells += f"{show(report[key]):>14}{report[key] / reference[key]:>8.2f}{'' if goal is None else goal:>7}"
        print(f"{label:22}{show(reference[key]):>12}{cells}")
    sys.stdout.flush()


def main() -> None:
    if "--measure" in sys.argv:
        folder, size, steps, threads, runs = sys.argv[sys.argv.index("--measure") + 1 :]
        measure_diffusers(folder, int(size), int(steps), int(threads), int(runs))
        return
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tiny", action="store_true", help="the golden pipeline of 32 pixels instead")
    parser.add_argument("--sizes", type=int, nargs="+", choices=(256, 512), default=(256, 512), help="pixels a side")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--steps", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="side-by-side-") as work:
        for size in (32,) if options.tiny else options.sizes:
            folder, data = Path(work, str(size)), Path(work, f"data-{size}")
            if options.tiny:
                shutil.copytree(GOLDEN / "diffusers_pipeline", folder)
            else:
                make_pipeline(folder, size)
            compare(size, folder, data, options)
            shutil.rmtree(folder)
            shutil.rmtree(data)


if __name__ == "__main__":
    main()
