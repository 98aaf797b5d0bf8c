"""The assessment of a whole batch of traces."""

from __future__ import annotations

from collections.abc import Sequence

from nex_assets.filtered_traces.rules import Rules
from nex_assets.filtered_traces.verdict import assess
from nex_resources.records import Assessment, Query
from nex_resources.store import TraceRow


def assess_all(rows: Sequence[TraceRow], queries: Sequence[Query], rules: Rules) -> list[Assessment]:
    """Assess each trace against its query and verdict. Raises KeyError if a trace's query is missing."""
    asked = {query.id: query for query in queries}
    lost = [row.id for row in rows if row.query_id not in asked]
    if lost:
        raise KeyError(
            f"{len(lost)} traces have no query, {lost[0]} first: materialize queries and raw_traces"
        )
    return [assess(row.trace, asked[row.query_id], row.verdict, rules) for row in rows]
