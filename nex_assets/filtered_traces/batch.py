"""Rows in, verdicts out: what the asset calls for a batch of rollouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from nex_assets.filtered_traces.duplicates import duplicates
from nex_assets.filtered_traces.rules import Rules
from nex_assets.filtered_traces.specimens import Specimen
from nex_assets.filtered_traces.verdict import assess
from nex_resources.records import Assessment, Query
from nex_resources.store import TraceRow


def assess_all(rows: Sequence[TraceRow], queries: Iterable[Query], rules: Rules) -> list[Assessment]:
    """Assess every row against its query and verdict, in order. Of traces that repeat each other within the
    batch the first by id is kept. Raises KeyError if a trace names a query that is not among `queries`."""
    known = {query.id: query for query in queries}
    ordered = sorted((row.trace for row in rows), key=lambda trace: trace.id)
    again = dict(duplicates(ordered, rules.limits.duplicates))
    return [
        assess(
            row.trace,
            known[row.query_id],
            row.verdict,
            rules,
            (again[row.trace.id],) if row.trace.id in again else (),
        )
        for row in rows
    ]


def verified(rows: Iterable[TraceRow], queries: Iterable[Query]) -> Iterator[Specimen]:
    """Yield the rollouts that their verifier passed, as specimens for calibration."""
    known = {query.id: query for query in queries}
    for row in rows:
        query = known.get(row.query_id)
        if query is not None and row.verdict.success and row.trace.status == "completed":
            yield Specimen(f"rollout:{query.blueprint.shape}", row.trace, query, row.verdict)
