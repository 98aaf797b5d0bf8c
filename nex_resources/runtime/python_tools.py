"""An agent's own Python tools: imported at the first call, given what their signature asks for."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from nex_resources.config import ConfigError
from nex_resources.records import PythonTool, ToolCall, ToolResult
from nex_resources.runtime.host import LocalTools, error_result
from nex_resources.runtime.imports import resolve_import

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun


class AgentState:
    """What a tool that has a parameter `agent_state` gets: values that live as long as the agent's run."""

    def __init__(self, run: AgentRun):
        self.agent_name = run.spec.name
        self.agent_id = run.span
        self._values = run.state

    def get_context_value(self, key: str, default: Any = None) -> Any:
        return self._values.get(key, default)

    def set_context_value(self, key: str, value: Any) -> None:
        self._values[key] = value

    get_global_value = get_context_value
    set_global_value = set_context_value


async def invoke(run: AgentRun, tool: PythonTool, call: ToolCall) -> ToolResult:
    """Carry out a call of `tool`; the binding's absence is an error that the model and the trace are told."""
    try:
        function, asks_state = _binding(tool.binding)
    except ConfigError as error:
        return error_result(call, "tool_error", f"the tool's binding cannot be imported: {error}")
    extra = dict(tool.extra)
    if asks_state:
        extra["agent_state"] = AgentState(run)

    def bound(**arguments: Any) -> Any:
        return function(**extra, **arguments)

    async def awaited(**arguments: Any) -> Any:
        return await function(**extra, **arguments)

    carrier = awaited if inspect.iscoroutinefunction(function) else bound
    host = LocalTools({call.name: (tool.spec, carrier)})
    return await host.call(call, run.rollout.budget.tool_timeout(call.name))


@lru_cache(maxsize=1024)
def _binding(target: str) -> tuple[Any, bool]:
    function = resolve_import(target)
    return function, "agent_state" in inspect.signature(function).parameters
