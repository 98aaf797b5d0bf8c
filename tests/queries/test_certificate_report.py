"""Proofs in bulk: the report, storing, and proving stored ones anew."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from nex_assets.queries.certificate_report import QUICK, load, prove, render, reverify_sample, tally
from nex_resources.records import Query


@pytest.fixture(scope="module")
def queries() -> list[Query]:
    kept: list[Query] = []
    tally(prove(60), kept)
    return kept


def test_sixty_proved_over_six_worlds() -> None:
    kept: list[Query] = []
    report = tally(prove(60), kept)
    assert report.proved == 60 == len(kept)
    assert set(report.worlds) == set(QUICK)
    assert report.attempts == 60 + sum(report.rejects.values())
    assert sum(report.levels.values()) == 60
    assert len({q.blueprint.id for q in kept}) == 60
    assert "60 proved of" in render(report)
    assert all(q.certificate.complete for q in kept)


def test_stored_queries_are_proved_anew(queries: list[Query], tmp_path: Path) -> None:
    path = tmp_path / "proofs.jsonl"
    path.write_bytes(b"\n".join(msgspec.json.encode(q) for q in queries))
    stored = load(path)
    assert stored == queries
    assert reverify_sample(stored, 20) == {}
    wrong = msgspec.structs.replace(stored[0], certificate=stored[1].certificate)
    assert "diff" in reverify_sample([wrong], 5).get(wrong.id, ()) or not stored[0].certificate.diff
    assert reverify_sample([wrong], 5)


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text("{}\n")
    with pytest.raises(ValueError, match="line 1 is no query"):
        load(path)
