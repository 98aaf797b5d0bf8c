"""What one rollout is scored on, beside the verifier's verdict: are its calls valid, right, exact?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack, closing
from typing import Any

import msgspec

from nex_resources import worlds
from nex_resources.records import (
    Blueprint,
    Message,
    Query,
    ToolCall,
    ToolResult,
    Trace,
    Verdict,
    canonical_json,
    split_qualified,
)
from nex_resources.worlds import Live, Outcome

NOT_VALID = ("unknown_tool", "invalid_arguments")


class Scores(msgspec.Struct, frozen=True):
    """One rollout's scores.

    `valid_calls` of `calls` were JSON, named a tool that was offered and fit its schema. `right_tool`:
    the tools called are the plan's, none missing and no other. `exact_arguments`: every call of the plan
    was made with exactly its arguments, in whatever order. `success` is the verifier's.
    """

    calls: int
    valid_calls: int
    right_tool: bool
    exact_arguments: bool
    success: bool


def score(query: Query, trace: Trace, verdict: Verdict) -> Scores:
    """Score the root agent's part of a rollout. Sub-agents' calls are scored in trees of their own."""
    messages = trace.root.messages
    calls = [call for message in messages for call in message.calls]
    results = {result.call_id: result for message in messages for result in message.results}
    unread = sum(_unread(message) for message in messages)
    planned = planned_calls(query.blueprint)
    made = Counter(_key(call.name, call.arguments) for call in calls)
    wanted = Counter(_key(tool, arguments) for tool, arguments in planned)
    return Scores(
        calls=len(calls) + unread,
        valid_calls=sum(_valid(call, results) for call in calls),
        right_tool={call.name for call in calls} == {tool for tool, _ in planned},
        exact_arguments=not wanted - made,
        success=verdict.success,
    )


def planned_calls(blueprint: Blueprint) -> list[tuple[str, dict[str, Any]]]:
    """Return the plan's calls, (tool, arguments) with real values, by carrying it out on fresh worlds."""
    calls: list[tuple[str, dict[str, Any]]] = []
    outcomes: dict[str, Outcome] = {}
    with ExitStack() as stack:
        lives: Mapping[str, Live] = {
            server: stack.enter_context(closing(worlds.get(server).open(seed)))
            for server, seed in blueprint.worlds.items()
        }
        for step in blueprint.steps:
            arguments = worlds.fill(
                step.arguments,
                blueprint.slots,
                lambda source, path: worlds.resolve(outcomes[source].value, path),
            )
            server, tool = split_qualified(step.tool)
            outcomes[step.id] = lives[server].call(tool, arguments)
            calls.append((step.tool, arguments))
    return calls


def _valid(call: ToolCall, results: Mapping[str, ToolResult]) -> bool:
    result = results.get(call.id)
    return call.raw is None and result is not None and result.error not in NOT_VALID


def _unread(message: Message) -> bool:
    """Whether an assistant turn tried to call a tool in words that no parser reads."""
    return message.role == "assistant" and not message.calls and "<tool_call>" in message.text


def _key(tool: str, arguments: Mapping[str, Any]) -> str:
    return canonical_json([tool, arguments])
