"""Where the tensors live: a GPU if torch sees one, else the processor; and how the processor's memory is held."""

import ctypes
import sys

import torch

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
# without instructions of its own a processor emulates bfloat16: a matrix product took 16 times as long as in float32
IS_BFLOAT16_FAST = DEVICE.type == "cuda" or torch.cpu.get_capabilities().get("avx512_bf16", False)
FAST = torch.bfloat16 if IS_BFLOAT16_FAST else torch.float32
# processes that write captions beside the training; on two cores they would only compete with it
FEEDERS = 8 if DEVICE.type == "cuda" else 0


def autocast() -> torch.autocast:
    """Matrix products and convolutions in bfloat16, where that is fast."""
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16, enabled=IS_BFLOAT16_FAST)


def hold_memory() -> None:
    """Keep freed memory for the next tensor instead of giving it back to the system: a fifth of a training step went into
    getting it again, page by page (base, one thread: 4 of 19 ms a picture). glibc only; does nothing elsewhere."""
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        trim_threshold, mmap_max = -1, -4  # malloc.h
        mallopt(mmap_max, 0)
        mallopt(trim_threshold, 2**31 - 1)
