"""JSON as tool-call syntaxes embed it: strict, with real types, and safe between a format's own tags."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from nex_resources.formats.base import DecodeError

_encoder = json.JSONEncoder(ensure_ascii=False, allow_nan=False)
quote: Callable[[str], str] = json.encoder.encode_basestring
"""Render a string as JSON."""
_WORDS = {True: "true", False: "false", None: "null"}
_lossy = json.JSONEncoder(ensure_ascii=False, default=repr, skipkeys=True).encode


def dumps(value: Any) -> str:
    """Render `value` as JSON. Raises ValueError or TypeError for what JSON has no place for."""
    kind = type(value)
    if kind is str:
        return quote(value)
    if kind is dict or kind is list:
        return "".join(_chunks(value, 0))
    if kind is int:
        return str(value)
    return _WORDS[value] if kind is bool or value is None else _encoder.encode(value)


def dumps_any(value: Any) -> str:
    """Render `value` as well as JSON can; for turns that are shown and not trained on."""
    return _lossy(value)


def hide(text: str, tokens: tuple[str, ...]) -> str:
    """Write each `<` of the JSON `text` as `\\u003c` where it holds one of `tokens` (or any `<|…`), so
    that no parser takes a string's content for markup. `<` stands in JSON only inside strings."""
    if "<" not in text:
        return text
    if "<|" in text:
        return text.replace("<", "\\u003c")
    for token in tokens:
        if token in text:
            return text.replace("<", "\\u003c")
    return text


def loads(text: str, position: int = 0) -> Any:
    """Parse strict JSON (no NaN). Raises DecodeError; `position` is where `text` starts in its turn."""
    try:
        return _decode(text)
    except json.JSONDecodeError as error:
        raise DecodeError(f"not JSON: {error.msg}", position + error.pos) from None
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"not JSON: {error}", position) from None


def loads_object(text: str, position: int = 0) -> dict[str, Any]:
    """Parse a JSON object, as call arguments are."""
    value = loads(text, position)
    if not isinstance(value, dict):
        raise DecodeError(f"arguments have to be a JSON object, not {type(value).__name__}", position)
    return value


def same(left: Any, right: Any) -> bool:
    """Whether two JSON values are equal with their types (`1`, `1.0` and `true` are three values)."""
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(same(value, right[key]) for key, value in left.items())
    if isinstance(left, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right)


def is_json(value: Any) -> bool:
    """Whether JSON can hold `value` (no NaN, no tuple keys, not nested beyond reason)."""
    try:
        dumps(value)
    except (TypeError, ValueError, RecursionError):
        return False
    return True


def is_text(text: str) -> bool:
    """Whether `text` can be written as UTF-8 (it holds no lone surrogate)."""
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _chunk_maker() -> Callable[[Any, int], Iterable[str]]:
    """Return the encoder's own C core, made once instead of once a call; where there is none, the encoder."""
    make = getattr(json.encoder, "c_make_encoder", None)
    if make is None:
        return lambda value, _: (_encoder.encode(value),)
    chunks: Callable[[Any, int], Iterable[str]] = make(
        None, _encoder.default, quote, None, ": ", ", ", False, False, False
    )
    return chunks


_chunks = _chunk_maker()


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


_decode = json.JSONDecoder(parse_constant=_no_constant).decode  # json.loads makes a decoder for each call
