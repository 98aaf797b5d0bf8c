"""Edits: what the quality stage changes in a trace before it may be trained on, as data.

An edit replaces characters [start, end) of one string of a trace, found by its JSON pointer. The trace itself
stays as it was recorded; the datasets stage applies the edits of the verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from nex_resources.records.trace import Trace


class Edit(msgspec.Struct, frozen=True):
    """Characters [start, end) of the string at `path` become `text`. What stood there is not repeated here,
    since it may be a secret."""

    path: str
    start: int
    end: int
    text: str


def edits_between(before: Trace, after: Trace) -> tuple[Edit, ...]:
    """Return the edits that turn `before` into `after`, which differ in strings only. Raises ValueError where
    they differ in anything else."""
    return tuple(_differences(_plain(before), _plain(after), ""))


def _plain(trace: Trace) -> Any:
    return msgspec.json.decode(msgspec.json.encode(trace))


def _differences(old: Any, new: Any, path: str) -> Iterator[Edit]:
    if old == new:
        return
    if isinstance(old, str) and isinstance(new, str):
        yield _edit(old, new, path)
    elif isinstance(old, dict) and isinstance(new, dict) and new.keys() <= old.keys():
        for key in old:  # an empty string is not written
            yield from _differences(old[key], new.get(key, ""), f"{path}/{_escape(key)}")
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for index, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _differences(one, other, f"{path}/{index}")
    else:
        raise ValueError(f"{path or '/'} differs in more than a string")


def _edit(old: str, new: str, path: str) -> Edit:
    start, most = 0, min(len(old), len(new))
    while start < most and old[start] == new[start]:
        start += 1
    tail = 0
    while tail < most - start and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return Edit(path, start, len(old) - tail, new[start : len(new) - tail])


def edited(trace: Trace, edits: Iterable[Edit]) -> Trace:
    """Return `trace` with `edits` applied; the trace itself where there are none. Raises ValueError where an
    edit's path or span is not there: it was made for another trace."""
    edits = tuple(edits)
    if not edits:
        return trace
    body = _plain(trace)
    for edit in edits:
        keys = [key.replace("~1", "/").replace("~0", "~") for key in edit.path.split("/")[1:]]
        place = body
        try:
            for key in keys[:-1]:
                place = place[int(key)] if isinstance(place, list) else place[key]
            last: Any = int(keys[-1]) if isinstance(place, list) else keys[-1]
            text = place[last]
        except (KeyError, IndexError, ValueError, TypeError):
            raise ValueError(f"trace {trace.id} has nothing at {edit.path}") from None
        if not isinstance(text, str) or not 0 <= edit.start <= edit.end <= len(text):
            raise ValueError(f"trace {trace.id}: no characters {edit.start} to {edit.end} at {edit.path}")
        place[last] = text[: edit.start] + edit.text + text[edit.end :]
    return msgspec.convert(body, Trace)


def _escape(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")
