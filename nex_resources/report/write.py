"""Write the report: a folder of HTML files that need nothing but a browser."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from nex_resources.formats import Codec
from nex_resources.report.case import Case
from nex_resources.report.data import Report
from nex_resources.report.overview import overview_page, traces_page
from nex_resources.report.pages import evaluation_page, lineage_page
from nex_resources.report.trace_page import trace_page

MARK = ".nex-report"  # stands in a folder that we may replace


def write_report(out: Path, report: Report, limit: int = 100, codecs: dict[str, Codec] | None = None) -> Path:
    """Write the pages of `report` into the folder `out`, which they replace whole; return its first page.

    At most `limit` traces get pages of their own (`telling` says which); `codecs` are the formats they
    are shown in, by default all. Raises FileExistsError where `out` holds something else.
    """
    if out.exists() and any(out.iterdir()) and not (out / MARK).exists():
        raise FileExistsError(f"{out} is not a report; choose an empty folder or remove it")
    first = report.sample.trace_id if report.sample else None
    chosen = {case.trace.id: case for case in telling(report.cases, limit, first)}
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
    try:
        _write(fresh, MARK, "")
        _write(fresh, "index.html", overview_page(report))
        _write(fresh, "traces.html", traces_page(report.cases, chosen))
        _write(fresh, "evaluation.html", evaluation_page(report.evaluation))
        _write(fresh, "lineage.html", lineage_page(report.sample, report.lineage, chosen))
        for case in chosen.values():
            _write(fresh, case.href, trace_page(case, codecs))
        fresh.chmod(0o755)
        shutil.rmtree(out, ignore_errors=True)
        fresh.replace(out)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return out / "index.html"


def telling(cases: Sequence[Case], limit: int, first: str | None = None) -> list[Case]:
    """Return at most `limit` cases: `first`, then rare kinds of outcome before common ones."""
    seen: dict[tuple[object, ...], int] = {}
    ranked: list[tuple[bool, int, int]] = []
    for i, case in enumerate(cases):
        kind = (case.decision, case.worlds, *sorted({f.kind for f in case.findings}))
        seen[kind] = seen.get(kind, 0) + 1
        ranked.append((case.trace.id != first, seen[kind], i))
    return [cases[i] for _, _, i in sorted(ranked)[: max(0, limit)]]


def _write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
