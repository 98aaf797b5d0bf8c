"""Where to compute, and in which precision."""

from __future__ import annotations

from typing import Any


def choose_device(wanted: str) -> str:
    """Return `cuda` or `cpu`; `auto` takes a GPU where there is one.

    Raises RuntimeError where a GPU is demanded and missing."""
    import torch

    if wanted == "cuda" and not torch.cuda.is_available():
        raise RuntimeError("training.device: cuda: this torch sees no GPU; set it to cpu or auto")
    return "cuda" if wanted != "cpu" and torch.cuda.is_available() else "cpu"


def choose_dtype(wanted: str, device: str) -> Any:
    """Return the torch dtype. On a CPU it is always float32: bfloat16 is several times slower there."""
    import torch

    return torch.bfloat16 if wanted == "bfloat16" and device == "cuda" else torch.float32
