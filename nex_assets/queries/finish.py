"""What a batch goes through that needs servers or a model: evidence verified, queries reworded.

Neither loses a batch: a query whose evidence does not hold is taken out and counted, one that cannot be
reworded keeps its plain text, with the reason.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from nex_assets.queries.contracts import Reject
from nex_assets.queries.fusion import sources_of, verify_evidence
from nex_assets.queries.make import Batch
from nex_assets.queries.paraphrase import paraphrase
from nex_resources import worlds
from nex_resources.domains import Domains
from nex_resources.llm.base import LLM
from nex_resources.records import Query, generator

if TYPE_CHECKING:
    from nex_resources.mcp import McpPool

CONCURRENCY = 4
"""Queries whose evidence is verified side by side; each holds a lease on its servers."""


async def verify_sources(batch: Batch, pool: AbstractAsyncContextManager[McpPool]) -> Batch:
    """Call every source of the fused queries anew on real MCP servers, and take out what does not hold."""
    fused = [query for query in batch.queries if query.evidence]
    if not fused:
        return batch
    gate = asyncio.Semaphore(CONCURRENCY)
    async with pool as live:
        problems = await asyncio.gather(*(_problem(query, live, gate) for query in fused))
    wrong = {query.id: problem for query, problem in zip(fused, problems, strict=True) if problem}
    rejects = [
        Reject(q.leaf_id, q.split, "evidence", "not_verified", wrong[q.id]) for q in fused if q.id in wrong
    ]
    evidence = {"verified": len(fused) - len(wrong), "not_verified": len(wrong)}
    kept = tuple(query for query in batch.queries if query.id not in wrong)
    counts = Counter(batch.report.rejects) + Counter({"evidence:not_verified": len(wrong)})
    report = msgspec.structs.replace(
        batch.report, evidence=evidence, rejects=dict(counts), made=dict(Counter(q.split for q in kept))
    )
    return Batch(kept, (*batch.rejects, *rejects), report)


async def _problem(query: Query, pool: McpPool, gate: asyncio.Semaphore) -> str:
    from nex_resources.mcp import UnavailableError

    seeds = {name: query.blueprint.worlds[name] for name in sources_of(query)}
    prepare = {name: partial(worlds.get(name).seed, seed) for name, seed in seeds.items()}
    try:
        async with gate, pool.host(prepare, tools=sorted({e.tool for e in query.evidence})) as host:
            return "; ".join(await verify_evidence(query, host))
    except (UnavailableError, LookupError) as error:
        return str(error)


async def reword(
    batch: Batch, llm: LLM | None, domains: Domains, share: float, budget_usd: float, seed: int
) -> Batch:
    """Have `llm` reword a `share` of the training queries for at most `budget_usd`. Without a model the plain
    texts stay, and the report says so."""
    chosen = _chosen(batch.queries, share, seed)
    if not chosen:
        return batch
    if llm is None:
        report = msgspec.structs.replace(batch.report, paraphrases={"no_model": len(chosen)})
        return Batch(batch.queries, batch.rejects, report)
    speakers = {name: persona.names.en for name, persona in domains.personas.items()}
    try:
        made = await paraphrase(chosen, llm, domains.text, personas=speakers, budget_usd=budget_usd)
    finally:
        await llm.close()
    reworded = dict(zip([q.id for q in chosen], made.queries, strict=True))
    counts = {**made.reasons, "cost_usd": made.cost_usd, "cost_per_accepted": made.cost_per_accepted or 0.0}
    report = msgspec.structs.replace(batch.report, paraphrases=counts)
    return Batch(tuple(reworded.get(q.id, q) for q in batch.queries), batch.rejects, report)


def _chosen(queries: Sequence[Query], share: float, seed: int) -> list[Query]:
    train = [query for query in queries if query.split == "train"]
    return [query for query in train if generator(seed, "reword", query.id).random() < share]
