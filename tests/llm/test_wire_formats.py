"""What goes over the wire to each provider, and what comes back as a message."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from llm_wire import WireServer

from nex_resources.llm import History, Price
from nex_resources.llm.anthropic import Anthropic
from nex_resources.llm.openai import OpenAI
from nex_resources.llm.responses import OpenAIResponses
from nex_resources.records import (
    Thinking,
    ToolCall,
    ToolResult,
    ToolSpec,
    assistant,
    system,
    tool_results,
    user,
)

SETTINGS = {"agent": "root", "span": "s0", "temperature": 0.5, "retry_attempts": 0}
TOOL = ToolSpec("add", "Add.", {"type": "object", "properties": {"a": {"type": "integer"}}})
TALK = [
    system("S."),
    user("Ä?"),
    assistant("Both.", ToolCall("c1", "add", {"a": 1}), ToolCall("c2", "add", {"a": 2})),
    tool_results(ToolResult("c1", "add", "one"), ToolResult("c2", "add", "boom", "tool_error")),
]
CHAT = {"choices": [{"message": {"content": "ok"}, "finish_reason": "stop"}]}
MESSAGES = {"content": [{"type": "text", "text": "ok"}], "stop_reason": "end_turn"}
RESPONSE = {"output": [{"type": "message", "content": [{"type": "output_text", "text": "ok"}]}]}


async def sent(provider, answer, messages=TALK, tools=(TOOL,), **settings):
    async with WireServer(answer) as server:
        llm = provider("m1", server.url, "k")
        await llm.complete(messages, tools, {**SETTINGS, **settings})
        await llm.close()
    return server.requests[0], server.heads[0]


async def test_openai_chat_request():
    body, head = await sent(OpenAI, CHAT)
    assert head.startswith("POST /chat/completions")
    assert "Authorization: Bearer k" in head
    function = {"name": "add", "description": "Add.", "parameters": TOOL.input_schema}
    assert body == {
        "model": "m1",
        "temperature": 0.5,
        "messages": [
            {"role": "system", "content": "S."},
            {"role": "user", "content": "Ä?"},
            {
                "role": "assistant",
                "content": "Both.",
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "add", "arguments": '{"a":1}'}},
                    {"id": "c2", "type": "function", "function": {"name": "add", "arguments": '{"a":2}'}},
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": "one"},
            {"role": "tool", "tool_call_id": "c2", "content": "boom"},
        ],
        "tools": [{"type": "function", "function": function}],
    }


async def test_anthropic_request():
    body, head = await sent(Anthropic, MESSAGES, cache_prompt=True)
    assert head.startswith("POST /v1/messages")
    assert "x-api-key: k" in head
    assert body == {
        "model": "m1",
        "max_tokens": 8192,
        "temperature": 0.5,
        "system": [{"type": "text", "text": "S.", "cache_control": {"type": "ephemeral"}}],
        "messages": [
            {"role": "user", "content": "Ä?"},
            {
                "role": "assistant",
                "content": [
                    {"type": "text", "text": "Both."},
                    {"type": "tool_use", "id": "c1", "name": "add", "input": {"a": 1}},
                    {"type": "tool_use", "id": "c2", "name": "add", "input": {"a": 2}},
                ],
            },
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": "c1", "content": "one"},
                    {"type": "tool_result", "tool_use_id": "c2", "content": "boom", "is_error": True},
                ],
            },
        ],
        "tools": [{"name": "add", "description": "Add.", "input_schema": TOOL.input_schema}],
    }


async def test_responses_request():
    body, head = await sent(OpenAIResponses, RESPONSE, max_tokens=9)
    assert head.startswith("POST /responses")
    assert body == {
        "model": "m1",
        "store": False,
        "include": ["reasoning.encrypted_content"],
        "temperature": 0.5,
        "max_output_tokens": 9,
        "instructions": "S.",
        "input": [
            {"role": "user", "content": "Ä?"},
            {"role": "assistant", "content": [{"type": "output_text", "text": "Both."}]},
            {"type": "function_call", "call_id": "c1", "name": "add", "arguments": '{"a":1}'},
            {"type": "function_call", "call_id": "c2", "name": "add", "arguments": '{"a":2}'},
            {"type": "function_call_output", "call_id": "c1", "output": "one"},
            {"type": "function_call_output", "call_id": "c2", "output": "boom"},
        ],
        "tools": [
            {
                "type": "function",
                "name": "add",
                "description": "Add.",
                "parameters": TOOL.input_schema,
                "strict": False,
            }
        ],
    }


THOUGHTS = {
    "anthropic": (
        Anthropic,
        {
            "content": [
                {"type": "thinking", "thinking": "Hm.", "signature": "sig"},
                {"type": "redacted_thinking", "data": "zzz"},
                {"type": "tool_use", "id": "c1", "name": "add", "input": {"a": 1}},
            ],
            "stop_reason": "tool_use",
        },
        (Thinking("Hm.", "sig"), Thinking(redacted="zzz")),
        lambda body: body["messages"][1]["content"][:2],
        [
            {"type": "thinking", "thinking": "Hm.", "signature": "sig"},
            {"type": "redacted_thinking", "data": "zzz"},
        ],
    ),
    "responses": (
        OpenAIResponses,
        {
            "output": [
                {
                    "type": "reasoning",
                    "id": "rs",
                    "summary": [{"type": "summary_text", "text": "Hm."}],
                    "encrypted_content": "enc",
                },
                {"type": "function_call", "call_id": "c1", "name": "add", "arguments": '{"a":1}'},
            ]
        },
        (Thinking("Hm.", "rs", "enc"),),
        lambda body: body["input"][1:2],
        [
            {
                "type": "reasoning",
                "id": "rs",
                "summary": [{"type": "summary_text", "text": "Hm."}],
                "encrypted_content": "enc",
            }
        ],
    ),
    "chat": (
        lambda *arguments: OpenAI(*arguments, replay_reasoning="reasoning_content"),
        {
            "choices": [
                {
                    "message": {
                        "content": None,
                        "reasoning_content": "Hm.",
                        "tool_calls": [{"id": "c1", "function": {"name": "add", "arguments": '{"a":1}'}}],
                    },
                    "finish_reason": "tool_calls",
                }
            ]
        },
        (Thinking("Hm."),),
        lambda body: body["messages"][1]["reasoning_content"],
        "Hm.",
    ),
}
THEN = {"anthropic": MESSAGES, "responses": RESPONSE, "chat": CHAT}


@pytest.mark.parametrize("wire", THOUGHTS)
async def test_thinking_is_kept_and_replayed_as_it_came(wire):
    provider, first, thinking, replayed, expected = THOUGHTS[wire]
    async with WireServer(first, THEN[wire]) as server:
        llm = provider("m1", server.url, "k")
        history = History([user("x")])
        answer = (await llm.complete(history, (TOOL,), SETTINGS)).message
        assert answer.thinking == thinking
        assert answer.calls == (ToolCall("c1", "add", {"a": 1}),)
        history.extend([answer, tool_results(ToolResult("c1", "add", "one"))])
        await llm.complete(history, (TOOL,), SETTINGS)
        await llm.close()
    assert replayed(server.requests[1]) == expected


@pytest.mark.parametrize("provider", [OpenAI, Anthropic], ids=["chat", "anthropic"])
async def test_other_providers_reasoning_is_not_replayed(provider):
    answer = CHAT if provider is OpenAI else MESSAGES
    foreign = assistant("Hi.")
    foreign = type(foreign)("assistant", "Hi.", (Thinking("secret", "rs", "enc"), Thinking("plain")))
    body, _ = await sent(provider, answer, [user("x"), foreign, user("y")])
    assert "secret" not in str(body)
    assert "plain" not in str(body)


@pytest.mark.parametrize(
    ("provider", "answer"),
    [(OpenAI, CHAT), (Anthropic, MESSAGES), (OpenAIResponses, RESPONSE)],
    ids=["chat", "anthropic", "responses"],
)
async def test_a_growing_history_is_sent_as_if_encoded_anew(provider, answer):
    """Each turn is encoded once; the bytes on the wire are the same as without that."""
    async with WireServer(*[answer] * 8) as server:
        llm = provider("m1", server.url, "k")
        history = History(TALK[:2])
        for extra in ([], TALK[2:], [user("more")]):
            history.extend(extra)
            await llm.complete(history, (TOOL,), SETTINGS)
            await llm.complete(list(history), (TOOL,), SETTINGS)
        await llm.close()
    assert server.requests[::2] == server.requests[1::2]
    assert server.connections == 1, "one client, kept open"


async def test_split_call_chunks_without_index_or_with_repeated_names():
    """Servers differ in how they cut calls into pieces."""
    pieces = [
        {
            "choices": [
                {"delta": {"tool_calls": [{"id": "c1", "function": {"name": "add", "arguments": '{"a"'}}]}}
            ]
        },
        {"choices": [{"delta": {"tool_calls": [{"function": {"arguments": ":1}"}}]}}]},
        {
            "choices": [
                {"delta": {"tool_calls": [{"id": "c2", "function": {"name": "add", "arguments": ""}}]}}
            ]
        },
        {
            "choices": [
                {"delta": {"tool_calls": [{"id": "c2", "function": {"name": "add", "arguments": '{"a":2}'}}]}}
            ]
        },
        {"choices": [{"delta": {}, "finish_reason": "stop"}]},
    ]
    async with WireServer(pieces) as server:
        llm = OpenAI("m1", server.url, "k", stream=True)
        completion = await llm.complete([user("x")], (TOOL,), SETTINGS)
        await llm.close()
    assert completion.message.calls == (ToolCall("c1", "add", {"a": 1}), ToolCall("c2", "add", {"a": 2}))
    assert completion.stop_reason == "tool_calls"


async def test_cost_counts_cached_tokens():
    usage = {
        "input_tokens": 100,
        "output_tokens": 10,
        "cache_read_input_tokens": 1000,
        "cache_creation_input_tokens": 20,
    }
    async with WireServer({**MESSAGES, "usage": usage}) as server:
        llm = Anthropic("m1", server.url, "k", price=Price(1.0, 10.0, 0.1, 2.0))
        completion = await llm.complete([user("x")], (), SETTINGS)
        await llm.close()
    assert completion.usage.cost_usd == pytest.approx((100 * 1 + 10 * 10 + 1000 * 0.1 + 20 * 2) / 1e6)


@pytest.mark.parametrize(
    ("body", "stop"),
    [
        (
            {
                "output": RESPONSE["output"],
                "status": "incomplete",
                "incomplete_details": {"reason": "max_output_tokens"},
            },
            "length",
        ),
        (
            {
                "output": RESPONSE["output"],
                "status": "incomplete",
                "incomplete_details": {"reason": "content_filter"},
            },
            "content_filter",
        ),
    ],
    ids=["length", "filter"],
)
async def test_incomplete_responses_say_why(body, stop):
    async with WireServer(body) as server:
        llm = OpenAIResponses("m1", server.url, "k")
        assert (await llm.complete([user("x")], (), SETTINGS)).stop_reason == stop
        await llm.close()


async def test_a_long_streamed_answer_is_read_whole():
    """The last event of a Responses stream repeats all of it in one line, longer than usual line buffers."""
    text = "long " * 100_000
    whole = {"output": [{"type": "message", "content": [{"type": "output_text", "text": text}]}]}
    async with WireServer([{"type": "response.completed", "response": whole}]) as server:
        llm = OpenAIResponses("m1", server.url, "k", stream=True)
        completion = await llm.complete([user("x")], (), SETTINGS)
        await llm.close()
    assert completion.message.text == text


async def test_a_streamed_answers_connection_is_used_again():
    """What follows the last event is read, so that the next request needs no new connection."""
    piece = {"choices": [{"delta": {"content": "ok"}, "finish_reason": "stop"}]}
    async with WireServer([piece, "[DONE]"], [piece, "[DONE]"], keep=True) as server:
        llm = OpenAI("m1", server.url, "k", stream=True)
        for _ in range(2):
            assert (await llm.complete([user("x")], (), SETTINGS)).message.text == "ok"
        await llm.close()
    assert server.connections == 1


@pytest.mark.parametrize(
    ("model", "name"),
    [("gpt-5-mini", "max_completion_tokens"), ("o3", "max_completion_tokens"), ("gpt-4.1", "max_tokens")],
)
async def test_reasoning_models_are_asked_by_the_name_they_know(model, name):
    async with WireServer(CHAT) as server:
        llm = OpenAI(model, server.url, "k", {"max_tokens": 9})
        await llm.complete([user("x")], (), SETTINGS)
        await llm.close()
    assert server.requests[0][name] == 9
    assert len({"max_tokens", "max_completion_tokens"} & server.requests[0].keys()) == 1


async def test_odd_but_harmless_fields_do_not_hurt():
    usage = {"prompt_tokens": 3, "completion_tokens": None, "prompt_tokens_details": {"cached_tokens": None}}
    pieces = [
        {"choices": [{"delta": {"role": "assistant", "content": None, "refusal": "No."}}], "usage": None},
        {"choices": [{"delta": {}, "finish_reason": "stop"}]},
        {"choices": None, "usage": usage},
    ]
    async with WireServer(pieces) as server:
        llm = OpenAI("m1", server.url, "k", stream=True)
        completion = await llm.complete([user("x")], (), SETTINGS)
        await llm.close()
    assert (completion.message.text, completion.usage.input_tokens) == ("No.", 3)


@pytest.mark.parametrize(
    ("provider", "answer"),
    [(OpenAI, CHAT), (Anthropic, MESSAGES), (OpenAIResponses, RESPONSE)],
    ids=["chat", "anthropic", "responses"],
)
async def test_a_made_up_tool_name_does_not_spoil_the_conversation(provider, answer):
    """The APIs refuse names with other characters, wherever in the history they stand."""
    calls = [ToolCall("c1", "functions.add", {}), ToolCall("c2", "", {})]
    results = tool_results(ToolResult("c1", "functions.add", "no such tool"), ToolResult("c2", "", "unread"))
    body, _ = await sent(provider, answer, [user("x"), assistant("", *calls), results])
    text = str(body)
    assert "'functions_add'" in text
    assert "'unnamed'" in text
    assert "functions.add" not in text
