"""A tiny student and a few conversations, shared by the trainer's tests."""

import json
from pathlib import Path

import pytest

from nex_resources.records import (
    Message,
    ToolCall,
    ToolResult,
    ToolSpec,
    assistant,
    canonical_json,
    system,
    tool_results,
    user,
)
from nex_resources.trainer.data import Conversation
from nex_resources.trainer.tiny import CORPUS, make_tiny

TOOLS = (
    ToolSpec(
        "retail__get_order",
        "Show an order.",
        {"type": "object", "properties": {"order_id": {"type": "string"}}, "required": ["order_id"]},
    ),
)


def conversation(number: int) -> Conversation:
    order = f"O{4000 + number}"
    messages: tuple[Message, ...] = (
        system("You are an agent that calls tools."),
        user(f"What is the status of order {order}?" + " Please." * (number % 4)),
        assistant("", ToolCall("call_0", "retail__get_order", {"order_id": order})),
        tool_results(ToolResult("call_0", "retail__get_order", json.dumps({"status": "pending"}))),
        assistant("The status is pending."),
    )
    return Conversation(messages, TOOLS, (False, False, True, False, True))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny(folder, CORPUS)
    return folder


@pytest.fixture
def samples(tmp_path: Path) -> Path:
    path = tmp_path / "samples.jsonl"
    rows = [conversation(number) for number in range(12)]
    lines = [
        json.dumps(
            {"messages": canonical_json(c.messages), "tools": canonical_json(c.tools), "train": c.train}
        )
        for c in rows
    ]
    path.write_text("\n".join(lines) + "\n")
    return path
