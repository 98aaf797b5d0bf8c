"""An agent's offers: each tool it may call, with how a call is checked and carried out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any

from nex_resources.records import ToolCall, ToolResult, ToolSpec
from nex_resources.runtime.arguments import validator, violation
from nex_resources.runtime.budget import StopRollout
from nex_resources.runtime.builtins import builtin_offers
from nex_resources.runtime.delegation import delegate
from nex_resources.runtime.host import ToolHost, describe, error_result
from nex_resources.runtime.python_tools import invoke
from nex_resources.runtime.toolbox import agent_tool, covers, select

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun

Carry = Callable[[ToolCall], Awaitable[ToolResult]]

GRACE = 1.0
"""Seconds that a host gets beyond a call's timeout to report it by itself."""


class Offer:
    """A tool that an agent may call. A `hidden` one is not shown until a search finds it; calls of a `serial`
    one run alone."""

    __slots__ = ("_check", "carry", "hidden", "serial", "spec")

    def __init__(self, spec: ToolSpec, carry: Carry, hidden: bool = False, serial: bool = False):
        self.spec = spec
        self.carry = carry
        self.hidden = hidden
        self.serial = serial or spec.disable_parallel
        self._check: Any = None

    def check(self, arguments: dict[str, Any]) -> str | None:
        """Say how `arguments` break the tool's schema, or None."""
        if self._check is None:
            self._check = validator(self.spec.input_schema)
        return violation(self._check, arguments)


def offers_for(run: AgentRun) -> dict[str, Offer]:
    """Return what `run`'s agent may call, by name: the host's tools that its selectors cover, its own Python
    tools, its sub-agents, and the built-in tools that these call for."""
    spec = run.spec
    offers = {}
    for tool, carry in _tools(run):
        hidden = tool.deferred or covers(spec.deferred, tool.name)
        offers[tool.name] = Offer(tool, carry, hidden, covers(spec.serial, tool.name))
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
