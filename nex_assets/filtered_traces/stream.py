"""Assess trajectories in files: `python -m nex_assets.filtered_traces.stream FILES --out VERDICTS`.

A line of a JSON-lines file, or a row of a Parquet file, is a trace of ours, an object with `trace` (and, if
there are, `query` and `verdict`), or what a foreign reader takes (`--reader openai`: `messages` and `tools`).
Verdicts go out as JSON lines as they are made; repeats are found afterwards by DuckDB, which spills to disk:
memory does not grow with the number of trajectories. Where rows carry a `label` (a kind, a detector, or one
of `clean`, `negative`), recall and false drops are counted against it.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb
import msgspec

from nex_assets.filtered_traces.duplicates import exact_hash
from nex_assets.filtered_traces.kinds import KINDS
from nex_assets.filtered_traces.measured import wilson
from nex_assets.filtered_traces.rules import Rules, load_rules
from nex_assets.filtered_traces.verdict import assess
from nex_resources.formats.foreign import READERS, ForeignError
from nex_resources.profile import CONFIGS
from nex_resources.records import Assessment, Query, Trace, Verdict, content_id

SOUND = frozenset({"clean", "negative", "hard negative", "hard_negative", "none", "good", ""})
_encode = msgspec.json.Encoder().encode


class Row(msgspec.Struct, frozen=True):
    """A trajectory to assess, with what is known of it; `label` is None where nothing is."""

    trace: Trace
    query: Query | None = None
    verdict: Verdict | None = None
    label: str | None = None


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a Parquet or JSON-lines file, one at a time. Raises ValueError."""
    if path.suffix == ".parquet":
        with duckdb.connect() as con:
            cursor = con.execute("SELECT * FROM read_parquet(?)", [str(path)])
            names = [column[0] for column in cursor.description or ()]
            while rows := cursor.fetchmany(256):
                yield from (
                    {name: _parsed(value) for name, value in zip(names, row, strict=True)} for row in rows
                )
        return
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                try:
                    yield json.loads(line)
                except ValueError as error:
                    raise ValueError(f"{path}:{number}: no JSON: {error}") from None


def _parsed(value: Any) -> Any:
    """Columns that hold JSON as text are read."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value


def read(record: dict[str, Any], reader: str = "openai") -> Row:
    """Make a row of a record. Raises ValueError where it is none of the known shapes."""
    label = record.get("label")
    body = record.get("trace", record if "trajectories" in record else None)
    if body is not None:
        return Row(
            msgspec.convert(body, Trace),
            msgspec.convert(record.get("query"), Query | None),
            msgspec.convert(record.get("verdict"), Verdict | None),
            label,
        )
    trajectories = READERS[reader](record)
    last = trajectories[0].messages[-1] if trajectories and trajectories[0].messages else None
    answer = last.text if last is not None and last.role == "assistant" and not last.calls else ""
    trace = Trace("", "", "", "completed", answer, trajectories)
    return Row(msgspec.structs.replace(trace, id=content_id("trace", trace)), label=label)


class Score:
    """Counts of labelled rows: found by label, and sound ones that were dropped."""

    def __init__(self) -> None:
        self.found: Counter[str] = Counter()
        self.labelled: Counter[str] = Counter()
        self.decisions: Counter[str] = Counter()

    def add(self, row: Row, assessment: Assessment) -> None:
        self.decisions[assessment.decision] += 1
        if row.label is None:
            return
        label = row.label if row.label not in SOUND else "sound"
        kinds = {one.kind for one in assessment.findings if one.severity != "info"}
        named = kinds | {KINDS[kind].detector for kind in kinds}
        hit = assessment.decision == "quarantine" if label == "sound" else label in named
        self.labelled[label] += 1
        self.found[label] += hit

    def table(self) -> str:
        """Render one line a label: found of all, with the 95% interval; for sound rows those dropped."""
        lines = [f"{sum(self.decisions.values())} assessed: {dict(sorted(self.decisions.items()))}"]
        for label in sorted(self.labelled):
            n, of = self.found[label], self.labelled[label]
            low, high = wilson(n, of)
            what = "dropped" if label == "sound" else "found"
            lines.append(f"{label:24} {n} of {of} {what} ({n / of:.3f}, {low:.3f} to {high:.3f})")
        return "\n".join(lines)


def assess_rows(rows: Iterable[Row], rules: Rules) -> Iterator[tuple[Row, Assessment]]:
    """Assess rows one after another; nothing is kept of them."""
    for row in rows:
        made = assess(row.trace, row.query, row.verdict, rules)
        yield row, msgspec.structs.replace(made, signature=f"{exact_hash(row.trace):016x}")


def repeats(verdicts: Path) -> list[tuple[str, str]]:
    """Return (trace, first trace) of all that repeat an earlier line of a file of verdicts."""
    sql = (
        "SELECT trace_id, first FROM (SELECT n, trace_id, first_value(trace_id) OVER same AS first, "
        "row_number() OVER same AS number FROM (SELECT row_number() OVER () AS n, trace_id, signature "
        "FROM read_json(?, format = 'newline_delimited', "
        "columns = {trace_id: 'VARCHAR', signature: 'VARCHAR'})) "
        "WINDOW same AS (PARTITION BY signature ORDER BY n)) WHERE number > 1 ORDER BY n"
    )
    with duckdb.connect(config={"memory_limit": "512MB"}) as con:
        return con.execute(sql, [str(verdicts)]).fetchall()


def run(files: Sequence[Path], out: Path, rules: Rules, reader: str = "openai") -> tuple[Score, int]:
    """Assess all rows of `files` into `out`; return the counts, and how many rows did not read (each is told
    on stderr)."""
    score, unread = Score(), 0

    def rows() -> Iterator[Row]:
        nonlocal unread
        for path in files:
            for number, record in enumerate(records(path), 1):
                try:
                    yield read(record, reader)
                except (ForeignError, msgspec.ValidationError) as error:
                    unread += 1
                    print(f"{path}, record {number}: {error}", file=sys.stderr)

    with out.open("wb") as sink:
        for row, assessment in assess_rows(rows(), rules):
            score.add(row, assessment)
            sink.write(_encode(assessment) + b"\n")
    return score, unread


def main(arguments: Sequence[str] | None = None) -> int:
    """Assess files, print the counts; 1 where a record did not read."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("verdicts.jsonl"))
    parser.add_argument("--reader", choices=sorted(READERS), default="openai")
    options = parser.parse_args(arguments)
    rules = load_rules(CONFIGS / "quality.yaml", CONFIGS / "quality_calibration.json")
    score, unread = run(options.files, options.out, rules, options.reader)
    print(score.table())
    again = repeats(options.out)
    print(f"{len(again)} repeat an earlier one" + (f", {again[0][0]} first" if again else ""))
    if unread:
        print(f"{unread} records did not read", file=sys.stderr)
    return int(bool(unread))


if __name__ == "__main__":
    sys.exit(main())
