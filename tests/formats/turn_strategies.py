"""Hypothesis strategies: tools with typed parameters, and turns that call them with nasty values."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from nex_resources.records import Message, Thinking, ToolCall, ToolSpec

NASTY = (
    "",
    " edge ",
    "\nlines\n\n",
    "null",
    "None",
    "true",
    "False",
    "1",
    "1.0",
    "1e5",
    "nan",
    '"quoted"',
    "'quoted'",
    '{"a": 1}',
    "[1,2]",
    "</parameter>",
    "</tool_call>",
    "<tool_call>",
    "</arg_value>",
    "</invoke>",
    "</minimax:tool_call>",
    "</function>",
    "<｜tool▁call▁end｜>",
    "</｜DSML｜parameter>",
    "<|im_end|>",
    "<|tool_call_end|>",
    "</note>",
    "</tool_use>",
    "a & b < c > d &amp; &#60;",
    "\r\n\t\x00\x1f",
    "日本語 ünïcode 🎉",
    "\u2028\u0085",
    "back\\slash \\n \\u0041",
    '{"name": "x", "arguments": {}}',
    "[TOOL_CALLS]",
    "```json\n{}\n```",
    "<think>x</think>",
    "don't",
)

TOOLS = (
    ToolSpec(
        "crm__update",
        "Change a customer.\nKeeps history.",
        {
            "type": "object",
            "properties": {
                "note": {"type": "string", "description": "what to write down"},
                "count": {"type": "integer"},
                "price": {"type": "number"},
                "urgent": {"type": "boolean"},
                "tags": {"type": "array", "items": {"type": "string"}},
                "extra": {"type": "object"},
                "maybe": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "size": {"type": ["integer", "string"]},
                "kind": {"enum": ["a", "b"]},
                "untyped": {},
            },
            "required": ["note"],
        },
        server="crm",
    ),
    ToolSpec("ping", "Say hello.", {"type": "object", "properties": {}}),
    ToolSpec(
        "researcher",
        "Looks things up.",
        {"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]},
        kind="agent",
    ),
)

texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.lists(st.sampled_from(NASTY)).map("".join))
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), texts
)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)
_BY_NAME: dict[str, Any] = {
    "note": texts,
    "count": st.integers(),
    "price": st.floats(allow_nan=False, allow_infinity=False) | st.integers(),
    "urgent": st.booleans(),
    "tags": st.lists(texts, max_size=3),
    "extra": st.dictionaries(texts, values, max_size=3),
    "maybe": st.none() | texts,
    "size": st.integers() | texts,
    "kind": st.sampled_from(["a", "b"]),
    "untyped": values,
}
fitting = st.fixed_dictionaries({}, optional=_BY_NAME)
arguments = st.one_of(
    fitting, fitting, st.dictionaries(st.sampled_from(sorted(_BY_NAME)) | texts, values, max_size=4)
)


@st.composite
def calls(draw: st.DrawFn, position: int) -> ToolCall:
    name = draw(st.sampled_from(["crm__update"] * 6 + ["ping", "researcher", "unknown_tool", "odd name<"]))
    given = {"message": draw(texts)} if name == "researcher" else draw(arguments)
    return ToolCall(f"call_{position}", name, {} if name == "ping" else given)


@st.composite
def turns(draw: st.DrawFn) -> Message:
    number = draw(st.integers(0, 3))
    thinking = draw(st.lists(texts.map(Thinking), max_size=1))
    return Message("assistant", draw(texts), tuple(thinking), tuple(draw(calls(i)) for i in range(number)))
