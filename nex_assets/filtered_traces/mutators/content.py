"""Mutators of content: placeholders, verbosity, languages, secrets and personal data."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import base64
import string
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
from nex_assets.filtered_traces.mutators.calls import with_note
from nex_assets.filtered_traces.specimens import Specimen
from nex_assets.filtered_traces.specimens.base import person
from nex_resources.records import Thinking


def placeholder_text(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Text that was to be replaced, in the answer."""
    notes = (
        ("Regards,\n[Your Name]", "TODO: add the remaining details.", "Contact: <insert contact here>"),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit.", "Note: this is placeholder text.", "The figures above are sample data."),
        ("[Insert summary here] [Insert date here]", "// ... rest of the implementation here", "REPLACE_ME with the final numbers. TBD."),
    )[strength - 1]  # fmt: skip
    note = "此处填写详细信息。" if is_chinese(s) and strength < 3 else rng.choice(notes)
    return made(
        s,
        "placeholder_text",
        strength,
        with_answer(s.trace, f"{answer_of(s.trace)}\n\n{note}"),
        ("mixed_language", "unfinished_text"),
    )


def placeholder_argument(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A sample value passed as if it were real."""
    for at in calling_turns(s.trace):
        call = s.trace.root.messages[at].calls[0]
        texts = [n for n, v in call.arguments.items() if isinstance(v, str)]
        if not texts or call.name in ("writer", "critic"):
            continue
        value = (
            rng.choice(("your_order_id", "example", "abc123")),
            rng.choice(("<order_id>", "placeholder", "{{value}}")),
            rng.choice(("YOUR_ID_HERE", "/path/to/file", "jane.doe@example.com")),
        )[strength - 1]
        turn = call_turn(
            call.name, {**call.arguments, rng.choice(texts): value}, "Error: not found", "tool_error"
        )
        also = (
            "tool_error",
            "invented_value",
            "invented_file",
            "schema_violation",
            "claimed_without_call",
            "ignored_error",
        )
        return made(s, "placeholder_argument", strength, insert(s.trace, at, turn), also)
    return None


_STUBS = (
    ('{"status": "ok", "mock": true}', "Sample result 1, sample result 2", "模拟数据：状态正常"),
    (
        "This is a mock response for testing.",
        "[stub response] call accepted",
        "Dummy data returned by the simulated API.",
    ),
    (
        "NotImplementedError: to be implemented",
        "TODO: implement this tool. Lorem ipsum.",
        "In a real implementation, the rows would be returned here.",
    ),
)


def stub_result(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A tool that answers with mock data."""
    places = calling_turns(s.trace)
    if not places or s.trace.root.messages[places[0]].calls[0].name.startswith(
        ("files__read", "logic", "writer")
    ):
        return None
    at = places[0]
    trace = change_call(s.trace, at, s.trace.root.messages[at].calls[0], rng.choice(_STUBS[strength - 1]))
    also = (
        "ungrounded_value",
        "tool_error",
        "ignored_error",
        "missing_file_cited",
        "fabricated_test_result",
        "claimed_without_call",
        "invented_value",
        "mixed_language",
        "personal_data",
    )
    return made(s, "stub_result", strength, trace, also)


def oversized_result(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A blob or endless filler in a result."""
    places = calling_turns(s.trace)
    if not places:
        return None
    at = rng.choice(places)
    size = (8_000, 30_000, 200_000)[strength - 1]
    blob = base64.b64encode(rng.randbytes(size * 3 // 4)).decode()
    line = rng.choice(("DEBUG heartbeat ok\n", "0, ", "<div class='row'></div>\n"))
    filler = line * (size // len(line))
    body = blob if rng.random() < 0.5 else filler
    old = s.trace.root.messages[at + 1].results[0]
    trace = change_call(s.trace, at, s.trace.root.messages[at].calls[0], f"{old.text}\n{body}", old.error)
    return made(s, "oversized_result", strength, trace, ("payload_share",))


_FOREIGN = {
    "zh": "您要查询的内容我已经看过了，一切正常，没有需要处理的地方。",
    "fr": "J'ai regardé ce que vous avez demandé : la situation est normale et il n'y a pas de problème dans le dossier.",
    "de": "Ich habe mir das angesehen: Es ist alles in Ordnung, und für Sie ist von der Abteilung nichts weiter zu tun.",
    "es": "He revisado lo que usted ha pedido: la situación es normal y no hay ningún problema con el expediente.",
    "ru": "Я посмотрел всё, что вы просили: всё в порядке, никаких действий не требуется.",
    "ja": "ご依頼の内容を確認しましたが、特に問題はありませんでした。",
    "en": "I have looked at what you asked for, and everything is in order, so there is nothing that you have to do.",
}


def wrong_language(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The answer comes in another language than the question."""
    if is_chinese(s):
        return made(
            s,
            "wrong_language",
            strength,
            with_answer(s.trace, _FOREIGN["en"]),
            ("ignored_error", "claimed_without_call"),
        )
    choice = (rng.choice(("fr", "de", "es")), rng.choice(("ru", "ja")), "zh")[strength - 1]
    also = ("ignored_error", "claimed_without_call", "complied_infeasible", "mixed_language")
    return made(s, "wrong_language", strength, with_answer(s.trace, _FOREIGN[choice]), also)


_MIXED = (
    ("基本上", "目前", "例如"),
    ("конечно", "ありがとう", "그리고"),
    ("这个结果是正确的", "следующий шаг", "ご確認ください"),
)


def mixed_language(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Foreign words slip into the answer."""
    text = answer_of(s.trace)
    if is_chinese(s):
        word = rng.choice(
            ("and then the order is to be handled with care by us", "конечно", "ありがとうございます")
        )
        return made(s, "mixed_language", strength, with_answer(s.trace, f"{text}另外，{word}。"))
    words = text.split(" ")
    if len(words) < 5 or "```" in text or "|" in text:
        return None
    at = rng.randrange(1, len(words))
    body = " ".join([*words[:at], rng.choice(_MIXED[strength - 1]), *words[at:]])
    return made(s, "mixed_language", strength, with_answer(s.trace, body), ("unfinished_text",))


def _random(rng: Random, alphabet: str, n: int) -> str:
    return "".join(rng.choice(alphabet) for _ in range(n))


def secret(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A credential in a result, an argument or the answer."""
    letters = string.ascii_letters + string.digits
    value = rng.choice((
        f"AKIA{_random(rng, string.ascii_uppercase + string.digits, 16)}", f"ghp_{_random(rng, letters, 36)}", f"sk-proj-{_random(rng, letters, 40)}",
        f"postgres://app:{_random(rng, letters, 12)}@db.internal:5432/main", f"password = {_random(rng, letters, 9)}7!", f"eyJ{_random(rng, letters, 20)}.eyJ{_random(rng, letters, 30)}.{_random(rng, letters, 40)}",
        f"Authorization: Bearer {_random(rng, letters, 40)}", f"-----BEGIN RSA PRIVATE KEY-----\n{_random(rng, letters, 64)}\n-----END RSA PRIVATE KEY-----",
    ))  # fmt: skip
    places = calling_turns(s.trace)
    if strength == 3 or not places:
        return made(
            s,
            "secret",
            strength,
            with_answer(s.trace, with_note(s, f"The key is {value}.")),
            ("ungrounded_value", "mixed_language", "unfinished_text"),
        )
    at = rng.choice(places)
    call, old = s.trace.root.messages[at].calls[0], s.trace.root.messages[at + 1].results[0]
    return made(s, "secret", strength, change_call(s.trace, at, call, f"{old.text}\n{value}", old.error))


def personal_data(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Personal data where none belongs."""
    name = person(rng).lower().replace(" ", ".")
    value = rng.choice((
        f"{name}{rng.randrange(60, 99)}@gmail.com", f"{rng.randrange(212, 899)}-{rng.randrange(200, 899)}-{rng.randrange(1000, 9999)}",
        f"{rng.randrange(100, 600)}-{rng.randrange(10, 99)}-{rng.randrange(1000, 9999)}", "4539 1488 0343 6467", f"+44 20 7{rng.randrange(100, 999)} {rng.randrange(1000, 9999)}",
        f"13{rng.randrange(100000000, 999999999)}",
    ))  # fmt: skip
    places = calling_turns(s.trace)
    if strength == 3 or not places:
        return made(
            s,
            "personal_data",
            strength,
            with_answer(s.trace, with_note(s, f"Contact: {value}.")),
            ("ungrounded_value", "mixed_language"),
        )
    messages = root(s.trace)
    at = rng.choice(places)
    note = f"The person to ask is at {value}."
    if strength == 1:
        messages[at] = msgspec.structs.replace(messages[at], thinking=(Thinking(note),))
    else:
        messages[at] = msgspec.structs.replace(messages[at], text=note)
    return made(s, "personal_data", strength, with_messages(s.trace, messages))
