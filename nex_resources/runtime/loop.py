"""The ReAct loop: ask the model, carry out its calls, show it the results, until it answers.

`run` starts a rollout with its root agent; `AgentRun` is one run of one agent, root or sub-agent, with a
prompt, history and tools of its own. Limits and failures leave the loop as `Stop`, whose status is what the
trace says; nothing is ever made up in place of an answer.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from nex_resources.llm.base import LLM, LLMError
from nex_resources.llm.history import History
from nex_resources.records import (
    AgentSpec,
    Message,
    Status,
    Task,
    ToolCall,
    ToolResult,
    ToolSpec,
    Trace,
    system,
    tool_results,
    user,
)
from nex_resources.runtime.budget import Budget, Stop, StopRollout, check_finished, failed
from nex_resources.runtime.context import ContextMeter
from nex_resources.runtime.events import EventSink, MemorySink, Recorder
from nex_resources.runtime.fold import Folder
from nex_resources.runtime.host import ToolHost, error_result
from nex_resources.runtime.offers import offers_for
from nex_resources.runtime.parallel import in_order
from nex_resources.runtime.prepare import prepare_calls
from nex_resources.runtime.rollout import Rollout, about, check_prices, identify
from nex_resources.runtime.toolbox import nearest
from nex_resources.runtime.xml_mode import XmlMode

Reply = Callable[[str], Awaitable[str | None]]
"""What a user says to an answer; None where the conversation ends."""


class Outcome(msgspec.Struct, frozen=True):
    """How a run of an agent ended. `text` is its answer, empty unless `status` is `completed`."""

    status: Status
    text: str = ""


async def run(
    spec: AgentSpec,
    task: Task,
    tools: ToolHost,
    llm: LLM,
    budget: Budget | None = None,
    sink: EventSink | None = None,
    *,
    rollout_id: str = "",
    framework_id: str = "",
    reply: Reply | None = None,
) -> Trace:
    """Let the agent `spec` carry out `task` and return the trace. Whatever the model, the tools or the limits
    do becomes part of the trace; only cancellation, a config whose imports fail, and what a middleware
    raises, are raised.

    Later user turns are those of `task`, said one after the other, or what `reply` says to each answer.

    The id of the trace is `rollout_id`, by default a hash of task, agent and model.
    """
    check_prices(spec, llm, budget)
    budget, sink, folder = budget or Budget(), sink or MemorySink(), Folder()
    recorder = Recorder(rollout_id or identify(spec, task, llm), sink, folder)
    began, outcome = time.perf_counter(), Outcome("interrupted")
    recorder.emit("rollout_started", about(spec, task, llm, budget, framework_id))
    clock = asyncio.timeout(budget.max_seconds)
    try:
        async with clock:
            rollout = Rollout(task, tools, llm, budget, sink, recorder)
            root = AgentRun(rollout, spec)
            outcome = await (
                root.converse_with(task.text, reply) if reply else root.run((task.text, *task.turns))
            )
    except TimeoutError:
        if not clock.expired():
            raise
        outcome = Outcome("timeout")
        recorder.emit(
            "limit", {"name": "timeout", "allowed": budget.max_seconds, "seen": time.perf_counter() - began}
        )
    except StopRollout as stop:
        outcome = Outcome(stop.status)
    except asyncio.CancelledError:
        outcome = Outcome("cancelled")
        raise
    finally:
        payload = {"status": outcome.status, "answer": outcome.text, "usage": folder.usage}
        recorder.emit("rollout_finished", {**payload, "seconds": time.perf_counter() - began})
    return folder.trace()


class AgentRun:
    """One run of one agent. `span` names it; `parent` and `call_id` say which call started it."""

    def __init__(
        self,
        rollout: Rollout,
        spec: AgentSpec,
        path: str = "",
        span: str = "s0",
        parent: AgentRun | None = None,
        call_id: str = "",
    ):
        self.rollout, self.spec, self.span, self.call_id = rollout, spec, span, call_id
        self.path = path or spec.name
        self.parent = parent.span if parent else ""
        self.depth: int = parent.depth + 1 if parent else 1
        self.state: dict[str, Any] = dict(spec.state)
        rollout.storage.update(spec.storage)
        self.history = History()
        self.context = ContextMeter(spec.max_context_tokens, spec.compact_at)
        self.settings = {**spec.settings, "agent": self.path, "span": span}
        if spec.retry_attempts is not None:
            self.settings["retry_attempts"] = spec.retry_attempts
        self.middlewares = rollout.middlewares(spec)
        self.call_ids: set[str] = set()
        self.repaired: set[str] = set()
        self.done: dict[str, ToolResult] = {}  # results of the turn that is being worked on
        self.busy = False
        self.children: dict[str, AgentRun] = {}
        self.places = asyncio.Semaphore(spec.max_running_sub_agents or rollout.budget.max_nodes)
        self.llm = XmlMode(rollout.llm) if spec.tool_call_mode == "xml" else rollout.llm
        self.offers = offers_for(self)
        self.tools: tuple[ToolSpec, ...] = ()
        self.show_tools()

    def show_tools(self) -> tuple[ToolSpec, ...]:
        """Offer the model what is not hidden; return what it was not offered before."""
        before, offers = self.tools, self.offers.values()
        self.tools = tuple(offer.spec for offer in offers if not offer.hidden)
        return tuple(tool for tool in self.tools if tool not in before)

    def record(self, kind: Any, **payload: Any) -> None:
        self.rollout.record(kind, payload, self.path, self.span, self.parent)

    async def run(self, turns: Sequence[str]) -> Outcome:
        """Answer each user turn in order; the outcome is that of the last one."""
        outcome = await self.start(turns[0])
        for text in turns[1:]:
            if outcome.status != "completed":
                break
            outcome = await self.resume(text)
        return outcome

    async def converse_with(self, text: str, reply: Reply) -> Outcome:
        """Answer `text` and whatever `reply` says to the answers, until it says nothing more."""
        outcome = await self.start(text)
        while outcome.status == "completed" and (said := await reply(outcome.text)) is not None:
            outcome = await self.resume(said)
        return outcome

    async def start(self, text: str) -> Outcome:
        """Show the prompt and the first user turn, and work on it."""
        first = [system(self.rollout.prompt(self.spec)), user(text)]
        self.history.extend(message for message in first if message.role == "user" or message.text)
        self.record("agent_started", call_id=self.call_id, tools=self.tools, messages=tuple(self.history))
        return await self.converse()

    async def resume(self, text: str) -> Outcome:
        """Go on with a further user turn."""
        self.close_calls()
        self.history.append(user(text))
        self.record("user_turn", message=self.history[-1])
        return await self.converse()

    def close_calls(self) -> None:
        """Give each call of a turn that was broken off a result, for no API takes a call without one."""
        calls = self.history[-1].calls
        if calls:
            broken_off = "broken off before it had a result"
            results = [self.done.get(c.id) or error_result(c, "cancelled", broken_off) for c in calls]
            for result in results:
                if result.call_id not in self.done:
                    self.record("tool_result", result=result)
            self.history.append(tool_results(*results))

    async def converse(self) -> Outcome:
        """Work on the last user turn and record how that ended."""
        outcome, self.busy, clock = Outcome("interrupted"), True, asyncio.timeout(self.spec.max_seconds)
        try:
            async with clock:
                outcome = Outcome("completed", await self.answer())
        except TimeoutError:
            if not clock.expired():
                raise
            outcome = Outcome("timeout")
            self.record("limit", name="timeout", allowed=self.spec.max_seconds, seen=self.spec.max_seconds)
        except Stop as stop:
            outcome = Outcome(stop.status)
            if stop.allowed is not None:
                self.record("limit", name=stop.status, allowed=stop.allowed, seen=stop.seen)
            if isinstance(stop, StopRollout):
                raise
        except asyncio.CancelledError:
            outcome = Outcome("timeout" if self.rollout.out_of_time() else "cancelled")
            raise
        finally:
            self.busy = False
            self.record("agent_finished", status=outcome.status, text=outcome.text)
        return outcome

    async def answer(self) -> str:
        """The loop itself. At most `max_iterations` completions for one user turn."""
        for _ in range(self.spec.max_iterations):
            message = await self.ask()
            if not message.calls:
                return message.text
            results = await self.act(message.calls)
            self.history.append(tool_results(*results))
            for result in results:
                if result.name in self.spec.stop_tools and not result.is_error:
                    return result.text
        raise Stop("max_iterations", self.spec.max_iterations, self.spec.max_iterations)

    async def ask(self) -> Message:
        """One completion, recorded, paid for and appended to the history."""
        self.rollout.ledger.check()
        await self.before_model()
        await self.context.make_room(self)
        began = time.perf_counter()
        try:
            completion = await self.llm.complete(self.history, self.tools, self.settings)
        except LLMError as error:
            told = {"error": error.kind, "text": str(error), "attempts": error.attempts}
            self.record("completion_failed", **told, seconds=time.perf_counter() - began)
            raise failed(error) from error
        message, repairs = prepare_calls(self, completion.message, completion.stop_reason == "length")
        for middleware in reversed(self.middlewares):
            message = await middleware.after_model(self, message)
        self.rollout.ledger.spend(completion.usage)
        self.context.seen(completion.usage, len(self.history) + 1)
        self.history.append(message)
        payload = {"message": message, "usage": completion.usage, "stop_reason": completion.stop_reason}
        extra = {"repaired": repairs} if repairs else {}
        if completion.raw is not None:
            extra["raw"] = completion.raw
        self.record(
            "completion",
            **payload,
            seconds=time.perf_counter() - began,
            attempts=completion.attempts,
            **extra,
        )
        if not message.calls:
            check_finished(completion)
        return message

    async def before_model(self) -> None:
        """Let the middlewares add to the history; what they add is recorded as well."""
        known = len(self.history)
        for middleware in self.middlewares:
            await middleware.before_model(self)
        for message in self.history[known:]:
            self.record("user_turn", message=message)

    async def act(self, calls: Sequence[ToolCall]) -> list[ToolResult]:
        """Carry out one turn's calls, concurrently but for tools that forbid it; results in their order."""
        self.done = {}
        alone = [self.serial(call.name) for call in calls]
        return await in_order(self.carry_out, calls, alone, self.rollout.budget.max_parallel)

    def serial(self, name: str) -> bool:
        offer = self.offers.get(name)
        return offer is not None and offer.serial

    async def carry_out(self, call: ToolCall) -> ToolResult:
        """One call: checked, carried out, cut to size, recorded."""
        for middleware in self.middlewares:
            replaced = await middleware.before_tool(self, call)
            if isinstance(replaced, ToolResult):
                return self.finish(call, replaced)
            call = replaced
        self.record("tool_call", call=call)
        began = time.perf_counter()
        result = self.refuse(call) or await self.offers[call.name].carry(call)
        for middleware in reversed(self.middlewares):
            result = await middleware.after_tool(self, call, result)
        if not result.seconds:
            result = msgspec.structs.replace(result, seconds=time.perf_counter() - began)
        return self.finish(call, result)

    def finish(self, call: ToolCall, result: ToolResult) -> ToolResult:
        result = self.done[result.call_id] = self.rollout.cut(result, self.span)
        self.record("tool_result", result=result)
        return result

    def refuse(self, call: ToolCall) -> ToolResult | None:
        """Say what is wrong with a call before anything is run, in words the model can act on."""
        if not call.name:
            return error_result(call, "invalid_arguments", f"the call could not be read: {call.raw}")
        offer = self.offers.get(call.name)
        if offer is None:
            near = nearest(call.name, self.offers)
            hint = (
                f"did you mean {' or '.join(near)}?"
                if near
                else f"you have: {', '.join(self.offers) or 'none'}"
            )
            return error_result(call, "unknown_tool", f"there is no tool {call.name!r}; {hint}")
        if call.raw is not None and not call.arguments and call.id not in self.repaired:
            return error_result(
                call, "invalid_arguments", f"the arguments are not a JSON object: {call.raw[:200]!r}"
            )
        wrong = offer.check(call.arguments)
        return error_result(call, "invalid_arguments", wrong) if wrong else None
