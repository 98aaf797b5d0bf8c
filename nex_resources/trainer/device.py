"""Where to compute, and in which precision."""

from __future__ import annotations

from typing import Any, Literal

Precision = Literal["auto", "float32", "bfloat16"]


def choose_device(wanted: str) -> str:
    """Return `cuda` or `cpu`; `auto` takes a GPU where there is one.

    Raises RuntimeError where a GPU is demanded and missing."""
    import torch

    if wanted == "cuda" and not torch.cuda.is_available():
        raise RuntimeError("training.device: cuda: this torch sees no GPU; set it to cpu or auto")
    return "cuda" if wanted != "cpu" and torch.cuda.is_available() else "cpu"


def choose_dtype(wanted: str, device: str) -> Any:
    """Return the torch dtype of matrix products; weights in training stay in float32 whatever it is.

    `auto` is bfloat16 where the hardware multiplies it (GPUs; CPUs with AVX512-BF16 or AMX, where it is
    2 to 4 times as fast). Elsewhere bfloat16 is emulated at a fraction of the speed, so a CPU without
    those instructions always gets float32.
    """
    import torch

    native = device == "cuda" or cpu_multiplies_bfloat16()
    return torch.bfloat16 if native and wanted != "float32" else torch.float32


def make_accelerator(device: str, dtype: str) -> Any:
    """Return the `Accelerator` of this process: where it computes, in which precision, and with whom.

    Raises RuntimeError where a GPU is demanded and missing."""
    import torch
    from accelerate import Accelerator  # type: ignore[import-untyped]

    chosen = choose_device(device)
    mixed = choose_dtype(dtype, chosen) == torch.bfloat16
    return Accelerator(cpu=chosen == "cpu", mixed_precision="bf16" if mixed else "no")


def cpu_multiplies_bfloat16() -> bool:
    import torch

    capabilities = torch.cpu.get_capabilities()
    return any(capabilities.get(name) for name in ("avx512_bf16", "amx_tile", "amx_bf16"))
