"""The dialects of the released NexGAP data, where they differ from what engines parse. Only for those who
have to match that data: no engine reads calls of these three."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nex_resources.formats.base import Codec, DecodeError
from nex_resources.formats.deepseek import CALLS_BEGIN, CALLS_END, DeepSeek
from nex_resources.formats.minimax import MiniMax
from nex_resources.formats.qwen_xml import QwenXml
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.tagged import numbered
from nex_resources.formats.turns import Calls
from nex_resources.records import ToolCall

_INVOKE = re.compile(r"\s*<invoke name=([^>\s\"]+)>")
_PARAMETER = re.compile(r"\s*<parameter name=([^>\s\"]+)>(.*?)</parameter>", re.DOTALL)
_END = re.compile(r"\s*</invoke>")


class QwenDialect(QwenXml):
    """No line breaks around values."""

    pad = ""
    edges = "\n"


class DeepSeekDialect(DeepSeek):
    """A pair of begin and end tokens for each call."""

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return "".join(f"{CALLS_BEGIN}{self.write_call(call, problems)}{CALLS_END}" for call in calls)


class MiniMaxDialect(MiniMax):
    """Names without quotes, and no tag around the calls."""

    reserved = ("<invoke name=",)

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return "\n".join(self._invoke(call, index, problems) for call in calls)

    def _invoke(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> str:
        values = self.values(call, index, problems)
        inner = "".join(f"<parameter name={name}>{text}</parameter>\n" for name, text in values)
        return f"<invoke name={call.name}>\n{inner}</invoke>"

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = stop = text.find("<invoke name=")
        if start < 0:
            return None
        calls: list[tuple[str, dict[str, Any]]] = []
        while head := _INVOKE.match(text, stop):
            name, at = head.group(1), head.end()
            fields, arguments = index.fields(name), {}
            while found := _PARAMETER.match(text, at):
                arguments[found.group(1)] = self.restore(fields, found.group(1), found.group(2).strip("\n"))
                at = found.end()
            end = _END.match(text, at)
            if not end:
                raise DecodeError(f"the call of {name!r} does not end with </invoke>", offset + at)
            calls.append((name, arguments))
            stop = end.end()
        if not calls:
            raise DecodeError("<invoke name=NAME> has to begin a call", offset + start)
        return Calls(start, stop, numbered(calls))


_DIALECTS: tuple[Codec, ...] = (QwenDialect(), DeepSeekDialect(), MiniMaxDialect())
NEXGAP: dict[str, Codec] = {codec.name: codec for codec in _DIALECTS}
"""Codecs of the dialect by format name; the formats that are not listed are the same in both."""
