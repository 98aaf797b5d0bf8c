"""What all agents of one rollout share: the model, the tools, the ledger and the record."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec

from nex_resources.config import ConfigError
from nex_resources.llm.base import LLM
from nex_resources.llm.prices import price_table
from nex_resources.records import AgentSpec, Task, ToolResult, ToolSpec
from nex_resources.runtime.budget import Budget, Ledger, StopRollout
from nex_resources.runtime.events import EventSink, Recorder, file_stem
from nex_resources.runtime.hooks import Middleware, make_middlewares
from nex_resources.runtime.host import ToolHost, describe
from nex_resources.runtime.skills import skills_notice
from nex_resources.runtime.state import Storage


class Rollout:
    """One rollout while it runs."""

    def __init__(
        self, task: Task, tools: ToolHost, llm: LLM, budget: Budget, sink: EventSink, recorder: Recorder
    ):
        self.task = task
        self.host = tools
        self.llm = llm
        self.budget = budget
        self.sink = sink
        self.record = recorder.emit
        self.ledger = Ledger(budget)
        self.storage = Storage()
        try:
            self.host_tools: Sequence[ToolSpec] = tools.tools()
        except Exception as error:
            raise StopRollout("tool_host_error", why=describe(error)) from error
        self.deadline = (
            asyncio.get_running_loop().time() + budget.max_seconds if budget.max_seconds is not None else None
        )

    def prompt(self, spec: AgentSpec) -> str:
        """Return the system prompt of `spec` with a notice of its skills."""
        notice = skills_notice(spec.skills) if spec.skills else ""
        return "\n\n".join(filter(None, (spec.system_prompt, notice)))

    def middlewares(self, spec: AgentSpec) -> tuple[Middleware, ...]:
        """Return new middlewares for one run of `spec`."""
        return make_middlewares(spec.middlewares) if spec.middlewares else ()

    def out_of_time(self) -> bool:
        return self.deadline is not None and asyncio.get_running_loop().time() >= self.deadline

    def cut(self, result: ToolResult, span: str, limit: int | None = None) -> ToolResult:
        """Return `result` with at most `limit` characters of text (by default the budget's), and a note of
        what was left out; where it was cut, the whole is saved first."""
        limit = self.budget.max_result_chars if limit is None else limit
        full = result.text
        if len(full) <= limit:
            return result
        # The host may have cut it already, and kept the whole.
        path = result.full_path or self.sink.save(
            f"results/{file_stem(span)}_{file_stem(result.call_id)}.txt", full
        )
        head, tail = full[: limit * 2 // 3], full[len(full) - limit // 3 :]
        note = f"\n… {len(full) - len(head) - len(tail)} of {len(full)} characters left out …\n"
        return _with_text(result, head + note + tail, max(result.size, len(full)), path)


def _with_text(result: ToolResult, text: str, size: int, path: str) -> ToolResult:
    return ToolResult(
        result.call_id,
        result.name,
        text,
        result.error,
        None,  # the structured copy is as long as the text; the saved file has it
        result.parts,
        size,
        path,
        result.seconds,
    )


def check_prices(spec: AgentSpec, llm: LLM, budget: Budget | None) -> None:
    """Refuse a cost budget that could never stop anything, because a remote model has no known price."""
    price = getattr(llm, "price", None)
    if price is None or budget is None or budget.max_cost_usd is None:
        return
    for agent in spec.walk():
        model = str(agent.settings.get("model") or "")
        if price(model) is None:
            told = f"no price is known for {model or llm.name}, which a cost budget needs"
            raise ConfigError(agent.name, "llm_config.model", told, hint="give its provider price=Price(…)")


def identify(spec: AgentSpec, task: Task, llm: LLM) -> str:
    """Return the default id of a rollout: equal for equal task, agent and model."""
    content = msgspec.json.encode((task, spec, llm.name), order="deterministic")
    return f"trace_{hashlib.blake2b(content, digest_size=8).hexdigest()}"


def about(spec: AgentSpec, task: Task, llm: LLM, budget: Budget, framework_id: str) -> dict[str, Any]:
    """Return what the record of a rollout begins with."""
    model = str(spec.settings.get("model") or llm.name)
    start = {"task": task, "spec": spec, "budget": budget, "model": model, "framework_id": framework_id}
    remote = getattr(llm, "price", None) is not None
    more = {"provider": getattr(llm, "provider", ""), "prices": price_table().version} if remote else {}
    return start | more
