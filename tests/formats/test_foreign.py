"""Readers: one small whole record a format, and one broken one for each way to be broken."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nex_resources.formats import FORMATS
from nex_resources.formats.foreign import READERS, WRITERS, ForeignError
from nex_resources.records import Message, Thinking, ToolCall, ToolResult, Trajectory, assistant, system, user

FUNCTION = {
    "type": "function",
    "function": {
        "name": "lookup",
        "description": "Look up.",
        "parameters": {"type": "object", "properties": {"key": {"type": "string"}, "n": {"type": "integer"}}},
    },
}
CALL = {"id": "c1", "type": "function", "function": {"name": "lookup", "arguments": '{"key": "a", "n": 1}'}}
CHAT = [
    {"role": "system", "content": "Be brief."},
    {"role": "user", "content": [{"type": "text", "text": "What is "}, {"type": "text", "text": "a?"}]},
    {"role": "assistant", "content": None, "reasoning_content": "Look.", "tool_calls": [CALL]},
    {"role": "tool", "tool_call_id": "c1", "content": "it is b"},
    {"role": "assistant", "content": "It is b."},
]
RECORDS: dict[str, Any] = {
    "openai": {"messages": CHAT, "tools": [FUNCTION]},
    "anthropic": {
        "system": "Be brief.",
        "tools": [{**FUNCTION["function"], "input_schema": FUNCTION["function"]["parameters"]}],  # type: ignore[dict-item]
        "messages": [
            {"role": "user", "content": "What is a?"},
            {
                "role": "assistant",
                "content": [
                    {"type": "thinking", "thinking": "Look."},
                    {"type": "tool_use", "id": "c1", "name": "lookup", "input": {"key": "a", "n": 1}},
                ],
            },
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "c1", "content": "it is b"}]},
            {"role": "assistant", "content": "It is b."},
        ],
    },
    "nexau": {
        "tools": [FUNCTION],
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "What is a?"},
            {
                "role": "assistant",
                "content": "<think>\nLook.\n</think>\n\n<tool_use>\n<tool_name>lookup</tool_name>\n"
                "<parameter>\n"
                "<key>a</key>\n<n>1</n>\n</parameter>\n</tool_use>",
            },
            {
                "role": "user",
                "content": "<tool_result>\n<tool_name>lookup</tool_name>\n"
                "<result>it is b</result>\n</tool_result>",
            },
            {"role": "assistant", "content": "It is b."},
        ],
    },
    "toucan": {
        "uuid": "u1",
        "available_tools": json.dumps([FUNCTION]),
        "messages": json.dumps(
            [
                {"role": "system", "content": "Be brief."},
                {"role": "user", "content": "What is a?"},
                {
                    "role": "assistant",
                    "content": "",
                    "reasoning_content": "Look.",
                    "function_call": {"name": "lookup", "arguments": '{"key": "a", "n": 1}'},
                },
                {"role": "function", "name": "lookup", "content": "it is b"},
                {"role": "assistant", "content": "It is b."},
            ]
        ),
    },
    "adp": {
        "id": "x",
        "content": [
            {"class_": "text_observation", "source": "system", "content": "Be brief."},
            {"class_": "text_observation", "source": "user", "content": "What is a?"},
            {
                "class_": "api_action",
                "function": "lookup",
                "kwargs": {"key": "a", "n": 1},
                "description": "Look.",
            },
            {"class_": "text_observation", "source": "environment", "content": "it is b"},
            {"class_": "message_action", "content": "It is b."},
        ],
    },
    "atif": {
        "schema_version": "ATIF-v1.4",
        "session_id": "s",
        "agent": {"name": "clerk", "version": "1", "tool_definitions": [FUNCTION]},
        "steps": [
            {"step_id": 1, "source": "system", "message": "Be brief."},
            {"step_id": 2, "source": "user", "message": "What is a?"},
            {
                "step_id": 3,
                "source": "agent",
                "message": "",
                "reasoning_content": "Look.",
                "tool_calls": [
                    {"tool_call_id": "c1", "function_name": "lookup", "arguments": {"key": "a", "n": 1}}
                ],
                "observation": {"results": [{"source_call_id": "c1", "content": "it is b"}]},
            },
            {"step_id": 4, "source": "agent", "message": "It is b."},
        ],
    },
    "langfuse": {
        "observations": [
            {"id": "root", "type": "SPAN", "name": "clerk", "startTime": "1"},
            {
                "id": "g1",
                "type": "GENERATION",
                "parentObservationId": "root",
                "startTime": "2",
                "input": {"messages": CHAT[:2], "tools": [FUNCTION]},
                "output": CHAT[2],
            },
            {
                "id": "g2",
                "type": "GENERATION",
                "parentObservationId": "root",
                "startTime": "3",
                "input": json.dumps({"messages": CHAT[:4], "tools": [FUNCTION]}),
                "output": "It is b.",
            },
        ]
    },
}


@pytest.mark.parametrize("name", READERS)
def test_records_become_one_and_the_same_trajectory(name: str) -> None:
    (read,) = READERS[name](RECORDS[name])
    said = "Look." if name == "adp" else ""
    thinking = () if name == "adp" else (Thinking("Look."),)
    first = read.messages[2]
    assert read.messages[0] == system("Be brief.")
    assert read.messages[1] == user("What is a?")
    assert (first.text, first.thinking) == (said, thinking)
    assert [(call.name, call.arguments) for call in first.calls] == [("lookup", {"key": "a", "n": 1})]
    result = read.messages[3].results[0]
    assert (result.call_id, result.name, result.text) == (first.calls[0].id, "lookup", "it is b")
    assert read.messages[4] == assistant("It is b.")
    if name != "adp":
        assert [tool.name for tool in read.tools] == ["lookup"]
        assert read.tools[0].input_schema["properties"]["n"] == {"type": "integer"}


def test_trajectories_read_can_be_written_in_every_format() -> None:
    (read,) = READERS["openai"](RECORDS["openai"])
    for codec in FORMATS.values():
        for message in read.messages:
            if message.role == "assistant":
                assert codec.can_carry(message, read.tools) is None


def test_parallel_results_become_one_turn_and_find_their_calls() -> None:
    calls = [{**CALL, "id": f"c{n}"} for n in range(3)]
    results = [{"role": "tool", "tool_call_id": f"c{n}", "content": str(n)} for n in (2, 0, 1)]
    (read,) = READERS["openai"]([{"role": "assistant", "tool_calls": calls}, *results])
    assert [(r.call_id, r.name, r.text) for r in read.messages[1].results] == [
        ("c2", "lookup", "2"),
        ("c0", "lookup", "0"),
        ("c1", "lookup", "1"),
    ]


def test_arguments_that_are_no_json_are_kept_raw() -> None:
    broken = {"function": {"name": "lookup", "arguments": '{"key": '}}
    (read,) = READERS["openai"]([{"role": "assistant", "content": "", "tool_calls": [broken]}])
    assert read.messages[0].calls == (ToolCall("call_0", "lookup", raw='{"key": '),)


def test_toucan_calls_in_messages_of_their_own() -> None:
    listed = [
        {"role": "user", "content": "?"},
        {"role": "tool_call", "content": "{'name': 'lookup', 'arguments': '{\"key\": \"a\"}'}"},
        {"role": "tool_call", "content": "{'name': 'lookup', 'arguments': '{\"key\": \"b\"}'}"},
        {"role": "tool_response", "content": "1"},
        {"role": "tool_response", "content": "2"},
    ]
    (read,) = READERS["toucan"]({"messages": listed})
    assert [call.arguments["key"] for call in read.messages[1].calls] == ["a", "b"]
    assert [result.text for result in read.messages[2].results] == ["1", "2"]
    assert [result.call_id for result in read.messages[2].results] == ["call_0", "call_1"]


def test_toucan_tools_declared_in_a_template_are_no_instruction() -> None:
    record = {**RECORDS["toucan"], "available_tools": None}
    messages = json.loads(record["messages"])
    declared = f"<|im_system|>tool_declare<|im_middle|>{json.dumps([FUNCTION])}<|im_end|>"
    (read,) = READERS["toucan"](
        {**record, "messages": json.dumps([{"role": "system", "content": declared}, *messages[1:]])}
    )
    assert [tool.name for tool in read.tools] == ["lookup"]
    assert read.messages[0] == user("What is a?")


def test_adp_calls_in_a_row_are_one_turn_and_keep_their_ids() -> None:
    actions = [
        {"class_": "api_action", "function": "lookup", "kwargs": {"key": k}, "tool_call_id": f"c{k}"}
        for k in "ab"
    ]
    seen = [
        {"class_": "text_observation", "source": "environment", "content": k, "tool_call_id": f"c{k}"}
        for k in "ba"
    ]
    page = {"class_": "web_observation", "axtree": "tree", "html": "<p>", "url": "u", "tool_call_id": "cc"}
    last = {"class_": "code_action", "language": "bash", "content": "ls", "tool_call_id": "cc"}
    (read,) = READERS["adp"]({"content": [*actions, *seen, last, page]})
    assert [call.id for call in read.messages[0].calls] == ["ca", "cb"]
    assert [(r.call_id, r.name, r.text) for r in read.messages[1].results] == [
        ("cb", "lookup", "b"),
        ("ca", "lookup", "a"),
    ]
    assert [(r.call_id, r.text) for r in read.messages[3].results] == [("cc", "tree")]


@pytest.mark.parametrize("name", WRITERS)
def test_what_is_written_for_others_reads_back(name: str) -> None:
    (read,) = READERS["openai"](RECORDS["openai"])
    (record,) = WRITERS[name]("t1", [read])
    (back,) = READERS[name](json.loads(json.dumps(record)))
    kept = name == "atif"
    meant = [m if kept else msgspec.structs.replace(m, thinking=()) for m in read.messages]
    assert list(back.messages) == meant
    assert back.tools == read.tools


def test_atif_refers_to_sub_agents() -> None:
    (read,) = READERS["openai"](RECORDS["openai"])
    sub = Trajectory("assistant/helper", "s2", (user("go"), assistant("done")), (), read.span, "c1")
    root, child = WRITERS["atif"]("t1", [read, sub])
    (result,) = root["steps"][2]["observation"]["results"]
    assert result["subagent_trajectory_ref"] == [{"session_id": child["session_id"]}]


def test_langfuse_sub_agents_become_trajectories() -> None:
    record = json.loads(json.dumps(RECORDS["langfuse"]))
    record["observations"] += [
        {"id": "sub", "type": "SPAN", "name": "helper", "parentObservationId": "root", "startTime": "4"},
        {
            "id": "g3",
            "type": "GENERATION",
            "parentObservationId": "sub",
            "startTime": "5",
            "input": [{"role": "user", "content": "help"}],
            "output": {"role": "assistant", "content": "done"},
        },
    ]
    root, sub = READERS["langfuse"](record)
    assert (root.agent, sub.agent) == ("clerk", "helper")
    assert (sub.span, sub.parent) == ("sub", root.span)
    assert sub.messages == (user("help"), assistant("done"))


BROKEN = [
    ("openai", {"messages": [{"role": "robot", "content": "x"}]}, r"messages\.0\.role: unknown role 'robot'"),
    ("openai", {"messages": "nonsense ("}, "messages: neither JSON nor"),
    (
        "openai",
        {"messages": [{"role": "assistant", "tool_calls": [{"function": {}}]}]},
        r"tool_calls\.0: a call needs",
    ),
    ("openai", {"messages": [], "tools": [{"type": "function"}]}, r"tools\.0: a tool needs a name"),
    ("openai", {"messages": [{"role": "user", "content": [{"type": "image"}]}]}, "other media"),
    ("anthropic", {"messages": [{"role": "system", "content": "x"}]}, "unknown role 'system'"),
    (
        "anthropic",
        {"messages": [{"role": "assistant", "content": [{"type": "odd"}]}]},
        r"messages\.0: content\.0 is no",
    ),
    ("nexau", {"messages": [{"role": "assistant", "content": "<tool_use>"}]}, "never closed"),
    ("adp", {"content": [{"class_": "gui_action"}]}, r"content\.0\.class_: cannot read 'gui_action'"),
    ("atif", {"schema_version": "2"}, "schema_version: cannot read '2'"),
    ("langfuse", {"observations": [{"type": "SPAN"}]}, "no generation"),
    ("toucan", "text", "record: expected an object, found str"),
]


@pytest.mark.parametrize(("name", "record", "message"), BROKEN)
def test_broken_records_say_where(name: str, record: Any, message: str) -> None:
    with pytest.raises(ForeignError, match=message):
        READERS[name](record)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["messages", "role", "content", "tool_calls", "steps", "tools", "type", "id"]),
            inner,
        )
    ),
    max_leaves=12,
)


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(record=json_values)
def test_arbitrary_records_raise_only_foreign_errors(name: str, record: Any) -> None:
    with contextlib.suppress(ForeignError):
        assert all(isinstance(trajectory, Trajectory) for trajectory in READERS[name](record))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_messages_keep_order_through_a_codec(name: str) -> None:
    turn = Message(
        "assistant", "", calls=tuple(ToolCall(f"call_{n}", "lookup", {"key": str(n)}) for n in range(3))
    )
    (read,) = READERS["openai"](RECORDS["openai"])
    back = FORMATS[name].decode(FORMATS[name].encode(turn, read.tools), read.tools)
    assert [call.arguments["key"] for call in back.calls] == ["0", "1", "2"]
    assert FORMATS[name].encode_results(Message("tool", results=(ToolResult("call_0", "lookup", "seen"),)))
