"""Faults of model servers, on real sockets: each with the behaviour we state, within the time we state.

`python tests/faults/test_llm_faults.py` prints the table: fault | expected | seen on each wire.
"""

import asyncio
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from llm_fault_server import ARGUMENTS, HANG, FaultServer

from nex_resources.llm import LLMError, RetryPolicy
from nex_resources.llm.anthropic import Anthropic
from nex_resources.llm.openai import OpenAI
from nex_resources.llm.responses import OpenAIResponses
from nex_resources.records import AgentSpec, Task, ToolSpec, user
from nex_resources.runtime import Budget, LocalTools, run

PROVIDERS = {"chat": OpenAI, "anthropic": Anthropic, "responses": OpenAIResponses}
POLICY = RetryPolicy(attempts=4, first=0.02, longest=0.05, patience=5.0)
NUMBER = {"type": "integer"}
ADD = ToolSpec(
    "add", "Add.", {"type": "object", "properties": {"a": NUMBER, "b": NUMBER}, "required": ["a", "b"]}
)


@dataclass
class Fault:
    """`faults` are what the server does to the first requests; then it answers well."""

    name: str
    faults: list
    expected: str  # "answer after N requests" or "error KIND after N requests"
    within: float = 2.0
    at_least: float = 0.0
    stream: bool = False
    call: bool = False

    @property
    def patience(self):
        """Seconds until the client gives a request up; short only where the server hangs."""
        return 0.7 if {"hang", "stall_sse"} & set(map(str, self.faults)) else 30.0


FAULTS = [
    Fault("429 with Retry-After: 1", [(429, {"Retry-After": "1"})], "answer after 2 requests", 3.0, 1.0),
    Fault("429 with retry-after-ms", [(429, {"retry-after-ms": "300"})], "answer after 2 requests", 2.0, 0.3),
    Fault(
        "429, Retry-After of an hour", [(429, {"Retry-After": "3600"})], "error rate_limit after 1 requests"
    ),
    Fault("429 with Retry-After as a date", ["429_date"], "answer after 2 requests", 5.0, 0.9),
    Fault("500 twice", [(500, {}), (500, {})], "answer after 3 requests"),
    Fault("529 overloaded", [(529, {})], "answer after 2 requests"),
    Fault("503 for good", [(503, {})] * 9, "error server after 4 requests"),
    Fault("408", [(408, {})], "answer after 2 requests"),
    Fault("409", [(409, {})], "answer after 2 requests"),
    Fault("400", [(400, {})], "error bad_request after 1 requests"),
    Fault("401", [(401, {})], "error auth after 1 requests"),
    Fault("404", [(404, {})], "error not_found after 1 requests"),
    Fault("hang", ["hang"], "answer after 2 requests", 3.0, 0.7),
    Fault("hang for good", ["hang"] * 9, "error timeout after 4 requests", 5.0, 2.8),
    Fault("connection dropped", ["drop"], "answer after 2 requests"),
    Fault("malformed JSON body", ["malformed_json"], "answer after 2 requests"),
    Fault("JSON of another shape", ["other_shape"], "answer after 2 requests"),
    Fault("empty content", ["empty"], "answer after 2 requests"),
    Fault("empty content for good", ["empty"] * 9, "error empty after 4 requests"),
    Fault("empty content, streamed", ["empty"], "answer after 2 requests", stream=True),
    Fault("SSE cut off", ["cut_sse"], "answer after 2 requests", stream=True),
    Fault("SSE stalls", ["stall_sse"], "answer after 2 requests", 3.0, 0.7, stream=True),
    Fault("error within the stream", ["error_sse"], "answer after 2 requests", stream=True),
    Fault("final error within the stream", ["final_sse"], "error bad_request after 1 requests", stream=True),
    Fault("SSE never closed", ["open_sse"], "answer after 1 requests", 3.0, stream=True),
    Fault("500, streamed", [(500, {})], "answer after 2 requests", stream=True),
    Fault("split call chunks", [], "call after 1 requests", stream=True, call=True),
    Fault("malformed call arguments", ["bad_arguments"], "call mended after 1 requests"),
    Fault("malformed arguments, streamed", ["bad_arguments"], "call mended after 1 requests", stream=True),
]


async def provoke(fault, wire):
    """Return what was seen, and in how many seconds."""
    async with FaultServer(wire, fault.faults, call=fault.call) as server:
        llm = PROVIDERS[wire](
            "gpt-4.1", server.url, "key", seconds=fault.patience, stream=fault.stream, retry=POLICY
        )
        began = time.monotonic()
        try:
            completion = await llm.complete([user("hi")], [ADD], {"agent": "a", "span": "s0"})
            seen, attempts = told(completion), completion.attempts
        except LLMError as error:
            seen, attempts = f"error {error.kind}", error.attempts
        seconds = time.monotonic() - began
        await llm.close()
        assert attempts == len(server.requests)
        return f"{seen} after {len(server.requests)} requests", seconds


def told(completion):
    message = completion.message
    if not message.calls:
        assert message.text == "fine"
        assert completion.usage.input_tokens == 20
        assert completion.usage.cache_read_tokens == 10
        assert completion.usage.output_tokens == 7
        return "answer"
    (call,) = message.calls
    assert (call.id, call.name, completion.stop_reason) == ("c1", "add", "tool_calls")
    return "call" if call.arguments == ARGUMENTS else "call mended" if call.raw else "call lost"


@pytest.mark.parametrize("wire", PROVIDERS)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_fault(fault, wire):
    seen, seconds = await provoke(fault, wire)
    assert seen == fault.expected
    assert fault.at_least <= seconds < HANG


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("wire", PROVIDERS)
async def test_nothing_is_lost_over_a_rollout_full_of_faults(wire, stream):
    """Faults before the call and before the answer; then the trace is as if there had been none."""
    faults = [(529, {}), "bad_arguments", "empty", (500, {}), "none"]
    async with FaultServer(wire, faults) as server:
        llm = PROVIDERS[wire]("gpt-4.1", server.url, "key", stream=stream, retry=POLICY)
        tools = LocalTools({"add": (ADD, lambda a, b: {"sum": a + b})})
        trace = await run(AgentSpec("root", tools=("*",)), Task("q", "add"), tools, llm, Budget())
        await llm.close()
    assert (trace.status, trace.answer) == ("completed", "fine")
    assert [m.role for m in trace.root.messages] == ["user", "assistant", "tool", "assistant"]
    assert trace.root.messages[1].calls[0].arguments == ARGUMENTS
    assert trace.root.messages[2].results[0].structured == {"sum": 3}
    assert len(server.requests) == 5
    assert server.requests[-1]["stream"] if stream else "stream" not in server.requests[-1]


async def table():
    print(f"| fault | expected | within s | seen on {', '.join(PROVIDERS)} | s |\n|---|---|---|---|---|")
    wrong = 0
    for fault in FAULTS:
        found = [await provoke(fault, wire) for wire in PROVIDERS]
        wrong += sum(
            seen != fault.expected or not fault.at_least <= seconds <= fault.within for seen, seconds in found
        )
        seen = ", ".join(dict.fromkeys(seen for seen, _ in found))
        times = ", ".join(f"{seconds:.2f}" for _, seconds in found)
        print(f"| {fault.name} | {fault.expected} | {fault.at_least:g}–{fault.within:g} | {seen} | {times} |")
    raise SystemExit(wrong)


if __name__ == "__main__":
    asyncio.run(table())
