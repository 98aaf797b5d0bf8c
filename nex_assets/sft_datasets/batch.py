"""From the tables of all batches to the dataset of one format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from nex_assets.sft_datasets.samples import Report, Row, make_samples
from nex_resources.records import Assessment, Query, Sample
from nex_resources.store import TraceRow


def rows_of(
    queries: Sequence[Query], traces: Sequence[TraceRow], assessments: Sequence[Assessment]
) -> list[Row]:
    """Join traces with their assessments and queries. A trace without an assessment is an error: no
    sample without a verdict."""
    asked = {query.id: query for query in queries}
    assessed = {assessment.trace_id: assessment for assessment in assessments}
    lost = [row.id for row in traces if row.id not in assessed or row.query_id not in asked]
    if lost:
        raise KeyError(
            f"{len(lost)} traces lack a verdict or a query, {lost[0]} first: materialize filtered_traces"
        )
    return [(row.trace, assessed[row.id], asked[row.query_id]) for row in traces]


def dataset(
    rows: Sequence[Row], format: str, domains: Mapping[str, str], patterns: Mapping[str, str]
) -> tuple[list[Sample], Report]:
    """Render `rows` in `format`; `domains` maps leaf ids, `patterns` framework ids."""
    return make_samples(rows, format, domains=domains, patterns=patterns)
