"""RL export: the reward is the query's verifier, so the gold rollout earns 1 and an idle one 0."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pyarrow.parquet as pq
import pytest

from nex_assets.queries.blueprint import sample_blueprint
from nex_assets.queries.blueprint_run import filled, stage
from nex_assets.queries.certificate import certify, gold_answer
from nex_assets.sft_datasets.rl import assistant_turns, compute_score, export_rl, reward
from nex_resources.formats import FORMATS, ChatFrame
from nex_resources.records import Message, Query, ToolCall, ToolResult, assistant, tool_results, user
from nex_resources.worlds import get


def proved(seed: int) -> Query:
    """A proved task that changes something in the shop."""
    for number in range(40):
        blueprint = sample_blueprint("retail", seed * 100 + number)
        if blueprint is not None and blueprint.kind == "task":
            certificate = certify(blueprint)
            if certificate.complete and certificate.diff:
                return Query("q", "Do it.", "leaf", "framework", blueprint, certificate)
    raise AssertionError("no proved task found")


@pytest.fixture(scope="module")
def task() -> Query:
    return proved(3)


def gold(query: Query) -> list[Message]:
    """The rollout that carries out the blueprint."""
    messages: list[Message] = [user(query.text)]
    with stage(query.blueprint.worlds) as opened:
        outcomes = opened.run(query.blueprint.steps, query.blueprint.slots).outcomes
    for step in query.blueprint.steps:
        call = ToolCall(step.id, step.tool, filled(step, query.blueprint.slots, outcomes))
        messages += [
            assistant("", call),
            tool_results(ToolResult(step.id, step.tool, outcomes[step.id].text)),
        ]
    return [*messages, assistant(gold_answer(query.blueprint))]


def test_gold_earns_one_and_idleness_nothing(task: Query) -> None:
    assert reward(task, gold(task)) == 1.0
    assert reward(task, [user(task.text), assistant("I did nothing.")]) == 0.0
    assert reward(task, [user(task.text), assistant(gold_answer(task.blueprint))]) == 0.0
    assert reward(task, gold(task)[:-1]) == float(not task.blueprint.facts)


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_score_reads_rollouts_in_every_format(task: Query, name: str) -> None:
    tools = tuple(tool.spec for tool in get("retail").tools)
    frame, codec = ChatFrame(), FORMATS[name]
    whole = frame.render(gold(task), tools, codec)
    if whole.reason:
        pytest.skip(whole.reason)
    opening = frame.render(gold(task)[:1], tools, codec, add_generation_prompt=True).text
    truth = msgspec.json.encode(task).decode()
    info = {
        "format": name,
        "tools": json.dumps([{"function": {"name": t.name, "parameters": t.input_schema}} for t in tools]),
    }
    assert compute_score("nex", whole.text.removeprefix(opening), truth, info) == 1.0
    assert compute_score("nex", "Nothing to do.<|im_end|>", truth, info) == 0.0


def test_assistant_turns_of_a_rollout() -> None:
    text = "one<|im_end|>\n<|im_start|>user\nresult<|im_end|>\n<|im_start|>assistant\ntwo<|im_end|>\n"
    assert assistant_turns(text) == ["one", "two"]


def test_exported_rows_hold_the_query_and_its_tools(task: Query, tmp_path: Path) -> None:
    tools = tuple(tool.spec for tool in get("retail").tools)
    assert export_rl([task], tools, tmp_path, "Help the customer.") == {
        "verl.parquet": 1,
        "gym.jsonl": 1,
        "verifiers.jsonl": 1,
    }
    row = pq.read_table(tmp_path / "verl.parquet").to_pylist()[0]
    assert msgspec.json.decode(row["reward_model"]["ground_truth"], type=Query) == task
    line = json.loads((tmp_path / "gym.jsonl").read_text())
    assert line["responses_create_params"]["input"][1] == {"role": "user", "content": task.text}
    names = {tool["name"] for tool in line["responses_create_params"]["tools"]}
    assert names == set(task.blueprint.tools)
    info = json.loads(json.loads((tmp_path / "verifiers.jsonl").read_text())["info"])
    assert msgspec.json.decode(info["query"], type=Query) == task
