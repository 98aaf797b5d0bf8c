"""The gallery: a table of kinds of defect, each leading to the place of a finding in a trace's page."""

from __future__ import annotations

from collections.abc import Sequence

from nex_resources.report.case import Case
from nex_resources.report.facts import decision_chip, table
from nex_resources.report.html import Child, link, tag
from nex_resources.report.marks import place
from nex_resources.report.page import crumbs, page

Row = tuple[str, str, str, str, Case]


def gallery_page(rows: Sequence[Row]) -> str:
    """Return `gallery.html` for rows of (detector, kind, meaning, origin, case)."""
    cells: list[list[Child]] = []
    for detector, kind, meaning, origin, case in rows:
        number = next(i for i, one in enumerate(case.findings) if one.kind == kind)
        at = place(case.findings[number], number, case.trace.trajectories)
        seen = link(f"{case.href}{at}", case.findings[number].evidence[:120] or "see the trace")
        cells.append([detector, tag("code", kind), meaning, seen, origin, decision_chip(case.decision)])
    head = ["detector", "kind", "meaning", "found, at its place", "case", "decision"]
    return page(
        "Detectors",
        crumbs(("index.html", "Report")),
        tag("h1", "One case a kind of defect"),
        tag("p", "Each leads to the finding in the trace view.", class_="lead"),
        table(head, cells, class_="sortable"),
        at="gallery.html",
        wide=True,
    )
