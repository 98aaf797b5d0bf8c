"""Every codec: what it carries comes back equal, with its types; what it does not is reported."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from turn_strategies import NASTY, TOOLS, arguments, texts, turns

from nex_resources.formats import FORMATS, NEXGAP, SEVEN, DecodeError
from nex_resources.formats.jsontext import same
from nex_resources.records import Message, Thinking, ToolCall, ToolResult, ToolSpec, assistant, tool_results

ALL = sorted(FORMATS)
every_format = pytest.mark.parametrize("name", ALL, ids=ALL)


DIALECT = sorted(NEXGAP)


@pytest.mark.parametrize("name", DIALECT, ids=DIALECT)
@settings(max_examples=80, deadline=None)
@given(turn=turns())
def test_dialect_round_trips_too(name: str, turn: Message) -> None:
    codec = NEXGAP[name]
    if codec.can_carry(turn, TOOLS) is None:
        back = codec.decode(codec.encode(turn, TOOLS), TOOLS)
        assert same(plain(back, False), plain(turn, False))


def test_dialect_differs_where_the_released_data_does() -> None:
    turn = assistant("", ToolCall("a", "crm__update", {"note": "x"}), ToolCall("b", "ping"))
    written = {name: NEXGAP[name].encode(turn, TOOLS) for name in DIALECT}
    assert "<parameter=note>x</parameter>" in written["qwen_xml"]
    assert written["minimax"].startswith("<invoke name=crm__update>\n<parameter name=note>x</parameter>")
    assert written["deepseek"].count("<｜tool▁calls▁begin｜>") == 2
    assert all(text != FORMATS[name].encode(turn, TOOLS) for name, text in written.items())


def plain(turn: Message, ids: bool) -> object:
    """A turn as builtins, so that types can be compared."""
    calls = [[call.id if ids else "", call.name, call.arguments, call.raw] for call in turn.calls]
    return [turn.role, turn.text, [block.text for block in turn.thinking], calls]


def assert_carried(name: str, turn: Message, tools: tuple[ToolSpec, ...]) -> bool:
    codec = FORMATS[name]
    if codec.can_carry(turn, tools) is not None:
        return False
    back = codec.decode(codec.encode(turn, tools), tools)
    assert same(plain(back, False), plain(turn, False)), codec.encode(turn, tools)
    return True


def test_the_seven_are_registered() -> None:
    assert set(SEVEN) <= set(FORMATS)
    assert all(FORMATS[name].name == name for name in FORMATS)


@every_format
@settings(max_examples=150, deadline=None)
@given(turn=turns())
def test_round_trip_or_reason(name: str, turn: Message) -> None:
    assert_carried(name, turn, TOOLS)


@every_format
@settings(max_examples=80, deadline=None)
@given(turn=turns())
def test_round_trip_or_reason_without_tools(name: str, turn: Message) -> None:
    assert_carried(name, turn, ())


@every_format
@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.sampled_from([*NASTY, "<tool_use>", "<sub-agent>", "<ping>\n", "</ping>"]) | texts))
def test_arbitrary_text_raises_only_decode_errors(name: str, pieces: list[str]) -> None:
    for tools in (TOOLS, ()):
        with contextlib.suppress(DecodeError):
            FORMATS[name].decode("".join(pieces), tools)


@every_format
@settings(max_examples=100, deadline=None)
@given(turn=turns(), cut=st.integers(0, 400))
def test_cut_turns_raise_only_decode_errors(name: str, turn: Message, cut: int) -> None:
    codec = FORMATS[name]
    with contextlib.suppress(DecodeError):
        codec.decode(codec.encode(turn, TOOLS)[:cut], TOOLS)


PLAIN_TURNS = {
    "text": assistant("The order is on its way.\n\nAnything else?"),
    "call": assistant("", ToolCall("call_0", "crm__update", {"note": "hello"})),
    "text and call": assistant("Let me look.", ToolCall("call_0", "crm__update", {"note": "x", "count": 3})),
    "no arguments": assistant("", ToolCall("call_0", "ping")),
    "types": assistant(
        "",
        ToolCall(
            "call_0",
            "crm__update",
            {
                "note": "a <b> & c",
                "count": -7,
                "price": 2.5,
                "urgent": True,
                "tags": ["x", "y"],
                "extra": {"k": None},
            },
        ),
    ),
    "parallel": assistant(
        "Both at once.", ToolCall("call_0", "crm__update", {"note": "one"}), ToolCall("call_1", "ping")
    ),
    "sub-agent": assistant("", ToolCall("call_0", "researcher", {"message": "Find the\nauthor."})),
    "parallel sub-agents": assistant(
        "",
        ToolCall("call_0", "researcher", {"message": "a"}),
        ToolCall("call_1", "researcher", {"message": "b"}),
    ),
    "mixed parallel": assistant(
        "",
        ToolCall("call_0", "ping"),
        ToolCall("call_1", "researcher", {"message": "b"}),
        ToolCall("call_2", "ping"),
    ),
    "thinking": Message("assistant", "Yes.", (Thinking("Is it?\nIt is."),)),
    "thinking and call": Message("assistant", "", (Thinking("Hm."),), (ToolCall("call_0", "ping"),)),
    "batch": assistant(
        "",
        ToolCall(
            "call_0",
            "batch-agent",
            {
                "agent_name": "researcher",
                "input_data_source": {"file_name": "rows.jsonl", "format": "jsonl"},
                "message": "Summarise {title}",
            },
        ),
    ),
}


@every_format
@pytest.mark.parametrize("case", PLAIN_TURNS, ids=lambda case: case.replace(" ", "-"))
def test_ordinary_turns_are_carried(name: str, case: str) -> None:
    turn = PLAIN_TURNS[case]
    if (name, case) in NOT_FOR:
        assert str(FORMATS[name].can_carry(turn, TOOLS)).startswith(NOT_FOR[name, case])
        return
    tools = (*TOOLS, BATCH) if case == "batch" and name != "nexau_xml" else TOOLS
    assert FORMATS[name].can_carry(turn, tools) is None
    assert assert_carried(name, turn, tools)


BATCH = ToolSpec(
    "batch-agent",
    input_schema={
        "type": "object",
        "properties": {
            "agent_name": {"type": "string"},
            "input_data_source": {"type": "object"},
            "message": {"type": "string"},
        },
    },
)

NOT_FOR = {
    ("pythonic", "text and call"): "text beside calls:",
    ("pythonic", "parallel"): "text beside calls:",
    ("pythonic", "types"): "negative number:",
    ("pythonic", "batch"): "name not writable:",
}

UNREPRESENTABLE = [
    ("qwen_xml", {"note": "a </parameter> b"}, "closing tag in value"),
    ("qwen_xml", {"note": "null"}, "string read as null"),
    ("qwen_xml", {"extra": {"deep": "</tool_call>"}}, "closing tag in value"),
    ("qwen_xml", {"count": "three"}, None),
    ("minimax", {"note": "ends\n"}, "white space at the edge"),
    ("minimax", {"note": "none"}, "string read as null"),
    ("minimax", {"maybe": "text"}, "type not restored"),
    ("glm", {"note": "true"}, None),
    ("glm", {"note": '{"a":1}'}, "type not restored"),
    ("glm", {"note": "1e5"}, "type not restored"),
    ("nexau_xml", {"note": " edge "}, "white space at the edge"),
    ("openrouter", {"note": "a</note>b"}, "closing tag in value"),
    ("hermes", {"price": float("nan")}, "not JSON"),
]


@pytest.mark.parametrize(("name", "given_arguments", "reason"), UNREPRESENTABLE)
def test_reasons_name_the_class_of_loss(
    name: str, given_arguments: dict[str, object], reason: str | None
) -> None:
    found = FORMATS[name].can_carry(assistant("", ToolCall("c", "crm__update", given_arguments)), TOOLS)
    if reason is not None:
        assert found is not None
        assert found.startswith(f"{reason}:")


@every_format
def test_calls_that_were_not_json_are_never_carried(name: str) -> None:
    turn = assistant("", ToolCall("c", "ping", raw='{"a": '))
    assert str(FORMATS[name].can_carry(turn, TOOLS)).startswith("malformed call:")


@every_format
def test_lone_surrogates_are_not_text(name: str) -> None:
    assert str(FORMATS[name].can_carry(assistant("\ud800"), TOOLS)).startswith("not text:")
    turn = assistant("", ToolCall("c", "crm__update", {"note": "\udfff"}))
    assert str(FORMATS[name].can_carry(turn, TOOLS)).startswith("not text:")


@every_format
def test_results_and_tools_are_shown(name: str) -> None:
    turn = tool_results(ToolResult("call_0", "ping", "pong <1>"), ToolResult("call_1", "crm__update", "done"))
    shown = FORMATS[name].encode_results(turn)
    assert shown.index("pong") < shown.index("done")
    section = FORMATS[name].describe_tools(TOOLS)
    assert all(tool.name in section and tool.description.split("\n")[0] in section for tool in TOOLS)


@settings(max_examples=60, deadline=None)
@given(arguments=arguments)
@pytest.mark.parametrize("first", SEVEN)
def test_conversion_there_and_back(first: str, arguments: dict[str, object]) -> None:
    """Into any format and back is the identity, where both can carry the turn."""
    turn = assistant("text", ToolCall("call_0", "crm__update", arguments))
    if FORMATS[first].can_carry(turn, TOOLS) is not None:
        return
    read = FORMATS[first].decode(FORMATS[first].encode(turn, TOOLS), TOOLS)
    for second in FORMATS.values():
        if second.can_carry(read, TOOLS) is None:
            again = second.decode(second.encode(read, TOOLS), TOOLS)
            assert FORMATS[first].encode(again, TOOLS) == FORMATS[first].encode(turn, TOOLS)
