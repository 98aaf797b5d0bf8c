"""`qwen_xml`: Qwen3-Coder and Qwen3.5. A function tag with a parameter tag for each argument."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.tagged import TagCodec, numbered
from nex_resources.formats.turns import Calls
from nex_resources.formats.values import pattern
from nex_resources.records import Message, ToolCall, ToolSpec

OPEN, CLOSE = "<tool_call>", "</tool_call>"
_FUNCTION = re.compile(r"\s*<function=([^>]*)>")
_PARAMETER = re.compile(r"\s*<parameter=([^>]*)>(.*?)</parameter>", re.DOTALL)
_END = re.compile(r"\s*</function>\s*</tool_call>")
_MORE = re.compile(r"\s*<tool_call>")


class QwenXml(TagCodec):
    name = "qwen_xml"
    reserved = (OPEN, CLOSE, "<function=")
    between = "\n\n"
    hazards = pattern("parameter", "function", "tool_call")
    pad = "\n"

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return "\n".join(self._call(call, index, problems) for call in calls)

    def _call(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> str:
        values = self.values(call, index, problems)
        inner = "".join(
            f"<parameter={name}>{self.pad}{text}{self.pad}</parameter>\n" for name, text in values
        )
        return f"{OPEN}\n<function={call.name}>\n{inner}</function>\n{CLOSE}"

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = text.find(OPEN)
        if start < 0:
            return None
        calls = []
        stop, more = start, _MORE.match(text, start)
        while more:
            at = more.end()
            head = _FUNCTION.match(text, at)
            if not head:
                raise DecodeError(f"<function=NAME> has to follow {OPEN}", offset + at)
            name, at = head.group(1), head.end()
            fields = index.fields(name)
            arguments = {}
            while found := _PARAMETER.match(text, at):
                value = found.group(2).removeprefix("\n").removesuffix("\n")
                arguments[found.group(1)] = self.restore(fields, found.group(1), value)
                at = found.end()
            end = _END.match(text, at)
            if not end:
                raise DecodeError(
                    f"the call of {name!r} does not end with </function> and {CLOSE}", offset + at
                )
            calls.append((name, arguments))
            stop, more = end.end(), _MORE.match(text, end.end())
        return Calls(start, stop, numbered(calls))

    def encode_results(self, turn: Message) -> str:
        return "\n".join(f"<tool_response>\n{result.text}\n</tool_response>" for result in turn.results)

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        listing = "\n".join(offers.tagged(tool) for tool in tools)
        return offers.section(
            "Tools",
            f"<tools>\n{listing}\n</tools>",
            "Call a function by writing, with each parameter between tags of its own:",
            f"{OPEN}\n<function=function_name>\n<parameter=parameter_name>\nvalue\n</parameter>\n</function>\n{CLOSE}",
        )
