"""From a dataset to a training spec, and from a finished run to its row."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from nex_resources.profile import Training
from nex_resources.records import Sample
from nex_resources.store import CheckpointRow
from nex_resources.trainer.saving import Manifest
from nex_resources.trainer.spec import TrainSpec, write_spec


class NothingToTrainOnError(ValueError):
    """No sample fits the recipe."""


def plan_training(
    samples: Sequence[Sample], training: Training, seed: int, folder: Path, cache: Path
) -> tuple[Path, Path]:
    """Write `samples` and the spec of their training run into `folder`; return the spec's path and the
    folder that the checkpoint will be in. Raises NothingToTrainOnError."""
    if not samples:
        raise NothingToTrainOnError(
            f"recipe {training.recipe!r} takes no sample of format {training.format!r}: see configs/datasets"
        )
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "samples.parquet"
    rows = [{"id": s.id, "messages": s.messages, "tools": s.tools, "train": list(s.train)} for s in samples]
    pl.DataFrame(rows).write_parquet(path)
    spec = TrainSpec(
        samples=str(path),
        base=training.base,
        out=str(folder / "model"),
        cache=str(cache),
        format=training.format,
        seed=seed,
        epochs=training.epochs,
        batch_size=training.batch_size,
        learning_rate=training.learning_rate,
        max_length=training.max_length,
        device=training.device,
        dtype=training.dtype,
        max_seconds=training.max_seconds,
    )
    write_spec(spec, folder / "spec.json")
    return folder / "spec.json", folder / "model"


def training_command(spec: Path, processes: int) -> list[str]:
    """Return the command that carries out `spec`, in one process or in several that share each batch."""
    share = ["torch.distributed.run", "--standalone", f"--nproc_per_node={processes}", "-m"]
    launch = share if processes > 1 else []
    return [sys.executable, "-m", *launch, "nex_resources.trainer", str(spec)]


def to_row(manifest: Manifest, path: Path, training: Training, samples: Sequence[Sample]) -> CheckpointRow:
    """Flatten a finished run into a row of the `checkpoints` table."""
    metrics = manifest.metrics
    return CheckpointRow(
        id=manifest.id,
        path=str(path),
        base=training.base,
        format=training.format,
        recipe=training.recipe,
        samples=metrics["samples"],
        steps=metrics["steps"],
        tokens=metrics["tokens"],
        labelled_tokens=metrics["labelled_tokens"],
        seconds=metrics["seconds"],
        first_loss=metrics["first_loss"],
        last_loss=metrics["final_loss"],
        metrics={**metrics, "losses": manifest.losses, "versions": manifest.versions},
        sample_ids=tuple(sample.id for sample in samples),
    )
