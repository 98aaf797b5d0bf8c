"""Agent Data Protocol records: `content` is a list of actions and observations, told apart by `class_`."""

from __future__ import annotations

from typing import Any

from nex_resources.formats.foreign.build import (
    ForeignError,
    call,
    dictionary,
    listing,
    text_of,
    tools,
    trajectory,
)
from nex_resources.records import Message, ToolCall, ToolResult, Trajectory


def read(record: Any, agent: str = "assistant", span: str = "") -> tuple[Trajectory, ...]:
    """Read one record. A code action becomes a call of `execute_LANGUAGE` with the argument `code`; an
    action's description is what was said before it; calls in a row are one turn. What a page showed is
    its accessibility tree, or its HTML. Raises ForeignError."""
    body = dictionary(record, "record")
    turns: list[Message] = []
    for number, item in enumerate(listing(body.get("content"), "content")):
        turn = _read(dictionary(item, f"content.{number}"), f"content.{number}")
        if turn.calls and not turn.text and turns and turns[-1].calls:
            turn = Message("assistant", turns[-1].text, calls=turns.pop().calls + turn.calls)
        turns.append(turn)
    details = body.get("details") if isinstance(body.get("details"), dict) else {}
    offered = tools(body.get("tools") or (details or {}).get("tools"), "tools")
    return (trajectory(turns, offered, agent, span or str(body.get("id") or "0")),)


def _read(item: dict[str, Any], where: str) -> Message:
    kind = item.get("class_") or item.get("class") or item.get("type")
    said = text_of(item.get("description"), f"{where}.description")
    if kind == "message_action":
        return Message("assistant", text_of(item.get("content"), f"{where}.content"))
    if kind == "api_action":
        return Message(
            "assistant",
            said,
            calls=(call(item.get("function"), item.get("kwargs"), item.get("tool_call_id"), where),),
        )
    if kind == "code_action":
        code = text_of(item.get("content"), f"{where}.content")
        return Message(
            "assistant",
            said,
            calls=(ToolCall(_id(item), f"execute_{item.get('language', 'code')}", {"code": code}),),
        )
    if kind == "text_observation":
        return _observation(item, where)
    if kind == "web_observation":
        page = item.get("axtree") or item.get("html") or item.get("content") or item.get("url")
        return Message("tool", results=(ToolResult(_id(item), "", text_of(page, f"{where}.axtree")),))
    raise ForeignError(f"{where}.class_", f"cannot read {kind!r}; known are message_action, api_action, "
                       "code_action, text_observation, web_observation")  # fmt: skip


def _observation(item: dict[str, Any], where: str) -> Message:
    text, source = text_of(item.get("content"), f"{where}.content"), item.get("source")
    if source in ("user", None):
        return Message("user", text)
    if source == "system":
        return Message("system", text)
    name = item.get("name")
    return Message("tool", results=(ToolResult(_id(item), name if isinstance(name, str) else "", text),))


def _id(item: dict[str, Any]) -> str:
    known = item.get("tool_call_id")
    return known if isinstance(known, str) else ""
