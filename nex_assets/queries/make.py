"""The pipeline of a query: leaf → blueprint → certificate → words → Query.

Pure: it reads and writes nothing. What it needs comes in as arguments: leaves from the tree, `claim` to
draw them, a planner that samples and proves blueprints on worlds, words from the domain files. A unit
of work that cannot be used is not silently dropped: its reason is kept and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from nex_assets.queries.contracts import Claim, PlanError, Planner, QueryPlan, Reject
from nex_assets.queries.coverage import Coverage, coverage_report
from nex_assets.queries.decontamination import Benchmark, DecontaminationReport, decontaminate
from nex_assets.queries.dedup import Embed, near_by_embedding, near_duplicates, without
from nex_assets.queries.maker import Maker
from nex_resources.domains import Domains
from nex_resources.leaks import find_leaks
from nex_resources.records import AgentSpec, ProblemType, Query

__all__ = ["Batch", "Claim", "PlanError", "Planner", "QueryPlan", "Reject", "Report", "make_queries"]


class Report(msgspec.Struct, frozen=True):
    """What became of a batch: yields and reasons, and the coverage of every sampled dimension.

    `evidence` counts the fused queries whose spans were verified on real servers, and those that were not;
    `paraphrases` the accepted and the refused ones by reason, and what they cost.
    """

    made: dict[str, int]
    attempts: int
    yield_share: float
    rejects: dict[str, int]
    coverage: dict[str, Coverage]
    fuzzing: dict[str, int] = {}
    decontamination: DecontaminationReport | None = None
    evidence: dict[str, int] = {}
    paraphrases: dict[str, float] = {}


class Batch(msgspec.Struct, frozen=True):
    """Queries, the attempts that failed, and the report on both."""

    queries: tuple[Query, ...]
    rejects: tuple[Reject, ...]
    report: Report


def make_queries(
    leaves: Sequence[ProblemType],
    claim: Claim,
    planner: Planner,
    domains: Domains,
    frameworks: Mapping[str, AgentSpec],
    plan: QueryPlan,
    benchmarks: Mapping[str, Benchmark | None] | None = None,
    embed: Embed | None = None,
) -> Batch:
    """Make the queries that `plan` asks for. `frameworks` maps ids to the hierarchies that may run them;
    `benchmarks` (such as `{"bfcl": load_bfcl()}`) are what no query may look like; `embed` finds those that
    mean the same, where the plan asks for it.

    Raises ValueError where there are no leaves, no frameworks, or no words at all; whatever befalls a
    single query is a Reject.
    """
    if not frameworks:
        raise ValueError("no framework was given: a query needs one that offers its tools")
    maker = Maker({n.id: n for n in leaves}, planner, domains, frameworks, plan)
    queries: list[Query] = []
    for split, size in plan.sizes.items():
        queries += maker.fill(split, size, claim)
    return _finish(queries, maker, plan, benchmarks or {}, embed)


def _finish(
    queries: list[Query],
    maker: Maker,
    plan: QueryPlan,
    benchmarks: Mapping[str, Benchmark | None],
    embed: Embed | None,
) -> Batch:
    """Take out leaks, near-duplicates and benchmark look-alikes, and report."""
    leaks = {leak.query_id: leak for leak in find_leaks(queries)}
    rejects = list(maker.rejects)
    rejects += [
        Reject(q.leaf_id, q.split, "leak", leaks[q.id].what, leaks[q.id].value)
        for q in queries
        if q.id in leaks
    ]
    apart = [q for q in queries if q.id not in leaks]
    twins = near_duplicates(["\n".join((q.text, *q.turns)) for q in apart], plan.near_duplicate)
    rejects += [
        Reject(apart[d.index].leaf_id, apart[d.index].split, "duplicate", "near_duplicate", apart[d.twin].id)
        for d in twins
    ]
    specs = {name: tool.spec for name, tool in maker.planner.tools.items()}
    single = without(apart, twins)
    if embed:
        alike = near_by_embedding([q.text for q in single], embed, plan.near_meaning)
        rejects += [
            Reject(
                single[d.index].leaf_id, single[d.index].split, "duplicate", "near_meaning", single[d.twin].id
            )
            for d in alike
        ]
        single = without(single, alike)
    kept, decontamination = decontaminate(single, specs, benchmarks)
    clean = {q.id for q in kept}
    rejects += [Reject(q.leaf_id, q.split, "benchmark", "contaminated") for q in single if q.id not in clean]
    report = Report(
        made=dict(Counter(q.split for q in kept)),
        attempts=maker.attempts,
        yield_share=round(len(kept) / maker.attempts, 4) if maker.attempts else 0.0,
        rejects=dict(Counter(f"{r.stage}:{r.reason}" for r in rejects).most_common()),
        coverage=coverage_report(kept, maker.targets),
        fuzzing=dict(maker.fuzzing),
        decontamination=decontamination,
    )
    return Batch(tuple(kept), tuple(rejects), report)
