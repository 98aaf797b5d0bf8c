"""`mistral` and `mistral_v11`: after `[TOOL_CALLS]`, a JSON array of calls, or NAME`[ARGS]`JSON for each."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.coercion import coerced
from nex_resources.formats.hermes import json_arguments
from nex_resources.formats.jsontext import dumps, hide, loads, loads_object
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.turns import Calls, TextCodec, call_id
from nex_resources.records import Message, ToolCall, ToolSpec

CALLS, ARGS = "[TOOL_CALLS]", "[ARGS]"
_WORDS = re.compile(r"\[(?=TOOL_CALLS|ARGS|/?THINK|/?INST|TOOL_RESULTS|AVAILABLE_TOOLS)")
_NAME = re.compile(r"[^\s\[\]{}<>]+")
_scan = json.JSONDecoder().raw_decode


class Mistral(TextCodec):
    name = "mistral"
    results_role = "tool"
    reserved = ("<|",)
    between = ""

    def check_text(self, turn: Message, problems: list[str]) -> None:
        super().check_text(turn, problems)
        if "[" in turn.text and _WORDS.search(turn.text):
            problems.append(f"reserved token in text: {CALLS}")

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        bodies = (
            f'{{"name": {dumps(call.name)}, "arguments": {_arguments(call, problems)}}}' for call in calls
        )
        check_names(calls, problems)
        return f"{CALLS} [{', '.join(bodies)}]"

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = text.find(CALLS)
        if start < 0:
            return None
        at = start + len(CALLS)
        at += len(text[at:]) - len(text[at:].lstrip())
        if not text.startswith("[", at):
            return self.read_named(text, start, offset)
        end = scan(text, at, offset)
        listed = loads(text[at:end], offset + at)
        if not isinstance(listed, list) or not listed:
            raise DecodeError(f"a list of calls has to follow {CALLS}", offset + at)
        return Calls(start, end, tuple(_call(item, offset + at, n) for n, item in enumerate(listed)))

    def read_named(self, text: str, start: int, offset: int) -> Calls:
        """Read `[TOOL_CALLS]NAME[ARGS]{…}` for each call, as later tokenizers write them."""
        calls: list[ToolCall] = []
        at = stop = start
        while text.startswith(CALLS, at):
            at += len(CALLS)
            args = text.find(ARGS, at)
            name = text[at:args].strip() if args >= 0 else ""
            if not _NAME.fullmatch(name):
                raise DecodeError(f"NAME{ARGS} has to follow {CALLS}", offset + at)
            begin = args + len(ARGS)
            stop = scan(text, begin, offset)
            calls.append(ToolCall(call_id(len(calls)), name, loads_object(text[begin:stop], offset + begin)))
            at = stop + len(text[stop:]) - len(text[stop:].lstrip())
        return Calls(start, stop, tuple(calls))

    def encode_results(self, turn: Message) -> str:
        return "".join(
            f"[TOOL_RESULTS] {dumps({'content': result.text, 'call_id': result.call_id})}[/TOOL_RESULTS]"
            for result in turn.results
        )

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return f"[AVAILABLE_TOOLS] {dumps([offers.wrapped(tool) for tool in tools])}[/AVAILABLE_TOOLS]"


class MistralV11(Mistral):
    name = "mistral_v11"

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        check_names(calls, problems)
        for call in calls:
            coerced(call, index, problems)
        return "".join(f"{CALLS}{call.name}{ARGS}{_arguments(call, problems)}" for call in calls)


def check_names(calls: Sequence[ToolCall], problems: list[str]) -> None:
    problems.extend(f"name not writable: tool {c.name!r}" for c in calls if not _NAME.fullmatch(c.name))


def scan(text: str, at: int, offset: int) -> int:
    """Return where the JSON value at `at` ends."""
    try:
        return _scan(text, at)[1]
    except (ValueError, RecursionError) as error:
        raise DecodeError(f"not JSON: {error}", offset + at) from None


def _arguments(call: ToolCall, problems: list[str]) -> str:
    text = hide(json_arguments(call, problems), ("<|",))
    return _WORDS.sub("\\\\u005b", text) if "[" in text else text


def _call(item: Any, position: int, count: int) -> ToolCall:
    name = item.get("name") if isinstance(item, dict) else None
    arguments = item.get("arguments", {}) if isinstance(item, dict) else None
    if isinstance(arguments, str):
        arguments = loads_object(arguments, position)
    if not isinstance(name, str) or not isinstance(arguments, dict):
        raise DecodeError('a call has to be {"name": …, "arguments": {…}}', position)
    return ToolCall(call_id(count), name, arguments)
