"""What a config can switch on: own tools, skills, deferred tools, resumption, hooks, xml mode, compaction."""

import json
from itertools import pairwise

import hook_samples
import pytest
from runtime_kit import call, schema, turn

from nex_resources.config import ConfigError
from nex_resources.llm.scripted import Scripted
from nex_resources.records import AgentSpec, Import, PythonTool, Skill, Task, ToolCall, ToolSpec, Usage
from nex_resources.runtime import Budget, fold, run

NUMBER = {"type": "integer"}


def results(trace):
    return [r for m in trace.root.messages for r in m.results]


async def test_own_python_tool_with_state_and_extra_arguments(rollout):
    tool = PythonTool(
        ToolSpec("double", "", schema(number=NUMBER), kind="python"), "hook_samples:double", {"factor": 3}
    )
    spec = AgentSpec("root", python_tools=(tool,), state={"calls": 40})
    trace, _, _ = await rollout([turn(call("double", number=2)), turn(call("double", number=5)), "ok"], spec)
    assert [r.structured for r in results(trace)] == [{"value": 6, "call": 41}, {"value": 15, "call": 42}]


async def test_global_storage_is_shared_by_all_agents_of_a_rollout(rollout):
    key = {"key": {"type": "string"}, "value": {"type": "string"}}
    schema_ = {"type": "object", "properties": key, "required": ["key"]}
    tool = PythonTool(ToolSpec("remember", "", schema_, kind="python"), "hook_samples:remember")
    child = AgentSpec("child", python_tools=(tool,))
    spec = AgentSpec("top", sub_agents=(child,), python_tools=(tool,), storage={"color": "red"})
    script = {
        "top": [
            turn(call("remember", key="color")),
            turn(ToolCall("", "child", {"message": "x"})),
            turn(call("remember", key="color")),
            "ok",
        ],
        "top/child": [turn(call("remember", key="color", value="blue")), "set"],
    }
    trace, _, _ = await rollout(script, spec)
    assert [r.text for r in results(trace)] == ["red", "set", "blue"]


async def test_extra_arguments_stand_over_the_models_and_count_for_the_schema(rollout, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "hush")
    tool = PythonTool(
        ToolSpec("display", "", schema(secret={"type": "string"})),
        "hook_samples:display",
        {"secret": "${env.SECRET_KEY}"},
    )
    spec = AgentSpec("root", python_tools=(tool,), state={"city": "Lyon"})
    trace, _, _ = await rollout([turn(call("display")), turn(call("display", secret="mine")), "ok"], spec)
    assert [(r.error, r.text) for r in results(trace)] == [(None, "hush for Lyon")] * 2


@pytest.mark.parametrize(
    ("binding", "told"),
    [
        ("hook_samples:needs_sandbox", "it asks for 'sandbox', which is not supported"),
        ("nosuch_module:f", "'nosuch_module' is not installed"),
        ("hook_samples:doubel", "did you mean 'double'?"),
    ],
    ids=["injection", "module", "name"],
)
async def test_a_binding_that_cannot_be_imported_is_told(rollout, binding, told):
    spec = AgentSpec("root", python_tools=(PythonTool(ToolSpec("t", "", schema()), binding),))
    trace, _, _ = await rollout([turn(call("t")), "ok"], spec)
    assert told in results(trace)[0].text


async def test_skills_are_named_in_the_prompt_and_loaded_on_demand(rollout):
    spec = AgentSpec("root", system_prompt="P.", skills=(Skill("bake", "How to bake.", "Heat the oven."),))
    script = [turn(call("load_skill", name="bake")), turn(call("load_skill", name="fry")), "ok"]
    trace, _, llm = await rollout(script, spec)
    prompt = llm.asked[0][1][0].text
    assert "- bake: How to bake." in prompt
    assert "oven" not in prompt
    assert [r.text for r in results(trace)] == ["Heat the oven.", "no such skill; there are: bake"]


async def test_deferred_tools_come_by_search(rollout):
    spec = AgentSpec("root", tools=("*",), deferred=("time__*", "text__long"))
    script = [
        turn(call("search_tools", query="sleeping alone")),
        turn(call("time__alone", seconds=0, tag="x")),
        "ok",
    ]
    trace, sink, llm = await rollout(script, spec)
    offered = [[tool.name for tool in tools] for _, _, tools in llm.asked]
    assert offered[0] == ["math__add", "math__fail", "search_tools"]
    assert set(offered[1]) - set(offered[0]) == {"time__alone"}
    assert results(trace)[1].text == "x"
    assert "time__alone" in [tool.name for tool in trace.root.tools]
    assert fold(sink.events) == trace


