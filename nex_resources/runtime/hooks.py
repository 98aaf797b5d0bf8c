"""Middlewares: what a config may hang on the loop without changing it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, cast

from nex_resources.config import ConfigError
from nex_resources.records import Import, Message, ToolCall, ToolResult
from nex_resources.runtime.imports import resolve_import
from nex_resources.runtime.substitute import resolve_env

if TYPE_CHECKING:
    from nex_resources.runtime.loop import AgentRun


class Middleware:
    """Subclass and override what you need. Each method is awaited at its place in the loop, in the order in
    which the config lists the middlewares (the `after_` ones in reverse). `run` is the agent's run: its
    `history`, `spec`, `path`, `state` and `rollout` may be read."""

    async def before_model(self, run: AgentRun) -> None:
        """Before each completion; may append to `run.history`."""

    async def after_model(self, run: AgentRun, message: Message) -> Message:
        """Return the assistant message that goes into the record and the history."""
        return message

    async def before_tool(self, run: AgentRun, call: ToolCall) -> ToolCall | ToolResult:
        """Return the call to carry out, or a result to answer it without carrying it out."""
        return call

    async def after_tool(self, run: AgentRun, call: ToolCall, result: ToolResult) -> ToolResult:
        """Return the result that the model is shown."""
        return result


class FunctionHook(Middleware):
    """A bare function, sync or async, at one stage. It takes what the method of that name takes; None means
    no change."""

    def __init__(self, stage: str, function: Callable[..., Any]):
        self._stage, self._function = stage, function

    async def _call(self, stage: str, unchanged: Any, *arguments: Any) -> Any:
        if stage != self._stage:
            return unchanged
        value = self._function(*arguments)
        if inspect.isawaitable(value):
            value = await value
        return unchanged if value is None else value

    async def before_model(self, run: AgentRun) -> None:
        await self._call("before_model", None, run)

    async def after_model(self, run: AgentRun, message: Message) -> Message:
        return cast(Message, await self._call("after_model", message, run, message))

    async def before_tool(self, run: AgentRun, call: ToolCall) -> ToolCall | ToolResult:
        return cast(ToolCall | ToolResult, await self._call("before_tool", call, run, call))

    async def after_tool(self, run: AgentRun, call: ToolCall, result: ToolResult) -> ToolResult:
        return cast(ToolResult, await self._call("after_tool", result, run, call, result))


def make_middlewares(imports: Sequence[Import]) -> tuple[Middleware, ...]:
    """Import and make the middlewares of a config, new for each run of an agent. Raises `ConfigError`."""
    return tuple(_make(entry) for entry in imports)


def _make(entry: Import) -> Middleware:
    made = resolve_import(entry.target)
    if isinstance(made, type) or entry.params is not None:
        made = made(**resolve_env(entry.params or {}, entry.target, "params"))
    if isinstance(made, Middleware):
        return made
    if entry.stage and callable(made):
        return FunctionHook(entry.stage, made)
    what = type(made).__name__
    raise ConfigError(entry.target, "", f"a {what} is not a nex_resources.runtime.Middleware")
