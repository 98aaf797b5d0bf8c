"""What a training run is asked for: a JSON file, so that it runs in a process of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from nex_resources.records import canonical_json, content_id
from nex_resources.trainer.device import Precision


class SpecError(ValueError):
    """A training spec that cannot be carried out. The message names the file, the key and what is allowed."""


class TrainSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One run of supervised fine-tuning.

    `samples` is a Parquet or JSON Lines file with the columns `messages`, `tools` (JSON strings) and
    `train` (one flag per message). `base` and `out` are folders. With `max_length` tokens a sample is
    cut; what then holds no label is left out and counted. Where `max_seconds` do not suffice, last
    batches are left out, and weights depend on the machine's speed.
    """

    samples: str
    base: str
    out: str
    cache: str = ""
    format: str = "hermes"
    compact: bool = True
    seed: int = 0
    max_samples: int | None = None
    epochs: int = 1
    batch_size: int = 8
    learning_rate: float = 2e-4
    warmup: float = 0.1
    weight_decay: float = 0.0
    max_grad_norm: float = 1.0
    max_length: int = 2048
    device: Literal["auto", "cpu", "cuda"] = "cpu"
    dtype: Precision = "auto"
    threads: int | None = None
    save_seconds: float = 120.0
    max_seconds: float | None = None

    def fingerprint(self) -> str:
        """Return an id of what decides the result: not where it is put, nor how often it is saved."""
        what = msgspec.to_builtins(self)
        for name in ("out", "cache", "samples", "base", "save_seconds"):
            del what[name]
        return content_id("spec", what)


_POSITIVE = ("epochs", "batch_size", "learning_rate", "max_grad_norm", "max_length")


def read_spec(path: Path) -> TrainSpec:
    """Read the spec in `path`. Raises SpecError."""
    try:
        spec = msgspec.json.decode(path.read_bytes(), type=TrainSpec)
    except FileNotFoundError as error:
        raise SpecError(f"{path}: no such file") from error
    except msgspec.DecodeError as error:
        allowed = ", ".join(TrainSpec.__struct_fields__)
        raise SpecError(f"{path}: {error}; the keys are {allowed}") from error
    for name in _POSITIVE:
        if getattr(spec, name) <= 0:
            raise SpecError(f"{path}: {name}: {getattr(spec, name)!r} has to be above 0")
    if not 0 <= spec.warmup < 1:
        raise SpecError(f"{path}: warmup: {spec.warmup!r} is a share of all steps, from 0 to below 1")
    return spec


def write_spec(spec: TrainSpec, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(canonical_json(spec) + "\n", encoding="utf-8")
