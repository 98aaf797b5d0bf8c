"""`deepseek_v32`: DeepSeek V3.2. Parameter tags that say themselves whether a value is a string or JSON."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from nex_resources.formats import offers
from nex_resources.formats.base import DecodeError
from nex_resources.formats.coercion import coerced
from nex_resources.formats.jsontext import is_json, loads
from nex_resources.formats.schemas import ToolIndex
from nex_resources.formats.tagged import is_name, numbered
from nex_resources.formats.turns import Calls, TextCodec
from nex_resources.formats.values import write_value
from nex_resources.records import Message, ToolCall, ToolSpec

DSML = "｜DSML｜"
OPEN, CLOSE = f"<{DSML}function_calls>", f"</{DSML}function_calls>"
_INVOKE = re.compile(rf'\s*<{DSML}invoke name="([^"]*)">')
_INVOKE_END = re.compile(rf"\s*</{DSML}invoke>")
_PARAMETER = re.compile(
    rf'\s*<{DSML}parameter name="([^"]*)" string="(true|false)">(.*?)</{DSML}parameter>', re.DOTALL
)
_END = re.compile(rf"\s*{CLOSE}")


class DeepSeekV32(TextCodec):
    name = "deepseek_v32"
    reserved = (DSML,)
    between = "\n\n"
    think_open, think_close = "<think>", "</think>"

    def write_calls(self, calls: Sequence[ToolCall], index: ToolIndex, problems: list[str]) -> str:
        return f"{OPEN}\n{''.join(self._call(call, index, problems) for call in calls)}{CLOSE}"

    def _call(self, call: ToolCall, index: ToolIndex, problems: list[str]) -> str:
        if not is_name(call.name):
            problems.append(f"name not writable: tool {call.name!r}")
        coerced(call, index, problems)
        if len(call.arguments) == 1 and not {"arguments", "input"}.isdisjoint(call.arguments):
            problems.append("wrapper name: an only argument named arguments or input is unwrapped")
        inner = "".join(self._parameter(name, value, problems) for name, value in call.arguments.items())
        return f'<{DSML}invoke name="{call.name}">\n{inner}</{DSML}invoke>\n'

    def _parameter(self, name: str, value: Any, problems: list[str]) -> str:
        if not is_name(name):
            problems.append(f"name not writable: argument {name!r}")
        if type(value) is str:
            text, flag = value, "true"
            if "｜" in text and DSML in text:
                problems.append(f"closing tag in value: argument {name!r} holds {DSML}")
            elif text and (text[0].isspace() or text[-1].isspace()):
                problems.append(f"white space at the edge: argument {name!r} would be stripped")
        else:
            text, flag = write_value(value), "false"
            text = text.replace("｜", "\\uff5c") if "｜" in text else text
            if ("N" in text or "I" in text) and not is_json(value):
                problems.append(f"not JSON: argument {name!r}")
        return f'<{DSML}parameter name="{name}" string="{flag}">{text}</{DSML}parameter>\n'

    def read_calls(self, text: str, offset: int, index: ToolIndex) -> Calls | None:
        start = text.find(OPEN)
        if start < 0:
            return None
        calls: list[tuple[str, dict[str, Any]]] = []
        at = start + len(OPEN)
        while head := _INVOKE.match(text, at):
            name, at = head.group(1), head.end()
            arguments: dict[str, Any] = {}
            while found := _PARAMETER.match(text, at):
                key, flag, value = found.groups()
                arguments[key] = value if flag == "true" else loads(value, offset + found.start(3))
                at = found.end()
            closed = _INVOKE_END.match(text, at)
            if not closed:
                raise DecodeError(f"the call of {name!r} does not end with </{DSML}invoke>", offset + at)
            at = closed.end()
            calls.append((name, arguments))
        end = _END.match(text, at)
        if not end or not calls:
            raise DecodeError(f"{OPEN} has to hold invoke tags and end with {CLOSE}", offset + at)
        return Calls(start, end.end(), numbered(calls))

    def encode_results(self, turn: Message) -> str:
        results = "\n".join(f"<result>{result.text}</result>" for result in turn.results)
        return f"<function_results>\n{results}\n</function_results>"

    def describe_tools(self, tools: Sequence[ToolSpec]) -> str:
        return offers.section(
            "Tools",
            f"<functions>\n{offers.json_lines(tools)}\n</functions>",
            'Call functions by writing one block; `string` is "true" for text and "false" for JSON:',
            f'{OPEN}\n<{DSML}invoke name="function-name">\n<{DSML}parameter name="param" string="true|false">'
            f"value</{DSML}parameter>\n</{DSML}invoke>\n{CLOSE}",
        )
