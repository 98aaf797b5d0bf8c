"""`openrouter`: a tag named like the tool, with a tag for each argument. Only the tools' names tell a call
from other markup; without them, a block of such tags that closes the text is taken for calls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError, Written
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.tagged import TagCodec, numbered
from nex_resources.formats.turns import Calls
from nex_resources.formats.values import Reading, read_any
from nex_resources.records import Message, ToolCall, ToolSpec

_OPEN = re.compile(r"^<([^\s<>\"'=\\/]+)>\n", re.MULTILINE)
_ARGUMENT = re.compile(r"<([^\s<>\"'=\\/]+)>(.*?)</\1>\n", re.DOTALL)
_NEVER = re.compile(r"(?!)")


class OpenRouter(TagCodec):
    name = "openrouter"
    hazards = _NEVER  # what cannot stand in a value depends on its name: see `values`
    nothing = frozenset()
    readings: tuple[Reading, ...] = (read_any,)

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return "\n".join(self._call(call, index, problems) for call in calls)

    def _call(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> str:
        lines = [f"<{call.name}>\n"]
        for name, text in self.values(call, index, problems):
            if "<" in text and f"</{name}>" in text:
                problems.append(f"closing tag in value: argument {name!r} holds </{name}>")
            lines.append(f"<{name}>{text}</{name}>\n")
        return f"{''.join(lines)}</{call.name}>"

    def write(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> Written:
        written = super().write(turn, tools)
        if written.reason is None and "<" in turn.text and self._mistaken(turn, tools):
            return written._replace(reason="reserved token in text: a line is the tag of a tool")
        return written

    def _mistaken(self, turn: Message, tools: Sequence[ToolSpec]) -> bool:
        names = {tool.name for tool in tools}
        lines = (found.group(1) for found in _OPEN.finditer(f"{turn.text}\n"))
        return any(not names or name in names for name in lines)

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        for head in _OPEN.finditer(text):
            if index.tools and head.group(1) not in index.by_name:
                continue
            try:
                calls, stop = self._block(text, head.start(), offset, index)
            except DecodeError:
                if index.tools:
                    raise
                continue
            if index.tools or not text[stop:].strip():
                return Calls(head.start(), stop, numbered(calls))
        return None

    def _block(
        self, text: str, at: int, offset: int, index: ToolIndex
    ) -> tuple[list[tuple[str, dict[str, Any]]], int]:
        calls: list[tuple[str, dict[str, Any]]] = []
        stop = at
        while (head := _OPEN.match(text, at)) and (not index.tools or head.group(1) in index.by_name):
            name, at = head.group(1), head.end()
            fields, arguments = index.fields(name), {}
            while found := _ARGUMENT.match(text, at):
                arguments[found.group(1)] = self.restore(fields, found.group(1), found.group(2))
                at = found.end()
            if not text.startswith(f"</{name}>", at):
                raise DecodeError(f"<{name}> is never closed by </{name}>", offset + at)
            calls.append((name, arguments))
            stop = at = at + len(name) + 3
            at += text[at:].startswith("\n")
        return calls, stop

    def encode_results(self, turn: Message) -> str:
        return "\n".join(f"[{result.name}] Result:\n{result.text}" for result in turn.results)

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            "\n\n".join(_usage(tool) for tool in tools),
            "Call a tool by writing a tag with its name, and a tag for each argument:",
            "<tool_name>\n<argument_name>value</argument_name>\n</tool_name>",
        )


def _usage(tool: ToolSpec) -> str:
    arguments = "".join(f"<{name}>…</{name}>\n" for name in offers.parameters(tool))
    described = "\n".join(
        f"- {name}: {schema.get('description', '')}".rstrip(": ")
        for name, schema in offers.parameters(tool).items()
        if isinstance(schema, dict)
    )
    listing = f"\nParameters:\n{described}" if described else ""
    return f"## {tool.name}\n{tool.description}{listing}\nUsage:\n<{tool.name}>\n{arguments}</{tool.name}>"
