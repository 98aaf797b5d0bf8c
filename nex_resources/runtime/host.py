"""Where a rollout's tools are carried out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from nex_resources.records import ToolCall, ToolResult, ToolSpec


class ToolHost(Protocol):
    """The tools of one rollout. `call` never raises for what a tool or server does: that is a result
    with `error` set. It may be called concurrently."""

    def tools(self) -> Sequence[ToolSpec]: ...

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult: ...


class LocalTools:
    """Python functions as tools, sync or async, by qualified name. Sync ones run in a thread."""

    def __init__(self, tools: dict[str, tuple[ToolSpec, Any]]):
        self._tools = tools

    def tools(self) -> Sequence[ToolSpec]:
        return [spec for spec, _ in self._tools.values()]

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        raise NotImplementedError  # the runtime's owner writes this
