"""What the readers of foreign records share: checks that say where, and turns put together our way."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable
from typing import Any

from nex_resources.formats.turns import call_id
from nex_resources.records import Message, ToolCall, ToolResult, ToolSpec, Trajectory


class ForeignError(ValueError):
    """A foreign record that does not read: says at which key, and what is expected there."""

    def __init__(self, where: str, message: str):
        super().__init__(f"{where}: {message}")
        self.where = where


def dictionary(value: Any, where: str) -> dict[str, Any]:
    """Return `value` if it is an object."""
    if not isinstance(value, dict):
        raise ForeignError(where, f"expected an object, found {type(value).__name__}")
    return value


def listing(value: Any, where: str) -> list[Any]:
    """Return `value` if it is a list, a string of JSON read as one; None is empty."""
    if isinstance(value, str) and value.strip():
        value = from_json(value, where)
    if value is None or value == "":
        return []
    if not isinstance(value, list):
        raise ForeignError(where, f"expected a list, found {type(value).__name__}")
    return value


def from_json(text: str, where: str) -> Any:
    """Read JSON, or the Python literal that some data sets hold in its place."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        pass
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        raise ForeignError(where, "neither JSON nor a Python literal") from None


def text_of(content: Any, where: str) -> str:
    """Return the text of a message's content: a string, null, or a list of text parts."""
    if content is None:
        return ""
    if isinstance(content, str):
        return content
    parts = []
    for number, part in enumerate(listing(content, where)):
        if isinstance(part, str):
            parts.append(part)
        elif isinstance(part, dict) and isinstance(part.get("text"), str):
            parts.append(part["text"])
        else:
            raise ForeignError(f"{where}.{number}", "expected a text part; other media are not read")
    return "".join(parts)


def call(name: Any, arguments: Any, identifier: Any, where: str) -> ToolCall:
    """Make a call; arguments may be an object, or a string of JSON. What is no JSON is kept as `raw`."""
    if not isinstance(name, str) or not name:
        raise ForeignError(where, "a call needs the name of a function")
    given = identifier if isinstance(identifier, str) else ""
    if isinstance(arguments, str) and arguments.strip():
        try:
            value = json.loads(arguments)
        except (ValueError, RecursionError):
            return ToolCall(given, name, raw=arguments)
        arguments = value
    if arguments in (None, ""):
        arguments = {}
    return ToolCall(given, name, dictionary(arguments, f"{where}.arguments"))


def tool(function: Any, where: str) -> ToolSpec:
    """Make a tool from a chat-completions function, or an API's name, description and input_schema."""
    function = dictionary(function, where)
    function = dictionary(function.get("function", function), where)
    name = function.get("name")
    if not isinstance(name, str):
        raise ForeignError(where, "a tool needs a name")
    schema = function.get("parameters") or function.get("input_schema") or function.get("inputSchema")
    schema = schema if isinstance(schema, dict) else {"type": "object", "properties": {}}
    return ToolSpec(name, str(function.get("description") or ""), schema)


def tools(listed: Any, where: str) -> tuple[ToolSpec, ...]:
    return tuple(tool(item, f"{where}.{number}") for number, item in enumerate(listing(listed, where)))


def trajectory(
    messages: Iterable[Message], offered: tuple[ToolSpec, ...], agent: str, span: str
) -> Trajectory:
    """Put turns together: results in a row become one turn, ids are given where there are none, and each
    result knows the name of the tool that gave it."""
    turns: list[Message] = []
    open_calls: list[ToolCall] = []
    for message in messages:
        if message.role == "assistant":
            message = _numbered(message, sum(len(turn.calls) for turn in turns))
            open_calls = list(message.calls)
        elif message.role == "tool":
            message = Message("tool", results=tuple(_named(r, open_calls) for r in message.results))
            if turns and turns[-1].role == "tool":
                turns[-1] = Message("tool", results=turns[-1].results + message.results)
                continue
        turns.append(message)
    return Trajectory(agent, span, tuple(turns), offered)


def _numbered(message: Message, before: int) -> Message:
    calls = tuple(
        c if c.id else ToolCall(call_id(before + n), c.name, c.arguments, c.raw)
        for n, c in enumerate(message.calls)
    )
    return Message("assistant", message.text, message.thinking, calls)


def _named(result: ToolResult, open_calls: list[ToolCall]) -> ToolResult:
    """Match a result with its call: by id, else by name, else the first that is still open."""
    found = next((c for c in open_calls if result.call_id and c.id == result.call_id), None)
    if found is None and not result.call_id:
        found = next((c for c in open_calls if c.name == result.name), open_calls[0] if open_calls else None)
    if found is None:
        return result
    open_calls.remove(found)
    return ToolResult(found.id, found.name, result.text, result.error, size=len(result.text))
