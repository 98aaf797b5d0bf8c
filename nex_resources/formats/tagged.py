"""Formats that put every argument between tags of its own: what they share."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from nex_resources.formats.jsontext import dumps
from nex_resources.formats.schemas import Field, ToolIndex
from nex_resources.formats.turns import TextCodec, call_id
from nex_resources.formats.values import Reading, guess, lost, read_any, read_leading, write_value
from nex_resources.records import ToolCall

NAME = re.compile(r"[^\s<>\"'=\\/]+")
"""Names of tools and parameters that can stand in a tag of any of these formats."""


_WIDE = 2**63
_PLAIN = frozenset({str, int, bool, type(None)})
_fine: set[str] = set()


def is_name(name: str) -> bool:
    """Whether a tag can hold `name`; names that were fine once are remembered, up to a bound."""
    if name in _fine:
        return True
    if not NAME.fullmatch(name):
        return False
    if len(_fine) < 10_000:
        _fine.add(name)
    return True


class TagCodec(TextCodec):
    """A format of tags. `hazards` matches what its parsers look for inside a value; `nothing` lists the
    words that they take for null in any string; `edges` are characters that they strip off a value."""

    hazards: re.Pattern[str]
    hazard = "closing tag in value"
    nothing: frozenset[str] = frozenset({"null"})
    edges = ""
    readings: tuple[Reading, ...] = (read_leading, read_any)

    def values(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> Iterator[tuple[str, str]]:
        """Yield (name, text) of the call's arguments; note those that would not come back."""
        if not is_name(call.name):
            problems.append(f"name not writable: tool {call.name!r}")
        fields = index.fields(call.name)
        known = fields is not None
        for name, value in call.arguments.items():
            if not is_name(name):
                problems.append(f"name not writable: argument {name!r}")
            field = fields.get(name) if fields else None
            kind = type(value)
            plain = field.plain if field is not None else ""
            if kind is str:
                if plain != "string" or not self.safe(value):
                    self._check(name, value, value, field, known, problems)
                yield name, value
            elif kind is int and plain == "integer" and -_WIDE < value < _WIDE:
                yield name, str(value)
            elif kind is bool and plain == "boolean":
                yield name, "true" if value else "false"
            else:
                text = write_value(value)
                self._check(name, value, text, field, known, problems)
                yield name, text

    def safe(self, value: str) -> bool:
        """Whether a string parameter's value comes back as it is. Quick to say yes for ordinary text."""
        if not value:
            return True
        if self.edges and (value[0] in self.edges or value[-1] in self.edges):
            return False
        if "<" in value and self.hazards.search(value):
            return False
        return len(value) > 5 or value.lower() not in self.nothing

    def _check(
        self, name: str, value: Any, text: str, field: Field | None, known: bool, problems: list[str]
    ) -> None:
        if found := self.hazards.search(text):
            problems.append(f"{self.hazard}: argument {name!r} holds {found.group()!r}")
        elif self.edges and text and (text[0] in self.edges or text[-1] in self.edges):
            problems.append(f"white space at the edge: argument {name!r} would be stripped")
        elif isinstance(value, str) and text.lower() in self.nothing:
            problems.append(f"string read as null: argument {name!r} is {value!r}")
        elif reason := lost(value, text, field, known, self.readings):
            problems.append(f"{reason} (argument {name!r})")

    def restore(self, fields: Any, name: str, text: str) -> Any:
        """Read an argument back: by the tool's schema, or by guess where no such tool is known."""
        value = guess(text) if fields is None else self.readings[0](text, fields.get(name))
        if type(value) in _PLAIN:
            return value
        try:
            return json.loads(dumps(value))  # a Python literal may hold what JSON knows otherwise, or not
        except (TypeError, ValueError, RecursionError):
            return text


def numbered(calls: Sequence[tuple[str, dict[str, Any]]]) -> tuple[ToolCall, ...]:
    """Make calls of (name, arguments) pairs, with ids that count from 0."""
    return tuple(
        ToolCall(call_id(position), name, arguments) for position, (name, arguments) in enumerate(calls)
    )
