"""Plain workbooks round-trip, and what is no workbook says so."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nex_resources.worlds.xlsx import cell_name, position, read_book, write_book

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), min_size=1, max_size=12).filter(
    lambda text: text == text.strip()
)
VALUES = TEXT | st.integers(-(10**9), 10**9) | st.decimals(-999, 999, places=2).map(float)


@given(st.integers(1, 2000), st.integers(1, 2000))
def test_cell_names(row: int, column: int) -> None:
    assert position(cell_name(row, column)) == (row, column)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])  # a busy machine
@given(st.dictionaries(st.tuples(st.integers(1, 40), st.integers(1, 60)), VALUES, max_size=20))
def test_books_round_trip(tmp_path_factory: pytest.TempPathFactory, cells: dict) -> None:
    path = tmp_path_factory.mktemp("book") / "b.xlsx"
    book = {"A & B": {cell_name(*at): value for at, value in cells.items()}, "Empty": {}}
    write_book(book, path)
    assert read_book(path) == book


@pytest.mark.parametrize("text", ["B", "2", "b2", "$B$2"])
def test_what_is_no_cell(text: str) -> None:
    with pytest.raises(ValueError, match="is no cell"):
        position(text)


def test_what_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("hello")
    with pytest.raises(ValueError, match="is no workbook"):
        read_book(path)
