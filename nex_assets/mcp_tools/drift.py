"""Whether a tool is still the one that was probed last."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from nex_resources.records import ToolSpec, content_id
from nex_resources.store import ToolRow


def schema_hash(tool: ToolSpec) -> str:
    """Return a hash of what a model sees of `tool`: name, description and input schema."""
    return content_id("schema", [tool.name, tool.description, tool.input_schema])


def with_drift(rows: Iterable[ToolRow], last: Sequence[ToolRow]) -> list[ToolRow]:
    """Mark rows `new` or `changed` against the last probe. One that was, or is, unavailable has no
    schema to compare and is left unmarked; the first probe of all marks nothing."""
    before = {row.id: row.schema_hash for row in last}
    return [msgspec.structs.replace(row, drift=_drift(row, before)) for row in rows]


def _drift(row: ToolRow, before: dict[str, str]) -> str:
    if not before or not row.schema_hash:
        return ""
    if row.id not in before:
        return "new"
    old = before[row.id]
    return "changed" if old and old != row.schema_hash else ""
