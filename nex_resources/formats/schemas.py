"""What the tag formats need to know of tools: each parameter's types, looked up by tool and name.

Tag formats write every value as text, so that its type comes back only through the tool's schema.
Engines read schemas in two ways, and a value has to survive both: one takes a single leading type, the
other tries every type that the schema mentions (as sglang 0.5.23 and vLLM 0.33.0 do).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from nex_resources.records import ToolSpec

_NAMES = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}


class Field(NamedTuple):
    """A parameter: its leading type, and all types that its schema mentions."""

    kind: str
    types: frozenset[str]
    plain: str = ""
    """The only type it can have, where there is only one."""


_STRING = frozenset({"string"})
Fields = Mapping[str, Field]


class ToolIndex:
    """Tools by name, with the fields of those that were asked for."""

    def __init__(self, tools: Sequence[ToolSpec]):
        self.tools = tools
        self.by_name = {tool.name: tool for tool in tools}
        self._fields: dict[str, Fields] = {}

    def fields(self, name: str) -> Fields | None:
        """Return the parameters of tool `name`, or None where no such tool is known."""
        found = self._fields.get(name)
        if found is None and name in self.by_name:
            properties = _properties(self.by_name[name].input_schema)
            found = self._fields[name] = {key: field_of(schema) for key, schema in properties.items()}
        return found

    def is_agent(self, name: str) -> bool:
        tool = self.by_name.get(name)
        return tool is not None and tool.kind == "agent"


_latest = ToolIndex(())


def index_of(tools: Sequence[ToolSpec]) -> ToolIndex:
    """Return the index of `tools`; the latest one is kept, as the turns of a trajectory share theirs."""
    global _latest
    index = _latest
    if index.tools is not tools:
        index = _latest = index if index.tools == tools else ToolIndex(tools)
    return index


def field_of(schema: Any) -> Field:
    """Return the types of a parameter's JSON Schema."""
    types = frozenset(_types(schema)) or _STRING
    return Field(_leading(schema) or "string", types, next(iter(types)) if len(types) == 1 else "")


def _properties(schema: Any) -> dict[str, Any]:
    if not isinstance(schema, dict):
        return {}
    own = schema.get("properties")
    if isinstance(own, dict):
        return own
    merged: dict[str, Any] = {}
    for word in ("anyOf", "oneOf", "allOf"):
        for branch in schema.get(word) or ():
            merged = {**_properties(branch), **merged}
    return merged


def _types(schema: Any) -> set[str]:
    """Every type that the schema mentions: its own, its enum values', its alternatives'."""
    if not isinstance(schema, dict):
        return set()
    own = schema.get("type")
    types = {own} if isinstance(own, str) else {name for name in own or () if isinstance(name, str)}
    types |= {_name(value) for value in _list(schema.get("enum"))}
    for word in ("anyOf", "oneOf", "allOf"):
        for branch in _list(schema.get(word)):
            types |= _types(branch) or {"string"}
    return types


def _leading(schema: Any) -> str | None:
    """The one type that stands for the schema: the first that is not null, string where they differ."""
    if not isinstance(schema, dict):
        return None
    own = schema.get("type")
    if isinstance(own, str):
        return own
    if isinstance(own, list) and own:
        return next((str(name) for name in own if name != "null"), "string")
    if "anyOf" in schema or "oneOf" in schema:
        branches = schema.get("anyOf") or schema.get("oneOf")
        names = [name for branch in _list(branches) if (name := _leading(branch))]
        if names:
            return _one_of(names)
    if isinstance(schema.get("enum"), list):
        names = sorted({_name(value) for value in schema["enum"]})
        return names[0] if len(names) == 1 else "string"
    if isinstance(schema.get("allOf"), list):
        return next(
            (name for b in schema["allOf"] if (name := _leading(b)) not in (None, "string")), "string"
        )
    return "object" if "properties" in schema else "array" if "items" in schema else None


def _one_of(names: list[str]) -> str:
    distinct = list(dict.fromkeys(names))
    if len(distinct) == 2 and "null" in distinct:
        distinct.remove("null")
    return "string" if len(distinct) > 1 and "string" in distinct else distinct[0]


def _name(value: Any) -> str:
    return _NAMES.get(type(value), "object")


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
