"""The ten tables: which record each holds, and which columns stand beside the record's own."""

from __future__ import annotations

from typing import Any

import msgspec
import polars as pl

from nex_resources.records import Assessment, Event, Query, Sample, Trace
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
    drift: str  # "", "new", "changed"
    start_ms: float
    latency_ms: float
    reason: str  # why it is not available
    description: str
    input_schema: dict[str, Any]


class ProblemTypeRow(msgspec.Struct, frozen=True):
    """One node of the problem type tree. `constraint` says what a leaf's blueprints must be like."""

    id: str
    parent: str
    path: str
    name_en: str
    name_zh: str
    depth: int
    leaf: bool
    domain: str
    world: str
    constraint: dict[str, Any]


class FrameworkRow(msgspec.Struct, frozen=True):
    """One agent hierarchy. `files` maps relative paths to YAML text; `agent.yaml` is the root."""

    id: str
    name: str
    description: str
    pattern: str
    nodes: int
    depth: int
    domain: str
    worlds: tuple[str, ...]
    origin: str
    files: dict[str, str]


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
    """A table's record type and the columns that stand beside it."""

    name: str
    record: type[msgspec.Struct]
    extra: dict[str, pl.DataType] = {}

    @property
    def schema(self) -> dict[str, pl.DataType]:
        return table_schema(self.record, self.extra)


TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        Table("mcp_tools", ToolRow),
        Table("problem_types", ProblemTypeRow),
        Table("agent_frameworks", FrameworkRow),
        Table("queries", Query, {"blueprint_id": pl.String(), "shape": pl.String(), "kind": pl.String()}),
        Table("traces", Trace, {"success": pl.Boolean(), "verdict": pl.String()}),
        Table("events", Event),
        Table("assessments", Assessment),
        Table("samples", Sample),
        Table("checkpoints", CheckpointRow),
        Table("evaluations", EvaluationRow),
    )
}
