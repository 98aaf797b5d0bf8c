import re

import pytest
from report_cases import good

from nex_resources.records import Finding
from nex_resources.report.marks import Mark, Marks, marked, place, quoted, settle


def mark(number: int, start: int, end: int, severity: str = "flag", evidence: str = "") -> Mark:
    finding = Finding("d", f"kind{number}", severity, 0, 0, "text", (start, end), evidence)  # type: ignore[arg-type]
    return Mark(number, finding, start, end)


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([(0, 3)], ["abc"], id="start"),
        pytest.param([(2, 5), (3, 8)], ["c", "de", "fgh"], id="overlap"),
        pytest.param([(1, 9), (3, 4)], ["bc", "d", "efghi"], id="nested"),
        pytest.param([(8, 99), (-5, 2)], ["ab", "ij"], id="outside"),
        pytest.param([(4, 4), (7, 3)], [], id="empty"),
    ],
)
def test_spans_are_highlighted_and_no_character_is_lost(
    spans: list[tuple[int, int]], expected: list[str]
) -> None:
    html = marked("abcdefghij", [mark(i, *span) for i, span in enumerate(spans)])
    assert re.findall(r"<mark[^>]*>(.*?)</mark>", html) == expected
    assert re.sub(r"<[^>]+>", "", html) == "abcdefghij"


def test_each_finding_has_one_anchor_and_the_worst_decides_the_colour() -> None:
    html = marked("abcdefghij", [mark(0, 0, 6, "info"), mark(1, 2, 4, "drop"), mark(2, 8, 9), mark(3, 8, 10)])
    assert [f"at-{n}" for n in range(4)] == re.findall(r'id="(at-\d)"', html)
    assert re.findall(r'class="(\w+)"', html) == ["info", "drop", "info", "flag", "flag"]


def test_offsets_count_the_characters_of_the_text_and_not_of_its_markup() -> None:
    assert "<mark" in (html := marked("<b>&secret", [mark(0, 4, 10)]))
    assert re.findall(r">(secret)</mark>", html) == ["secret"]


def test_a_result_named_by_its_call_is_marked_where_it_stands() -> None:
    trajectories = good().trace.trajectories
    finding = Finding("errors", "tool_error", "drop", 1, 2, "results.0.text", (0, 8), "no order")
    assert settle(finding, trajectories).message == 3
    assert place(finding, 7, trajectories) == "#at-7"
    assert [m.number for m in Marks([finding], trajectories).field(1, 3, "results.0.text")] == [0]


def test_evidence_is_found_in_another_rendering() -> None:
    found = mark(0, 3, 9, evidence="'W1O42'")
    assert ">W1O42</mark>" in quoted('{"id": "W1O42"}', [found])
    assert "<mark" not in quoted('{"id": "other"}', [found])
