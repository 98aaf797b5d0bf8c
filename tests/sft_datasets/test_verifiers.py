"""The RL export in the `verifiers` package itself: its tasks load, its tools work, gold earns 1, no-op 0."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from test_rl import gold, proved

from nex_assets.sft_datasets.rl import export_rl
from nex_resources.records import Message, Query, assistant
from nex_resources.worlds import get

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def query() -> Query:
    return proved(3)


@pytest.fixture
def task(query: Query, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    vf = pytest.importorskip("verifiers.v1")
    export_rl([query], tuple(tool.spec for tool in get("retail").tools), tmp_path, "Help the customer.")
    monkeypatch.syspath_prepend(str(tmp_path))
    settings = vf.taskset_config_type("nex_taskset")
    taskset = vf.load_taskset(settings(id="nex_taskset", path=tmp_path / "verifiers.jsonl"))
    (found,) = list(taskset)
    return found


def scored(task: Any, said: list[Message]) -> float:
    import verifiers.v1 as vf
    from verifiers.v1.graph import MessageNode

    nodes = []
    for message in said:
        if message.role != "assistant":
            continue
        calls = [vf.ToolCall(id=c.id, name=c.name, arguments=json.dumps(c.arguments)) for c in message.calls]
        turn = vf.AssistantMessage(content=message.text or None, tool_calls=calls or None)
        nodes.append(MessageNode(message=turn, parent=len(nodes) - 1 if nodes else None, sampled=True))
    trace = vf.Trace.model_construct(nodes=nodes, rewards={}, metrics={})
    asyncio.run(task.score(trace))
    return trace.reward


def test_gold_earns_one_and_no_op_nothing(query: Query, task: Any) -> None:
    assert task.data.prompt == query.text
    assert task.data.system_prompt == "Help the customer."
    assert scored(task, gold(query)) == 1.0
    assert scored(task, [assistant("I did nothing.")]) == 0.0


def test_tools_are_the_worlds_own(query: Query, task: Any) -> None:
    mcpserver = pytest.importorskip("mcp.server.mcpserver")
    (tools,) = type(task).toolsets(task.config)

    async def try_it() -> tuple[list[Any], Any]:
        await tools.setup_task(task.data)
        server = mcpserver.MCPServer("worlds")
        tools.register(server)
        call = gold(query)[1].calls[0]
        return await server.list_tools(), await server.call_tool(call.name, call.arguments)

    listed, result = asyncio.run(try_it())
    known = {tool.spec.name: tool.spec.input_schema["properties"] for tool in get("retail").tools}
    assert {tool.name for tool in listed} == set(query.blueprint.tools)
    for tool in listed:
        shown = tool.input_schema["properties"]
        assert {key: shown[key].get("type") for key in shown} == {
            key: known[tool.name][key].get("type") for key in known[tool.name]
        }
    assert gold(query)[2].results[0].text in str(result)
