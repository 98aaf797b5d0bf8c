"""What is made of a record: the tree, the spans, the command line."""

import io
import json
import sys
from pathlib import Path

from rich.console import Console
from runtime_kit import call, turn

from nex_resources.records import AgentSpec, ToolCall
from nex_resources.runtime import Budget, JsonlSink, read_events
from nex_resources.runtime.__main__ import main
from nex_resources.runtime.otel import export
from nex_resources.runtime.view import Tail, TreeView

LEAF = AgentSpec(
    "leaf", tools=("math__*",), max_iterations=3, settings={"model": "small", "temperature": 0.5}
)
TOP = AgentSpec("top", system_prompt="P.", sub_agents=(LEAF,), settings={"model": "big"})
SCRIPT = {
    "top": [turn(ToolCall("c1", "leaf", {"message": "add [x]"}), text="asking"), "all done"],
    "top/leaf": [turn(call("math__add", a=1, b=2)), turn(call("math__fail")), "3"],
}


async def record(rollout, folder):
    with JsonlSink(folder) as sink:
        return (await rollout(SCRIPT, TOP, sink=sink, budget=Budget()))[0]


def shown(view):
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(view.tree)
    return console.export_text()


async def test_tree_nests_a_sub_agent_under_the_call_that_started_it(rollout, tmp_path):
    await record(rollout, tmp_path)
    view = TreeView()
    for event in read_events(tmp_path / "events.jsonl"):
        view.append(event)
    lines = shown(view).splitlines()
    depth = {
        text: next(line.index(text) for line in lines if text in line)
        for text in ("leaf {", "top/leaf", "math__add", "sum")
    }
    assert depth["leaf {"] < depth["top/leaf"] < depth["math__add"] < depth["sum"]
    text = "\n".join(lines)
    assert 'leaf {"message":"add [x]"}' in text
    assert "tool_error: ValueError" in text
    assert "completed" in text


async def test_the_live_view_follows_the_end_of_a_long_tree(rollout, tmp_path):
    await record(rollout, tmp_path)
    view = TreeView()
    for event in read_events(tmp_path / "events.jsonl"):
        view.append(event)
    console = Console(width=160, height=5, record=True, file=io.StringIO())
    console.print(Tail(view.tree))
    lines = console.export_text().rstrip().splitlines()
    assert len(lines) == 4
    assert "completed" in lines[-1]


async def test_replay_shows_a_stored_rollout(rollout, tmp_path, capsys):
    await record(rollout, tmp_path)
    assert main(["replay", str(tmp_path / "events.jsonl")]) == 0
    assert "top/leaf" in capsys.readouterr().out


