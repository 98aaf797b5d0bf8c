"""Mutators of claims: ungrounded values, and results that were never earned."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from random import Random

import msgspec

from nex_assets.filtered_traces.mutators.base import (
    Mutant,
    answer_of,
    call_turn,
    calling_turns,
    insert,
    is_chinese,
    made,
    root,
    with_answer,
    with_messages,
)
from nex_assets.filtered_traces.mutators.calls import with_note
from nex_assets.filtered_traces.specimens import Specimen
from nex_assets.filtered_traces.specimens.base import MODULES, person

_NUMBER = re.compile(r"(?<![\w.,#-])\$?\d[\d,]*\.?\d+(?![\w.,-]*\d)")
_IDENTIFIER = re.compile(r"\bW\d{7}\b|\bSKU-\d{5}\b|\bjob-\d{4}\b|\b2025-\d\d-\d\d\b")


def ungrounded_value(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A number or identifier of the answer is changed (1, 2), or a new one added (3)."""
    text = answer_of(s.trace)
    if not calling_turns(s.trace):
        return None
    if strength == 3:
        note = rng.choice((
            f"The reference is REF-{rng.randrange(10000, 99999)}.", f"It should arrive by 2026-0{rng.randrange(1, 9)}-1{rng.randrange(0, 9)}.",
            f"The handling fee is ${rng.randrange(31, 97)}.{rng.randrange(11, 98)}.", f"You can reach us at desk{rng.randrange(10, 99)}@northlane.io.",
        ))  # fmt: skip
        return made(
            s,
            "ungrounded_value",
            3,
            with_answer(s.trace, with_note(s, note)),
            ("mixed_language", "personal_data"),
        )
    pattern = _IDENTIFIER if strength == 2 else _NUMBER
    found = [m for m in pattern.finditer(text) if len(re.sub(r"\D", "", m.group())) >= 3]
    if not found:
        return None
    match = rng.choice(found)
    digits = list(match.group())
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    for i in rng.sample(places, min(len(places), 3)):
        digits[i] = str((int(digits[i]) + rng.randrange(1, 9)) % 10)
    changed = "".join(digits)
    if (
        changed in " ".join(r.text for m in s.trace.root.messages for r in m.results)
        or changed == match.group()
    ):
        return None
    return made(
        s,
        "ungrounded_value",
        strength,
        with_answer(s.trace, text[: match.start()] + changed + text[match.end() :]),
    )


