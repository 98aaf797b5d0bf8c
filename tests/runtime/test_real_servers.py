"""A hierarchy of three levels, with parallel sub-agents, over real MCP servers in processes of their own."""

import json
from pathlib import Path

import pytest

from nex_resources import worlds
from nex_resources.llm.scripted import Scripted
from nex_resources.mcp import Catalogue, McpPool
from nex_resources.records import Task, ToolCall, assistant
from nex_resources.runtime import Budget, JsonlSink, fold, load_agent_files, read_events, run

ROOT = Path(__file__).parents[2]
FILES = {
    "agent.yaml": """
name: desk
system_prompt: You run the service desk.
sub_agents:
  - {name: orders, config_path: agents/orders.yaml}
  - {name: sums, config_path: agents/sums.yaml}
""",
    "agents/orders.yaml": """
name: orders
description: Knows orders.
system_prompt: You look after orders.
sub_agents:
  - {name: reader, config_path: reader.yaml}
  - {name: stock, config_path: stock.yaml}
""",
    "agents/reader.yaml": """
name: reader
system_prompt: You read customers.
tools: [retail__find_customer, retail__get_customer]
""",
    "agents/stock.yaml": "name: stock\nsystem_prompt: You read products.\ntools: [retail__find_product]",
    "agents/sums.yaml": "name: sums\nsystem_prompt: You calculate.\ntools: ['calculator__*']",
}


def say(text, *calls):
    return assistant(
        text, *(ToolCall(f"{name}-{i}", name, arguments) for i, (name, arguments) in enumerate(calls))
    )


def ask(name, message):
    return (name, {"message": message})


@pytest.fixture
def script():
    """Each agent thinks aloud in a word of its own, so that a leak has a name."""
    return {
        "desk": [say("THINKS-DESK", ask("orders", "both"), ask("sums", "6*7")), "desk is done"],
        "desk/orders": [
            say("THINKS-ORDERS", ask("reader", "who?"), ask("stock", "what?")),
            "orders: two answers",
        ],
        "desk/orders/reader": [
            say("THINKS-READER", ("retail__find_customer", {"email": "nobody@example.com"})),
            "reader: nobody",
        ],
        "desk/orders/stock": [
            say("THINKS-STOCK", ("retail__find_product", {"name": "no such thing"})),
            "stock: nothing",
        ],
        "desk/sums": [say("THINKS-SUMS", ("calculator__calculate", {"expression": "6*7"})), "sums: done"],
    }


async def test_three_levels_over_real_servers(script, tmp_path):
    spec, llm = load_agent_files(FILES), Scripted(script, seconds=0.02)
    names = ("retail", "calculator")
    catalogue = Catalogue.load(ROOT / "configs/mcp_servers.yaml")
    catalogue = Catalogue({name: catalogue[name] for name in names}, catalogue.path)
    seeds = {name: lambda workspace, name=name: worlds.get(name).seed(3, workspace) for name in names}
    async with McpPool(catalogue, home=tmp_path / "pool", confine=False) as pool, pool.host(seeds) as host:
        with JsonlSink(tmp_path / "run") as sink:
            trace = await run(spec, Task("q", "All of it."), host, llm, Budget(), sink)
    assert (trace.status, trace.answer) == ("completed", "desk is done")
    check_structure(trace)
    check_isolation(trace, llm)
    assert fold(read_events(tmp_path / "run/events.jsonl")) == trace
    check_concurrency(read_events(tmp_path / "run/events.jsonl"))


def check_structure(trace):
    agents = {t.span: (t.agent, t.parent) for t in trace.trajectories}
    assert agents == {
        "s0": ("desk", ""),
        "s0.1": ("desk/orders", "s0"),
        "s0.2": ("desk/sums", "s0"),
        "s0.1.1": ("desk/orders/reader", "s0.1"),
        "s0.1.2": ("desk/orders/stock", "s0.1"),
    }
    offered = {t.agent: {tool.name for tool in t.tools} for t in trace.trajectories}
    assert offered["desk"] == {"orders", "sums"}
    assert offered["desk/orders/stock"] == {"retail__find_product"}
    assert all(name.startswith("calculator__") for name in offered["desk/sums"])
    servers = [t for t in trace.trajectories if t.agent.count("/") == 2 or t.agent == "desk/sums"]
    for trajectory in servers:
        (result,) = [r for m in trajectory.messages for r in m.results]
        assert result.error not in (
            "unknown_tool",
            "invalid_arguments",
            "connection_closed",
            "protocol_error",
        )
        assert result.text
    sums = next(t for t in trace.trajectories if t.agent == "desk/sums")
    assert "42" in sums.messages[3].results[0].text


def check_isolation(trace, llm):
    """No agent's messages hold what another thought, was told to be, called or got, but for its answer."""
    own = {"desk": "DESK", "desk/orders": "ORDERS", "desk/orders/reader": "READER"}
    own |= {"desk/orders/stock": "STOCK", "desk/sums": "SUMS"}
    for agent, messages, _ in llm.asked:
        seen = json.dumps([str(message) for message in messages])
        for other, word in own.items():
            assert agent == other or f"THINKS-{word}" not in seen
    root = str([(m.text, m.calls, [r.text for r in m.results]) for m in trace.root.messages])
    for trajectory in trace.trajectories[1:]:
        assert trajectory.messages[0].text not in root, "a child's system prompt"
        for message in trajectory.messages:
            for result in message.results:
                assert result.text not in root or trajectory.agent == "desk/orders", "a child's tool result"
    assert [r.text for m in trace.root.messages for r in m.results] == ["orders: two answers", "sums: done"]


def check_concurrency(events):
    """Both sub-agents of the root had started before either had ended."""
    order = [(e.kind, e.span) for e in events if e.kind in ("agent_started", "agent_finished")]
    started = [order.index(("agent_started", span)) for span in ("s0.1", "s0.2")]
    ended = [order.index(("agent_finished", span)) for span in ("s0.1", "s0.2")]
    assert max(started) < min(ended)
