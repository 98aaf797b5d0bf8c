"""Redaction and repair: what is replaced, what is counted, what stays."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import msgspec
import pytest

from nex_assets.filtered_traces import Rules, assess, decide
from nex_assets.filtered_traces.redaction import redact
from nex_assets.filtered_traces.repair import repair
from nex_assets.filtered_traces.scripting import do, script, turn
from nex_assets.filtered_traces.secrets import scan
from nex_resources.records import (
    ToolCall,
    ToolResult,
    Trace,
    assistant,
    edited,
    edits_between,
    tool_results,
    user,
)

KEY = "sk-proj-a8Fk2LmQ9xZt7Rv4Bn6Yc1Wd"
LEAKY = script(
    "Show the settings.",
    turn("", do("files__read", {"path": "app.env"}, f"API_KEY={KEY}\nADMIN=lena.brandt81@gmail.com")),
    turn("", do("http__get", {"url": "https://api.internal", "headers": {"x-key": KEY}}, "{}")),
    "The admin is lena.brandt81@gmail.com.",
)


def test_values_are_replaced_alike_and_counted() -> None:
    redacted = redact(LEAKY)
    text = msgspec.json.encode(redacted.trace).decode()
    assert KEY not in text
    assert "gmail" not in text
    assert redacted.trace.answer == "The admin is [email 1]."
    assert redacted.trace.root.messages[4].calls[0].arguments["headers"] == {"x-key": "[api key 1]"}
    assert redacted.counts == {"email": 2, "api_key": 2}


def test_what_was_redacted_is_clean() -> None:
    kinds = {one.kind for one in assess(redact(LEAKY).trace).findings}
    assert not kinds & {"secret", "personal_data"}


def test_world_data_of_an_allowed_server_stays() -> None:
    customer = do("retail__find_user", {"name": "Lena"}, '{"email": "lena.brandt81@gmail.com"}')
    trace = script("What is Lena's address?", turn("", customer), "It is lena.brandt81@gmail.com.")
    allowed = {"personal_data": ("retail",)}
    assert redact(trace, allowed).trace is trace
    assert redact(trace).counts == {"email": 2}


def test_the_decision_on_a_leak_is_repair() -> None:
    assessment = assess(LEAKY)
    assert assessment.decision == "repair"
    assert set(assessment.reasons) == {"secret", "personal_data"}


@pytest.mark.parametrize(
    "text",
    ["order 4539148803436467999", "uuid 123e4567-e89b-12d3-a456-426614174000", "version 1.2.3.4", "call 555-0100",
     "git@github.com:a/b.git", "password: ********", "token = os.environ['TOKEN']", "the secret is patience", "2025-11-23 10:00:00"],
)  # fmt: skip
def test_look_alikes_are_left_alone(text: str) -> None:
    assert scan(text) == []


def test_template_tokens_and_double_ids_are_repaired() -> None:
    call = ToolCall("c1", "x__y", {})
    turns = (assistant("", call), tool_results(ToolResult("c1", "x__y", "1")))
    old = script("Go.", "Done.<|im_end|>")
    messages = (*old.root.messages[:2], *turns, *turns, old.root.messages[-1])
    trajectory = msgspec.structs.replace(old.root, messages=messages)
    repaired = repair(msgspec.structs.replace(old, trajectories=(trajectory,)))
    ids = [c.id for m in repaired.trace.root.messages for c in m.calls]
    answered = [r.call_id for m in repaired.trace.root.messages for r in m.results]
    assert ids == answered == ["c1", "c1_4"]
    assert repaired.trace.answer == "Done."
    assert {edit for edit, _, _ in repaired.edits} == {"call_ids", "end_tokens"}


def test_a_sound_trace_is_returned_itself() -> None:
    trace = script("Go.", "Done.")
    assert repair(trace).trace is trace


def everywhere() -> Trace:
    """The key in every field that a trace has."""
    trace = script(
        "Show it.",
        turn(
            f"I use {KEY}.",
            do("x__y", {"a": {"b": [f"k={KEY}"]}}, KEY, raw=f"{{'{KEY}'"),
            thinking=f"It is {KEY}.",
        ),
        f"The key is {KEY}.",
    )
    messages = (trace.root.messages[0], user(f"My key is {KEY}."), *trace.root.messages[2:])
    return msgspec.structs.replace(
        trace, trajectories=(msgspec.structs.replace(trace.root, messages=messages),)
    )


def test_a_verdict_carries_the_edits_and_their_count() -> None:
    trace = everywhere()
    found = tuple(one for one in assess(trace).findings if one.detector == "secrets")
    kept = decide(trace, found, Rules())
    assert kept.decision == "repair"
    assert kept.redacted == {"api_key": 7}
    changed = edited(trace, kept.edits)
    assert KEY not in msgspec.json.encode(changed).decode()
    assert KEY not in msgspec.json.encode(kept).decode()
    assert changed.root.messages[2].calls[0].arguments == {"a": {"b": ["k=[api key 1]"]}}


def test_edits_lead_from_one_trace_to_the_other_and_nowhere_else() -> None:
    after = redact(LEAKY).trace
    edits = edits_between(LEAKY, after)
    assert edited(LEAKY, edits) == after
    assert edited(LEAKY, ()) is LEAKY
    with pytest.raises(ValueError, match="no characters"):
        edited(script("Go.", "Done.", "Really."), edits)


def test_repairs_reach_the_verdict() -> None:
    assessment = assess(script("Go on and say it.", "It is done and dusted.<|im_end|>"))
    assert (assessment.decision, assessment.reasons) == ("repair", ("stray_token",))
    assert [edit.text for edit in assessment.edits] == ["", ""]  # the message and the trace's answer
