"""One case a kind in the trace view, with its finding marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from nex_assets.filtered_traces import KINDS, Rules
from nex_assets.filtered_traces.gallery import Exhibit, exhibits, write_gallery


@pytest.fixture(scope="module")
def shown() -> dict[str, Exhibit]:
    return exhibits([], [], Rules())


def test_every_kind_is_shown_but_the_judge(shown: dict[str, Exhibit]) -> None:
    assert set(KINDS) - set(shown) == {"judged_poor"}
    assert all(any(one.kind == kind for one in exhibit.case.findings) for kind, exhibit in shown.items())


def test_each_link_leads_to_a_marked_place(shown: dict[str, Exhibit], tmp_path: Path) -> None:
    index = write_gallery(tmp_path / "gallery", shown).read_text()
    for kind, exhibit in shown.items():
        page = (tmp_path / "gallery" / exhibit.case.href).read_text()
        number = next(i for i, one in enumerate(exhibit.case.findings) if one.kind == kind)
        found = exhibit.case.findings[number]
        assert exhibit.case.href in index
        if found.where == "text" and found.span:
            assert f'id="at-{number}"' in page, kind
            assert f"{exhibit.case.href}#at-{number}" in index
