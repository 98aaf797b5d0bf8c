"""Mutators of calls: hallucinated and malformed ones, and how errors are met."""

from __future__ import annotations

import re
from random import Random

import msgspec

from nex_assets.filtered_traces.mutators.base import (
    Mutant,
    answer_of,
    call_turn,
    calling_turns,
    change_call,
    insert,
    is_chinese,
    made,
    root,
    with_answer,
    with_messages,
)
from nex_assets.filtered_traces.specimens import Specimen
from nex_resources.records import ErrorKind, Message, ToolCall, ToolSpec

_FOLLOWS = ("tool_error", "ignored_error", "claimed_without_call", "ungrounded_value", "missing_file_cited")


def _pick(s: Specimen, rng: Random) -> tuple[int, ToolCall] | None:
    places = calling_turns(s.trace)
    if not places:
        return None
    at = rng.choice(places)
    return at, s.trace.root.messages[at].calls[0]


def unknown_tool(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A call to a tool that was never offered: a near miss, a plausible one, one of another server."""
    picked = _pick(s, rng)
    if picked is None:
        return None
    at, call = picked
    server, _, bare = call.name.rpartition("__")
    near = rng.choice((f"{server}__{bare}s", f"{server}__{bare}_v2", bare or call.name, f"{server}_{bare}"))
    plain = rng.choice((f"{server}__smart_{bare}", f"{server}__bulk_{bare}", f"{server}__{bare}_by_email"))
    name = (
        near,
        plain,
        rng.choice(("browser__open_page", "python", "web_search", "functions.multi_tool_use")),
    )[strength - 1]
    if name == call.name:
        return None
    turn = call_turn(name, call.arguments, f"Error: unknown tool '{name}'", "unknown_tool")
    return made(s, "unknown_tool", strength, insert(s.trace, at, turn), _FOLLOWS)


def unknown_argument(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """An argument that the tool does not have."""
    picked = _pick(s, rng)
    if picked is None:
        return None
    at, call = picked
    extra = rng.sample(
        (
            ("force", True),
            ("timeout_ms", 500),
            ("include_details", "yes"),
            ("lang", "en"),
            ("max_results", 5),
        ),
        strength,
    )
    new = msgspec.structs.replace(call, arguments={**call.arguments, **dict(extra)})
    return made(
        s, "unknown_argument", strength, change_call(s.trace, at, new), ("repeated_calls", "call_cycle")
    )


def _string_argument(tool: ToolSpec | None) -> str:
    if tool is None:
        return ""
    return next((n for n in tool.input_schema["properties"] if n.endswith("_id")), "")


def invented_value(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """An identifier out of thin air, before the real one."""
    tools = {tool.name: tool for tool in s.trace.root.tools}
    for at in calling_turns(s.trace):
        call = s.trace.root.messages[at].calls[0]
        name = _string_argument(tools.get(call.name))
        if not name or name not in call.arguments:
            continue
        value = (
            f"W{rng.randrange(1000000, 9999999)}",
            f"ORD-{rng.randrange(1000, 9999)}",
            f"#{rng.randrange(100000, 999999)}",
        )[strength - 1]
        turn = call_turn(call.name, {**call.arguments, name: value}, "Error: order not found", "tool_error")
        return made(s, "invented_value", strength, insert(s.trace, at, turn), _FOLLOWS)
    return None


def invented_file(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A file that nothing suggested is opened, and is not there."""
    tools = {tool.name: tool for tool in s.trace.root.tools}
    if "files__read_file" not in tools or not calling_turns(s.trace):
        return None
    path = (
        f"{rng.choice(('settings', 'constants', 'helpers'))}.py",
        f"docs/{rng.choice(('design', 'notes'))}.md",
        "/workspace/app/core/engine.ts",
    )[strength - 1]
    missing = rng.choice(
        (
            f"ENOENT: no such file or directory, open '{path}'",
            f"Error: file {path} does not exist",
            f"{path}: not found",
        )
    )
    turn = call_turn("files__read_file", {"path": path}, missing, "tool_error")
    return made(s, "invented_file", strength, insert(s.trace, calling_turns(s.trace)[0], turn), _FOLLOWS)


def invalid_json(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Arguments that are no JSON."""
    picked = _pick(s, rng)
    if picked is None:
        return None
    at, call = picked
    raw = ("{'a': 'single quotes'}", '{"path": "x", ', "path=x, mode=fast")[strength - 1]
    turn = call_turn(call.name, {}, "Error: arguments are not valid JSON", "invalid_arguments", raw=raw)
    return made(s, "invalid_json", strength, insert(s.trace, at, turn), (*_FOLLOWS, "schema_violation"))


def schema_violation(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A required argument left out, a wrong type, or a value outside of the enum."""
    tools = {tool.name: tool for tool in s.trace.root.tools}
    for at in calling_turns(s.trace):
        call = s.trace.root.messages[at].calls[0]
        tool = tools.get(call.name)
        required = tool.input_schema.get("required") if tool else None
        if tool is None or not required:
            continue
        name = rng.choice(list(required))
        enum = next((n for n, p in tool.input_schema["properties"].items() if "enum" in p), "")
        arguments = dict(call.arguments)
        if strength == 1 and enum:
            arguments[enum] = rng.choice(("other", "N/A?", "because"))
        elif strength == 2 and name in arguments:
            arguments[name] = {"value": arguments[name]}
        else:
            arguments.pop(name, None)
        turn = call_turn(
            call.name,
            arguments,
            f"Input validation error: '{name}' is a required property",
            "invalid_arguments",
        )
        return made(
            s, "schema_violation", strength, insert(s.trace, at, turn), (*_FOLLOWS, "placeholder_argument")
        )
    return None


def leaked_syntax(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A call written out in the text."""
    name = s.trace.root.tools[0].name if s.trace.root.tools else "tool"
    body = (
        rng.choice(
            (
                f'{{"name": "{name}", "arguments": {{"id": 1}}}}',
                f"<function={name}><parameter=id>1</parameter></function>",
            )
        ),
        f'<tool_call>\n{{"name": "{name}", "arguments": {{}}}}\n</tool_call>',
        rng.choice(
            (
                f'[TOOL_CALLS] [{{"name": "{name}"}}]',
                "<|im_start|>assistant",
                f'<invoke name="{name}">',
                f"<｜tool▁calls▁begin｜>{name}",
            )
        ),
    )[strength - 1]
    text = answer_of(s.trace)
    place = rng.choice((f"{text}\n{body}", f"{body}\n{text}"))
    return made(
        s,
        "leaked_syntax",
        strength,
        with_answer(s.trace, place),
        ("unclosed_structure", "unfinished_text", "placeholder_text"),
    )


def stray_token(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A chat template's end token after the answer, once or more often."""
    answer = answer_of(s.trace)
    if not answer:
        return None
    token = rng.choice(("<|im_end|>", "<|eot_id|>", "<|endoftext|>", "<|end|>", "</s>"))
    gap = rng.choice(("", "\n", " "))
    text = answer + (gap + token) * strength
    return made(s, "stray_token", strength, with_answer(s.trace, text), ("repeated_text",))


def reused_call_id(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Calls of different turns under one id, each answered in its own turn."""
    places = calling_turns(s.trace)
    if len(places) < 2:
        return None
    messages = root(s.trace)
    first = messages[places[0]].calls[0].id
    for at in places[1 : 1 + strength]:
        call, result = messages[at].calls[0], messages[at + 1].results[0]
        replace = msgspec.structs.replace
        messages[at] = replace(messages[at], calls=(replace(call, id=first), *messages[at].calls[1:]))
        results = (replace(result, call_id=first), *messages[at + 1].results[1:])
        messages[at + 1] = replace(messages[at + 1], results=results)
    return made(s, "reused_call_id", strength, with_messages(s.trace, messages))


def unpaired_call(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A call without a result, a result without a call, or two calls under one id."""
    picked = _pick(s, rng)
    if picked is None:
        return None
    at, call = picked
    messages = root(s.trace)
    if strength == 1:
        extra = msgspec.structs.replace(call, id="call_lost")
        messages[at] = msgspec.structs.replace(messages[at], calls=(*messages[at].calls, extra))
    elif strength == 2:
        messages[at] = msgspec.structs.replace(messages[at], calls=messages[at].calls[1:])
    else:
        messages[at + 1] = Message("tool", results=())
    return made(
        s,
        "unpaired_call",
        strength,
        with_messages(s.trace, messages),
        (
            "claimed_without_call",
            "ungrounded_value",
            "fabricated_test_result",
            "missing_file_cited",
            "ignored_error",
            "placeholder_text",
            "invented_value",
            "personal_data",
        ),
    )


_ERROR_KINDS: tuple[ErrorKind | None, ...] = ("tool_error", "silent_error", None)
_ERRORS = (
    "Error: connection to the backend was refused",
    "Traceback (most recent call last):\n  File \"server.py\", line 88, in handle\nKeyError: 'rows'",
    '{"error": {"code": 403, "message": "Forbidden"}}',
    "Permission denied",
    '{"success": false, "message": "quota exceeded"}',
    "HTTP 500 Internal Server Error",
    "Exception: division by zero",
    "错误：服务暂时不可用",
)


def tool_error(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A call fails, and the same call then works."""
    picked = _pick(s, rng)
    if picked is None:
        return None
    at, call = picked
    turn = call_turn(call.name, call.arguments, rng.choice(_ERRORS), _ERROR_KINDS[strength - 1])
    return made(s, "tool_error", strength, insert(s.trace, at, turn))


def ignored_error(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The call that the answer rests on fails, and the answer is given all the same."""
    places = calling_turns(s.trace)
    if (
        not places
        or s.query.blueprint.kind in ("negative", "irrelevance", "multi_turn")
        or s.family in ("reviewers", "revision", "order_recovery")
    ):
        return None
    text = answer_of(s.trace)
    if re.search(r"error|fail|missing|timeout|wrong|bug|错误", text):
        return None
    trace = s.trace
    failing = places if strength == 3 else places[-1:]
    for at in failing:
        call = s.trace.root.messages[at].calls[0]
        trace = change_call(trace, at, call, rng.choice(_ERRORS), _ERROR_KINDS[strength - 1])
    return made(
        s,
        "ignored_error",
        strength,
        trace,
        (
            *_FOLLOWS,
            "fabricated_test_result",
            "repeated_error",
            "ungrounded_name",
            "placeholder_text",
            "invented_value",
            "personal_data",
        ),
    )


def repeated_error(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The same failing call, again and again."""
    picked = _pick(s, rng)
    if picked is None or is_chinese(s):
        return None
    at, call = picked
    error = rng.choice(_ERRORS)
    kind = _ERROR_KINDS[strength - 1]
    turns = [
        m
        for i in range((3, 4, 8)[strength - 1])
        for m in call_turn(call.name, call.arguments, error, kind, tag=f"e{i}")
    ]
    return made(s, "repeated_error", strength, insert(s.trace, at, turns), _FOLLOWS)


def with_note(s: Specimen, note: str) -> str:
    """The answer with a sentence added."""
    text = answer_of(s.trace)
    return f"{text}\n\n{note}" if "\n" in text else f"{text} {note}"
