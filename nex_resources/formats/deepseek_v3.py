"""`deepseek_v3`: DeepSeek V3 and R1. As V3.1, with the word `function` and the arguments in a JSON fence."""

from __future__ import annotations

from collections.abc import Sequence

from nex_resources.formats.base import DecodeError
from nex_resources.formats.deepseek import CALL_BEGIN, CALL_END, CALLS_BEGIN, CALLS_END, SEP, DeepSeek
from nex_resources.formats.jsontext import loads_object
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.turns import call_id
from nex_resources.records import ToolCall

_FENCE, _FENCE_END = "\n```json\n", "\n```"


class DeepSeekV3(DeepSeek):
    name = "deepseek_v3"

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return CALLS_BEGIN + "\n".join(self.write_call(call, problems) for call in calls) + CALLS_END

    def call_text(self, name: str, arguments: str) -> str:
        return f"{CALL_BEGIN}function{SEP}{name}{_FENCE}{arguments}{_FENCE_END}{CALL_END}"

    def read_call(self, body: str, position: int, count: int) -> ToolCall:
        _, found, rest = body.partition(SEP)
        name, fenced, arguments = rest.partition(_FENCE)
        if not found or not fenced or not name.strip():
            raise DecodeError(f"a call has to be function{SEP}NAME and a fence of JSON", position)
        start = position + len(body) - len(arguments)
        return ToolCall(call_id(count), name.strip(), loads_object(arguments.removesuffix(_FENCE_END), start))
