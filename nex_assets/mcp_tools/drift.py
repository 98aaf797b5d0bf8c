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
    """Mark rows `new` or `changed` against the last probe, and add those `gone` since from servers that
    still list others. A server that is down keeps the hashes it had, so that what changed meanwhile is
    seen once it is back. The first probe of all marks nothing.
    """
    before = {row.id: row for row in last if row.drift != "gone"}
    marked = [_against(row, before) for row in rows]
    listing = {row.server for row in marked if row.available}
    there = {row.id for row in marked}
    gone = [old for old in before.values() if old.server in listing and old.id not in there]
    return [*marked, *(msgspec.structs.replace(old, **GONE) for old in gone)]


GONE = {"available": False, "drift": "gone", "reason": "its server no longer lists it"}


def _against(row: ToolRow, before: dict[str, ToolRow]) -> ToolRow:
    old = before.get(row.id)
    known = old.schema_hash if old else ""
    if not row.schema_hash:
        return msgspec.structs.replace(row, schema_hash=known)
    if old is None:
        return msgspec.structs.replace(row, drift="new" if before else "")
    return msgspec.structs.replace(row, drift="changed" if known and known != row.schema_hash else "")
