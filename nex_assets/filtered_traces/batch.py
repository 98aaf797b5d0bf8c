"""Rows in, verdicts out: what the asset calls for a batch of rollouts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from nex_assets.filtered_traces.duplicates import Seen, signature
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.rules import Rules
from nex_assets.filtered_traces.specimens import Specimen
from nex_assets.filtered_traces.verdict import assess
from nex_resources.records import Assessment, Finding, Query
from nex_resources.store import Store, TraceRow

Earlier = Callable[[Sequence[str]], Mapping[str, str]]
"""Tells, of signatures, which earlier batches hold, and the trace that has each first."""


def assess_all(
    rows: Sequence[TraceRow], queries: Iterable[Query], rules: Rules, earlier: Earlier | None = None
) -> list[Assessment]:
    """Assess every row against its query and verdict, in order. Of traces that repeat each other within the
    batch the first by id is kept, and none that an `earlier` batch has. Raises KeyError if a trace names a
    query that is not among `queries`."""
    known = {query.id: query for query in queries}
    signed = {row.trace.id: signature(row.trace) for row in rows}
    texts = {trace_id: f"{one.exact:016x}" for trace_id, one in signed.items()}
    before = earlier(sorted(set(texts.values()))) if earlier else {}
    seen, again = Seen(rules.limits.duplicates), dict[str, tuple[Finding, ...]]()
    for trace_id in sorted(signed):
        repeated = seen.check(signed[trace_id])
        if repeated is None or repeated.kind != "duplicate":
            first = before.get(texts[trace_id])
            repeated = finding("duplicate", evidence=f"the same as {first}") if first else repeated
        again[trace_id] = (repeated,) if repeated else ()
    found = []
    for row in rows:
        query = known[row.query_id]
        ours = query.origin != "import"  # of others' traces, neither query nor outcome were ever proved
        assessment = assess(
            row.trace, query if ours else None, row.verdict if ours else None, rules, again[row.trace.id]
        )
        found.append(msgspec.structs.replace(assessment, signature=texts[row.trace.id]))
    return found


def of_earlier_batches(store: Store, partition: str) -> Earlier:
    """Look signatures up in the stored verdicts of the batches whose keys come before `partition`. The lookup
    runs in DuckDB, over two columns: its memory does not grow with the number of stored traces."""

    def look_up(signatures: Sequence[str]) -> Mapping[str, str]:
        stored = "SELECT count(*) FROM _parts WHERE table_name = 'assessments' AND partition < ?"
        if not store.database.exists() or store.query(stored, [partition]) == [(0,)]:
            return {}
        sql = (
            "SELECT signature, min(trace_id) FROM assessments "
            "WHERE partition < ? AND list_contains(?, signature) GROUP BY signature"
        )
        return dict(store.query(sql, [partition, list(signatures)]))

    return look_up


def verified(rows: Iterable[TraceRow], queries: Iterable[Query]) -> Iterator[Specimen]:
    """Yield the rollouts that their verifier passed, as specimens for calibration."""
    known = {query.id: query for query in queries}
    for row in rows:
        query = known.get(row.query_id)
        if query is not None and row.verdict.success and row.trace.status == "completed":
            yield Specimen(f"rollout:{query.blueprint.shape}", row.trace, query, row.verdict)
