"""The ten tables: which record each holds, and which columns stand beside the record's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import polars as pl

from nex_resources.records import Assessment, Event, Query, Sample, Trace, Verdict
from nex_resources.records.problem_type import ProblemType
from nex_resources.store.rows import table_schema


class ToolRow(msgspec.Struct, frozen=True):
    """One probed tool of one server. `latency_ms` is of the good call of its server's probe."""

    id: str
    server: str
    tool: str
    domain: str
    available: bool
    transport: str
    version: str
    effect: str
    deterministic: bool
    schema_hash: str
    drift: str  # "", "new", "changed", "gone"
    start_ms: float
    latency_ms: float
    reason: str  # why it is not available
    description: str
    input_schema: dict[str, Any]


class FrameworkRow(msgspec.Struct, frozen=True):
    """One agent hierarchy. `files` maps relative paths to YAML text; `agent.yaml` is the root. All tools
    of the servers in `worlds` can be reached from the root."""

    id: str
    name: str
    description: str
    pattern: str
    nodes: int
    depth: int
    domain: str
    worlds: tuple[str, ...]
    tools: int
    files: dict[str, str]
    origin: str = "composed"
    reasons: tuple[str, ...] = ()


class TraceRow(msgspec.Struct, frozen=True):
    """One rollout: its trace, what the verifier said, and the scalars that people ask for most."""

    id: str
    query_id: str
    framework_id: str
    status: str
    success: bool
    model: str
    turns: int
    calls: int
    errors: int
    seconds: float
    answer: str
    verdict: Verdict
    trace: Trace


class CheckpointRow(msgspec.Struct, frozen=True):
    """One training run. `path` is the Hugging Face folder, `metrics` what the trainer reported."""

    id: str
    path: str
    base: str
    format: str
    recipe: str
    samples: int
    steps: int
    tokens: int
    labelled_tokens: int
    seconds: float
    first_loss: float
    last_loss: float
    metrics: dict[str, Any]
    sample_ids: tuple[str, ...]


class EvaluationRow(msgspec.Struct, frozen=True):
    """One held-out rollout of one model: what it did, and what the verifier said."""

    id: str
    model: str  # "base", "base few-shot", "trained", …
    split: str
    query_id: str
    checkpoint_id: str
    seed: int
    calls: int
    valid_calls: int
    right_tool: bool
    exact_arguments: bool
    success: bool
    status: str
    answer: str
    reasons: tuple[str, ...]
    trace: Trace


class Table(msgspec.Struct, frozen=True):
    """A table's record type, how its rows' parents are told, and the columns beside the record's own."""

    name: str
    record: type[msgspec.Struct]
    parents: Callable[[Any], Sequence[str]]
    extra: dict[str, tuple[pl.DataType, Callable[[Any], Any]]] = {}

    @property
    def schema(self) -> dict[str, pl.DataType]:
        return table_schema(self.record, {name: kind for name, (kind, _) in self.extra.items()})


_TEXT, _FLAG = pl.String(), pl.Boolean()

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("mcp_tools", ToolRow, lambda _: ()),
        Table(
            "problem_types",
            ProblemType,
            lambda node: [node.parent] if node.parent else [],
            {"leaf": (_FLAG, lambda node: node.leaf)},
        ),
        Table("agent_frameworks", FrameworkRow, lambda _: ()),
        Table(
            "queries",
            Query,
            lambda query: [query.leaf_id, query.framework_id, query.blueprint.id],
            {
                "blueprint_id": (_TEXT, lambda query: query.blueprint.id),
                "shape": (_TEXT, lambda query: query.blueprint.shape),
                "kind": (_TEXT, lambda query: query.blueprint.kind),
            },
        ),
        Table("traces", TraceRow, lambda trace: [trace.query_id, trace.framework_id]),
        Table("events", Event, lambda event: [event.rollout]),
        Table("assessments", Assessment, lambda assessment: [assessment.trace_id]),
        Table("samples", Sample, lambda sample: [sample.trace_id, sample.assessment_id]),
        Table("checkpoints", CheckpointRow, lambda checkpoint: checkpoint.sample_ids),
        Table("evaluations", EvaluationRow, lambda row: [i for i in (row.query_id, row.checkpoint_id) if i]),
    )
}
