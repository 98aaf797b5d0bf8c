"""Threads of synchronous tools: used again, and never what keeps a process alive."""

import asyncio
import subprocess
import sys
import threading

import pytest

from nex_resources.runtime.threads import DaemonThreads


async def test_threads_are_started_on_demand_and_used_again():
    threads, names = DaemonThreads(8), set()

    def work(value):
        names.add(threading.current_thread().name)
        return value

    assert [await threads.run(lambda i=i: work(i)) for i in range(20)] == list(range(20))
    assert names == {"tool-1"}
    barrier = threading.Barrier(4, timeout=5)
    await asyncio.gather(*(threads.run(barrier.wait) for _ in range(4)))


async def test_more_work_than_threads_waits_for_its_turn():
    threads = DaemonThreads(2)
    assert await asyncio.gather(*(threads.run(lambda i=i: i) for i in range(50))) == list(range(50))


@pytest.mark.parametrize("error", [ValueError("no"), StopIteration()], ids=["error", "stop-iteration"])
async def test_what_the_work_raises_is_raised(error):
    def fail():
        raise error

    with pytest.raises((ValueError, RuntimeError)):
        await DaemonThreads(1).run(fail)


HUNG = """
import asyncio, time
from nex_resources.llm.scripted import Scripted
from nex_resources.records import *
from nex_resources.runtime import *

tools = LocalTools({"t": (ToolSpec("t"), lambda: time.sleep(600))})
llm = Scripted({"root": [assistant("", ToolCall("c", "t")), "gave up"]})
spec = AgentSpec("root", tools=("*",))
print(asyncio.run(run(spec, Task("q", "go"), tools, llm, Budget(tool_seconds=0.2))).answer)
"""


def test_a_tool_that_never_returns_does_not_keep_the_process():
    done = subprocess.run([sys.executable, "-c", HUNG], capture_output=True, text=True, timeout=60)
    assert done.stdout == "gave up\n"
