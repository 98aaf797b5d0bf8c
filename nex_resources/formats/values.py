"""Argument values as text between tags, and how two families of engines read them back.

A string is written as it is, everything else as JSON. A value is carried only if both readings give it
back with its type; `write_value` says why not.
"""

from __future__ import annotations

import ast
import json
import re
import warnings
from collections.abc import Callable
from typing import Any

from nex_resources.formats.jsontext import dumps, dumps_any, is_json, same
from nex_resources.formats.schemas import Field

Reading = Callable[[str, Field | None], Any]

_ORDER = ("integer", "number", "boolean", "object", "array", "string")
_TEXT = frozenset({"", "string", "str", "text", "varchar", "char", "enum"})
_INTEGERS = ("int", "uint", "long", "short", "unsigned")


def write_value(value: Any) -> str:
    """Return the text that stands for `value`: itself for a string, JSON otherwise."""
    if isinstance(value, str):
        return value
    try:
        return dumps(value)
    except (TypeError, ValueError, RecursionError):
        return dumps_any(value)


def read_leading(text: str, field: Field | None) -> Any:
    """Read by the parameter's leading type; without one it is a string. What no JSON can hold is returned
    too (NaN, a set): the engine fails at it, and so the value is not carried."""
    if text.lower() == "null":
        return None
    kind = field.kind.strip().lower() if field else ""
    if kind in _TEXT:
        return text
    if kind.startswith(_INTEGERS):
        return _integer(text)
    if kind.startswith(("num", "float")):
        return _number(text)
    if kind in ("boolean", "bool", "binary"):
        return text.lower() == "true"
    if kind in ("object", "array", "arr") or kind.startswith(("dict", "list")):
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            pass
    try:
        return literal(text)
    except (TypeError, MemoryError, RecursionError):
        return text


def read_any(text: str, field: Field | None) -> Any:
    """Read by the first type that fits of all that the schema mentions, strings last; where none fits, as
    any JSON."""
    if field is None or not field.listed:
        return text
    types = field.types if field.spelled is None else field.spelled.types
    if "null" in types and text.lower() == "null":
        return None
    for kind in _ORDER:
        if kind in types:
            found, value = _as(kind, text)
            if found:
                return value
    found, value = _as("any", text)
    return value if found else text


def guess(text: str) -> Any:
    """Read without a schema: JSON that is not a string is itself, all else is a string."""
    found, value = _as("any", text)
    return value if found and not isinstance(value, str) else text


def literal(text: str) -> Any:
    """Read a Python literal; what is none stays a string. Raises TypeError, MemoryError or RecursionError
    for a few that only look like one."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.literal_eval(text)
    except (ValueError, SyntaxError):
        return text


def lost(
    value: Any, text: str, field: Field | None, known: bool, readings: tuple[Reading, ...]
) -> str | None:
    """Return why `text` is not read back as `value`, or None. `known` is False where no tool is known, so
    that no engine reads the call and ours guesses."""
    fields = (field, field.spelled) if field is not None and field.spelled is not None else (field,)
    for reading in readings if known else (lambda t, _: guess(t),):
        for seen in fields:
            back = reading(text, seen)
            if not same(back, value):
                return f"type not restored: {_short(value)} is read back as {_short(back)}"
    return None


def _as(kind: str, text: str) -> tuple[bool, Any]:
    if kind == "string":
        return True, text
    if kind == "boolean":
        word = text.lower().strip()
        return word in ("true", "1", "false", "0"), word in ("true", "1")
    try:
        if kind == "integer":
            return True, int(text)
        if kind == "number":
            return True, _whole(text)
        value = json.loads(text, parse_constant=_refuse)
        return "e" not in text.lower() or is_json(value), value
    except (ValueError, RecursionError, OverflowError):
        return False, None


def _integer(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return text


def _number(text: str) -> Any:
    try:
        value = float(text)
    except ValueError:
        return text
    whole = "." not in text and "e" not in text.lower() and value.is_integer()
    return int(value) if whole else value


def _whole(text: str) -> int | float:
    """A number as engines that know no `1.0` read it."""
    try:
        return int(text)
    except ValueError:
        value = float(text)
        return int(value) if value == int(value) else value


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 40 else f"{text[:37]}..."


def _refuse(name: str) -> Any:
    raise ValueError(name)


def pattern(*names: str, ends: str = r"\s*[=>]") -> re.Pattern[str]:
    """Return a pattern of the tags that parsers of a format look for inside values, white space allowed."""
    return re.compile(rf"<\s*/?\s*(?:{'|'.join(map(re.escape, names))}){ends}")
