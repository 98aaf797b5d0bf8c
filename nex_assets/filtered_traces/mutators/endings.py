"""Mutators of how a trace reads and ends: truncation and repetition."""

from __future__ import annotations

from random import Random

import msgspec

from nex_assets.filtered_traces.mutators.base import (
    Mutant,
    answer_of,
    calling_turns,
    is_chinese,
    made,
    root,
    with_answer,
    with_messages,
)
from nex_assets.filtered_traces.specimens import Specimen
from nex_resources.records import Message, Thinking, ToolCall, ToolResult


def cut_output(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The provider reports the output limit; the text is cut there."""
    text = answer_of(s.trace)
    keep = len(text) * (1.0, 0.8, 0.4)[strength - 1]
    trace = with_answer(s.trace, text[: int(keep)] or "I")
    stops = (*trace.root.stop_reasons[:-1], "length")
    first = msgspec.structs.replace(trace.root, stop_reasons=stops)
    trace = msgspec.structs.replace(trace, trajectories=(first, *trace.trajectories[1:]))
    return made(
        s,
        "cut_output",
        strength,
        trace,
        ("unfinished_text", "unclosed_structure", "ungrounded_value", "missing_file_cited"),
    )


def unfinished_text(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The answer stops in mid-sentence, with no stop reason to say so: in a word, after one, or early on."""
    text = answer_of(s.trace)
    if "```" in text or "|" in text or is_chinese(s):
        return _unfinished_chinese(s, text, rng) if is_chinese(s) else None
    words = text.split(" ")
    if len(words) < 10 or "\n" in text:
        return None
    keep = rng.randrange(max(6, len(words) // 2), len(words) - 1)
    if strength == 1:
        partial = words[keep]
        if not partial.isalpha() or len(partial) < 6:
            return None
        body = " ".join([*words[:keep], partial[: rng.randrange(3, len(partial) - 1)]])
    elif strength == 2:
        glue = [
            i
            for i, w in enumerate(words)
            if w in ("the", "of", "and", "a", "to", "is", "with", "for", "has") and i >= 4
        ]
        if not glue:
            return None
        body = " ".join(words[: rng.choice(glue) + 1])
    else:
        body = f"{text} In addition, {' '.join(words[1:keep])}".rstrip(".,;: ")
        if body.endswith(")") or not body[-1].isalpha():
            return None
    return made(
        s, "unfinished_text", strength, with_answer(s.trace, body), ("ungrounded_value", "missing_file_cited")
    )


def _unfinished_chinese(s: Specimen, text: str, rng: Random) -> Mutant | None:
    glue = [i for i, c in enumerate(text) if c in "的为和，、是" and i > 6]
    return made(s, "unfinished_text", 2, with_answer(s.trace, text[: rng.choice(glue) + 1])) if glue else None


def unclosed_structure(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A code block, tag or JSON text that is opened and never closed."""
    text = answer_of(s.trace)
    results = [r.text for m in s.trace.root.messages for r in m.results if r.text]
    shown = (results[-1] if results else text)[:200]
    if strength == 1:
        body = f"{text}\n\n```\n{shown}" if text.count("```") % 2 == 0 else text
    elif strength == 2:
        body = '{"result": {"answer": "' + text.replace('"', "'").replace("\n", " ")
    else:
        body = rng.choice((f"<think>\n{text}", f"{text}\n\n<details>\n<summary>Data</summary>\n{shown[:60]}"))
    return made(s, "unclosed_structure", strength, with_answer(s.trace, body), ("unfinished_text",))


def no_answer(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The final answer is blank, missing, or the last call never came back."""
    messages = root(s.trace)
    if strength == 1:
        return made(s, "no_answer", 1, with_answer(s.trace, rng.choice(("", " \n"))))
    if not calling_turns(s.trace):
        return None
    if strength == 2:
        return made(s, "no_answer", 2, with_messages(s.trace, messages[:-1]))
    return made(
        s,
        "no_answer",
        3,
        with_messages(s.trace, messages[: calling_turns(s.trace)[-1] + 1]),
        ("unpaired_call",),
    )


def stopped_early(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A limit or a fault of the runtime ended the run."""
    status = (
        ("max_iterations", "token_budget"),
        ("timeout", "max_context_tokens"),
        ("llm_error", "interrupted"),
    )
    trace = s.trace if strength == 1 else with_messages(s.trace, root(s.trace)[:-1])
    if len(trace.root.messages) < 3:
        return None
    trace = msgspec.structs.replace(trace, status=rng.choice(status[strength - 1]))
    return made(s, "stopped_early", strength, trace, ("no_answer",))


def repeated_text(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Sentences, phrases or characters loop, in the answer or in the reasoning."""
    text = answer_of(s.trace)
    times = (4, 7, 25)[strength - 1]
    pieces = [p for p in text.replace("\n", " ").split("。" if is_chinese(s) else ". ") if len(p) >= 18]
    if not pieces or "|" in text or "```" in text:
        return None
    sentence = rng.choice(pieces).strip(" .。") + ("。" if is_chinese(s) else ".")
    glue = "" if is_chinese(s) else rng.choice((" ", "\n", "\n\n"))
    if strength == 2:
        words = sentence.split(" ")
        phrase = (
            sentence[4:12] if is_chinese(s) or len(words) < 6 else " ".join(words[1 : rng.randrange(4, 7)])
        )
        looped = text + " " + (phrase + ("" if is_chinese(s) else " ")) * times
    else:
        looped = text + glue + glue.join([sentence] * times)
    if rng.random() < 0.3:
        messages = root(s.trace)
        messages[-1] = msgspec.structs.replace(messages[-1], thinking=(Thinking(looped),))
        return made(s, "repeated_text", strength, with_messages(s.trace, messages))
    return made(s, "repeated_text", strength, with_answer(s.trace, looped), ("unfinished_text",))


def _again(turn: list[Message], tag: int) -> list[Message]:
    """The same calls once more, under new ids."""
    said, got = turn
    names = {call.id: f"{call.id}_{tag}" for call in said.calls}
    calls = tuple(ToolCall(names[c.id], c.name, c.arguments, c.raw) for c in said.calls)
    results = tuple(msgspec.structs.replace(r, call_id=names[r.call_id]) for r in got.results)
    return [msgspec.structs.replace(said, calls=calls), msgspec.structs.replace(got, results=results)]


def _sound(results: tuple[ToolResult, ...]) -> bool:
    return not any(result.error for result in results)


def repeated_calls(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """One call, over and over, with the same result."""
    messages = root(s.trace)
    places = [i for i in calling_turns(s.trace) if _sound(messages[i + 1].results)]
    if not places or s.family in ("polling", "revision"):
        return None
    at = rng.choice(places)
    more = [m for tag in range((2, 4, 9)[strength - 1]) for m in _again(messages[at : at + 2], tag)]
    return made(
        s,
        "repeated_calls",
        strength,
        with_messages(s.trace, messages[: at + 2] + more + messages[at + 2 :]),
        ("repeated_text", "ping_pong", "payload_share"),
    )


def call_cycle(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Two reads in turn, round after round."""
    messages = root(s.trace)
    places = [i for i in calling_turns(s.trace) if _sound(messages[i + 1].results) and _reads(s, messages[i])]
    if len(places) < 2 or s.family in ("polling", "revision"):
        return None
    first, second = places[0], places[1]
    if messages[first].calls[0] == messages[second].calls[0]:
        return None
    cycle = messages[first : first + 2], messages[second : second + 2]
    more = [m for tag in range((2, 3, 5)[strength - 1]) for one in cycle for m in _again(one, tag)]
    trace = with_messages(s.trace, messages[: second + 2] + more + messages[second + 2 :])
    return made(s, "call_cycle", strength, trace, ("repeated_text", "repeated_calls"))


def _reads(s: Specimen, said: Message) -> bool:
    effects = {tool.name: tool.effect for tool in s.trace.root.tools}
    return all(effects.get(call.name) == "read" for call in said.calls)


def ping_pong(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Two agents are handed the same work in turn."""
    messages = root(s.trace)
    places = calling_turns(s.trace)
    if s.family != "revision":
        return None
    cycle = messages[places[0] : places[0] + 2], messages[places[1] : places[1] + 2]
    more = [m for tag in range((2, 3, 5)[strength - 1]) for one in cycle for m in _again(one, tag)]
    trace = with_messages(s.trace, messages[: places[1] + 2] + more + messages[places[1] + 2 :])
    return made(s, "ping_pong", strength, trace, ("repeated_calls", "call_cycle", "repeated_text"))
