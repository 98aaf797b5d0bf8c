"""Each limit stops what it bounds, says so in the trace, and makes up no answer."""

import pytest
from runtime_kit import call, turn

from nex_resources.llm.base import Completion
from nex_resources.records import AgentSpec, ToolCall, Usage, user
from nex_resources.runtime import Budget


def results(trace):
    return [r for m in trace.root.messages for r in m.results]


def limits(sink):
    return [event.payload for event in sink.events if event.kind == "limit"]


SLOW = [turn(call("time__sleep", seconds=30, tag="x")), "never"]


async def test_wall_clock_of_the_rollout(rollout):
    trace, sink, _ = await rollout(SLOW, budget=Budget(max_seconds=0.1))
    assert (trace.status, trace.answer, trace.root.status) == ("timeout", "", "timeout")
    assert limits(sink)[0]["name"] == "timeout"
    assert trace.seconds < 5


async def test_wall_clock_of_one_agent_leaves_its_parent_running(rollout):
    slow = AgentSpec("slow", tools=("*",), max_seconds=0.05)
    script = {"top": [turn(ToolCall("", "slow", {"message": "go"})), "too slow"], "top/slow": SLOW}
    trace, _, _ = await rollout(script, AgentSpec("top", sub_agents=(slow,)))
    assert (trace.status, trace.answer) == ("completed", "too slow")
    assert trace.trajectories[1].status == "timeout"


@pytest.mark.parametrize(
    "budget",
    [Budget(tool_seconds=0.05), Budget(tool_timeouts={"time__sleep": 0.05})],
    ids=["all-tools", "one-tool"],
)
async def test_tool_timeout_is_a_result(rollout, budget):
    trace, _, _ = await rollout([*SLOW[:1], "I waited"], budget=budget)
    assert (trace.status, results(trace)[0].error) == ("completed", "timeout")


async def test_the_timeout_of_an_agents_own_server_holds_for_its_calls(rollout):
    spec = AgentSpec("root", tools=("*",), mcp_servers={"time": {"type": "stdio", "timeout": 0.05}})
    trace, _, _ = await rollout([*SLOW[:1], "I waited"], spec)
    assert results(trace)[0].error == "timeout"
    patient = Budget(tool_seconds=0.01)
    script = [turn(call("time__sleep", seconds=0.03, tag="x")), "done"]
    trace, _, _ = await rollout(script, spec, budget=patient)
    assert results(trace)[0].text == "x", "the server's own time stands over that for any tool"


async def test_tool_timeout_holds_against_a_host_that_ignores_it(rollout, bench, monkeypatch):
    from nex_resources.runtime import offers

    monkeypatch.setattr(offers, "GRACE", 0.01)

    class Deaf:
        def tools(self):
            return bench.host().tools()

        async def call(self, call, timeout=None):
            return await bench.host().call(call, None)

    trace, _, _ = await rollout([*SLOW[:1], "ok"], tools=Deaf(), budget=Budget(tool_seconds=0.02))
    assert results(trace)[0].error == "timeout"


@pytest.mark.parametrize(
    ("budget", "status"),
    [(Budget(max_tokens=25), "token_budget"), (Budget(max_cost_usd=0.02), "cost_budget")],
    ids=["tokens", "cost"],
)
async def test_budget_ends_the_rollout_before_the_next_completion(rollout, budget, status):
    paid = [
        Completion(turn(call("math__add", a=1, b=1)), Usage(10, 5, cost_usd=0.01), "tool_calls")
        for _ in range(9)
    ]
    trace, sink, llm = await rollout(paid, budget=budget)
    assert (trace.status, trace.answer) == (status, "")
    assert len(llm.asked) == 2
    assert limits(sink)[0]["name"] == status