async def test_spans_follow_the_genai_conventions(rollout, tmp_path):
    trace = await record(rollout, tmp_path)
    request = export(read_events(tmp_path / "events.jsonl"))
    spans = request["resourceSpans"][0]["scopeSpans"][0]["spans"]
    by_id = {span["spanId"]: span for span in spans}
    assert len(by_id) == len(spans)
    names = sorted(span["name"].split()[0] for span in spans)
    assert names == ["chat"] * 5 + ["execute_tool"] * 3 + ["invoke_agent"] * 2
    child = next(span for span in spans if span["name"] == "invoke_agent leaf")
    assert by_id[child["parentSpanId"]]["name"] == "execute_tool leaf"
    assert all(int(span["startTimeUnixNano"]) <= int(span["endTimeUnixNano"]) for span in spans)
    assert {span["traceId"] for span in spans} == {spans[0]["traceId"]}
    values = [{a["key"]: a["value"] for a in span["attributes"]} for span in spans]
    tokens = sum(
        int(v["gen_ai.usage.input_tokens"]["intValue"]) for v in values if "gen_ai.usage.input_tokens" in v
    )
    assert tokens == trace.usage.input_tokens
    failed = next(span for span in spans if span["name"] == "execute_tool math__fail")
    assert failed["status"] == {"code": 2}
    assert all(
        {"gen_ai.operation.name", "gen_ai.provider.name", "gen_ai.conversation.id"} <= v.keys()
        for v in values
    )
    chats = {v["gen_ai.agent.name"]["stringValue"]: v for v in values if "gen_ai.usage.output_tokens" in v}
    assert chats["top"]["gen_ai.request.model"] == {"stringValue": "big"}
    assert chats["leaf"]["gen_ai.request.model"] == {"stringValue": "small"}
    assert chats["leaf"]["gen_ai.request.temperature"] == {"doubleValue": 0.5}
    assert "add [x]" not in json.dumps(request), "texts only on request"
    told = export(read_events(tmp_path / "events.jsonl"), texts=True)
    spans = told["resourceSpans"][0]["scopeSpans"][0]["spans"]
    values = [
        {a["key"]: a["value"]["stringValue"] for a in s["attributes"] if "stringValue" in a["value"]}
        for s in spans
    ]
    said = [json.loads(v["gen_ai.output.messages"]) for v in values if "gen_ai.output.messages" in v]
    call_part = {"type": "tool_call", "id": "c1", "name": "leaf", "arguments": {"message": "add [x]"}}
    asking = {"type": "text", "content": "asking"}
    assert said[0] == [{"role": "assistant", "parts": [asking, call_part], "finish_reason": "tool_call"}]
    assert json.loads(values[0]["gen_ai.system_instructions"]) == [{"type": "text", "content": "P."}]


SERVER = """
from mcp.server.mcpserver import MCPServer

server = MCPServer("sums")


@server.tool()
def add(a: int, b: int) -> str:
    return str(a + b)


server.run()
"""


def test_run_from_the_command_line_with_its_own_mcp_server(tmp_path, capsys):
    """A config with a model endpoint and a stdio server, carried out by the command itself."""
    import asyncio
    import threading

    sys.path.insert(0, str(Path(__file__).parents[1] / "llm"))
    from llm_wire import WireServer

    called = {"id": "c1", "function": {"name": "sums__add", "arguments": '{"a": 20, "b": 3}'}}
    answers = [
        {"choices": [{"message": {"content": "", "tool_calls": [called]}, "finish_reason": "tool_calls"}]},
        {"choices": [{"message": {"content": "It is 23."}, "finish_reason": "stop"}]},
    ]
    ready, done, url = threading.Event(), threading.Event(), []

    async def serve():
        async with WireServer(*answers) as server:
            url.append(server.url)
            ready.set()
            await asyncio.to_thread(done.wait)
            return server.requests

    requests = []
    thread = threading.Thread(target=lambda: requests.extend(asyncio.run(serve())))
    thread.start()
    ready.wait()
    (tmp_path / "sums.py").write_text(SERVER)
    (tmp_path / "agent.yaml").write_text(
        f"""
name: adder
llm_config: {{model: m, base_url: "{url[0]}", api_key: k, temperature: 0}}
mcp_servers:
  - {{name: sums, command: {sys.executable}, args: ["${{this_file_dir}}/sums.py"]}}
"""
    )
    code = main(["run", str(tmp_path / "agent.yaml"), "20 + 3?", "--out", str(tmp_path / "out")])
    done.set()
    thread.join()
    assert (code, capsys.readouterr().out) == (0, "It is 23.\n")
    assert requests[1]["messages"][-1]["content"] == "23"
    assert requests[0]["temperature"] == 0
    kinds = [event.kind for event in read_events(tmp_path / "out/events.jsonl")]
    assert kinds[-1] == "rollout_finished"


def test_the_command_line_tells_errors_of_a_config_without_a_traceback(tmp_path, capsys):
    (tmp_path / "agent.yaml").write_text("name: a\nllm_config: {model: m, api_type: opanai_responses}")
    assert main(["run", str(tmp_path / "agent.yaml"), "x"]) == 2
    told = capsys.readouterr().err
    assert "llm_config.api_type: 'opanai_responses' is not supported" in told
    assert "did you mean 'openai_responses'?" in told
