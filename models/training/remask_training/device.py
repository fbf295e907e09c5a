"""Where the tensors live: a GPU if torch sees one, else the processor."""

import torch

DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")
# processes that write captions beside the training; on two cores they would only compete with it
FEEDERS = 8 if DEVICE.type == "cuda" else 0


def autocast() -> torch.autocast:
    """Matrix products and convolutions in bfloat16."""
    return torch.autocast(DEVICE.type, dtype=torch.bfloat16)
