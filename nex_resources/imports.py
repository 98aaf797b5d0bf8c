"""Trajectories from elsewhere as rows of our tables, so that the quality stage and the datasets take them
like rollouts: `python -m nex_resources.imports FILE --reader toucan` says what a file holds.

A profile lists files under `imports`; each becomes a batch of `queries` and `raw_traces`. Nothing of an
imported query is proved, and nothing verifies its trace: the detectors that need neither judge it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.formats.foreign import READERS, ForeignError
from nex_resources.records import (
    Blueprint,
    Certificate,
    Query,
    Trace,
    Trajectory,
    Verdict,
    content_id,
)
from nex_resources.store import TraceRow

ORIGIN = "import"
"""`Query.origin` of what was imported."""


class ImportReport(msgspec.Struct):
    """What a file gave: counts, and the first few records that did not read, with where and why."""

    records: int = 0
    trajectories: int = 0
    messages: int = 0
    calls: int = 0
    tools: set[str] = msgspec.field(default_factory=set)
    unreadable: Counter[str] = msgspec.field(default_factory=Counter)
    problems: list[str] = msgspec.field(default_factory=list)


def read_records(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield (where, record) of a JSONL, JSON (one record, or a list of them) or Parquet file. A line that
    is no JSON is yielded as the error. Raises ForeignError for other files."""
    if path.suffix == ".jsonl":
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield f"line {number}", _json(line)
    elif path.suffix == ".json":
        value = _json(path.read_text(encoding="utf-8"))
        listed = value if isinstance(value, list) and not _is_chat(value) else [value]
        yield from ((f"record {number}", record) for number, record in enumerate(listed, 1))
    elif path.suffix == ".parquet":
        import pyarrow.parquet as pq  # type: ignore[import-untyped]

        number = 0
        for batch in pq.ParquetFile(path).iter_batches(256):
            for number, record in enumerate(batch.to_pylist(), number + 1):  # noqa: B020 (goes on counting)
                yield f"row {number}", record
    else:
        raise ForeignError(str(path), "cannot read this kind of file; known are .jsonl, .json, .parquet")


def read_file(
    path: Path, reader: str, report: ImportReport, limit: int | None = None
) -> Iterator[tuple[Trajectory, ...]]:
    """Yield the trajectories of each record of `path` that reads, and count into `report`. Raises
    ForeignError where the reader or the kind of file is unknown, or the file is not there."""
    if reader not in READERS:
        raise ForeignError("reader", f"unknown reader {reader!r}; known are {', '.join(READERS)}")
    if not path.is_file():
        raise ForeignError(str(path), "there is no such file")
    for where, record in read_records(path):
        if limit is not None and report.records >= limit:
            return
        report.records += 1
        try:
            if isinstance(record, ForeignError):
                raise record
            found = READERS[reader](record)
        except ForeignError as error:
            report.unreadable[str(error).partition(":")[2].strip() or str(error)] += 1
            if len(report.problems) < 20:
                report.problems.append(f"{path.name}, {where}: {error}")
            continue
        report.trajectories += len(found)
        for trajectory in found:
            report.messages += len(trajectory.messages)
            report.calls += sum(len(message.calls) for message in trajectory.messages)
            report.tools |= {tool.name for tool in trajectory.tools}
        yield found


def import_rows(
    path: Path, reader: str, name: str, report: ImportReport, limit: int | None = None
) -> Iterator[tuple[Query, TraceRow]]:
    """Yield a query and a trace for each record of `path`; `name` says in the rows where they come from.
    Equal records give equal ids."""
    for trajectories in read_file(path, reader, report, limit):
        key = content_id("import", [name, msgspec.to_builtins(trajectories)])
        yield _query(key, name, trajectories), _row(key, name, trajectories)


def _query(key: str, name: str, trajectories: tuple[Trajectory, ...]) -> Query:
    asked = [message.text for message in trajectories[0].messages if message.role == "user"]
    tools = tuple(sorted({tool.name for trajectory in trajectories for tool in trajectory.tools}))
    return Query(
        id=f"query_{key}",
        text=asked[0] if asked else "",
        leaf_id="",
        framework_id=f"{ORIGIN}:{name}",
        blueprint=Blueprint(f"blueprint_{key}", "task", f"{ORIGIN}:{key}", {}, (), tools=tools),
        certificate=Certificate(reasons=("imported: nothing was proved",)),
        turns=tuple(asked[1:]),
        origin=ORIGIN,
    )


def _row(key: str, name: str, trajectories: tuple[Trajectory, ...]) -> TraceRow:
    said = [m.text for m in trajectories[0].messages if m.role == "assistant" and not m.calls]
    messages = [message for trajectory in trajectories for message in trajectory.messages]
    trace = Trace(
        f"trace_{key}",
        f"query_{key}",
        f"{ORIGIN}:{name}",
        "completed",
        said[-1] if said else "",
        trajectories,
        model=name,
    )
    return TraceRow(
        id=trace.id,
        query_id=trace.query_id,
        framework_id=trace.framework_id,
        status=trace.status,
        success=False,
        model=name,
        turns=sum(message.role == "assistant" for message in messages),
        calls=sum(len(message.calls) for message in messages),
        errors=sum(result.is_error for message in messages for result in message.results),
        seconds=0.0,
        answer=trace.answer,
        verdict=Verdict(False, False, False, reasons=("imported: nothing verifies it",)),
        trace=trace,
    )


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return ForeignError("record", f"not JSON: {error}")


def _is_chat(value: list[Any]) -> bool:
    """Whether a list is one conversation or one trace's observations, and not a list of records."""
    return bool(value) and all(isinstance(item, dict) and {"role", "type"} & item.keys() for item in value)


def main() -> int:
    """Read a file and say what a run would import of it."""
    parser = argparse.ArgumentParser(prog="python -m nex_resources.imports", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--reader", required=True, choices=sorted(READERS))
    parser.add_argument("--limit", type=int, help="read at most so many records")
    options = parser.parse_args()
    report = ImportReport()
    try:
        for _ in read_file(options.path, options.reader, report, options.limit):
            pass
    except (ForeignError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print(
        f"{report.records:,} records: {report.trajectories:,} trajectories, {report.messages:,} messages, "
        f"{report.calls:,} calls, {len(report.tools):,} tools offered, "
        f"{sum(report.unreadable.values()):,} records do not read"
    )
    for problem in report.problems:
        print(f"  {problem}")
    print("\nTo import it, add to your profile:\n\nimports:")
    print(f"  {options.path.stem}: {{reader: {options.reader}, path: {options.path}}}")
    return 0 if report.trajectories else 1


if __name__ == "__main__":
    sys.exit(main())
