"""The release gate: each check passes on clean samples and finds what it is there for."""

from __future__ import annotations

import msgspec
import pytest
from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import make_samples
from nex_assets.sft_datasets.gate import find_secrets, licences, overlap, schema, secrets
from nex_resources.records import Sample


def samples(note: str = "checked") -> list[Sample]:
    return make_samples([(rollout(0, note), verdict(), query())], "hermes")[0]


SECRETS = {
    "private key": "-----BEGIN RSA PRIVATE " + "KEY-----",
    "cloud access key": "AKIA" + "Q7ZK3MNB2X9TY4WD",
    "repository token": "ghp_" + "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
    "model provider key": "sk-" + "proj-abcdefghij0123456789ABCD",
    "password in an address": "postgres://admin:hunter22@db.internal/app",
    "mail address": "jane.doe@gmail.com",
    "card number": "4111 1111 1111 1111",
    "web token": "eyJhbGciOiJIUzI1" + ".eyJzdWIiOiIxMjM0" + ".SflKxwRJSMeKKF2QT4",
}


@pytest.mark.parametrize("kind", SECRETS)
def test_secrets_are_found_and_not_quoted_whole(kind: str) -> None:
    gate = secrets(samples(f"note {SECRETS[kind]} end"))
    assert not gate.passed
    assert f": {kind}: " in gate.problems[0]
    assert SECRETS[kind] not in gate.problems[0]


@pytest.mark.parametrize(
    "text",
    [
        "order 10248 for ann@example.com",
        "x@shop.test",
        "2024-05-01 12:00:00",
        "sk-learn",
        "0000000000000000",
        "ABC-1234567890123",
    ],
)
def test_ordinary_text_is_no_secret(text: str) -> None:
    assert find_secrets(text) == []
    assert secrets(samples(text)).passed


def test_overlap_with_benchmarks() -> None:
    task = "please cancel the second of my two orders and send the money back to my old card today"
    assert overlap(samples(), {"bench": [task]}).passed
    gate = overlap(
        [
            msgspec.structs.replace(s, messages=s.messages.replace("The order is paid.", task))
            for s in samples()
        ],
        {"bench": [task]},
    )
    assert gate.count == 1
    assert "shares with bench" in gate.problems[0]


def test_licences_are_rolled_up() -> None:
    assert licences(samples(), {"retail": "Apache-2.0"}, ["apache-2.0", "mit"]).passed
    assert licences(samples(), {}, ["mit"]).problems == ["server retail has no licence on record"]
    assert "is under GPL-3.0" in licences(samples(), {"retail": "GPL-3.0"}, ["mit"]).problems[0]


BROKEN = {
    "unknown format": {"format": "qwen"},
    "do not read": {"messages": "{"},
    "flags": {"train": (True,)},
    "outside the text": {"text": "short"},
    "labelled ranges": {"labelled": ()},
    "user message is trained on": {"train": (False, True, True), "mask_why": ("role:system", "", "")},
}


@pytest.mark.parametrize("problem", BROKEN, ids=lambda problem: problem.replace(" ", "-"))
def test_broken_rows_are_found(problem: str) -> None:
    rows = samples()
    assert schema(rows).passed
    gate = schema([msgspec.structs.replace(rows[1], **BROKEN[problem])])  # type: ignore[arg-type]
    assert any(problem in line for line in gate.problems), gate.problems


def test_equal_ids_are_found() -> None:
    rows = samples()
    assert schema([rows[0], rows[0]]).problems == [f"{rows[0].id}: the id occurs twice"]
