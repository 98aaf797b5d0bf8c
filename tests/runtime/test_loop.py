"""The ReAct loop: calls, order, errors, turns, hierarchy, and what the trace says of them."""

import asyncio
import json

import pytest
from runtime_kit import call, turn

from nex_resources.llm import LLMError
from nex_resources.llm.base import Completion
from nex_resources.records import AgentSpec, ToolCall, ToolSpec, Usage
from nex_resources.runtime import Budget, LocalTools, fold
from nex_resources.runtime.host import describe


def results(trace, trajectory=0):
    return [r for m in trace.trajectories[trajectory].messages for r in m.results]


async def test_calls_then_answer(rollout):
    trace, sink, llm = await rollout([turn(call("math__add", a=1, b=2)), "It is 3."])
    assert (trace.status, trace.answer) == ("completed", "It is 3.")
    assert [m.role for m in trace.root.messages] == ["system", "user", "assistant", "tool", "assistant"]
    assert results(trace)[0].structured == {"sum": 3}
    assert [m.role for m in llm.asked[1][1]] == ["system", "user", "assistant", "tool"]
    assert (trace.usage.input_tokens, trace.usage.output_tokens) == (20, 10)
    assert trace.root.stop_reasons == ("tool_calls", "stop")
    assert fold(sink.events) == trace
    assert [event.seq for event in sink.events] == list(range(len(sink.events)))


async def test_parallel_calls_overlap_and_keep_their_order(rollout, bench):
    calls = [call("time__sleep", seconds=s, tag=t) for s, t in ((0.06, "a"), (0.02, "b"), (0.04, "c"))]
    trace, _, _ = await rollout([turn(*calls), "done"])
    assert [r.text for r in results(trace)] == ["a", "b", "c"]
    assert bench.log[:3] == ["+a", "+b", "+c"]
    assert bench.log[3:] == ["-b", "-c", "-a"]


async def test_disable_parallel_runs_alone_and_in_order(rollout, bench):
    calls = [
        call("time__sleep", seconds=0.03, tag="a"),
        call("time__sleep", seconds=0.01, tag="b"),
        call("time__alone", seconds=0.01, tag="S"),
        call("time__sleep", seconds=0.01, tag="c"),
    ]
    trace, _, _ = await rollout([turn(*calls), "done"])
    assert [r.text for r in results(trace)] == ["a", "b", "S", "c"]
    assert bench.log == ["+a", "+b", "-b", "-a", "+S", "-S", "+c", "-c"]


async def test_max_parallel_bounds_what_runs_at_once(rollout, bench):
    calls = [call("time__sleep", seconds=0.01, tag=str(i)) for i in range(9)]
    await rollout([turn(*calls), "done"], budget=Budget(max_parallel=3))
    assert bench.most_running == 3


@pytest.mark.parametrize(
    ("made", "kind", "told"),
    [
        pytest.param(call("math__ad", a=1, b=2), "unknown_tool", "did you mean math__add", id="typo"),
        pytest.param(call("add", a=1, b=2), "unknown_tool", "math__add", id="bare-name"),
        pytest.param(call("math__add", a="x", b=2), "invalid_arguments", "a: 'x' is not of type", id="type"),
        pytest.param(call("math__add", a=1), "invalid_arguments", "'b' is a required", id="missing"),
        pytest.param(call("math__add", a=1, b=2, c=3), "invalid_arguments", "'c' was unexpected", id="extra"),
        pytest.param(
            ToolCall("", "math__add", raw="{a"), "invalid_arguments", "not a JSON object", id="json"
        ),
        pytest.param(call("math__fail"), "tool_error", "ValueError: cannot open data.db", id="exception"),
    ],
)
async def test_errors_the_model_sees_are_short_and_useful(rollout, made, kind, told):
    trace, _, _ = await rollout([turn(made), "sorry"])
    (result,) = results(trace)
    assert result.error == kind
    assert told in result.text
    assert "/home" not in result.text
    assert "Traceback" not in result.text
    assert len(result.text) < 300
    assert trace.status == "completed"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("cannot open /home/me/a/b.db", "cannot open b.db"),
        ("open:/home/me/b.db failed", "open:b.db failed"),
        ("see file:///home/me/b.db", "see b.db"),
        (r"cannot open C:\Users\me\b.db", "cannot open b.db"),
        ("GET https://example.org/a/b.json: 404", "GET https://example.org/a/b.json: 404"),
        ("1/2/3 of and/or", "1/2/3 of and/or"),
        ("two\n  lines", "two lines"),
        ("x" * 5000, f"{'x' * 300} … {'x' * 300}"),
    ],
    ids=["posix", "colon", "uri", "windows", "url", "fractions", "lines", "long"],
)
def test_an_exception_is_told_in_one_short_line_without_paths(text, told):
    assert describe(ValueError(text)) == f"ValueError: {told}"


