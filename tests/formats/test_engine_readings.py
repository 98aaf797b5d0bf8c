"""What engines were seen to do with values and schemas, pinned: a value is carried if, and only if, every
engine that parses the format gives it back (see "Checked with engines" in docs/formats.md)."""

from __future__ import annotations

from typing import Any

import pytest

from nex_resources.formats import FORMATS, ChatFrame
from nex_resources.formats.jsontext import same
from nex_resources.records import ToolCall, ToolSpec, assistant, user

STRING, INTEGER, NUMBER, OBJECT = ({"type": kind} for kind in ("string", "integer", "number", "object"))
REFERENCE = {"$ref": "#/$defs/P"}
TAGS = ("qwen_xml", "minimax", "glm")
TAGS_AND_CORRECTED = (*TAGS, "kimi_k2", "deepseek_v32", "mistral_v11")

# (formats, schema of the parameter, value, whether it is carried)
CASES: list[tuple[tuple[str, ...], Any, Any, bool]] = [
    (TAGS_AND_CORRECTED, STRING, "123", True),
    (("glm",), STRING, "0x10", True),
    (("glm",), STRING, "true", False),  # comes back as "True"
    (("glm",), {"type": "STRING"}, "0", False),  # only the exact word is known
    (("qwen_xml", "minimax"), {"type": "STRING"}, "0", True),
    (("kimi_k2", "mistral_v11", "deepseek_v32"), {"type": "STRING"}, -1, False),
    (TAGS_AND_CORRECTED, {"type": "int"}, 5, True),
    (TAGS_AND_CORRECTED, {"type": "int"}, "007", False),
    (TAGS_AND_CORRECTED, {"type": "bool"}, True, True),
    (("qwen_xml",), {"type": "bool"}, "hello", False),
    (TAGS_AND_CORRECTED, {"type": "dict"}, {"a": [1]}, True),
    (("qwen_xml", "glm"), OBJECT, "{1,2}", False),  # a Python set: the whole turn is lost
    (("qwen_xml", "glm"), OBJECT, 'b"x"', False),
    (("qwen_xml",), NUMBER, "nan", False),
    (("minimax", "glm"), NUMBER, "nan", True),
    (("minimax",), NUMBER, "inf", False),
    (TAGS_AND_CORRECTED, INTEGER, '"q"', False),  # any JSON is tried in the end
    (("qwen_xml", "kimi_k2"), INTEGER, "1E400", True),
    (("minimax", "glm"), INTEGER, "1E400", False),
    (("qwen_xml",), {"items": STRING}, "true", False),  # a list to one engine, a string to another
    (("glm",), REFERENCE, "1", False),  # behind a reference, a value counts as untyped
    (("glm",), {}, "1_000", False),
    (("glm",), {}, "plain words", True),
    (("qwen_xml", "minimax"), REFERENCE, "1", True),
    (("kimi_k2", "mistral_v11", "deepseek_v32"), {}, 1.5, False),  # untyped counts as a string
    (("mistral", "hermes", "deepseek", "deepseek_v3", "llama3_json", "pythonic"), {}, 1.5, True),
    (("minimax",), STRING, "<parameter=x> in prose", True),
    (("minimax",), STRING, '<parameter name="x">', False),
]


@pytest.mark.parametrize(
    ("name", "schema", "value", "carried"),
    [(name, schema, value, carried) for names, schema, value, carried in CASES for name in names],
)
def test_values_are_carried_as_engines_read_them(name: str, schema: Any, value: Any, carried: bool) -> None:
    tools = (ToolSpec("do_it", input_schema={"type": "object", "properties": {"p": schema}}),)
    turn, codec = assistant("", ToolCall("call_0", "do_it", {"p": value})), FORMATS[name]
    reason = codec.can_carry(turn, tools)
    assert (reason is None) is carried, reason
    if carried:
        (call,) = codec.decode(codec.encode(turn, tools), tools).calls
        assert same(call.arguments, {"p": value})


BRANCHES = {"anyOf": [{"type": "object", "properties": {"p": INTEGER}}]}


def test_parameters_of_alternatives_are_typed_for_some_engines_only() -> None:
    tools = (ToolSpec("do_it", input_schema=BRANCHES),)
    for value in (5, "5"):
        turn = assistant("", ToolCall("call_0", "do_it", {"p": value}))
        assert str(FORMATS["qwen_xml"].can_carry(turn, tools)).startswith("type not restored:")


TOOLS = (ToolSpec("ping", input_schema={"type": "object", "properties": {}}),)
UNKNOWN = assistant("", ToolCall("call_0", "not_there"))


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"openai", "anthropic", "nexau_xml"}))
def test_engines_drop_calls_of_unknown_tools(name: str) -> None:
    assert str(FORMATS[name].can_carry(UNKNOWN, TOOLS)).startswith("unknown tool:")
    assert FORMATS[name].can_carry(UNKNOWN) is None


def test_unknown_tools_may_stand_in_a_history_that_is_not_trained_on() -> None:
    messages = [user("?"), UNKNOWN, user("There is no such tool."), assistant("", ToolCall("call_1", "ping"))]
    frame, codec = ChatFrame(), FORMATS["hermes"]
    masked = frame.render(messages, TOOLS, codec, [False, False, False, True])
    assert masked.reason is None
    assert "not_there" in masked.text
    assert str(frame.render(messages, TOOLS, codec).reason).startswith("unknown tool:")