async def test_sub_agent_is_resumed_by_id_with_its_memory(rollout):
    child = AgentSpec("child", system_prompt="C.")
    spec = AgentSpec("top", sub_agents=(child,), resumable=True)
    script = {
        "top": [
            turn(ToolCall("", "child", {"message": "first"})),
            turn(call("resume_agent", id="s0.1", message="second")),
            turn(call("resume_agent", id="s9", message="x")),
            "done",
        ],
        "top/child": ["one", "two"],
    }
    trace, sink, llm = await rollout(script, spec)
    assert [r.text for r in results(trace)] == [
        "one\n\n[id of this child: s0.1]",
        "two\n\n[id of this child: s0.1]",
        "no sub-agent has the id 's9'; known: s0.1",
    ]
    again = [messages for agent, messages, _ in llm.asked if agent == "top/child"][1]
    assert [m.text for m in again] == ["C.", "first", "one", "second"]
    assert len(trace.trajectories) == 2
    assert fold(sink.events) == trace


async def test_a_sub_agent_that_ran_out_of_time_can_be_resumed_with_its_calls_answered(rollout):
    child = AgentSpec("child", tools=("*",), max_seconds=0.15)
    spec = AgentSpec("top", sub_agents=(child,), resumable=True)
    slow, quick = call("time__sleep", seconds=30, tag="x"), call("math__add", a=1, b=2)
    script = {
        "top": [
            turn(ToolCall("", "child", {"message": "first"})),
            turn(call("resume_agent", id="s0.1", message="second")),
            "done",
        ],
        "top/child": [turn(quick, slow), "two"],
    }
    trace, sink, llm = await rollout(script, spec)
    again = [messages for agent, messages, _ in llm.asked if agent == "top/child"][1]
    assert [m.role for m in again] == ["user", "assistant", "tool", "user"]
    assert [(r.error, r.structured) for r in again[2].results] == [(None, {"sum": 3}), ("cancelled", None)]
    assert trace.trajectories[1].messages[2] == again[2]
    assert "two" in results(trace)[1].text
    assert fold(sink.events) == trace


async def test_running_sub_agents_are_bounded(rollout, bench):
    child = AgentSpec("child", tools=("time__*",))
    spec = AgentSpec("top", sub_agents=(child,), max_running_sub_agents=2)
    script = {
        "top": [turn(*(ToolCall("", "child", {"message": str(i)}) for i in range(5))), "ok"],
        **{f"s0.{i}": [turn(call("time__sleep", seconds=0.02, tag=str(i))), str(i)] for i in range(1, 6)},
    }
    trace, _, _ = await rollout(script, spec)
    assert bench.most_running == 2
    assert [r.text for r in results(trace)] == ["1", "2", "3", "4", "5"]


async def test_middlewares_wrap_the_loop_in_order(rollout):
    hook_samples.LOG.clear()
    imports = (Import("hook_samples:Noter", {"name": "a"}), Import("hook_samples:Noter", {"name": "b"}))
    spec = AgentSpec("root", tools=("*",), middlewares=imports)
    await rollout([turn(call("math__add", a=1, b=1)), "ok"], spec)
    assert hook_samples.LOG[:8] == [
        "a:before_model",
        "b:before_model",
        "b:after_model",
        "a:after_model",
        "a:before_tool",
        "b:before_tool",
        "b:after_tool",
        "a:after_tool",
    ]


async def test_a_middleware_may_answer_a_call_itself(rollout):
    spec = AgentSpec("root", tools=("*",), middlewares=(Import("hook_samples:Refuser"),))
    trace, _, _ = await rollout([turn(call("math__add", a=1, b=1)), "ok"], spec)
    assert (results(trace)[0].text, results(trace)[0].error) == ("not today", "refused")


async def test_long_output_is_cut_by_the_stand_in_of_nexaus_middleware(rollout):
    target = "nex_resources.runtime.nexau_imports:LongToolOutput"
    spec = AgentSpec("root", tools=("*",), middlewares=(Import(target, {"max_output_chars": 90}),))
    trace, sink, _ = await rollout([turn(call("text__long", "c1", size=500)), "ok"], spec)
    (result,) = results(trace)
    assert (result.size, len(sink.files[result.full_path])) == (500, 500)
    assert "410 of 500 characters left out" in result.text


async def test_bare_hooks_stand_at_their_stage(rollout):
    hooks = (
        Import("hook_samples:remind", stage="before_model"),
        Import("hook_samples:make_shout", {"mark": "!"}, "after_model"),
    )
    trace, _, llm = await rollout(["fine"], AgentSpec("root", middlewares=hooks))
    assert trace.answer == "FINE!"
    assert llm.asked[0][1][-1].text == "Remember the budget."
    assert [m.text for m in trace.root.messages if m.role == "user"] == ["Do it.", "Remember the budget."]
    assert trace.root.messages[-1].text == "FINE!"


