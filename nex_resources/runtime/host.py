"""Where a rollout's tools are carried out."""

from __future__ import annotations

import asyncio
import inspect
import json
import re
import time
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import msgspec

from nex_resources.records import ErrorKind, ToolCall, ToolResult, ToolSpec
from nex_resources.runtime.threads import DaemonThreads


class ToolHost(Protocol):
    """The tools of one rollout. `call` never raises for what a tool or server does: that is a result
    with `error` set. It may be called concurrently."""

    def tools(self) -> Sequence[ToolSpec]: ...

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult: ...


_THREADS = DaemonThreads(256)


class LocalTools:
    """Python functions as tools, sync or async, by qualified name. Sync ones run in a thread.

    A function takes the arguments as keywords. A `str` it returns is the result's text; anything else is
    kept as `structured` and shown as JSON. A `ToolResult` is passed on with the call's id and name.
    An exception becomes a result that tells its type and message, without paths of this machine.
    """

    def __init__(self, tools: dict[str, tuple[ToolSpec, Any]]):
        self._tools = tools

    def tools(self) -> Sequence[ToolSpec]:
        return [spec for spec, _ in self._tools.values()]

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        found = self._tools.get(call.name)
        if found is None:
            return ToolResult(call.id, call.name, f"no tool named {call.name!r}", "unknown_tool")
        began = time.perf_counter()
        try:
            value = await asyncio.wait_for(_invoke(found[1], call.arguments), timeout)
            result = _as_result(call, value)
        except TimeoutError:
            result = error_result(
                call, "timeout", f"no answer within {timeout:g} s" if timeout else "timed out"
            )
        except Exception as error:  # what the tool raises is its answer
            result = error_result(call, "tool_error", describe(error, call))
        return msgspec.structs.replace(result, seconds=time.perf_counter() - began)


async def _invoke(function: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    if inspect.iscoroutinefunction(function):
        return await function(**arguments)
    value = await _THREADS.run(lambda: function(**arguments))
    return await value if inspect.isawaitable(value) else value


def _as_result(call: ToolCall, value: Any) -> ToolResult:
    if isinstance(value, ToolResult):
        return msgspec.structs.replace(value, call_id=call.id, name=call.name, size=len(value.text))
    if isinstance(value, str):
        return ToolResult(call.id, call.name, value, size=len(value))
    builtins = msgspec.to_builtins(value)
    text = json.dumps(builtins, ensure_ascii=False)
    return ToolResult(call.id, call.name, text, structured=builtins, size=len(text))


def error_result(call: ToolCall, kind: ErrorKind, text: str) -> ToolResult:
    """Return the result that tells the model of an error."""
    return ToolResult(call.id, call.name, text, kind, size=len(text))


_STEP = r"[^\s/\\'\"<>:,;()\[\]]"
_PATH = re.compile(
    rf"(?<![\w./~-])(?:file://)?/(?:{_STEP}+/)+(?P<last>{_STEP}*)|\b[A-Za-z]:\\(?:{_STEP}+\\)*(?P<windows>{_STEP}*)"
)
_LONGEST = 600
"""Characters of an error that the model is told; the ends of a long one say most."""


def describe(error: BaseException, call: ToolCall | None = None) -> str:
    """Say what `error` is in one short line for the model: no traceback, and absolute paths cut to their last
    component unless the call itself named them."""
    named = str(call.arguments) if call else ""

    def bare(path: re.Match[str]) -> str:
        return path[0] if path[0] in named else path["last"] or path["windows"] or "…"

    told = " ".join(_PATH.sub(bare, str(error)).split())
    if len(told) > _LONGEST:
        told = f"{told[: _LONGEST // 2]} … {told[-_LONGEST // 2 :]}"
    return f"{type(error).__name__}: {told}" if told else type(error).__name__
