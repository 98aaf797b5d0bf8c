"""`kimi_k2`: Kimi K2. Calls carry ids `functions.NAME:INDEX`, from which the name is read."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.coercion import coerced
from nex_resources.formats.hermes import json_arguments
from nex_resources.formats.jsontext import dumps, hide, loads_object
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.turns import Calls, TextCodec, call_id
from nex_resources.records import Message, ToolCall, ToolSpec

SECTION, SECTION_END = "<|tool_calls_section_begin|>", "<|tool_calls_section_end|>"
CALL, ARGUMENTS, CALL_END = "<|tool_call_begin|>", "<|tool_call_argument_begin|>", "<|tool_call_end|>"
_NAME = re.compile(r"[\w.\-]+", re.ASCII)
_ID = re.compile(r"\s*functions\.([^\s:]+):\d+\s*")


class KimiK2(TextCodec):
    name = "kimi_k2"
    results_role = "tool"
    reserved = ("<|",)
    between = ""
    think_open, think_close = "<think>", "</think>"

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        for call in calls:
            coerced(call, index, problems)
        inner = "".join(self._call(call, position, problems) for position, call in enumerate(calls))
        return f"{SECTION}{inner}{SECTION_END}"

    def _call(self, call: ToolCall, position: int, problems: list[str]) -> str:
        if not _NAME.fullmatch(call.name):
            problems.append(f"name not writable: tool {call.name!r}")
        arguments = hide(json_arguments(call, problems), self.reserved)
        return f"{CALL}functions.{call.name}:{position}{ARGUMENTS}{arguments}{CALL_END}"

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = text.find(SECTION)
        if start < 0:
            return None
        calls: list[ToolCall] = []
        at = start + len(SECTION)
        while (begin := text.find(CALL, at)) >= 0:
            inner, end = begin + len(CALL), text.find(CALL_END, begin)
            if end < 0:
                raise DecodeError(f"{CALL} is never closed by {CALL_END}", offset + begin)
            head, found, arguments = text[inner:end].partition(ARGUMENTS)
            name = _ID.fullmatch(head)
            if not found or not name:
                raise DecodeError(
                    f"a call has to be functions.NAME:INDEX, {ARGUMENTS} and JSON", offset + inner
                )
            value = loads_object(arguments, offset + end - len(arguments))
            calls.append(ToolCall(call_id(len(calls)), name.group(1), value))
            at = end + len(CALL_END)
        if not calls:
            raise DecodeError(f"no call stands after {SECTION}", offset + at)
        end = text.find(SECTION_END, at)
        return Calls(start, len(text) if end < 0 else end + len(SECTION_END), tuple(calls))

    def encode_results(self, turn: Message) -> str:
        return "\n".join(f"## Return of {result.call_id}\n{result.text}" for result in turn.results)

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            dumps([offers.wrapped(tool) for tool in tools]),
            "Call functions by writing, for one or several of them:",
            f"{SECTION}{CALL}functions.NAME:INDEX{ARGUMENTS}<JSON object>{CALL_END}{SECTION_END}",
        )