async def test_malformed_arguments_get_one_recorded_repair(rollout):
    bad = ToolCall("c1", "math__add", raw="{'a': 1, 'b': 2,}")
    trace, sink, _ = await rollout([turn(bad), "3"])
    (result,) = results(trace)
    assert result.structured == {"sum": 3}
    repaired = trace.root.messages[2].calls[0]
    assert (repaired.arguments, repaired.raw) == ({"a": 1, "b": 2}, bad.raw)
    completion = next(event for event in sink.events if event.kind == "completion")
    assert completion.payload["repaired"] == {"c1": "trailing comma removed, single quotes"}


async def test_an_empty_object_that_needed_repair_is_no_error(rollout):
    trace, _, _ = await rollout([turn(ToolCall("c1", "math__fail", raw="```json\n{}\n```")), "3"])
    assert results(trace)[0].error == "tool_error", "it was carried out"


async def test_arguments_that_were_cut_off_are_not_mended(rollout):
    """`{"a": 1, "b": 2` may have been about to go on."""
    calls = [
        ToolCall("c1", "math__add", raw="{'a': 1, 'b': 2}"),
        ToolCall("c2", "math__add", raw='{"a": 1, "b": 2'),
    ]
    trace, _, _ = await rollout([Completion(turn(*calls), Usage(1, 1), "length"), "3"])
    assert [r.error for r in results(trace)] == [None, "invalid_arguments"]


@pytest.mark.parametrize(
    ("reason", "status"), [("length", "max_output_tokens"), ("content_filter", "content_filter")]
)
async def test_a_text_that_was_cut_off_or_withheld_is_no_answer(rollout, reason, status):
    trace, _, _ = await rollout([Completion(turn(text="The answer is"), Usage(1, 9), reason)])
    assert (trace.status, trace.root.status, trace.answer) == (status, status, "")
    assert trace.root.messages[-1].text == "The answer is"


@pytest.mark.parametrize(
    "schema",
    [{"type": "objekt"}, {"$ref": "#/nowhere"}, {"properties": {"a": {"pattern": "("}}}],
    ids=["invalid", "dangling-reference", "pattern"],
)
async def test_a_tool_with_a_broken_schema_checks_its_own_arguments(rollout, schema):
    tools = LocalTools({"s__t": (ToolSpec("s__t", "", schema), lambda a: f"got {a}")})
    trace, _, _ = await rollout([turn(call("s__t", a="1")), "ok"], tools=tools)
    assert results(trace)[0].text == "got 1"


async def test_call_ids_are_made_unique(rollout):
    same = call("math__add", "x", a=1, b=1)
    trace, _, _ = await rollout([turn(same, same), turn(same, call("math__add", a=0, b=0)), "done"])
    ids = [c.id for m in trace.root.messages for c in m.calls]
    assert len(set(ids)) == 4
    assert [r.call_id for r in results(trace)] == ids


@pytest.mark.parametrize("most", [1, 2, 4], ids=lambda n: f"max_iterations={n}")
async def test_max_iterations_is_exact_and_no_answer_is_made_up(rollout, most):
    spec = AgentSpec("root", tools=("*",), max_iterations=most)
    trace, sink, llm = await rollout([turn(call("math__add", a=1, b=1)) for _ in range(9)], spec)
    assert len(llm.asked) == most
    assert (trace.status, trace.answer) == ("max_iterations", "")
    limit = next(event for event in sink.events if event.kind == "limit")
    assert limit.payload == {"name": "max_iterations", "allowed": most, "seen": most}


async def test_answer_in_the_last_iteration_counts(rollout):
    spec = AgentSpec("root", tools=("*",), max_iterations=2)
    trace, _, _ = await rollout([turn(call("math__add", a=1, b=1)), "2"], spec)
    assert (trace.status, trace.answer) == ("completed", "2")


async def test_stop_tool_ends_with_its_result(rollout):
    spec = AgentSpec("root", tools=("*",), stop_tools=("text__long",))
    trace, _, llm = await rollout([turn(call("text__long", size=3)), "never"], spec)
    assert (trace.status, trace.answer, len(llm.asked)) == ("completed", "012", 1)


async def test_multi_turn_task_adds_each_user_turn_after_an_answer(rollout):
    trace, sink, _ = await rollout(["one", turn(call("math__add", a=1, b=1)), "two"], turns=("And then?",))
    roles = [m.role for m in trace.root.messages]
    assert roles == ["system", "user", "assistant", "user", "assistant", "tool", "assistant"]
    assert trace.root.messages[3].text == "And then?"
    assert (trace.answer, trace.status) == ("two", "completed")
    assert fold(sink.events) == trace


