"""An agent's offers: each tool it may call, with how a call is checked and carried out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from nex_resources.records import AgentSpec, ToolCall, ToolResult, ToolSpec
from nex_resources.runtime.arguments import validator, violation
from nex_resources.runtime.budget import StopRollout
from nex_resources.runtime.delegation import delegate
from nex_resources.runtime.host import ToolHost, describe, error_result
from nex_resources.runtime.toolbox import agent_tool, select

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun

Carry = Callable[[ToolCall], Awaitable[ToolResult]]

GRACE = 1.0
"""Seconds that a host gets beyond a call's timeout to report it by itself."""


class Offer:
    """A tool that an agent may call. A `deferred` one is not shown until a search finds it."""

    __slots__ = ("_check", "carry", "deferred", "spec")

    def __init__(self, spec: ToolSpec, carry: Carry, deferred: bool = False):
        self.spec = spec
        self.carry = carry
        self.deferred = deferred
        self._check: Any = None

    def check(self, arguments: dict[str, Any]) -> str | None:
        """Say how `arguments` break the tool's schema, or None."""
        if self._check is None:
            self._check = validator(self.spec.input_schema)
        return violation(self._check, arguments)


def offers_for(run: AgentRun) -> dict[str, Offer]:
    """Return what `run`'s agent may call, by name: host tools its selectors cover, then its sub-agents."""
    rollout = run.rollout
    offers: dict[str, Offer] = {}
    on_host = _host_carrier(run, rollout.host)
    for spec in select(run.spec.tools, rollout.host_tools):
        offers[spec.name] = Offer(spec, on_host)
    for child in run.spec.sub_agents:
        offers[child.name] = Offer(agent_tool(child), _delegate_carrier(run, child))
    return offers


def _delegate_carrier(run: AgentRun, child: AgentSpec) -> Carry:
    return lambda call: delegate(run, child, call)


def _host_carrier(run: AgentRun, host: ToolHost) -> Carry:
    """Calls on a host, with the budget's timeout enforced from outside as well. A host that raises is broken
    itself: the call is answered with an error for the record, and the rollout ends."""

    async def carry(call: ToolCall) -> ToolResult:
        limit = run.rollout.budget.tool_timeout(call.name)
        try:
            async with asyncio.timeout(None if limit is None else limit + GRACE):
                return await host.call(call, limit)
        except TimeoutError:
            return error_result(call, "timeout", f"no answer within {limit:g} s")
        except Exception as error:
            run.finish(call, error_result(call, "protocol_error", "the tool could not be reached"))
            raise StopRollout("tool_host_error", why=describe(error, call)) from error

    return carry
