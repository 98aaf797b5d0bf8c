"""Our trajectories as records that other tools read: `WRITERS` maps the formats' names to writers, each from
one rollout's trajectories to records, as the readers of the same names read them back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nex_resources.formats.offers import wrapped
from nex_resources.records import Message, Trajectory

Writer = Callable[[str, Sequence[Trajectory]], list[dict[str, Any]]]

ATIF_VERSION = "ATIF-v1.4"


def atif(key: str, trajectories: Sequence[Trajectory]) -> list[dict[str, Any]]:
    """One ATIF record a trajectory; a sub-agent's is referred to by the result that its caller saw."""
    children = {t.call_id: f"{key}:{t.span}" for t in trajectories if t.call_id}
    return [_atif(f"{key}:{trajectory.span}", trajectory, children) for trajectory in trajectories]


def _atif(session: str, trajectory: Trajectory, children: dict[str, str]) -> dict[str, Any]:
    steps: list[dict[str, Any]] = []
    for message in trajectory.messages:
        if message.role == "tool" and steps:
            steps[-1]["observation"] = {"results": [_result(result, children) for result in message.results]}
            continue
        source = {"assistant": "agent"}.get(message.role, message.role)
        step: dict[str, Any] = {"step_id": len(steps) + 1, "source": source, "message": message.text}
        thought = _thought(message)
        if thought:
            step["reasoning_content"] = thought
        if message.calls:
            step["tool_calls"] = [
                {
                    "tool_call_id": call.id,
                    "function_name": call.name,
                    "arguments": call.arguments if call.raw is None else {"raw": call.raw},
                }
                for call in message.calls
            ]
        steps.append(step)
    agent = {
        "name": trajectory.agent,
        "version": "1",
        "tool_definitions": [wrapped(tool) for tool in trajectory.tools],
    }
    return {"schema_version": ATIF_VERSION, "session_id": session, "agent": agent, "steps": steps}


def _result(result: Any, children: dict[str, str]) -> dict[str, Any]:
    row: dict[str, Any] = {"source_call_id": result.call_id, "content": result.text}
    if result.call_id in children:
        row["subagent_trajectory_ref"] = [{"session_id": children[result.call_id]}]
    return row


def adp(key: str, trajectories: Sequence[Trajectory]) -> list[dict[str, Any]]:
    """One record of the Agent Data Protocol a trajectory. It has no place for thinking, which is left out."""
    return [
        {
            "schema_version": "1.5.0",
            "id": f"{key}:{trajectory.span}",
            "content": [item for message in trajectory.messages for item in _adp(message)],
            "details": {"agent": trajectory.agent, "tools": [wrapped(tool) for tool in trajectory.tools]},
            "available_custom_tools": [tool.name for tool in trajectory.tools],
        }
        for trajectory in trajectories
    ]


def _adp(message: Message) -> list[dict[str, Any]]:
    if message.role in ("system", "user"):
        row = {"class_": "text_observation", "content": message.text, "name": None, "source": message.role}
        return [row]
    if message.role == "tool":
        return [
            {
                "class_": "text_observation",
                "content": result.text,
                "name": result.name or None,
                "source": "environment",
                "tool_call_id": result.call_id,
            }
            for result in message.results
        ]
    if not message.calls:
        return [{"class_": "message_action", "content": message.text, "description": None}]
    return [
        {
            "class_": "api_action",
            "function": call.name,
            "kwargs": call.arguments if call.raw is None else {"raw": call.raw},
            "description": (message.text or None) if position == 0 else None,
            "tool_call_id": call.id,
        }
        for position, call in enumerate(message.calls)
    ]


def _thought(message: Message) -> str:
    return "\n\n".join(block.text for block in message.thinking if block.text)


WRITERS: dict[str, Writer] = {"atif": atif, "adp": adp}
