"""The load, one runtime in one process: `python load.py ours|openai-agents|smolagents|floor URL …`.

Each rollout is the same task: a prompt, one tool `add`, five calls of it, an answer. One rollout warms up,
then `--rollouts` run with `--concurrency` of them at a time. One line of JSON tells what this process spent.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

STEPS = 5
PROMPT = "You are a calculator agent. Use the add tool step by step, then answer."
TASK = "Add 1 five times."


def cpu_seconds():
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def megabytes():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def peak_megabytes():
    """The most memory this program has had. `ru_maxrss` would count its parent's, from before the exec."""
    (line,) = (one for one in Path("/proc/self/status").read_text().splitlines() if one.startswith("VmHWM:"))
    return int(line.split()[1]) / 1024


def fetch(url, data=None):
    with urllib.request.urlopen(urllib.request.Request(url, data=data), timeout=10) as response:
        return json.load(response)


class Meter:
    """Measures from `start` to `stop`; `sample` may be called in between to watch memory."""

    def __init__(self, options):
        self.options = options
        self.samples = []

    def start(self):
        fetch(f"{self.options.url}/reset", b"")
        self.samples.append(megabytes())
        self.began, self.cpu = time.perf_counter(), cpu_seconds()

    def stop(self, succeeded):
        wall, cpu = time.perf_counter() - self.began, cpu_seconds() - self.cpu
        options = self.options
        print(
            json.dumps(
                {
                    "runtime": options.runtime,
                    "concurrency": options.concurrency,
                    "latency_ms": options.latency_ms,
                    "rollouts": options.rollouts,
                    "succeeded": succeeded,
                    "rollouts_per_s": options.rollouts / wall,
                    "cpu_ms_per_step": 1000 * cpu / (options.rollouts * STEPS),
                    "peak_mb": peak_megabytes(),
                    "memory_mb": [*self.samples, megabytes()],
                    **fetch(f"{options.url}/stats"),
                }
            ),
            flush=True,
        )


async def together(one, options, meter):
    """Run the rollouts, a fixed number of workers at a time; sample memory at each tenth."""
    assert await one(-1)
    meter.start()
    numbers = iter(range(options.rollouts))
    succeeded = 0

    async def worker():
        nonlocal succeeded
        for number in numbers:
            try:
                done = await one(number)
                succeeded += done
            except Exception as error:  # counted: the table says how many failed
                print(f"rollout {number}: {error!r:.200}", file=sys.stderr)
            if number % max(1, options.rollouts // 10) == 0:
                meter.samples.append(megabytes())

    await asyncio.gather(*(worker() for _ in range(options.concurrency)))
    meter.stop(succeeded)


async def ours(options, meter):
    """With all that a rollout has in production: validation, a trace, its events on disk as they happen."""
    from nex_resources.llm.openai import OpenAI
    from nex_resources.records import AgentSpec, Task, ToolSpec
    from nex_resources.runtime import Budget, JsonlSink, LocalTools, run

    def add(a: int, b: int) -> dict:
        return {"sum": a + b}

    number = {"type": "integer"}
    schema = {"type": "object", "properties": {"a": number, "b": number}, "required": ["a", "b"]}
    tools = LocalTools({"add": (ToolSpec("add", "Add two integers and return their sum.", schema), add)})
    spec = AgentSpec("bench", system_prompt=PROMPT, tools=("*",))
    llm = OpenAI(options.model, f"{options.url}/v1", "sk-mock", concurrency=options.concurrency)
    with tempfile.TemporaryDirectory() as folder:

        async def one(number):
            with JsonlSink(Path(folder) / str(number)) as sink:
                trace = await run(spec, Task(f"q{number}", TASK), tools, llm, Budget(), sink)
            return trace.answer == "done"

        await together(one, options, meter)
    await llm.close()


async def openai_agents(options, meter):
    from agents import Agent, OpenAIChatCompletionsModel, Runner, function_tool, set_tracing_disabled
    from openai import AsyncOpenAI

    set_tracing_disabled(True)

    @function_tool
    def add(a: int, b: int) -> dict:
        """Add two integers and return their sum."""
        return {"sum": a + b}

    client = AsyncOpenAI(base_url=f"{options.url}/v1", api_key="sk-mock")
    model = OpenAIChatCompletionsModel(model=options.model, openai_client=client)
    agent = Agent(name="bench", instructions=PROMPT, model=model, tools=[add])

    async def one(number):
        return (await Runner.run(agent, TASK, max_turns=20)).final_output == "done"

    await together(one, options, meter)


def smolagents(options, meter):
    """Synchronous: its concurrency is one thread a rollout."""
    from smolagents import LogLevel, OpenAIServerModel, ToolCallingAgent, tool

    @tool
    def add(a: int, b: int) -> dict:
        """Add two integers and return their sum.

        Args:
            a: first addend
            b: second addend
        """
        return {"sum": a + b}

    model = OpenAIServerModel(model_id=options.model, api_base=f"{options.url}/v1", api_key="sk-mock")

    def one(number):
        agent = ToolCallingAgent(tools=[add], model=model, max_steps=20, verbosity_level=LogLevel.OFF)
        return str(agent.run(TASK)) == "done"

    def counted(number):
        try:
            return one(number)
        except Exception as error:
            print(f"rollout {number}: {error!r:.200}", file=sys.stderr)
            return False

    assert one(-1)
    meter.start()
    with ThreadPoolExecutor(options.concurrency) as pool:
        meter.stop(sum(pool.map(counted, range(options.rollouts))))


async def floor(options, meter):
    """Bare sockets and `json`: no validation, no trace, nothing on disk. What no runtime can beat."""
    host, port = options.url.removeprefix("http://").split(":")
    number = {"type": "integer"}
    schema = {"type": "object", "properties": {"a": number, "b": number}, "required": ["a", "b"]}
    tools = [{"type": "function", "function": {"name": "add", "description": "Add.", "parameters": schema}}]
    free = []

    async def post(body):
        reader, writer = free.pop() if free else await asyncio.open_connection(host, int(port))
        data = json.dumps(body).encode()
        writer.write(
            b"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(data) + data
        )
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        answer = json.loads(await reader.readexactly(length))
        free.append((reader, writer))
        return answer["choices"][0]["message"]

    async def one(number):
        messages = [{"role": "system", "content": PROMPT}, {"role": "user", "content": TASK}]
        while True:
            message = await post({"model": options.model, "messages": messages, "tools": tools})
            messages.append(message)
            if not message.get("tool_calls"):
                return message["content"] == "done"
            for call in message["tool_calls"]:
                given = json.loads(call["function"]["arguments"])
                text = json.dumps({"sum": given["a"] + given["b"]})
                messages.append({"role": "tool", "tool_call_id": call["id"], "content": text})

    await together(one, options, meter)


RUNTIMES = {"ours": ours, "openai-agents": openai_agents, "smolagents": smolagents, "floor": floor}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("runtime", choices=RUNTIMES)
    parser.add_argument("url")
    parser.add_argument("--concurrency", type=int, default=64)
    parser.add_argument("--rollouts", type=int, default=256)
    parser.add_argument("--latency-ms", type=int, default=0)
    options = parser.parse_args()
    options.model = f"mock-k{STEPS}-l{options.latency_ms}"
    work = RUNTIMES[options.runtime](options, Meter(options))
    if work is not None:
        asyncio.run(work)
    sys.stdout.flush()
    os._exit(0)  # a peer's idle threads are not waited for


if __name__ == "__main__":
    main()
