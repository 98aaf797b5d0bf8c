"""Traces: what a rollout left behind, folded from its events (`runtime/fold.py`)."""

from __future__ import annotations

from typing import Literal

import msgspec

from nex_resources.records.message import Message, Usage
from nex_resources.records.tool import ToolSpec

TRACE_VERSION = 1

Status = Literal[
    "completed",
    "max_iterations",
    "max_context_tokens",
    "max_output_tokens",  # the answer was cut off
    "content_filter",  # the provider withheld the answer
    "token_budget",
    "cost_budget",
    "timeout",
    "max_depth",
    "max_nodes",
    "llm_error",
    "tool_host_error",
    "cancelled",
    "interrupted",  # the process died: events end without rollout_finished
]


class Task(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a rollout is asked to do. Later entries of `turns` are user turns of a multi-turn task."""

    id: str
    text: str
    turns: tuple[str, ...] = ()


class Trajectory(msgspec.Struct, frozen=True, omit_defaults=True):
    """The messages of one run of one agent, its system prompt first, and the tools it was offered."""

    agent: str  # path of agent names from the root, joined with "/"
    span: str
    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    parent: str = ""  # span of the caller
    call_id: str = ""  # the caller's call that started it
    status: Status = "completed"
    stop_reasons: tuple[str, ...] = ()  # one per assistant message, as the provider gave them
    usage: Usage = Usage()


class Trace(msgspec.Struct, frozen=True, omit_defaults=True):
    """A rollout's record. `trajectories[0]` is the root agent's."""

    id: str
    query_id: str
    framework_id: str
    status: Status
    answer: str
    trajectories: tuple[Trajectory, ...]
    usage: Usage = Usage()
    started_at: float = 0.0
    seconds: float = 0.0
    model: str = ""
    workspace: str = ""
    version: int = TRACE_VERSION

    @property
    def root(self) -> Trajectory:
        return self.trajectories[0]
