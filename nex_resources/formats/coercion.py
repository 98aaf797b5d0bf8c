"""Engines that correct arguments by the tool's schema after parsing them (vLLM's parser engine): what they
would change is not carried. A string where the schema says integer comes back as an integer, and so on."""

from __future__ import annotations

from typing import Any

from nex_resources.formats.jsontext import dumps_any, same
from nex_resources.formats.schemas import ToolIndex, field_of
from nex_resources.formats.values import read_any
from nex_resources.records import ToolCall

_EXACT = {str: "string", bool: "boolean", int: "integer"}


def coerced(call: ToolCall, index: ToolIndex, problems: list[str]) -> None:
    """Note the arguments of `call` that its tool's schema would change."""
    tool = index.by_name.get(call.name)
    properties = tool.input_schema.get("properties") if tool else None
    if not isinstance(properties, dict):
        return
    fields = index.fields(call.name) or {}
    for name, value in call.arguments.items():
        if name in fields and fields[name].plain == _EXACT.get(type(value)):
            continue
        if name in properties and _changes(value, properties[name]):
            problems.append(f"type not restored: argument {name!r} is corrected by its schema")


def _changes(value: Any, schema: Any) -> bool:
    if not isinstance(schema, dict):
        return False
    if isinstance(value, dict):
        inner = schema.get("properties")
        return isinstance(inner, dict) and any(
            key in inner and _changes(item, inner[key]) for key, item in value.items()
        )
    if isinstance(value, list):
        return any(_changes(item, schema.get("items")) for item in value)
    text = value if isinstance(value, str) else dumps_any(value)
    return not same(read_any(text, field_of(schema)), value)
