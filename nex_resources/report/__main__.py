"""`python -m nex_resources.report`: rebuild the report from the store, in `NEX_HOME/report`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from nex_resources.profile import home, load_profile
from nex_resources.report.data import Evaluation, build
from nex_resources.report.write import write_report
from nex_resources.store import TABLES, Store, StoreError


def rebuild(folder: Path) -> Path:
    """Write the report of the store in `folder` and return its first page. Raises StoreError."""
    store, profile = Store(folder), load_profile()

    def rows(table: str) -> list[Any]:
        return store.read(table, TABLES[table].record, allow_empty=table != "traces")

    report = build(
        rows("traces"),
        rows("queries"),
        rows("agent_frameworks"),
        rows("problem_types"),
        rows("assessments"),
        rows("samples"),
        evaluation=read_evaluation(folder / "evaluation"),
        facts={"profile": profile.name, "seed": str(profile.seed), "teacher": profile.teacher.provider},
    )
    return write_report(folder / "report", report)


def read_evaluation(folder: Path) -> Evaluation | None:
    """Return what the evaluation stage left in `folder`: a Markdown table, and charts named by title."""
    table = folder / "table.md"
    if not table.exists():
        return None
    charts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.svg"))}
    return Evaluation(table.read_text(encoding="utf-8"), charts)


def main() -> int:
    try:
        print(rebuild(home()))
    except StoreError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
