"""Sub-agents as tools: the child runs with a history of its own, and only its answer comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nex_resources.records import AgentSpec, ToolCall, ToolResult
from nex_resources.runtime.host import error_result

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun, Outcome


async def delegate(parent: AgentRun, child: AgentSpec, call: ToolCall) -> ToolResult:
    """Run `child` on the call's message. Beyond the depth or node limit nothing is started and the parent is
    told; a child that ends without an answer is an error that names its status."""
    from nex_resources.runtime.loop import AgentRun

    refusal = _over_limit(parent)
    if refusal:
        return error_result(call, "refused", refusal)
    parent.rollout.ledger.nodes += 1
    span = f"{parent.span}.{len(parent.children) + 1}"
    run = AgentRun(parent.rollout, child, f"{parent.path}/{child.name}", span, parent, call.id)
    parent.children[span] = run
    async with parent.places:
        return _answer(parent, run, call, await run.run((call.arguments["message"],)))


async def resume(parent: AgentRun, call: ToolCall) -> ToolResult:
    """Send a further message to a sub-agent that has ended; it still has its history."""
    child = parent.children.get(call.arguments["id"])
    if child is None:
        known = ", ".join(parent.children) or "none yet"
        return error_result(
            call, "refused", f"no sub-agent has the id {call.arguments['id']!r}; known: {known}"
        )
    if child.busy:
        return error_result(call, "refused", f"{child.span} is still at work on an earlier message")
    async with parent.places:
        return _answer(parent, child, call, await child.resume(call.arguments["message"]))


def _answer(parent: AgentRun, child: AgentRun, call: ToolCall, outcome: Outcome) -> ToolResult:
    name = child.spec.name
    if outcome.status != "completed":
        return error_result(call, "tool_error", f"{name} ended without an answer: {outcome.status}")
    note = f"\n\n[id of this {name}: {child.span}]" if parent.spec.resumable else ""
    text = outcome.text + note
    return ToolResult(call.id, call.name, text, size=len(text))


def _over_limit(parent: AgentRun) -> str | None:
    budget, ledger = parent.rollout.budget, parent.rollout.ledger
    if parent.depth >= budget.max_depth:
        parent.record("limit", name="max_depth", allowed=budget.max_depth, seen=parent.depth + 1)
        return f"agents may be nested {budget.max_depth} deep at most: do this yourself"
    if ledger.nodes >= budget.max_nodes:
        parent.record("limit", name="max_nodes", allowed=budget.max_nodes, seen=ledger.nodes + 1)
        return f"a rollout may run {budget.max_nodes} agents at most: do this yourself"
    return None
