"""`hermes`: JSON between `<tool_call>` tags, as Qwen2.5, Qwen3 and Hermes models emit."""

from __future__ import annotations

from collections.abc import Sequence

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.jsontext import dumps, dumps_any, hide, loads
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.turns import Calls, TextCodec, call_id
from nex_resources.records import Message, ToolCall, ToolSpec

OPEN, CLOSE = "<tool_call>", "</tool_call>"


class Hermes(TextCodec):
    name = "hermes"
    reserved = (OPEN, CLOSE)

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return "\n".join(f"{OPEN}\n{self._body(call, problems)}\n{CLOSE}" for call in calls)

    def _body(self, call: ToolCall, problems: list[str]) -> str:
        return hide(
            f'{{"name": {dumps(call.name)}, "arguments": {json_arguments(call, problems)}}}', self.reserved
        )

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = stop = text.find(OPEN)
        if start < 0:
            return None
        calls: list[ToolCall] = []
        while text.startswith(OPEN, stop):
            begin = stop + len(OPEN)
            end = text.find(CLOSE, begin)
            if end < 0:
                raise DecodeError(f"{OPEN} is never closed by {CLOSE}", offset + begin)
            calls.append(_call(text[begin:end], offset + begin, len(calls)))
            stop = end + len(CLOSE)
            stop = _next(text, stop)
        return Calls(start, stop, tuple(calls))

    def encode_results(self, turn: Message) -> str:
        return "\n".join(f"<tool_response>\n{result.text}\n</tool_response>" for result in turn.results)

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            f"<tools>\n{offers.json_lines(tools)}\n</tools>",
            f"Call a function by writing its name and arguments as one JSON object between {OPEN} tags:",
            f'{OPEN}\n{{"name": <function name>, "arguments": <JSON object>}}\n{CLOSE}',
        )


def json_arguments(call: ToolCall, problems: list[str]) -> str:
    """Render a call's arguments as JSON; note what JSON has no place for."""
    try:
        return dumps(call.arguments)
    except (TypeError, ValueError, RecursionError) as error:
        problems.append(f"not JSON: arguments of {call.name!r}: {error}")
        return dumps_any(call.arguments)


def _call(body: str, position: int, count: int) -> ToolCall:
    value = loads(body, position)
    name = value.get("name") if isinstance(value, dict) else None
    if not isinstance(name, str):
        raise DecodeError('a call has to be {"name": …, "arguments": {…}}', position)
    arguments = value.get("arguments", {})
    if not isinstance(arguments, dict):
        raise DecodeError(f"the arguments of {name!r} have to be a JSON object", position)
    return ToolCall(call_id(count), name, arguments)


def _next(text: str, stop: int) -> int:
    """Return where the next call starts if only white space stands before it, else `stop`."""
    after = stop + len(text[stop:]) - len(text[stop:].lstrip())
    return after if text.startswith(OPEN, after) else stop
