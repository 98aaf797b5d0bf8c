"""Reading a call's arguments as providers send them."""

from __future__ import annotations

import re
from typing import Any

import msgspec

from nex_resources.records import ToolCall

_ODD = re.compile(r"[^A-Za-z0-9_-]")


def wire_name(name: str) -> str:
    """Return the name of a call as an API takes it back. A model may have made up one that no tool could have
    (`functions.add`, or none); it was told so, but the APIs refuse a whole conversation with such a name."""
    return name if name and not _ODD.search(name) else _ODD.sub("_", name) or "unnamed"


def parse_arguments(text: str) -> dict[str, Any] | None:
    """Parse an argument text as providers send it; None where it is not a JSON object. Empty means none."""
    if not text.strip():
        return {}
    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return None
    return value if isinstance(value, dict) else None


def read_call(call_id: str | None, name: str | None, arguments: Any) -> ToolCall:
    """Return a call as the wire has it. Arguments that are not a JSON object stay in `raw` only."""
    if isinstance(arguments, dict):
        return ToolCall(call_id or "", name or "", arguments)
    parsed = parse_arguments(arguments or "")
    raw = arguments if parsed is None else None
    return ToolCall(call_id or "", name or "", parsed or {}, raw)
