"""A call's arguments: one explicit repair of malformed JSON, and validation against the tool's schema."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from nex_resources.llm.calls import parse_arguments

_SCHEMA_ENCODER = msgspec.json.Encoder(order="deterministic")


@lru_cache(maxsize=4096)
def _validator(schema: bytes) -> Any:
    from jsonschema import Draft202012Validator, SchemaError
    from jsonschema.validators import validator_for

    decoded = msgspec.json.decode(schema)
    kind = validator_for(decoded, Draft202012Validator)
    try:
        kind.check_schema(decoded)
    except SchemaError:  # a server's fault, and no reason not to ask it: it checks its own arguments
        return Draft202012Validator({})
    return kind(decoded)


def schema_fault(schema: dict[str, Any]) -> str | None:
    """Say why `schema` is no valid JSON Schema, and where, or None."""
    from jsonschema import Draft202012Validator, SchemaError
    from jsonschema.validators import validator_for

    try:
        validator_for(schema, Draft202012Validator).check_schema(schema)
    except SchemaError as error:
        return f"{_path(error.absolute_path)}: {_shorten(error.message)}"
    return None


def validator(schema: dict[str, Any]) -> Any:
    """Return the prebuilt validator of `schema`; equal schemas share one, however many rollouts use them. One
    of a schema that is itself invalid accepts everything."""
    return _validator(_SCHEMA_ENCODER.encode(schema))


def violation(check: Any, arguments: dict[str, Any]) -> str | None:
    """Say which argument breaks the schema, where and how, or None. At most three violations are told."""
    from referencing.exceptions import Unresolvable

    try:
        found = list(check.iter_errors(arguments))
    except Unresolvable:  # a reference into nowhere: what the server means only the server can check
        return None
    errors = sorted(found, key=lambda error: [str(part) for part in error.absolute_path])
    if not errors:
        return None
    told = [f"{_path(error.absolute_path)}: {_shorten(error.message)}" for error in errors[:3]]
    if len(errors) > 3:
        told.append(f"and {len(errors) - 3} more")
    return "; ".join(told)


def _path(path: Any) -> str:
    return ".".join(map(str, path)) or "arguments"


def _shorten(text: str, width: int = 200) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"


def repair(text: str) -> tuple[dict[str, Any], str] | None:
    """Try to read `text`, which is not a JSON object, as one. Returns (arguments, what was done) or None.

    Only slips of the pen are mended, each with a name, alone or in this order together; no value is guessed.
    """
    done: list[str] = []
    for name, mend in _REPAIRS:
        mended = mend(text)
        if mended == text:
            continue
        text = mended
        done.append(name)
        try:
            value = json.loads(text, strict=False)
        except ValueError:
            continue
        if isinstance(value, str):  # an object encoded twice
            value = parse_arguments(value)
        if isinstance(value, dict):
            return value, ", ".join(done)
    return None


def _unfence(text: str) -> str:
    fenced = re.fullmatch(r"\s*```(?:json)?\s*(.*?)\s*```\s*", text, re.DOTALL)
    return fenced[1] if fenced else text


def _unquote(text: str) -> str:
    """Undo double encoding: a JSON string that holds an object."""
    try:
        inner = json.loads(text)
    except ValueError:
        return text
    return inner if isinstance(inner, str) else text


def _first_object(text: str) -> str:
    """Drop what stands before or after the first complete object, as in `{…}{…}` or `{…}</tool_call>`."""
    start = text.find("{")
    if start < 0:
        return text
    try:
        _, end = json.JSONDecoder(strict=False).raw_decode(text, start)
    except ValueError:
        return text
    return text[start:end]


def _escape_controls(text: str) -> str:
    """Raw line breaks inside strings: `json.loads(strict=False)` reads them; only mark that it was needed."""
    return text + " " if "\n" in text or "\t" in text or "\r" in text else text


_STRING = r'("(?:[^"\\]|\\.)*")'


def _python_literals(text: str) -> str:
    json_of = {"True": "true", "False": "false", "None": "null"}
    pattern = _STRING + r"|\b(True|False|None)\b"
    return re.sub(pattern, lambda found: found[1] or json_of[found[2]], text, flags=re.DOTALL)


def _trailing_commas(text: str) -> str:
    pattern = _STRING + r"|,(\s*[}\]])"
    return re.sub(pattern, lambda found: found[1] or found[2], text, flags=re.DOTALL)


def _single_quotes(text: str) -> str:
    """Python's own literals, as in `{'a': 1}`."""
    import ast

    try:
        value = ast.literal_eval(re.sub(r"\b(true|false|null)\b", _to_python, text))
        return json.dumps(value) if isinstance(value, dict) else text
    except (ValueError, SyntaxError, TypeError, MemoryError, RecursionError):
        return text


def _to_python(match: re.Match[str]) -> str:
    return {"true": "True", "false": "False", "null": "None"}[match[1]]


def _close(text: str) -> str:
    """Close what was left open at the end, outside of strings only: a cut value is not completed."""
    stack: list[str] = []
    for token in re.finditer(r'"(?:[^"\\]|\\.)*"|[{}\[\]"]', text, re.DOTALL):
        mark = token[0]
        if mark == '"':
            return text  # ends inside a string
        if mark in "{[":
            stack.append("}" if mark == "{" else "]")
        elif mark in "}]" and (not stack or stack.pop() != mark):
            return text
    return text + "".join(reversed(stack))


_REPAIRS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("control characters in strings", _escape_controls),
    ("code fence removed", _unfence),
    ("decoded twice", _unquote),
    ("text around the object removed", _first_object),
    ("Python literals", _python_literals),
    ("trailing comma removed", _trailing_commas),
    ("brackets closed", _close),
    ("single quotes", _single_quotes),
)
