"""All that a report shows, joined from the tables' rows. Reading those is the caller's affair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from nex_resources.records import Assessment, ProblemType, Query, Sample
from nex_resources.report.case import Case, FrameworkInfo

if TYPE_CHECKING:
    from nex_resources.store import FrameworkRow, TraceRow


class Stage(msgspec.Struct, frozen=True):
    """A step of the funnel: how many came through, and why the others did not (reason → count)."""

    name: str
    count: int
    reasons: dict[str, int] = {}


class Dataset(msgspec.Struct, frozen=True):
    """A format's samples: how many, how many characters, and how many of those the loss covers."""

    format: str
    samples: int
    characters: int
    labelled: int


class Evaluation(msgspec.Struct, frozen=True):
    """Tables as Markdown, charts as SVG (title → text), and notes."""

    markdown: str
    charts: dict[str, str] = {}


class Ancestor(msgspec.Struct, frozen=True):
    """A row above a sample in the lineage, `depth` steps up; `summary` says what it is."""

    depth: int
    table: str
    id: str
    summary: str = ""


class Report(msgspec.Struct, frozen=True):
    """Everything the pages are made from. `facts` are the run's own: profile, seed, versions."""

    cases: tuple[Case, ...]
    frameworks: tuple[FrameworkInfo, ...] = ()
    funnel: tuple[Stage, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    evaluation: Evaluation | None = None
    sample: Sample | None = None
    lineage: tuple[Ancestor, ...] = ()
    facts: dict[str, str] = {}


def build(
    traces: Sequence[TraceRow],
    queries: Sequence[Query],
    frameworks: Sequence[FrameworkRow],
    leaves: Iterable[ProblemType],
    assessments: Sequence[Assessment],
    samples: Sequence[Sample],
    evaluation: Evaluation | None = None,
    facts: Mapping[str, str] | None = None,
) -> Report:
    """Join the rows of the tables to a report."""
    infos = {row.id: framework_info(row) for row in frameworks}
    cases = join_cases(traces, queries, infos, leaves, assessments, samples)
    sample = example(samples, cases)
    return Report(
        cases=cases,
        frameworks=tuple(infos.values()),
        funnel=funnel(queries, cases, assessments, samples),
        datasets=datasets(samples),
        evaluation=evaluation,
        sample=sample,
        lineage=ancestry(sample, cases) if sample else (),
        facts=dict(facts or {}),
    )


def framework_info(row: FrameworkRow) -> FrameworkInfo:
    """Return a framework's row as pages show it; files that do not load leave its tree out."""
    from nex_resources.runtime import load_agent_files

    try:
        spec = load_agent_files(row.files)
    except ValueError:
        spec = None
    return FrameworkInfo(row.id, row.name, row.description, row.pattern, row.domain, spec, row.reasons)


def join_cases(
    traces: Sequence[TraceRow],
    queries: Iterable[Query],
    frameworks: Mapping[str, FrameworkInfo],
    leaves: Iterable[ProblemType],
    assessments: Iterable[Assessment],
    samples: Iterable[Sample],
) -> tuple[Case, ...]:
    """Return a case per trace; what is missing around it stays empty."""
    by_query = {query.id: query for query in queries}
    by_leaf = {leaf.id: leaf for leaf in leaves}
    by_trace = {assessment.trace_id: assessment for assessment in assessments}
    made: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        made[sample.trace_id].append(sample)
    cases = []
    for row in traces:
        query = by_query.get(row.query_id)
        cases.append(
            Case(
                trace=row.trace,
                query=query,
                leaf=by_leaf.get(query.leaf_id) if query else None,
                framework=frameworks.get(row.framework_id),
                verdict=row.verdict,
                assessment=by_trace.get(row.id),
                samples=tuple(made.get(row.id, ())),
            )
        )
    return tuple(cases)


def funnel(
    queries: Sequence[Query],
    cases: Sequence[Case] | Sequence[TraceRow],
    assessments: Sequence[Assessment],
    samples: Sequence[Sample] | None,
) -> tuple[Stage, ...]:
    """Return the way from queries to samples, each step with the reasons of what it lost; without `samples`
    (None: not rendered yet) as far as the verdicts."""
    asked = [query for query in queries if query.split == "train"]
    failed = Counter(
        (case.verdict.reasons[0] if case.verdict.reasons else "verifier says no")
        for case in cases
        if case.verdict and not case.verdict.success
    )
    dropped = Counter(
        a.reasons[0] if a.reasons else "no reason given" for a in assessments if a.decision == "quarantine"
    )
    stages = (
        Stage("queries for training", len(asked)),
        Stage("rollouts", len(cases)),
        Stage("verified", sum(bool(c.verdict and c.verdict.success) for c in cases), dict(failed)),
        Stage("kept", sum(a.decision != "quarantine" for a in assessments), dict(dropped)),
    )
    if samples is None:
        return stages
    exported = {sample.trace_id for sample in samples}
    kept = {a.trace_id for a in assessments if a.decision != "quarantine"}
    lost = (
        {"no format can carry it, or it trains on nothing": len(kept - exported)} if kept - exported else {}
    )
    return (*stages, Stage("exported", len(exported), lost))


def datasets(samples: Iterable[Sample]) -> tuple[Dataset, ...]:
    """Return counts per format, in order of the formats' names."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for sample in samples:
        entry = counts[sample.format]
        entry[0] += 1
        entry[1] += len(sample.text)
        entry[2] += sum(end - start for start, end in sample.labelled)
    return tuple(Dataset(name, *counts[name]) for name in sorted(counts))


def example(samples: Sequence[Sample], cases: Sequence[Case]) -> Sample | None:
    """Return the sample whose lineage is worth showing: one with masked turns first, else the first."""
    masked = {case.trace.id for case in cases if case.masked}
    return next((s for s in samples if s.trace_id in masked), samples[0] if samples else None)


def ancestry(sample: Sample, cases: Iterable[Case]) -> tuple[Ancestor, ...]:
    """Return the rows that `sample` comes from, nearest first, as its own columns name them."""
    case = next((c for c in cases if c.trace.id == sample.trace_id), None)
    query = case.query if case else None
    above = [
        Ancestor(0, "samples", sample.id, f"{sample.format}, agent {sample.agent}, split {sample.split}"),
        Ancestor(1, "assessments", sample.assessment_id, case.decision.replace("_", " ") if case else ""),
        Ancestor(1, "traces", sample.trace_id, case.trace.answer if case else ""),
        Ancestor(2, "queries", sample.query_id, query.text if query else ""),
        Ancestor(
            3, "blueprints", query.blueprint.id if query else "", query.blueprint.shape if query else ""
        ),
        Ancestor(3, "agent_frameworks", sample.framework_id, _named(case)),
        Ancestor(3, "problem_types", sample.leaf_id, case.leaf.path if case and case.leaf else ""),
    ]
    return tuple(ancestor for ancestor in above if ancestor.id)


def _named(case: Case | None) -> str:
    return f"{case.framework.name}, {case.framework.pattern}" if case and case.framework else ""