async def test_a_model_that_gives_up_is_a_status(rollout):
    trace, sink, _ = await rollout([LLMError("rate_limit", "HTTP 429: slow down", attempts=6)])
    assert (trace.status, trace.answer) == ("llm_error", "")
    failed = next(event for event in sink.events if event.kind == "completion_failed")
    told = {key: failed.payload[key] for key in ("error", "text", "attempts")}
    assert told == {"error": "rate_limit", "text": "HTTP 429: slow down", "attempts": 6}


async def test_a_host_that_raises_ends_the_rollout(rollout, bench):
    class Broken:
        def tools(self):
            return bench.host().tools()

        async def call(self, call, timeout=None):
            raise RuntimeError("pool is gone")

    trace, _, _ = await rollout([turn(call("math__add", a=1, b=1)), "x"], tools=Broken())
    assert trace.status == "tool_host_error"
    assert results(trace)[0].error == "protocol_error"


async def test_cancellation_is_recorded_and_raised(rollout, bench):
    from nex_resources.runtime import MemorySink

    sink = MemorySink()
    task = asyncio.ensure_future(rollout([turn(call("time__sleep", seconds=9, tag="x"))], sink=sink))
    await bench.started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    trace = fold(sink.events)
    assert trace.status == "cancelled"
    assert trace.root.status == "cancelled"


LEAF = AgentSpec("leaf", "Adds.", "You are leaf.", tools=("math__*",))
MID = AgentSpec("mid", "Plans.", "You are mid.", sub_agents=(LEAF,))
TOP = AgentSpec("top", system_prompt="You are top.", sub_agents=(MID, LEAF))


def ask(name, message, _id=""):
    return ToolCall(_id, name, {"message": message})


async def test_three_levels_keep_the_childs_reasoning_to_itself(rollout):
    script = {
        "top": [turn(ask("mid", "m1"), ask("leaf", "m2")), "all done"],
        "top/mid": [turn(ask("leaf", "deep"), text="MID-THINKS"), "mid says 4"],
        "top/mid/leaf": [turn(call("math__add", a=2, b=2), text="LEAF-THINKS"), "four"],
        "top/leaf": ["leaf says hi"],
    }
    trace, sink, llm = await rollout(script, TOP)
    assert {t.span: t.agent for t in trace.trajectories} == {
        "s0": "top",
        "s0.1": "top/mid",
        "s0.2": "top/leaf",
        "s0.1.1": "top/mid/leaf",
    }
    assert [r.text for r in results(trace)] == ["mid says 4", "leaf says hi"]
    seen_by_top = json.dumps([m.text + str(m.results) for a, ms, _ in llm.asked if a == "top" for m in ms])
    assert "THINKS" not in seen_by_top
    assert "sum" not in seen_by_top
    first_of_mid = next(messages for agent, messages, _ in llm.asked if agent == "top/mid")
    assert [(m.role, m.text) for m in first_of_mid] == [("system", "You are mid."), ("user", "m1")]
    deep = next(t for t in trace.trajectories if t.agent == "top/mid/leaf")
    assert deep.parent == "s0.1"
    assert deep.call_id == trace.trajectories[1].messages[2].calls[0].id
    assert fold(sink.events) == trace


async def test_an_agent_is_offered_only_its_own_tools(rollout):
    script = {"top": [turn(ask("leaf", "x")), "ok"], "top/leaf": ["y"]}
    _, _, llm = await rollout(script, TOP)
    offered = {agent: [tool.name for tool in tools] for agent, _, tools in llm.asked}
    assert offered == {"top": ["mid", "leaf"], "top/leaf": ["math__add", "math__fail"]}


async def test_sub_agents_of_one_turn_run_concurrently(rollout, bench):
    worker = AgentSpec("worker", tools=("time__*",))
    top = AgentSpec("top", sub_agents=(worker,))
    script = {
        "top": [turn(*(ask("worker", str(i)) for i in range(3))), "ok"],
        **{f"s0.{i}": [turn(call("time__sleep", seconds=0.03, tag=str(i))), f"w{i}"] for i in (1, 2, 3)},
    }
    trace, _, _ = await rollout(script, top)
    assert bench.most_running == 3
    assert [r.text for r in results(trace)] == ["w1", "w2", "w3"]


async def test_a_child_that_reaches_its_limit_is_an_error_for_its_parent(rollout):
    small = AgentSpec("small", tools=("*",), max_iterations=1)
    script = {
        "top": [turn(ask("small", "x")), "gave up"],
        "top/small": [turn(call("math__add", a=1, b=1))],
    }
    trace, _, _ = await rollout(script, AgentSpec("top", sub_agents=(small,)))
    (result,) = results(trace)
    assert (result.error, result.text) == ("tool_error", "small ended without an answer: max_iterations")
    assert [t.status for t in trace.trajectories] == ["completed", "max_iterations"]
    assert trace.status == "completed"
