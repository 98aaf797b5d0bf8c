"""Queries as tasks for reinforcement learning; the reward is the query's own verifier.

A rollout is scored by replaying its calls on freshly seeded worlds and judging answer and states, so that
a reward needs nothing but the query and what the policy said.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.formats import FORMATS, DecodeError
from nex_resources.formats.offers import wrapped
from nex_resources.records import Message, Query, ToolCall, ToolSpec, Verdict
from nex_resources.worlds import get, verify_outcome

_encoder = msgspec.json.Encoder()
_queries = msgspec.json.Decoder(Query)
_PLUGIN = """from nex_assets.sft_datasets.verifiers_taskset import NexTaskset

__all__ = ["NexTaskset"]
"""


def judge(query: Query, calls: Sequence[ToolCall], answer: str) -> Verdict:
    """Replay `calls` on fresh worlds and judge what they left and what was said."""
    opened = {name: get(name).open(seed) for name, seed in query.blueprint.worlds.items()}
    try:
        before = {name: live.rows() for name, live in opened.items()}
        for call in calls:
            server, _, tool = call.name.partition("__")
            if server in opened:
                opened[server].call(tool, call.arguments)
        after = {name: live.rows() for name, live in opened.items()}
    finally:
        for live in opened.values():
            live.close()
    return verify_outcome(query, answer, before, after)


def reward(query: Query, messages: Sequence[Message]) -> float:
    """Return 1.0 where the conversation did what the query asks, else 0.0."""
    calls = [call for message in messages for call in message.calls]
    said = [message.text for message in messages if message.role == "assistant" and not message.calls]
    return float(judge(query, calls, "\n".join(said)).success)


def compute_score(
    data_source: str, solution_str: str, ground_truth: str, extra_info: dict[str, Any] | None = None
) -> float:
    """Score one response as verl and NexRL call it. `ground_truth` is the query as JSON; `extra_info` may
    name the `format` of the assistant turns in `solution_str` (`hermes` by default), and the `tools`
    as a string of JSON, by which some formats restore types."""
    info = extra_info or {}
    codec, tools = FORMATS[info.get("format", "hermes")], _specs(info.get("tools") or "[]")
    turns: list[Message] = []
    for text in assistant_turns(solution_str):
        try:
            turns.append(codec.decode(text, tools))
        except DecodeError:
            continue  # a malformed call does nothing
    return reward(_queries.decode(ground_truth), turns)


def assistant_turns(text: str) -> list[str]:
    """Return the assistant turns of a ChatML rollout that begins with one (the prompt is not part of it)."""
    turns = []
    for number, piece in enumerate(text.split("<|im_start|>")):
        role, _, body = ("assistant", "", piece) if number == 0 else piece.partition("\n")
        if role == "assistant" and body:
            turns.append(body.partition("<|im_end|>")[0])
    return turns


def prompt(query: Query, system_prompt: str = "") -> list[dict[str, str]]:
    """Return the task as chat messages: what the agent is told and what it is asked."""
    opening = [{"role": "system", "content": system_prompt}] if system_prompt else []
    return [*opening, {"role": "user", "content": query.text}]


def verl_row(query: Query, tools: Sequence[ToolSpec], system_prompt: str = "") -> dict[str, Any]:
    """Return one row of a verl or NexRL Parquet file."""
    return {
        "data_source": f"nex/{query.leaf_id or 'tasks'}",
        "prompt": prompt(query, system_prompt),
        "ability": "tool_use",
        "reward_model": {"style": "rule", "ground_truth": _encoder.encode(query).decode()},
        "extra_info": {
            "index": query.id,
            "split": query.split,
            "format": "hermes",
            "turns": list(query.turns),
            "tools": _functions(query, tools),
        },
    }


def gym_row(query: Query, tools: Sequence[ToolSpec], system_prompt: str = "") -> dict[str, Any]:
    """Return one line of a NeMo Gym JSONL file: a responses request and what its verifier needs."""
    offered = [
        {"type": "function", **wrapped(tool)["function"], "strict": False} for tool in _offered(query, tools)
    ]
    return {
        "id": query.id,
        "responses_create_params": {
            "input": prompt(query, system_prompt),
            "tools": offered,
            "parallel_tool_calls": True,
        },
        "verifier_metadata": {"query": _encoder.encode(query).decode()},
        "agent_ref": {"type": "responses_api_agents", "name": "simple_agent"},
    }


def task_row(query: Query, tools: Sequence[ToolSpec], system_prompt: str = "") -> dict[str, Any]:
    """Return one row of a `verifiers` taskset (which `verifiers_taskset.py` loads): prompt, answer, info."""
    info = {"query": _encoder.encode(query).decode(), "tools": _functions(query, tools)}
    facts = "; ".join(f"{fact.name}: {fact.value}" for fact in query.blueprint.facts)
    return {
        "id": query.id,
        "prompt": prompt(query, system_prompt),
        "answer": facts,
        "task": query.leaf_id,
        "info": _encoder.encode(info).decode(),
    }


def export_rl(
    queries: Iterable[Query], tools: Sequence[ToolSpec], folder: Path, system_prompt: str = ""
) -> dict[str, int]:
    """Write `verl.parquet`, `gym.jsonl` and `verifiers.jsonl` into `folder`, with `nex_taskset.py`, by which
    `verifiers` finds the last where `folder` is on the path; return their row counts."""
    import pyarrow as pa  # type: ignore[import-untyped]
    import pyarrow.parquet as pq  # type: ignore[import-untyped]

    folder.mkdir(parents=True, exist_ok=True)
    rows = list(queries)
    table = pa.Table.from_pylist([verl_row(query, tools, system_prompt) for query in rows])
    pq.write_table(table, folder / "verl.parquet", compression="zstd")
    for name, make in (("gym.jsonl", gym_row), ("verifiers.jsonl", task_row)):
        lines = (_encoder.encode(make(query, tools, system_prompt)) + b"\n" for query in rows)
        (folder / name).write_bytes(b"".join(lines))
    (folder / "nex_taskset.py").write_text(_PLUGIN, encoding="utf-8")
    return dict.fromkeys(("verl.parquet", "gym.jsonl", "verifiers.jsonl"), len(rows))


def _offered(query: Query, tools: Sequence[ToolSpec]) -> list[ToolSpec]:
    names = set(query.blueprint.tools) or {step.tool for step in query.blueprint.steps}
    return [tool for tool in tools if tool.name in names]


def _functions(query: Query, tools: Sequence[ToolSpec]) -> str:
    return _encoder.encode([wrapped(tool) for tool in _offered(query, tools)]).decode()


def _specs(functions: str) -> tuple[ToolSpec, ...]:
    listed = (item["function"] for item in msgspec.json.decode(functions))
    return tuple(ToolSpec(f["name"], f.get("description", ""), f.get("parameters", {})) for f in listed)
