"""Train in a process of its own: `python -m nex_resources.trainer SPEC.json`.

Prints a line per step. Started through Dagster Pipes, the lines and the metrics go to the run's log as
well. Ends with 2 where the spec, the samples or the student are at fault. On several GPUs:
`python -m torch.distributed.run --nproc_per_node=N -m nex_resources.trainer SPEC.json`; the first reports.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.trainer.saving import Manifest
from nex_resources.trainer.sft import train
from nex_resources.trainer.spec import SpecError, read_spec
from nex_resources.trainer.student import StudentError


def main(arguments: list[str]) -> int:
    """Carry out the spec that `arguments` names and return the exit code."""
    if len(arguments) != 1:
        print("usage: python -m nex_resources.trainer SPEC.json", file=sys.stderr)
        return 2
    with reporter() as (say, finish):
        try:
            manifest = train(read_spec(Path(arguments[0])), lambda progress: say(str(progress)))
        except (SpecError, StudentError) as error:
            print(f"error: {error}", file=sys.stderr)
            return 2
        finish(manifest)
    return 0


@contextmanager
def reporter() -> Iterator[tuple[Callable[[str], None], Callable[[Manifest], None]]]:
    """Yield (say a line, report the result): on stdout, and through Pipes where Dagster started us."""
    if os.environ.get("RANK", "0") != "0":
        yield _silent, _silent
        return
    if "DAGSTER_PIPES_CONTEXT" not in os.environ:
        yield _print, lambda manifest: _print(summary(manifest))
        return
    from dagster_pipes import open_dagster_pipes

    with open_dagster_pipes() as pipes:

        def finish(manifest: Manifest) -> None:
            pipes.log.info(summary(manifest))
            pipes.report_custom_message(msgspec.to_builtins(manifest))

        yield pipes.log.info, finish


def _silent(_: object) -> None:
    """Say nothing: another process of this run reports."""


def summary(manifest: Manifest) -> str:
    """Return one line: the checkpoint's id and its metrics."""
    metrics: dict[str, Any] = manifest.metrics
    return f"checkpoint {manifest.id}  " + "  ".join(f"{k} {v}" for k, v in metrics.items())


def _print(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    # Threads that spin for long starve the MCP servers beside them; those that never spin wake up too late.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    os.environ.setdefault("GOMP_SPINCOUNT", "10000")
    sys.exit(main(sys.argv[1:]))
