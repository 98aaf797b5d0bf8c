"""Paths into results, and the arguments that refer to them.

A path is dotted: keys and indices. A segment in brackets selects one row of a list: `[status=pending]`
(the only row with that value), `[max:total]`, `[min:total]` (no tie), `[only]` (a list of one). What
selects no row, or more than one, raises `PathError`: a descriptor must mean one thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from nex_resources.records import Step

_SEGMENT = re.compile(r"\[[^\]]*\]|[^.\[\]]+")
_SELECTOR = re.compile(r"\[(?:(?P<only>only)|(?P<best>max|min):(?P<by>.+)|(?P<field>[^=:]+)=(?P<value>.*))\]")


class PathError(ValueError):
    """A path that leads nowhere, or to more than one row."""


class Reference(msgspec.Struct, frozen=True):
    """A `{"$from": step, "path": path}` found in a step's arguments, for its argument `argument`."""

    argument: str
    step: str
    path: str


def segments(path: str) -> list[str]:
    """Split a path: `orders[max:total].order_id` gives `orders`, `[max:total]`, `order_id`."""
    return _SEGMENT.findall(path)


def selectors(path: str) -> list[str]:
    """Return the descriptors in a path, brackets included."""
    return [s for s in segments(path) if s.startswith("[")]


def resolve(value: Any, path: str) -> Any:
    """Return what `path` leads to in `value`. Raises `PathError`."""
    for segment in segments(path):
        value = _select(value, segment) if segment.startswith("[") else _step(value, segment, path)
    return value


def _step(value: Any, segment: str, path: str) -> Any:
    try:
        return value[int(segment)] if isinstance(value, list) else value[segment]
    except (KeyError, IndexError, TypeError, ValueError):
        raise PathError(f"no {segment!r} in the result (path {path!r})") from None


def _select(rows: Any, segment: str) -> Any:
    found = _SELECTOR.fullmatch(segment)
    if found is None:
        raise PathError(
            f"{segment!r} is no selector; allowed: [field=value], [max:field], [min:field], [only]"
        )
    if not isinstance(rows, list):
        raise PathError(f"{segment} needs a list of rows, not {type(rows).__name__}")
    kept = rows if found["only"] else _best(rows, found) if found["best"] else _equal(rows, found)
    if len(kept) != 1:
        raise PathError(f"{segment} selects {len(kept)} rows of {len(rows)}, not 1")
    return kept[0]


def _equal(rows: list[Any], found: re.Match[str]) -> list[Any]:
    return [r for r in rows if str(r.get(found["field"])) == found["value"]]


def _best(rows: list[Any], found: re.Match[str]) -> list[Any]:
    values = [r[found["by"]] for r in rows if found["by"] in r]
    if not values:
        return []
    best = max(values) if found["best"] == "max" else min(values)
    return [r for r in rows if r.get(found["by"]) == best]


def fill(arguments: Any, slots: Mapping[str, Any], look_up: Callable[[str, str], Any]) -> Any:
    """Return `arguments` with slots and references replaced by values; `look_up(step, path)` gives these."""
    if isinstance(arguments, dict):
        if "$slot" in arguments:
            return slots[arguments["$slot"]]
        if "$from" in arguments:
            return look_up(arguments["$from"], arguments["path"])
        return {key: fill(value, slots, look_up) for key, value in arguments.items()}
    if isinstance(arguments, list):
        return [fill(value, slots, look_up) for value in arguments]
    if isinstance(arguments, str) and "{" in arguments:
        return _fill_template(arguments, slots, look_up)
    return arguments


_HOLE = re.compile(r"\{\{(\w+)(?::([^{}]*))?\}\}")


def _fill_template(text: str, slots: Mapping[str, Any], look_up: Callable[[str, str], Any]) -> str:
    """Fill `{{slot}}` and `{{step:path}}` inside a longer text, such as an SQL statement."""
    return _HOLE.sub(lambda m: str(look_up(m[1], m[2]) if m[2] is not None else slots[m[1]]), text)


def references(step: Step) -> list[Reference]:
    """Return the references to earlier results in a step's arguments."""
    return [r for name, value in step.arguments.items() for r in _references(name, value)]


def _references(name: str, value: Any) -> Iterator[Reference]:
    if isinstance(value, dict):
        if "$from" in value:
            yield Reference(name, value["$from"], value["path"])
        else:
            for inner in value.values():
                yield from _references(name, inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _references(name, inner)
    elif isinstance(value, str):
        yield from (Reference(name, m[1], m[2]) for m in _HOLE.finditer(value) if m[2] is not None)
