"""A small JSON Schema check: required, properties, types, enums, items, anyOf. It never rejects what it does
not understand, so a schema's exotic corners cannot make false findings."""

from __future__ import annotations

from typing import Any

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "array": (list, tuple),
    "object": (dict,),
    "null": (type(None),),
}


def unknown_arguments(arguments: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    """Return the arguments that the tool does not declare, where its schema is closed in practice."""
    properties = schema.get("properties")
    if properties is None or not (extra := [name for name in arguments if name not in properties]):
        return []
    open_ended = schema.get("additionalProperties") not in (None, False) or "patternProperties" in schema
    composed = "anyOf" in schema or "oneOf" in schema or "allOf" in schema or "$ref" in schema
    return [] if open_ended or composed else extra


def violation(arguments: dict[str, Any], schema: dict[str, Any]) -> tuple[str, str] | None:
    """Return (argument, reason) of the first violation, or None."""
    for name in schema.get("required", ()):
        if name not in arguments:
            return name, f"required argument {name!r} is missing"
    properties = schema.get("properties") or {}
    for name, value in arguments.items():
        expected = properties.get(name)
        if (
            isinstance(expected, dict)
            and not _plainly_fits(value, expected)
            and (why := _mismatch(value, expected, name))
        ):
            return name, why
    return None


_PLAIN = frozenset({"type", "description", "title", "default", "examples"})
_EXACT = {"string": str, "integer": int, "boolean": bool}


def _plainly_fits(value: Any, schema: dict[str, Any]) -> bool:
    """Tell, for most arguments at once, that a schema says no more than a type, which is the value's."""
    kind = schema.get("type")
    return isinstance(kind, str) and type(value) is _EXACT.get(kind) and _PLAIN.issuperset(schema)


def _mismatch(value: Any, schema: dict[str, Any], path: str) -> str:
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        if any(not _mismatch(value, option, path) for option in options if isinstance(option, dict)):
            return ""
        return f"{path} fits none of the allowed types"
    kind = schema.get("type")
    if kind is not None and not _is_type(value, kind):
        return f"{path} has to be {kind}, not {type(value).__name__}"
    if "enum" in schema and value not in schema["enum"]:
        return f"{path} is {value!r}; allowed: {schema['enum'][:8]}"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _range(value, schema, path)
    if isinstance(value, dict):
        nested = violation(value, schema)
        return f"{path}: {nested[1]}" if nested else ""
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        return next(
            (why for item in value[:50] if (why := _mismatch(item, schema["items"], path + "[]"))), ""
        )
    return ""


def _range(value: float, schema: dict[str, Any], path: str) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if isinstance(low, (int, float)) and value < low:
        return f"{path} is {value}, below the minimum {low}"
    if isinstance(high, (int, float)) and value > high:
        return f"{path} is {value}, above the maximum {high}"
    return ""


def _is_type(value: Any, kind: Any) -> bool:
    if isinstance(kind, list):
        return any(_is_type(value, one) for one in kind)
    allowed = _TYPES.get(kind)
    if allowed is None:
        return True
    if isinstance(value, bool):
        return bool(kind == "boolean")
    if kind == "integer" and isinstance(value, float):
        return bool(value.is_integer())
    return isinstance(value, allowed)
