"""Asset `queries`: tasks in words, each proved before it is asked."""

import asyncio

import dagster as dg

from nex_resources.dagster import (
    BATCHES,
    OWNERS,
    McpResource,
    ProfileResource,
    TeacherResource,
    imported,
    table_metadata,
)
from nex_resources.profile import CONFIGS, split_batch
from nex_resources.records import ProblemType, Query
from nex_resources.store import FrameworkRow


@dg.asset(
    group_name="rollouts",
    kinds={"python", "duckdb"},
    owners=OWNERS,
    partitions_def=BATCHES,
    backfill_policy=dg.BackfillPolicy.multi_run(1),
    code_version="1",
    metadata=table_metadata("queries"),
)
def queries(
    context: dg.AssetExecutionContext,
    profile: ProfileResource,
    mcp: McpResource,
    teacher: TeacherResource,
    problem_type_tree: list[ProblemType],
    agent_frameworks: list[FrameworkRow],
) -> list[Query]:
    """Queries of one batch: a leaf is drawn by inverse frequency, a blueprint sampled on a seeded world
    while executing, proved by a certificate, and put into words; evidence is verified on real servers, and
    a keyed teacher rewords. What could not be proved is counted."""
    from nex_assets.queries import leaves_of, make_batch, reword, summary, verify_sources
    from nex_resources.domains import load_domains
    from nex_resources.sampling import LeafCounts

    settings, key = profile.get(), context.partition_key
    if source := settings.import_of(key):
        return [query for query, _ in imported(source, key, context)]
    leaves = [leaf.id for leaf in leaves_of(split_batch(key)[0], problem_type_tree)]
    counts = LeafCounts(profile.home / "leaf_counts.sqlite").sampler(leaves, settings.seed)
    domains, wanted = load_domains(CONFIGS / "domains"), settings.domains[split_batch(key)[0]]
    batch = make_batch(key, settings, problem_type_tree, agent_frameworks, domains, counts.claim)
    batch = asyncio.run(verify_sources(batch, mcp.pool(settings)))
    writer = teacher.writer(settings) if wanted.paraphrased else None
    batch = asyncio.run(
        reword(batch, writer, domains, wanted.paraphrased, wanted.paraphrase_usd, settings.seed)
    )
    context.add_output_metadata(summary(batch))
    return list(batch.queries)


@dg.asset_check(asset=queries, blocking=True, description="Every query of ours has a complete certificate.")
def certificates_complete(queries: list[Query]) -> dg.AssetCheckResult:
    incomplete = [q.id for q in queries if not q.certificate.complete and q.origin != "import"]
    return dg.AssetCheckResult(passed=not incomplete, metadata={"incomplete": incomplete[:20]})


@dg.asset_check(asset=queries, blocking=True, description="Train and held-out queries share nothing.")
def splits_apart(queries: list[Query]) -> dg.AssetCheckResult:
    from nex_resources.leaks import find_leaks

    leaks = [str(leak) for leak in find_leaks(queries)]
    return dg.AssetCheckResult(passed=not leaks, metadata={"leaks": leaks[:20]})


QUERIES_CHECKS = [certificates_complete, splits_apart]
