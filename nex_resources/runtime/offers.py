"""An agent's offers: each tool it may call, with how a call is checked and carried out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from nex_resources.records import ToolCall, ToolResult, ToolSpec, split_qualified
from nex_resources.runtime.arguments import validator, violation
from nex_resources.runtime.budget import StopRollout
from nex_resources.runtime.builtins import builtin_offers
from nex_resources.runtime.delegation import delegate
from nex_resources.runtime.host import ToolHost, describe, error_result
from nex_resources.runtime.python_tools import check_arguments, invoke
from nex_resources.runtime.toolbox import agent_tool, covers, select

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun

Carry = Callable[[ToolCall], Awaitable[ToolResult]]
Check = Callable[[dict[str, Any]], str | None]

GRACE = 1.0
"""Seconds that a host gets beyond a call's timeout to report it by itself."""


class Offer:
    """A tool that an agent may call. A `hidden` one is not shown until a search finds it; calls of a `serial`
    one run alone."""

    __slots__ = ("_validator", "carry", "check", "hidden", "serial", "spec")

    def __init__(
        self,
        spec: ToolSpec,
        carry: Carry,
        hidden: bool = False,
        serial: bool = False,
        check: Check | None = None,
    ):
        self.spec = spec
        self.carry = carry
        self.hidden = hidden
        self.serial = serial or spec.disable_parallel
        self.check = check or self._conforms
        self._validator: Any = None

    def _conforms(self, arguments: dict[str, Any]) -> str | None:
        """Say how `arguments` break the tool's schema, or None."""
        self._validator = self._validator or validator(self.spec.input_schema)
        return violation(self._validator, arguments)


def offers_for(run: AgentRun) -> dict[str, Offer]:
    """Return what `run`'s agent may call, by name: the host's tools that its selectors cover, its own Python
    tools, its sub-agents, and the built-in tools that these call for."""
    spec = run.spec
    checks = {own.spec.name: partial(check_arguments, own) for own in spec.python_tools if own.extra}
    offers = {}
    for tool, carry in _tools(run):
        hidden = tool.deferred or covers(spec.deferred, tool.name)
        serial = covers(spec.serial, tool.name)
        offers[tool.name] = Offer(tool, carry, hidden, serial, checks.get(tool.name))
    for tool, carry in builtin_offers(run, any(offer.hidden for offer in offers.values())):
        offers[tool.name] = Offer(tool, carry)
    return offers


def _tools(run: AgentRun) -> Iterator[tuple[ToolSpec, Carry]]:
    on_host = _host_carrier(run, run.rollout.host)
    for tool in select(run.spec.tools, run.rollout.host_tools):
        yield tool, on_host
    for own in run.spec.python_tools:
        yield own.spec, _bind(invoke, run, own)
    for child in run.spec.sub_agents:
        yield agent_tool(child), _bind(delegate, run, child)


def _bind(carry: Callable[..., Awaitable[ToolResult]], *first: Any) -> Carry:
    return lambda call: carry(*first, call)


def _call_seconds(run: AgentRun, name: str) -> float | None:
    """The time for one call of `name`: the budget's for this tool, else that of the server which the agent
    brings along, else the budget's for any tool."""
    budget = run.rollout.budget
    server: dict[str, Any] = run.spec.mcp_servers.get(split_qualified(name)[0], {})
    return budget.tool_timeouts.get(name, server.get("timeout", budget.tool_seconds))


def _host_carrier(run: AgentRun, host: ToolHost) -> Carry:
    """Calls on a host, with the budget's timeout enforced from outside as well. A host that raises is broken
    itself: the call is answered with an error for the record, and the rollout ends."""

    async def carry(call: ToolCall) -> ToolResult:
        limit = _call_seconds(run, call.name)
        try:
            async with asyncio.timeout(None if limit is None else limit + GRACE):
                return await host.call(call, limit)
        except TimeoutError:
            return error_result(call, "timeout", f"no answer within {limit:g} s")
        except Exception as error:
            run.finish(call, error_result(call, "protocol_error", "the tool could not be reached"))
            raise StopRollout("tool_host_error", why=describe(error, call)) from error

    return carry
