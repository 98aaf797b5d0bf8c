"""`llama3_json`: Llama 3.1 and later. JSON objects after the python tag, several separated by `;`."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.hermes import json_arguments
from nex_resources.formats.jsontext import dumps, hide, loads
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.turns import Calls, TextCodec, call_id
from nex_resources.records import Message, ToolCall, ToolSpec

TAG = "<|python_tag|>"
_CALL = re.compile(r'\{\s*"name"')
_scan = json.JSONDecoder().raw_decode


class Llama3Json(TextCodec):
    name = "llama3_json"
    results_role = "tool"
    reserved = ("<|",)
    between = ""

    def check_text(self, turn: Message, problems: list[str]) -> None:
        super().check_text(turn, problems)
        text = turn.text
        if "{" in text and (turn.calls or text.lstrip().startswith("{") or _CALL.search(text)):
            problems.append("reserved token in text: a brace may start a call")

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return TAG + ";".join(self._call(call, problems) for call in calls)

    def _call(self, call: ToolCall, problems: list[str]) -> str:
        if not call.name:
            problems.append("name not writable: tool ''")
        body = f'{{"name": {dumps(call.name)}, "parameters": {json_arguments(call, problems)}}}'
        return hide(body, self.reserved)

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = text.find(TAG)
        if start < 0:
            if not _CALL.match(text.lstrip()):
                return None
            start, at = 0, len(text) - len(text.lstrip())
        else:
            at = start + len(TAG)
        calls: list[ToolCall] = []
        while at < len(text):
            end = _end(text, at, offset)
            calls.append(_call(text[at:end], offset + at, len(calls)))
            at = end + len(text[end:]) - len(text[end:].lstrip("; \n"))
        if not calls:
            raise DecodeError(f"no call stands after {TAG}", offset + at)
        return Calls(start, at, tuple(calls))

    def encode_results(self, turn: Message) -> str:
        return "\n".join(dumps({"output": result.text}) for result in turn.results)

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            offers.json_lines(tools),
            "Call a function by writing a JSON object with its name and parameters:",
            f'{TAG}{{"name": <function name>, "parameters": <JSON object>}}',
        )


def _end(text: str, at: int, offset: int) -> int:
    try:
        return _scan(text, at)[1]
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"not a JSON object: {error}", offset + at) from None


def _call(body: str, position: int, count: int) -> ToolCall:
    value = loads(body, position)
    name = value.get("name") if isinstance(value, dict) else None
    arguments = value.get("parameters", value.get("arguments", {})) if isinstance(value, dict) else None
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise DecodeError('a call has to be {"name": …, "parameters": {…}}', position)
    return ToolCall(call_id(count), name, arguments)