async def test_shared_budget_in_a_child_ends_the_parent_too(rollout):
    child = AgentSpec("child", tools=("*",))
    script = {
        "top": [
            turn(ToolCall("", "child", {"message": "x"}), ToolCall("", "child", {"message": "y"})),
            "never",
        ],
        "top/child": [turn(call("math__add", a=1, b=1)) for _ in range(20)],
    }
    trace, _, _ = await rollout(script, AgentSpec("top", sub_agents=(child,)), budget=Budget(max_tokens=60))
    assert trace.status == "token_budget"
    assert {t.status for t in trace.trajectories} <= {"token_budget", "cancelled"}
    assert trace.root.status == "token_budget"


def nest(levels):
    agent = AgentSpec(f"a{levels}")
    for level in range(levels - 1, 0, -1):
        agent = AgentSpec(f"a{level}", sub_agents=(agent,))
    return agent


async def test_depth_limit_refuses_the_call_and_says_so(rollout):
    script = {
        "a1": [turn(ToolCall("", "a2", {"message": "x"})), "1"],
        "a1/a2": [turn(ToolCall("", "a3", {"message": "x"})), "2"],
    }
    trace, sink, _ = await rollout(script, nest(3), budget=Budget(max_depth=2))
    assert len(trace.trajectories) == 2
    refused = trace.trajectories[1].messages[-2].results[0]
    assert refused.error == "refused"
    assert "2 deep" in refused.text
    assert limits(sink) == [{"name": "max_depth", "allowed": 2, "seen": 3}]


async def test_node_limit_counts_every_agent_run(rollout):
    script = {
        "a1": [turn(*(ToolCall("", "a2", {"message": "x"}) for _ in range(4))), "1"],
        "a1/a2": ["2"] * 4,
    }
    trace, sink, _ = await rollout(script, nest(2), budget=Budget(max_nodes=3))
    assert len(trace.trajectories) == 3
    assert [r.error for r in results(trace)] == [None, None, "refused", "refused"]
    assert [limit["name"] for limit in limits(sink)] == ["max_nodes", "max_nodes"]


async def test_context_limit_is_a_status(rollout):
    spec = AgentSpec("root", tools=("*",), max_context_tokens=600, compact_at=0)
    trace, sink, _ = await rollout([turn(call("text__long", size=8000)), "never"], spec)
    assert (trace.status, trace.answer) == ("max_context_tokens", "")
    assert limits(sink)[0]["allowed"] == 600


def test_chinese_text_is_not_taken_for_a_quarter_of_what_it_is():
    from nex_resources.runtime.context import estimate

    assert 600 < estimate(user("汉" * 1000)) < 1100
    assert 200 < estimate(user("a" * 1000)) < 300


async def test_long_result_is_cut_and_kept_whole(rollout):
    trace, sink, _ = await rollout(
        [turn(call("text__long", "c/1", size=5000)), "ok"], budget=Budget(max_result_chars=900)
    )
    (result,) = results(trace)
    assert 900 < len(result.text) < 1000
    assert "4100 of 5000 characters left out" in result.text
    assert (result.size, len(sink.files[result.full_path])) == (5000, 5000)
    assert result.full_path == "results/s0_c_1.txt"


async def test_a_cost_budget_needs_a_price(rollout, bench):
    from nex_resources.llm import Price
    from nex_resources.llm.openai import OpenAI
    from nex_resources.runtime.rollout import check_prices

    spec, budget = AgentSpec("root"), Budget(max_cost_usd=1.0)
    with pytest.raises(ValueError, match="no price is known for my-model"):
        check_prices(spec, OpenAI("my-model", "http://localhost:1", ""), budget)
    check_prices(spec, OpenAI("my-model", "http://localhost:1", "", price=Price(0, 0, 0)), budget)
    check_prices(spec, OpenAI("gpt-4.1", "http://localhost:1", ""), budget)


async def test_a_host_without_tools_list_is_a_status(rollout):
    class Broken:
        def tools(self):
            raise OSError("no pool")

    trace, _, _ = await rollout(["x"], tools=Broken())
    assert (trace.status, trace.trajectories) == ("tool_host_error", ())
