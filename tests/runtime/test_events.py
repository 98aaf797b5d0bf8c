"""The record on disk: whole after a run, and readable after a kill."""

import os
import signal
import subprocess
import sys
import textwrap

import pytest
from runtime_kit import call, turn

from nex_resources.runtime import JsonlSink, fold, read_events


async def test_jsonl_folds_to_the_same_trace(rollout, tmp_path):
    with JsonlSink(tmp_path) as sink:
        trace, _, _ = await rollout([turn(call("math__add", a=1, b=2)), "3"], sink=sink)
    assert fold(read_events(tmp_path / "events.jsonl")) == trace


async def test_full_results_lie_beside_the_events(rollout, tmp_path):
    with JsonlSink(tmp_path) as sink:
        trace, _, _ = await rollout([turn(call("text__long", size=40_000)), "ok"], sink=sink)
    result = trace.root.messages[3].results[0]
    assert len((tmp_path / result.full_path).read_text()) == 40_000


def test_a_killed_process_loses_only_the_event_in_flight(tmp_path):
    program = textwrap.dedent(
        """
        import asyncio, sys
        from pathlib import Path
        from nex_resources.llm.scripted import Scripted
        from nex_resources.records import *
        from nex_resources.runtime import *

        async def hang():
            print("hanging", flush=True)
            await asyncio.sleep(60)

        tools = LocalTools({"x__hang": (ToolSpec("x__hang"), hang)})
        llm = Scripted({"root": [assistant("on it", ToolCall("c1", "x__hang"))]})
        spec = AgentSpec("root", tools=("*",))
        asyncio.run(run(spec, Task("q", "hang"), tools, llm, Budget(), JsonlSink(Path(sys.argv[1]))))
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline() == "hanging\n"
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    with (tmp_path / "events.jsonl").open("ab") as file:
        file.write(b'{"rollout":"cut in the mid')
    events = list(read_events(tmp_path / "events.jsonl"))
    assert [e.kind for e in events] == ["rollout_started", "agent_started", "completion", "tool_call"]
    trace = fold(events)
    assert (trace.status, trace.root.status, trace.answer) == ("interrupted", "interrupted", "")
    assert trace.root.messages[-1].text == "on it"


BUSY = """
import asyncio, sys
from pathlib import Path
from nex_resources.llm.scripted import Scripted
from nex_resources.records import *
from nex_resources.runtime import *

class Acknowledge(MemorySink):
    def append(self, event):
        print(event.seq, flush=True)

def turn(i):
    return assistant("", *(ToolCall(f"c{i}_{j}", "x__echo", {"text": "y" * 500}) for j in range(3)))

turns = [turn(i) for i in range(5000)]
tools = LocalTools({"x__echo": (ToolSpec("x__echo"), lambda text: text)})
spec = AgentSpec("root", tools=("*",), max_iterations=5000)
sink = Tee(JsonlSink(Path(sys.argv[1])), Acknowledge())
asyncio.run(run(spec, Task("q", "go"), tools, Scripted({"root": turns}), Budget(), sink))
"""


@pytest.mark.parametrize("after", [1, 40, 333], ids=lambda n: f"kill-after-{n}")
def test_a_kill_amid_work_loses_no_event_that_had_happened(tmp_path, after):
    """Each event is acknowledged once it is written; whatever was acknowledged before the kill is there."""
    command = [sys.executable, "-c", BUSY, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if int(line) == after:
                break
        process.kill()
    events = list(read_events(tmp_path / "events.jsonl"))
    assert [event.seq for event in events] == list(range(len(events)))
    assert len(events) > after
    trace = fold(events)
    assert trace.status == "interrupted"
    answered = {result.call_id for message in trace.root.messages for result in message.results}
    assert answered <= {call.id for message in trace.root.messages for call in message.calls}
