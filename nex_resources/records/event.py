"""Events: the append-only record of a rollout, written as it happens."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

EVENT_VERSION = 1

EventKind = Literal[
    "rollout_started",  # payload: task, spec, budget, model; of a remote one also provider, version of prices
    "agent_started",  # agent, parent span, call id, tools offered (ToolSpec list), system and user messages
    "user_turn",  # message: the next user turn of a multi-turn task, of a resumed sub-agent, or of a hook
    "tools_offered",  # tools: what a search added to those of agent_started
    "completion",  # message, usage, stop_reason, seconds, attempts
    "completion_failed",  # error kind, text, attempts, seconds
    "tool_call",  # call (after repair), where it was repaired: how
    "tool_result",  # result
    "compaction",  # archived: where; messages: what the model is shown from now on; before, after: tokens
    "limit",  # name, allowed, seen
    "agent_finished",  # status, text
    "rollout_finished",  # status, answer, usage, seconds
]


class Event(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that happened. `at` is Unix time in seconds; `seq` counts from 0 within the rollout.

    `agent` is the path of agent names from the root, joined with `/`; `span` is unique to one run of
    one agent, so that two calls of the same sub-agent stay apart.
    """

    rollout: str
    seq: int
    at: float
    kind: EventKind
    agent: str = ""
    span: str = ""
    parent: str = ""
    payload: dict[str, Any] = {}
    version: int = EVENT_VERSION
