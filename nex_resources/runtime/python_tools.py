"""An agent's own Python tools: imported at the first call, given what their signature asks for."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from nex_resources.config import ConfigError
from nex_resources.records import PythonTool, ToolCall, ToolResult
from nex_resources.runtime.arguments import validator, violation
from nex_resources.runtime.host import LocalTools, error_result
from nex_resources.runtime.imports import resolve_import
from nex_resources.runtime.state import AgentState
from nex_resources.runtime.substitute import resolve_env

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun

INJECTED = ("agent_state", "global_storage")
"""Parameters that a tool gets from the runtime if it has them; the model is not shown them."""
UNAVAILABLE = ("sandbox", "ctx")
"""Parameters that NexAU injects and we do not: a tool that cannot do without one is told so."""


def check_arguments(tool: PythonTool, arguments: dict[str, Any]) -> str | None:
    """Say how a call's arguments break the tool's schema, or None. `extra` arguments count where the schema
    declares them, and are not held against it where it does not."""
    declared = tool.spec.input_schema.get("properties") or {}
    extra = {name: value for name, value in tool.extra.items() if name in declared}
    return violation(validator(tool.spec.input_schema), {**arguments, **extra})


async def invoke(run: AgentRun, tool: PythonTool, call: ToolCall) -> ToolResult:
    """Carry out a call of `tool`; the binding's absence is an error that the model and the trace are told."""
    try:
        function, parameters = _binding(tool.binding)
        extra = resolve_env(tool.extra, tool.spec.name, "extra_kwargs") if tool.extra else {}
    except ConfigError as error:
        return error_result(call, "tool_error", f"the tool's binding cannot be used: {error}")
    if parameters & set(INJECTED):
        state = AgentState(run)
        given = {"agent_state": state, "global_storage": state.global_storage}
        extra |= {name: given[name] for name in INJECTED if name in parameters}

    def bound(**arguments: Any) -> Any:
        return function(**{**arguments, **extra})

    async def awaited(**arguments: Any) -> Any:
        return await function(**{**arguments, **extra})

    carrier = awaited if inspect.iscoroutinefunction(function) else bound
    host = LocalTools({call.name: (tool.spec, carrier)})
    return _shown(await host.call(call, run.rollout.budget.tool_timeout(call.name)))


def _shown(result: ToolResult) -> ToolResult:
    """Return the result without `returnDisplay`, which is for a user interface; if only `content` is left,
    that is the text."""
    value = result.structured
    if not isinstance(value, dict) or "returnDisplay" not in value:
        return result
    rest = {key: inner for key, inner in value.items() if key != "returnDisplay"}
    content = rest.get("content") if len(rest) == 1 else None
    text = content if isinstance(content, str) else msgspec.json.encode(rest).decode()
    return msgspec.structs.replace(result, text=text, structured=rest, size=len(text))


@lru_cache(maxsize=1024)
def _binding(target: str) -> tuple[Any, frozenset[str]]:
    """Return what `target` names and the names of its parameters. Raises `ConfigError`."""
    function = resolve_import(target)
    parameters = inspect.signature(function).parameters
    for name in UNAVAILABLE:
        if name in parameters and parameters[name].default is inspect.Parameter.empty:
            known = ", ".join(INJECTED)
            raise ConfigError(target, "", f"it asks for {name!r}, which is not supported; available: {known}")
    return function, frozenset(parameters)
