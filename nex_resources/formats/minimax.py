"""`minimax`: MiniMax M2. One `<minimax:tool_call>` block holds an `<invoke>` for each call."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.jsontext import dumps
from nex_resources.formats.schemas import Field, ToolIndex
from nex_resources.formats.tagged import TagCodec, numbered
from nex_resources.formats.turns import Calls
from nex_resources.formats.values import read_any
from nex_resources.records import Message, ToolCall, ToolSpec

OPEN, CLOSE = "<minimax:tool_call>", "</minimax:tool_call>"
_INVOKE = re.compile(r'\s*<invoke name="([^"]*)">')
_PARAMETER = re.compile(r'\s*<parameter name="([^"]*)">(.*?)</parameter>', re.DOTALL)
_INVOKE_END = re.compile(r"\s*</invoke>")
_BLOCK_END = re.compile(r"\s*</minimax:tool_call>")
_YES, _NO = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off"})


def read_first(text: str, field: Field | None) -> Any:
    """Read as sglang does: null wherever the schema allows it, else the first type that fits, else as any
    JSON. What no JSON can hold is returned too: the value is not carried."""
    types = field.types if field else frozenset({"string"})
    word = text.lower()
    if "null" in types or word in ("null", "none", "nil"):
        return None
    for names, read in _READERS:
        if types.isdisjoint(names):
            continue
        try:
            return read(text)
        except (ValueError, RecursionError):
            continue
        except OverflowError:
            return None  # the engine fails at it: whatever was meant does not come back
    try:
        return text if types & _STRINGS else json.loads(text)
    except (ValueError, RecursionError):
        return text


def _number(text: str) -> int | float:
    value = float(text)
    return value if value != int(value) else int(value)


def _boolean(text: str) -> bool:
    word = text.lower().strip()
    if word not in _YES | _NO:
        raise ValueError(text)
    return word in _YES


_STRINGS = frozenset({"string", "str", "text"})
_READERS: tuple[tuple[tuple[str, ...], Callable[[str], Any]], ...] = (
    (("integer", "int"), int),
    (("number", "float"), _number),
    (("boolean", "bool"), _boolean),
    (("object", "array"), json.loads),
)


class MiniMax(TagCodec):
    name = "minimax"
    reserved: tuple[str, ...] = (OPEN, CLOSE, "<invoke name=")
    hazards = re.compile(
        r"<\s*(?:/\s*(?:parameter|invoke|minimax:tool_call)\s*>|(?:parameter|invoke)\s+name\s*=|minimax:tool_call\s*>)"
    )
    nothing = frozenset({"null", "none", "nil"})
    edges = "\n"
    readings = (read_first, read_any)

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return f"{OPEN}\n{''.join(self._call(call, index, problems) for call in calls)}{CLOSE}"

    def _call(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> str:
        values = self.values(call, index, problems)
        inner = "".join(f'<parameter name="{name}">{text}</parameter>\n' for name, text in values)
        return f'<invoke name="{call.name}">\n{inner}</invoke>\n'

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = text.find(OPEN)
        if start < 0:
            return None
        calls: list[tuple[str, dict[str, Any]]] = []
        at = start + len(OPEN)
        while head := _INVOKE.match(text, at):
            name, at = head.group(1), head.end()
            fields = index.fields(name)
            arguments = {}
            while found := _PARAMETER.match(text, at):
                value = found.group(2).strip("\n")
                arguments[found.group(1)] = self.restore(fields, found.group(1), value)
                at = found.end()
            closed = _INVOKE_END.match(text, at)
            if not closed:
                raise DecodeError(f"the call of {name!r} does not end with </invoke>", offset + at)
            at = closed.end()
            calls.append((name, arguments))
        end = _BLOCK_END.match(text, at)
        if not end or not calls:
            raise DecodeError(f'{OPEN} has to hold <invoke name="…"> calls and end with {CLOSE}', offset + at)
        return Calls(start, end.end(), numbered(calls))

    def encode_results(self, turn: Message) -> str:
        return "\n".join(f"<response>{result.text}</response>" for result in turn.results)

    results_role = "tool"

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        listing = "\n".join(f"<tool>{dumps(offers.function(tool))}</tool>" for tool in tools)
        return offers.section(
            "Tools",
            f"<tools>\n{listing}\n</tools>",
            "Call tools by writing one block, with an invoke for each call:",
            f'{OPEN}\n<invoke name="tool-name">\n<parameter name="param-key">param-value</parameter>\n'
            f"</invoke>\n{CLOSE}",
        )
