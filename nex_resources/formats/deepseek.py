"""`deepseek`: DeepSeek V3.1. A turn's calls stand in one pair of begin and end tokens, arguments as JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.hermes import json_arguments
from nex_resources.formats.jsontext import hide, loads_object
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.turns import Calls, TextCodec, call_id
from nex_resources.records import Message, ToolCall, ToolSpec

CALLS_BEGIN, CALLS_END = "<｜tool▁calls▁begin｜>", "<｜tool▁calls▁end｜>"
CALL_BEGIN, CALL_END, SEP = "<｜tool▁call▁begin｜>", "<｜tool▁call▁end｜>", "<｜tool▁sep｜>"
OUTPUT_BEGIN, OUTPUT_END = "<｜tool▁output▁begin｜>", "<｜tool▁output▁end｜>"
_NAME = re.compile(r"[^\s<｜]+")


class DeepSeek(TextCodec):
    name = "deepseek"
    results_role = "tool"
    reserved = ("<｜",)
    between = ""
    think_open, think_close = "<think>", "</think>"

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return CALLS_BEGIN + "".join(self.write_call(call, problems) for call in calls) + CALLS_END

    def write_call(self, call: ToolCall, problems: list[str]) -> str:
        if not _NAME.fullmatch(call.name):
            problems.append(f"name not writable: tool {call.name!r}")
        return self.call_text(call.name, hide(json_arguments(call, problems), self.reserved))

    def call_text(self, name: str, arguments: str) -> str:
        return f"{CALL_BEGIN}{name}{SEP}{arguments}{CALL_END}"

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = stop = text.find(CALLS_BEGIN)
        if start < 0:
            return None
        calls: list[ToolCall] = []
        while text.startswith(CALLS_BEGIN, stop):
            stop = self._read_section(text, stop + len(CALLS_BEGIN), offset, calls)
        return Calls(start, stop, tuple(calls))

    def _read_section(self, text: str, at: int, offset: int, calls: list[ToolCall]) -> int:
        """Read the calls up to the end token and return where it stops; a missing one is forgiven."""
        end = text.find(CALLS_END, at)
        stop = end if end >= 0 else len(text)
        begin = text.find(CALL_BEGIN, at, stop)
        if begin < 0:
            raise DecodeError(f"no call stands after {CALLS_BEGIN}", offset + at)
        while begin >= 0:
            inner, close = begin + len(CALL_BEGIN), text.find(CALL_END, begin, stop)
            if close < 0:
                raise DecodeError(f"{CALL_BEGIN} is never closed by {CALL_END}", offset + begin)
            calls.append(self.read_call(text[inner:close], offset + inner, len(calls)))
            begin = text.find(CALL_BEGIN, close, stop)
        return stop + len(CALLS_END) if end >= 0 else stop

    def read_call(self, body: str, position: int, count: int) -> ToolCall:
        name, found, arguments = body.partition(SEP)
        if not found or not name.strip():
            raise DecodeError(f"a call has to be a name, {SEP} and a JSON object", position)
        return ToolCall(
            call_id(count), name.strip(), loads_object(arguments, position + len(name) + len(SEP))
        )

    def encode_results(self, turn: Message) -> str:
        return "".join(f"{OUTPUT_BEGIN}{result.text}{OUTPUT_END}" for result in turn.results)

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            offers.headed(tools),
            "Call tools by writing, for one or several of them:",
            f"{CALLS_BEGIN}{CALL_BEGIN}tool_name{SEP}json_arguments{CALL_END}{CALLS_END}",
        )
