"""The tools of one rollout: a `ToolHost` over the sessions leased for it."""

from __future__ import annotations

import difflib
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import mcp_types as types

from nex_resources.mcp import paths
from nex_resources.mcp.catalogue import Server
from nex_resources.mcp.results import ResultLimits, to_result
from nex_resources.mcp.slots import Slot
from nex_resources.records import ErrorKind, ToolCall, ToolResult, ToolSpec, qualified, split_qualified

Revive = Callable[[Slot], Awaitable[bool]]


class McpHost:
    """The tools of the leased servers, under their qualified names. `workspaces` are the real folders;
    what models write and read calls each of them `/workspace`."""

    def __init__(
        self,
        slots: dict[str, Slot],
        tools: Sequence[str] | None,
        files: Path | None,
        limits: ResultLimits,
        revive: Revive,
    ):
        self.workspaces = {name: slot.folders.workspace for name, slot in slots.items()}
        self.start_seconds = {n: s.session.start_seconds for n, s in slots.items() if s.session}
        self._slots = slots
        self._files = files
        self._limits = limits
        self._revive = revive
        offered = {spec.name: spec for slot in slots.values() for spec in specs(slot)}
        self._tools = offered if tools is None else _select(offered, tools)

    def tools(self) -> Sequence[ToolSpec]:
        return list(self._tools.values())

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        """Carry out `call` within `timeout` seconds (None: the server's own limit)."""
        name, tool = split_qualified(call.name)
        if call.name not in self._tools:
            return _failed(call, "unknown_tool", _unknown(call.name, self._tools))
        slot = self._slots[name]
        workspace = slot.folders.workspace
        real = paths.to_real(call.arguments, workspace)
        try:
            if slot.server.guard and slot.server.kind != "remote":
                paths.check(real, workspace, code=not slot.confined)  # code may name the sandbox's files
        except paths.EscapeError as error:
            return _failed(call, "refused", paths.to_virtual(str(error), slot.names))
        arguments = call.arguments if slot.confined else real
        return await self._carry_out(slot, call, tool, arguments, timeout or slot.server.call_timeout)

    async def _carry_out(
        self, slot: Slot, call: ToolCall, tool: str, arguments: dict[str, Any], timeout: float
    ) -> ToolResult:
        if (slot.session is None or slot.session.dead) and not await self._revive(slot):
            return _failed(call, "connection_closed", f"{slot.server.name} has ended and cannot be restarted")
        assert slot.session
        outcome = await slot.session.call(tool, arguments, timeout)
        retry = slot.shared and slot.server.tools.effect(tool) == "read"
        if outcome.error == "connection_closed" and retry and await self._revive(slot):
            # Another rollout's call may have killed a shared server; reading again changes nothing.
            outcome = await slot.session.call(tool, arguments, timeout)
        translate = partial(paths.to_virtual, names=slot.names)
        return await to_result(slot.server, call, outcome, self._files, self._limits, translate)


def specs(slot: Slot) -> list[ToolSpec]:
    """Return the tools that the slot's server listed, as models are to see them."""
    assert slot.session
    return [_spec(slot.server, tool, slot) for tool in slot.session.tools]


def _spec(server: Server, tool: types.Tool, slot: Slot) -> ToolSpec:
    effect = server.tools.effect(tool.name)
    if effect == "unknown" and tool.annotations and tool.annotations.read_only_hint is not None:
        effect = "read" if tool.annotations.read_only_hint else "write"
    schema = paths.to_virtual(tool.input_schema, slot.names)
    return ToolSpec(
        qualified(server.name, tool.name),
        paths.to_virtual(tool.description or "", slot.names),
        schema,
        server=server.name,
        effect=effect,
        deterministic=tool.name not in server.tools.varying,
    )


def _select(offered: dict[str, ToolSpec], tools: Sequence[str]) -> dict[str, ToolSpec]:
    for name in tools:
        if name not in offered:
            raise LookupError(_unknown(name, offered))
    return {name: offered[name] for name in tools}


def _unknown(name: str, offered: dict[str, ToolSpec]) -> str:
    near = difflib.get_close_matches(name, offered, n=3)
    return f"there is no tool {name!r}" + (f"; did you mean {' or '.join(near)}?" if near else "")


def _failed(call: ToolCall, kind: ErrorKind, text: str) -> ToolResult:
    return ToolResult(call.id, call.name, text, kind, size=len(text))