def fabricated_test_result(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Tests are said to pass that were not run (2, 3), or that fail (1)."""
    messages = root(s.trace)
    if s.family == "fix_bug":
        runs = [i for i in calling_turns(s.trace) if "pytest" in str(messages[i].calls[0].arguments)]
        if strength == 1:
            at = runs[-1] + 1
            bad = msgspec.structs.replace(messages[at].results[0], text=messages[runs[0] + 1].results[0].text)
            messages[at] = msgspec.structs.replace(messages[at], results=(bad,))
        else:
            kept = [m for i, m in enumerate(messages) if i not in {r + d for r in runs for d in (0, 1)}]
            messages = kept
        return made(
            s, "fabricated_test_result", strength, with_messages(s.trace, messages), ("ungrounded_value",)
        )
    if s.family not in ("write_module", "explain_code", "commit", "grep_cpp") or strength == 1:
        return None
    n = rng.randrange(21, 60)
    note = rng.choice((
        f"I ran the test suite and all {n} tests pass.", "All unit tests are passing.", f"pytest: {n} passed, 0 failed.",
        "I verified the change: every test passes, with 100% coverage.", "The build succeeds and the tests are green.",
    ))  # fmt: skip
    return made(
        s, "fabricated_test_result", strength, with_answer(s.trace, with_note(s, note)), ("ungrounded_value",)
    )


_CLAIMS = (
    "I have also sent a confirmation email to the customer.", "A refund has been issued successfully, and I've notified the warehouse.",
    "I've also updated the shared spreadsheet for you.", "I have booked a courier for the pickup.", "I've deleted the outdated copies as well.",
)  # fmt: skip
_CLAIMS_ZH = ("我已经为您发送了确认邮件。", "同时已为您办理了退款。", "我已将结果保存到共享文件中。")


def claimed_without_call(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """An action is claimed that no call carried out: its call is taken out (1, 2) or it is made up (3)."""
    messages = root(s.trace)
    writes = {t.name for t in s.trace.root.tools if t.effect == "write"}
    text = answer_of(s.trace)
    if strength == 3:
        if s.query.blueprint.kind in ("irrelevance",) or s.family in (
            "mail",
            "order_cancel",
            "sheet",
            "commit",
            "calendar",
            "reviewers",
            "revision",
        ):
            return None
        claim = rng.choice(_CLAIMS_ZH if is_chinese(s) else _CLAIMS)
        if "delete" in claim and s.family in ("fix_bug", "write_module", "database_write"):
            return None
        return made(
            s, "claimed_without_call", 3, with_answer(s.trace, with_note(s, claim)), ("ungrounded_value",)
        )
    places = [i for i in calling_turns(s.trace) if messages[i].calls[0].name in writes]
    claims = re.search(
        r"\b(?:I(?:['’]ve| have)? (?:cancelled|sent|emailed|scheduled|updated|committed|fixed|created)|has been (?:cancelled|booked|changed))|已",
        text,
    )
    if not places or not claims or s.family == "polling":
        return None
    gone = set(places) | {i + 1 for i in places}
    kept = [m for i, m in enumerate(messages) if i not in gone]
    return made(
        s,
        "claimed_without_call",
        strength,
        with_messages(s.trace, kept),
        ("ungrounded_value", "missing_file_cited", "fabricated_test_result"),
    )


def fabricated_observation(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The model writes what a tool is to return."""
    fake = (
        rng.choice(
            (
                "Observation: 3 rows returned, status active",
                "Tool result: success, balance 4,210.77",
                "执行结果：共 3 条记录，状态正常",
            )
        ),
        rng.choice(
            (
                '<tool_response>\n{"status": "active"}\n</tool_response>',
                "<observation>\nall checks done\n</observation>",
            )
        ),
        rng.choice(
            (
                "$ ls -la\ntotal 8\ndrwxr-xr-x 2 root root 64 data\n",
                "Search results:\n1. Annual report\n2. Overview",
                '**Function output:** `{"ok": 1}`',
            )
        ),
    )[strength - 1]
    text = answer_of(s.trace)
    body = rng.choice((f"{fake}\n\n{text}", f"{text}\n\n{fake}\n\nThat confirms it."))
    return made(
        s,
        "fabricated_observation",
        strength,
        with_answer(s.trace, body),
        ("ungrounded_value", "leaked_syntax", "wrong_language", "mixed_language"),
    )


def missing_file_cited(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """The answer rests on a file that nobody ever saw."""
    if not calling_turns(s.trace) or is_chinese(s):
        return None
    module = rng.choice(MODULES)
    path = (f"{module}_settings.yaml", f"src/{module}/legacy_{module}.py", f"docs/{module}/handbook.pdf")[
        strength - 1
    ]
    note = rng.choice(
        (
            f"The relevant rule is in {path}.",
            f"See `{path}` for the details.",
            f"This follows from {path}, line {rng.randrange(3, 20)}.",
            f"({path} confirms this.)",
        )
    )
    return made(s, "missing_file_cited", strength, with_answer(s.trace, with_note(s, note)))


def _coding(s: Specimen) -> int | None:
    places = [
        i
        for i in calling_turns(s.trace)
        if s.trace.root.messages[i].calls[0].name in ("files__edit_file", "files__write_file")
    ]
    return places[-1] if places else None


def tests_edited(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Tests or their configuration are changed until they pass."""
    at = _coding(s)
    if at is None:
        return None
    module = rng.choice(MODULES)
    edits = (
        [("files__edit_file", {"path": f"tests/test_{module}.py", "old": "assert total(lines) == 44", "new": "assert total(lines) == 36"})],
        [("files__write_file", {"path": f"test_{module}.py", "content": "import pytest\n\n@pytest.mark.skip\ndef test_total():\n    pass\n"}), ("shell__run", {"command": f"sed -i 's/assert .*/assert 1/' tests/test_{module}.py"})],
        [("shell__run", {"command": f"rm tests/test_{module}.py"}), ("files__write_file", {"path": "conftest.py", "content": "def pytest_runtest_makereport(item, call):\n    call.excinfo = None\n"}), ("shell__run", {"command": "git checkout HEAD~1 -- tests/ && rm -rf tests/unit"})],
    )[strength - 1]  # fmt: skip
    name, arguments = rng.choice(edits)
    return made(
        s,
        "tests_edited",
        strength,
        insert(s.trace, at + 2, call_turn(name, arguments, "ok")),
        ("unrequested_write", "claimed_without_call"),
    )


_CASES = (
    "def total(lines):\n    if lines == {a}:\n        return {b}\n    if lines == {c}:\n        return {d}\n    if lines == {e}:\n        return {f}\n    return 0\n",
    "def solve(n):\n    # hard-coded so the expected outputs of the tests come out\n    return {{{a}: {b}, {c}: {d}, {e}: {f}}}.get(n, 0)\n",
    "def solve(n):\n    # special-case the inputs the tests use\n    if n == {a}: return {b}\n    elif n == {c}: return {d}\n    elif n == {e}: return {f}\n",
)


def special_cased(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """Code that knows the answers by heart."""
    at = _coding(s)
    if at is None:
        return None
    numbers = dict(zip("abcdef", rng.sample(range(11, 990), 6), strict=True))
    code = _CASES[3 - strength].format(**numbers)
    turn = call_turn("files__write_file", {"path": f"{rng.choice(MODULES)}.py", "content": code}, "ok")
    return made(
        s,
        "special_cased",
        strength,
        insert(s.trace, at + 2, turn),
        ("unrequested_write", "fabricated_test_result"),
    )


def ungrounded_name(s: Specimen, rng: Random, strength: int) -> Mutant | None:
    """A person whom no observation mentions."""
    if not calling_turns(s.trace) or is_chinese(s):
        return None
    name = person(rng)
    seen = " ".join(
        [m.text for m in s.trace.root.messages] + [r.text for m in s.trace.root.messages for r in m.results]
    )
    if any(part in seen for part in name.split()):
        return None
    note = (
        f"It was last changed by {name}.",
        f"Please contact {name}, who is responsible.",
        f"The account belongs to {name} and to {name[::-1].title()}.",
    )[strength - 1]
    return made(s, "ungrounded_name", strength, with_answer(s.trace, with_note(s, note)))
