"""Sub-agents as tools: the child runs with a history of its own, and only its answer comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nex_resources.records import AgentSpec, ToolCall, ToolResult
from nex_resources.runtime.host import error_result

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun


async def delegate(parent: AgentRun, child: AgentSpec, call: ToolCall) -> ToolResult:
    """Run `child` on the call's message. Beyond the depth or node limit nothing is started and the parent is
    told; a child that ends without an answer is an error that names its status."""
    from nex_resources.runtime.loop import AgentRun

    refusal = _over_limit(parent)
    if refusal:
        return error_result(call, "refused", refusal)
    parent.children += 1
    span = f"{parent.span}.{parent.children}"
    run = AgentRun(parent.rollout, child, f"{parent.path}/{child.name}", span, parent, call.id)
    outcome = await run.run((call.arguments["message"],))
    if outcome.status == "completed":
        return ToolResult(call.id, call.name, outcome.text, size=len(outcome.text))
    return error_result(call, "tool_error", f"{child.name} ended without an answer: {outcome.status}")


def _over_limit(parent: AgentRun) -> str | None:
    budget, ledger = parent.rollout.budget, parent.rollout.ledger
    if parent.depth >= budget.max_depth:
        parent.record("limit", name="max_depth", allowed=budget.max_depth, seen=parent.depth + 1)
        return f"agents may be nested {budget.max_depth} deep at most: do this yourself"
    if ledger.nodes >= budget.max_nodes:
        parent.record("limit", name="max_nodes", allowed=budget.max_nodes, seen=ledger.nodes + 1)
        return f"a rollout may run {budget.max_nodes} agents at most: do this yourself"
    return None