@pytest.mark.parametrize("target", ["hook_samples:not_a_hook", "hook_samples"], ids=["type", "form"])
async def test_a_wrong_middleware_is_an_error_of_the_config(rollout, target):
    with pytest.raises(ConfigError, match=target.replace(":", ".")):
        await rollout(["x"], AgentSpec("root", middlewares=(Import(target),)))


async def test_xml_mode_describes_tools_in_text_and_reads_calls_from_it(bench):
    spec = AgentSpec("root", system_prompt="P.", tools=("math__add",), tool_call_mode="xml")
    parameter = "<parameter>\n<a>1</a>\n<b>2</b>\n</parameter>"
    written = f"<tool_use>\n<tool_name>math__add</tool_name>\n{parameter}\n</tool_use>"
    llm = Scripted({"root": [f"I add.\n{written}", "<tool_use>\n<tool_name>math", "3"]})
    trace = await run(spec, Task("q", "1+2?"), bench.host(), llm, Budget())
    (_, first, tools), (_, second, _), (_, third, _) = llm.asked
    assert tools == []
    assert "math__add" in first[0].text
    assert (second[2].role, second[3].role) == ("assistant", "user")
    assert written in second[2].text
    assert '{"sum": 3}' in second[3].text
    assert trace.root.messages[2].calls[0].arguments == {"a": 1, "b": 2}
    assert results(trace)[1].error == "invalid_arguments"
    assert third[4].text == "<tool_use>\n<tool_name>math"
    assert (trace.status, trace.answer) == ("completed", "3")


def long_calls(turns, size):
    return [turn(call("text__long", size=size), text=f"step {i}") for i in range(turns)]


class Counting(Scripted):
    """Counts tokens as a provider would: characters of all it is shown, over four."""

    async def complete(self, messages, tools, settings):
        self._usage = Usage(
            sum(len(json.dumps(m.text)) + sum(len(r.text) for r in m.results) for m in messages) // 4
        )
        return await super().complete(messages, tools, settings)


async def test_compaction_keeps_user_turns_and_pairs_and_archives_the_rest(bench):
    from nex_resources.runtime import MemorySink

    spec = AgentSpec("root", system_prompt="P.", tools=("*",), max_context_tokens=2500, max_iterations=40)
    llm, sink = (
        Counting({"root": [*long_calls(12, 2000), "half", *long_calls(12, 2000), "done"]}),
        MemorySink(),
    )
    trace = await run(spec, Task("q", "Go " * 50, ("And on " * 50,)), bench.host(), llm, Budget(), sink)
    assert (trace.status, trace.answer) == ("completed", "done")
    compactions = [event for event in sink.events if event.kind == "compaction"]
    assert len(compactions) >= 3
    for _, messages, _ in llm.asked:
        asked = {c.id for m in messages for c in m.calls}
        answered = {r.call_id for m in messages for r in m.results}
        assert asked == answered, "a call was split from its result"
        users = [m.text for m in messages if m.role == "user"]
        assert users[0] == "Go " * 50
        roles = [m.role for m in messages]
        assert ("assistant", "assistant") not in list(pairwise(roles)), "APIs refuse two in a row"
        assert users[1:] in ([], ["And on " * 50])
    for event in compactions:
        assert event.payload["after"] < event.payload["before"]
        assert "012345" in sink.files[event.payload["archived"]]
    assert sum(len(m.results) for m in trace.root.messages) == 24
    assert all(len(r.text) == 2000 for r in results(trace)), (
        "the trace keeps what the model is no longer shown"
    )
    assert fold(sink.events) == trace


async def test_compaction_cuts_arguments_too(rollout):
    from nex_resources.runtime.compaction import shorten

    history = [turn(ToolCall("1", "w", {"body": "x" * 5000, "n": [{"deep": "y" * 5000}]})), turn(text="last")]
    cut = shorten(history, "archive/a.json")[0].calls[0].arguments
    assert len(json.dumps(cut)) < 700
    assert cut["body"].endswith("archived in archive/a.json]")


async def test_settings_reach_the_model_with_agent_and_span(bench):
    class Noting(Scripted):
        async def complete(self, messages, tools, settings):
            self.settings = dict(settings)
            return await super().complete(messages, tools, settings)

    llm = Noting({"root": ["ok"]})
    spec = AgentSpec("root", settings={"temperature": 0.1}, retry_attempts=2)
    await run(spec, Task("q", "x"), bench.host(), llm, Budget())
    assert llm.settings == {"temperature": 0.1, "retry_attempts": 2, "agent": "root", "span": "s0"}
