"""Langfuse exports: observations. Each generation's input holds the history so far, so that the last
generation under a parent span gives the whole conversation of one agent."""

from __future__ import annotations

from typing import Any

import msgspec

from nex_resources.formats.foreign.build import (
    ForeignError,
    dictionary,
    from_json,
    listing,
    tools,
    trajectory,
)
from nex_resources.formats.foreign.openai_chat import read_messages
from nex_resources.records import Trajectory


def read(record: Any, agent: str = "", span: str = "") -> tuple[Trajectory, ...]:
    """Read a trace with its `observations`, or a bare list of them. One trajectory for each parent span, the
    outermost first. Raises ForeignError."""
    listed = record if isinstance(record, list) else dictionary(record, "record").get("observations")
    nodes = [dictionary(o, f"observations.{n}") for n, o in enumerate(listing(listed, "observations"))]
    by_id = {str(node.get("id")): node for node in nodes}
    latest: dict[str, dict[str, Any]] = {}
    for node in nodes:
        if str(node.get("type", "")).upper() == "GENERATION":
            parent = str(node.get("parentObservationId") or "")
            if parent not in latest or _time(node) >= _time(latest[parent]):
                latest[parent] = node
    if not latest:
        raise ForeignError("observations", "there is no generation to read a conversation from")
    found = sorted(
        latest, key=lambda parent: (_depth(parent, by_id), _time(by_id.get(parent, latest[parent])))
    )
    return tuple(_trajectory(parent, latest[parent], by_id, agent, span) for parent in found)


def _trajectory(
    parent: str, node: dict[str, Any], by_id: dict[str, dict[str, Any]], agent: str, span: str
) -> Trajectory:
    where = f"observation {node.get('id')}"
    given, output = _value(node.get("input"), where), _value(node.get("output"), where)
    body = given if isinstance(given, dict) else {"messages": given}
    messages = read_messages(body.get("messages"), f"{where}.input.messages")
    answer = {"role": "assistant", "content": output} if isinstance(output, str) else output
    if answer:
        messages += read_messages(answer if isinstance(answer, list) else [answer], f"{where}.output")
    name = agent or str(by_id.get(parent, node).get("name") or "agent")
    made = trajectory(messages, tools(body.get("tools"), f"{where}.input.tools"), name, span or parent or "0")
    return msgspec.structs.replace(made, parent=str(by_id.get(parent, {}).get("parentObservationId") or ""))


def _value(value: Any, where: str) -> Any:
    """Exports hold inputs and outputs as values, or as strings of JSON."""
    if isinstance(value, str) and value.lstrip()[:1] in ("{", "["):
        try:
            return from_json(value, where)
        except ForeignError:
            return value
    return value


def _time(node: dict[str, Any]) -> str:
    return str(node.get("startTime") or "")


def _depth(parent: str, by_id: dict[str, dict[str, Any]]) -> int:
    depth = 0
    while parent in by_id and depth < len(by_id):
        parent, depth = str(by_id[parent].get("parentObservationId") or ""), depth + 1
    return depth
