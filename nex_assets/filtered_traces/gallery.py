"""One case for every kind of defect, shown in the trace view: `python -m nex_assets.filtered_traces.gallery`.

A kind's case is a rollout of the store (`NEX_HOME`) that has it, or else a mutant; either way the findings
are what the detectors say of it now. The pages go to `NEX_HOME/gallery`, `gallery.html` first.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from nex_assets.filtered_traces.batch import assess_all
from nex_assets.filtered_traces.duplicates import duplicates
from nex_assets.filtered_traces.kinds import KINDS
from nex_assets.filtered_traces.mutators import MUTATORS, STRENGTHS, Mutant
from nex_assets.filtered_traces.rules import Rules, load_rules
from nex_assets.filtered_traces.scripting import do, script, turn
from nex_assets.filtered_traces.specimens import good
from nex_assets.filtered_traces.verdict import assess
from nex_resources.profile import CONFIGS, home
from nex_resources.records import Query, content_id, generator
from nex_resources.report import Case, Report, gallery_page, write_report
from nex_resources.store import Store, TraceRow

_SPECIMENS = 60  # good traces of all families; every mutator finds a place in one of them


class Exhibit(msgspec.Struct, frozen=True):
    """A case of `kind`, and where it comes from: a rollout, or a mutant of some strength."""

    kind: str
    origin: str
    case: Case


def exhibits(
    rows: Iterable[TraceRow], queries: Iterable[Query], rules: Rules, seed: int = 0
) -> dict[str, Exhibit]:
    """Return one exhibit a kind, rollouts before mutants. `judged_poor` is missing: it needs a judge."""
    found: dict[str, Exhibit] = {}
    rows, known = list(rows), {query.id: query for query in queries}
    for row, assessment in zip(rows, assess_all(rows, known.values(), rules), strict=True):
        case = Case(row.trace, known[row.query_id], None, None, row.verdict, assessment)
        for kind in {one.kind for one in assessment.findings if one.severity != "info"}:
            found.setdefault(kind, Exhibit(kind, "rollout", case))
    for kind, origin, case in _made(rules, seed):
        if kind not in found and any(one.kind == kind for one in case.findings):
            found[kind] = Exhibit(kind, origin, case)
    return {kind: found[kind] for kind in KINDS if kind in found}


def _made(rules: Rules, seed: int) -> Iterator[tuple[str, str, Case]]:
    specimens = list(good(seed, _SPECIMENS))
    for kind, mutate in MUTATORS.items():
        for strength in reversed(STRENGTHS):
            for one in specimens:
                mutant = mutate(one, generator(seed, "gallery", kind, strength, one.trace.id), strength)
                if mutant is not None:
                    yield kind, f"mutant of strength {strength}", _case(mutant, rules)
                    break
    first = specimens[0]
    for kind, extra in (("duplicate", ""), ("near_duplicate", " Anything else?")):
        messages = first.trace.root.messages
        last = msgspec.structs.replace(messages[-1], text=messages[-1].text + extra)
        root = msgspec.structs.replace(first.trace.root, messages=(*messages[:-1], last))
        body = msgspec.structs.replace(first.trace, id=f"{kind}", trajectories=(root,))
        again = msgspec.structs.replace(body, id=content_id("trace", body))
        same = dict(duplicates([first.trace, again], rules.limits.duplicates))
        verdict = assess(again, first.query, first.verdict, rules, tuple(same.values()))
        yield kind, "copy", Case(again, first.query, None, None, first.verdict, verdict)
    pages = [
        turn("", do("files__read", {"path": f"{i}.txt"}, f"{i} of many lines\n" * 3000)) for i in range(5)
    ]
    long = script("Read the five files.", *pages, "They hold many lines each.")
    yield "payload_share", "written for it", Case(long, assessment=assess(long, rules=rules))


def _case(mutant: Mutant, rules: Rules) -> Case:
    assessment = assess(mutant.trace, mutant.query, mutant.verdict, rules)
    return Case(mutant.trace, mutant.query, None, None, mutant.verdict, assessment)


def write_gallery(out: Path, shown: dict[str, Exhibit]) -> Path:
    """Write the pages of `shown` into the folder `out` and return the first of them."""
    cases = {one.case.trace.id: one.case for one in shown.values()}
    write_report(out, Report(tuple(cases.values())), limit=len(cases))
    rows = [
        (KINDS[kind].detector, kind, KINDS[kind].meaning, one.origin, one.case) for kind, one in shown.items()
    ]
    (out / "gallery.html").write_text(gallery_page(rows), encoding="utf-8")
    return out / "gallery.html"


def main() -> None:
    """Write the gallery and print where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=None, help="the folder to write (NEX_HOME/gallery)")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    store = Store(home())
    rows = store.read("traces", TraceRow, allow_empty=True)
    queries = store.read("queries", Query, allow_empty=True)
    rules = load_rules(CONFIGS / "quality.yaml", CONFIGS / "quality_calibration.json")
    shown = exhibits(rows, queries, rules, options.seed)
    print(write_gallery(options.out or home() / "gallery", shown))
    missing = [kind for kind in KINDS if kind not in shown]
    print(f"{len(shown)} kinds shown" + (f"; none for {', '.join(missing)}" if missing else ""))


if __name__ == "__main__":
    main()
