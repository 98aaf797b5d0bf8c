"""Fixtures of the runtime's tests."""

import pytest
from runtime_kit import Workbench

from nex_resources.llm.scripted import Scripted
from nex_resources.records import AgentSpec, Task
from nex_resources.runtime import Budget, MemorySink, run


@pytest.fixture
def bench():
    return Workbench()


@pytest.fixture
def rollout(bench):
    """Return `await rollout(script, spec=…, budget=…)` → (trace, events, llm). A list scripts the root."""

    async def go(script, spec=None, task="Do it.", turns=(), budget=None, tools=None, seconds=0.0, sink=None):
        spec = spec or AgentSpec("root", system_prompt="You are root.", tools=("*",))
        llm = Scripted(script if isinstance(script, dict) else {spec.name: script}, seconds)
        sink = sink or MemorySink()
        trace = await run(spec, Task("q1", task, turns), tools or bench.host(), llm, budget or Budget(), sink)
        return trace, sink, llm

    return go
