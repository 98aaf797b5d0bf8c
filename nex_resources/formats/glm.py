"""`glm`: GLM-4.5. The tool's name, then pairs of key and value tags."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.schemas import Field, ToolIndex
from nex_resources.formats.tagged import TagCodec, numbered
from nex_resources.formats.turns import Calls
from nex_resources.formats.values import literal, pattern, read_any
from nex_resources.records import Message, ToolCall, ToolSpec

OPEN, CLOSE = "<tool_call>", "</tool_call>"
_HEAD = re.compile(r"\s*<tool_call>([^\n<]*)\n?")
_PAIR = re.compile(r"\s*<arg_key>(.*?)</arg_key>\s*<arg_value>(.*?)</arg_value>", re.DOTALL)
_END = re.compile(r"\s*</tool_call>")
_JSON_START = frozenset("\"'{[-0123456789tfnNI\\ \t\r\n")


def read_eager(text: str, field: Field | None) -> Any:
    """Read as sglang does: JSON before all else, even for strings, whose JSON is then written anew; a
    Python literal after that. What no JSON can hold is returned too: the value is not carried."""
    kind = field.kind if field else ""
    try:
        value = _parse(text, kind)
    except (TypeError, MemoryError, RecursionError):
        return None  # the engine fails at it: whatever was meant does not come back
    if kind != "string" or isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)


def _parse(text: str, kind: str) -> Any:
    for unescape in (False, True):
        try:
            inner = json.loads(f'{{"tmp": "{text}"}}')["tmp"] if unescape else text
            value = json.loads(inner)
        except (ValueError, KeyError):
            continue
        return _numeric(value) if kind == "number" and isinstance(value, str) else value
    if kind == "string":
        quoted = len(text) >= 2 and text[0] == text[-1] and text[0] in "\"'"
        return text[1:-1] if quoted else text
    return literal(text)


def _numeric(text: str) -> Any:
    try:
        return float(text) if "." in text or "e" in text.lower() else int(text)
    except ValueError:
        return text


def read_stripped(text: str, field: Field | None) -> Any:
    """Read as vLLM does: by the schema, and only strings keep the white space around them."""
    return read_any(text, field)


class Glm(TagCodec):
    name = "glm"
    results_role = "tool"
    reserved = (OPEN, CLOSE)
    hazards = pattern("arg_key", "arg_value", "tool_call", ends=r"\s*>")
    nothing = frozenset()
    readings = (read_eager, read_stripped)
    think_open, think_close = "<think>", "</think>\n"

    def safe(self, value: str) -> bool:
        """Strings that cannot be the start of JSON come back as they are; the rest is tried."""
        if not value or (value[0] not in _JSON_START and "\\" not in value and '"' not in value):
            return "<" not in value or not self.hazards.search(value)
        return False

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return "\n".join(self._call(call, index, problems) for call in calls)

    def _call(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> str:
        values = self.values(call, index, problems)
        inner = "".join(
            f"<arg_key>{name}</arg_key>\n<arg_value>{text}</arg_value>\n" for name, text in values
        )
        return f"{OPEN}{call.name}\n{inner}{CLOSE}"

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = stop = text.find(OPEN)
        if start < 0:
            return None
        calls = []
        while head := _HEAD.match(text, stop):
            name, at = head.group(1).strip(), head.end()
            if not name:
                raise DecodeError(f"a tool's name has to follow {OPEN}", offset + at)
            fields = index.fields(name)
            arguments = {}
            while found := _PAIR.match(text, at):
                key = found.group(1).strip()
                arguments[key] = self.restore(fields, key, found.group(2))
                at = found.end()
            end = _END.match(text, at)
            if not end:
                raise DecodeError(f"the call of {name!r} does not end with {CLOSE}", offset + at)
            calls.append((name, arguments))
            stop = end.end()
        return Calls(start, stop, numbered(calls))

    def encode_results(self, turn: Message) -> str:
        return "\n".join(f"<tool_response>\n{result.text}\n</tool_response>" for result in turn.results)

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            f"<tools>\n{offers.json_lines(tools)}\n</tools>",
            "Call a function by writing its name and each argument's key and value:",
            f"{OPEN}function-name\n<arg_key>key</arg_key>\n<arg_value>value</arg_value>\n{CLOSE}",
        )
