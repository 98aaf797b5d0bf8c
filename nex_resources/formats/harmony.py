"""`harmony`: gpt-oss. Messages on channels: thinking on analysis, calls and what precedes them on
commentary, answers on final. Parallel calls are consecutive messages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError, Written
from nex_resources.formats.hermes import json_arguments
from nex_resources.formats.jsontext import hide, is_text, loads_object
from nex_resources.formats.schemas import ToolIndex, index_of
from nex_resources.formats.turns import TextCodec, call_id, check_calls, check_offered, write_thinking
from nex_resources.records import Message, Thinking, ToolCall, ToolSpec

CHANNEL, MESSAGE, START, END = "<|channel|>", "<|message|>", "<|start|>", "<|end|>"
CALL, RETURN = "<|call|>", "<|return|>"
_NAME = re.compile(r"[\w\-]+", re.ASCII)
_HEAD = re.compile(
    r"\s*(?:<\|start\|>assistant)?(?: to=functions\.(\S+?))?<\|channel\|>(analysis|commentary|final)"
    r"(?: to=functions\.(\S+))?(?: ?<\|constrain\|>json)?(?: json)?<\|message\|>"
)
_STOP = re.compile(r"<\|(?:end|call|return)\|>")


class Harmony(TextCodec):
    name = "harmony"
    results_role = "tool"
    reserved = ("<|",)

    def write(self, turn: Message, tools: Sequence[ToolSpec] = ()) -> Written:
        problems: list[str] = []
        parts: list[str] = []
        self.check_text(turn, problems)
        check_calls(turn.calls, problems)
        if turn.thinking:
            thought = write_thinking(turn.thinking, problems)
            if "<|" in thought:
                problems.append("reserved token in text: <|")
            parts.append(f"{CHANNEL}analysis{MESSAGE}{thought}{END}")
        if turn.calls and turn.text:
            parts.append(f"{CHANNEL}commentary{MESSAGE}{turn.text}{END}")
        elif not turn.calls:
            parts.append(f"{CHANNEL}final{MESSAGE}{turn.text}{RETURN}")
        parts += [self._call(call, problems) for call in turn.calls]
        text = f"{START}assistant".join(parts)
        if not is_text(text):
            problems.append("not text: a lone surrogate cannot be written as UTF-8")
        if turn.calls and not problems:
            check_offered(turn.calls, index_of(tools), problems)
        return Written(text, problems[0] if problems else None)

    def check_text(self, turn: Message, problems: list[str]) -> None:
        if "<|" in turn.text:
            problems.append("reserved token in text: <|")

    def _call(self, call: ToolCall, problems: list[str]) -> str:
        if not _NAME.fullmatch(call.name):
            problems.append(f"name not writable: tool {call.name!r}")
        arguments = hide(json_arguments(call, problems), ("<|",))
        return f"{CHANNEL}commentary to=functions.{call.name} <|constrain|>json{MESSAGE}{arguments}{CALL}"

    def decode(self, text: str, tools: Sequence[ToolSpec] = ()) -> Message:
        index_of(tools)
        thinking: list[Thinking] = []
        said: list[str] = []
        calls: list[ToolCall] = []
        at = 0
        while at < len(text):
            head = _HEAD.match(text, at)
            if not head:
                raise DecodeError(f"expected {CHANNEL}CHANNEL{MESSAGE}", at)
            stop = _STOP.search(text, head.end())
            end = stop.start() if stop else len(text)
            body, name = text[head.end() : end], head.group(1) or head.group(3)
            if name:
                calls.append(ToolCall(call_id(len(calls)), name, loads_object(body, head.end())))
            elif head.group(2) == "analysis":
                thinking.append(Thinking(body))
            else:
                said.append(body)
            at = stop.end() if stop else len(text)
        if not (said or calls or thinking):
            raise DecodeError("an empty turn", 0)
        return Message("assistant", "".join(said), tuple(thinking), tuple(calls))

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return f"{START}assistant".join(self._call(call, problems) for call in calls)

    def encode_results(self, turn: Message) -> str:
        return "".join(
            f"{START}functions.{result.name} to=assistant{CHANNEL}commentary{MESSAGE}{result.text}{END}"
            for result in turn.results
        )

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        functions = "\n\n".join(_declaration(tool) for tool in tools)
        return (
            f"# Tools\n\n## functions\n\nnamespace functions {{\n\n{functions}\n\n}} // namespace functions"
        )


def _declaration(tool: ToolSpec) -> str:
    comment = "\n".join(f"// {line}" for line in tool.description.splitlines())
    required = tool.input_schema.get("required") or ()
    lines = [
        f"{name}{'' if name in required else '?'}: {_type(schema)},"
        for name, schema in offers.parameters(tool).items()
    ]
    given = "_: {\n" + "\n".join(lines) + "\n}" if lines else ""
    return "\n".join(part for part in (comment, f"type {tool.name} = ({given}) => any;") if part)


def _type(schema: object) -> str:
    if not isinstance(schema, dict):
        return "any"
    if isinstance(schema.get("enum"), list):
        return " | ".join(f'"{value}"' if isinstance(value, str) else str(value) for value in schema["enum"])
    kind = schema.get("type", "any")
    if isinstance(kind, list):
        return " | ".join(map(str, kind))
    if kind == "array":
        return f"{_type(schema.get('items'))}[]"
    return "number" if kind == "integer" else str(kind)
