"""What formats need to know of tools: each parameter's types, looked up by tool and name.

Tag formats write every value as text, so that its type comes back only through the tool's schema.
Engines read schemas in two ways, and a value has to survive both: one takes a single leading type, the
other tries every type that the schema mentions (as sglang 0.5.23 and vLLM 0.33.0 do). Neither follows
`$ref`; what stands behind one counts as untyped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from nex_resources.records import ToolSpec

_NAMES = {type(None): "null", bool: "boolean", int: "integer", float: "number", str: "string", list: "array"}
STANDARD = frozenset({"null", "boolean", "integer", "number", "string", "array", "object"})
_ALIASES = {
    "string": "str text varchar char enum uuid date datetime time timestamp binary varbinary blob bytes",
    "integer": "int int32 int64 uint uint32 uint64 long short unsigned bigint smallint tinyint",
    "number": "float float32 float64 double num numeric decimal real",
    "boolean": "bool",
    "object": "dict map",
    "array": "arr list tuple set sequence",
}
_SPELLINGS = {alias: name for name, aliases in _ALIASES.items() for alias in aliases.split()}


class Field(NamedTuple):
    """A parameter: its leading type ("" where its schema names none), and all types that it mentions.

    `plain` is the only type that it can have, where there is only one. `listed` is False for parameters
    of a schema's alternatives, which some engines do not look into. `spelled` is the same field in the
    names of JSON Schema, where it uses others (`int`, `VARCHAR`): some servers rewrite those."""

    kind: str
    types: frozenset[str]
    plain: str = ""
    listed: bool = True
    spelled: Field | None = None


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
            schema = self.by_name[name].input_schema
            own = isinstance(schema.get("properties"), dict)
            found = self._fields[name] = {key: field_of(s, own) for key, s in _properties(schema).items()}
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


def field_of(schema: Any, listed: bool = True) -> Field:
    """Return the types of a parameter's JSON Schema."""
    kind = _leading(schema) or ""
    types = frozenset(name.strip().lower() for name in _types(schema)) or _STRING
    if types | {kind or "string"} <= STANDARD:
        plain = kind if types == {kind} and listed else ""
        return Field(kind, types, plain, listed)
    spelled = Field(_spell(kind), frozenset(map(_spell, types)), "", listed)
    return Field(kind, types, "", listed, spelled)


def _spell(name: str) -> str:
    """Return JSON Schema's name for a type; `int(11)` and `list[str]` are read as `int` and `list`."""
    name = name.strip().lower()
    word = name.partition("(")[0].partition("[")[0].partition("<")[0].strip()
    return _SPELLINGS.get(word, word if word in STANDARD else name)


def _properties(schema: Any) -> dict[str, Any]:
    if not isinstance(schema, dict):
        return {}
    own = schema.get("properties")
    if isinstance(own, dict):
        return own
    merged: dict[str, Any] = {}
    for word in ("anyOf", "oneOf", "allOf"):
        for branch in _list(schema.get(word)):
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
