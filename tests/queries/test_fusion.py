import random
from pathlib import Path

import msgspec
import pytest

from nex_assets.problem_type_tree import build_tree
from nex_assets.queries import QueryPlan, WorldPlanner, make_queries, say
from nex_assets.queries.certificate import certify
from nex_assets.queries.fusion import (
    FusionError,
    check_evidence,
    evidence_of,
    fuse,
    hash_of,
    sources_of,
    span_of,
    verify_evidence,
)
from nex_resources.mcp import Catalogue, Limits, McpPool
from nex_resources.records import AgentSpec, Certificate, Query, Step
from nex_resources.worlds import get

SOURCES = ["corpus", "filesystem", "sqlite", "retail", "travel"]
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("seed", range(6))
def test_a_fused_question_needs_both_sources(domains, seed):
    fusion = fuse(SOURCES, "train", seed)
    plan = fusion.blueprint
    certificate = certify(plan)
    assert certificate.complete, certificate.reasons
    assert certificate.minimal  # neither source can be left out
    assert len({e.tool.partition("__")[0] for e in fusion.evidence}) == 2
    first, second = (float(e.quote) for e in fusion.evidence)
    result = first + second if plan.shape.endswith("add") else first - second
    assert result > 0
    assert plan.facts[0].value == pytest.approx(result)
    for name in ("en_plain", "zh_plain", "en_ticket"):
        phrasing, persona = domains.phrasings[name], domains.personas["plain_user"]
        text = say(plan, phrasing, persona, domains.text, random.Random(seed)).text
        assert all(str(v) in text for v in plan.slots.values())
        assert not any(e.quote in text.split() for e in fusion.evidence)


def test_a_seed_gives_one_fusion_and_pools_stay_apart():
    assert fuse(SOURCES, "train", 3) == fuse(SOURCES, "train", 3) != fuse(SOURCES, "train", 4)
    assert all(s % 2 for s in fuse(SOURCES, "held_out", 3).blueprint.worlds.values())


def test_spans_are_verified():
    text = '{"price": 129.5, "stock": 12}'
    step = Step("s1", "retail__get_product", {})
    span = span_of(step, {}, text, 12)
    assert text[span.start : span.end] == "12"  # the stock, not the start of the price
    assert check_evidence(span, text) == ""
    assert check_evidence(span, '{"stock": 12}') == ""  # another rendering that states it
    assert "not in the source" in check_evidence(span, '{"stock": 13}')
    with pytest.raises(FusionError, match="does not stand"):
        span_of(step, {}, text, 77)
    assert hash_of("a") != hash_of("b")


@pytest.mark.parametrize(
    "sources", [[], ["retail"], ["retail", "calculator"]], ids=["none", "one", "no-second"]
)
def test_one_source_is_not_enough(sources):
    with pytest.raises(FusionError, match="two sources"):
        fuse(sources, "train", 1)


def test_the_pipeline_makes_fused_queries(domains):
    tree = build_tree(domains, ["fusion"])
    planner = WorldPlanner([*SOURCES, "calculator"])
    frameworks = {"any": AgentSpec("any", tools=("*",))}
    leaves = tree.leaves

    def claim(unit, size):
        return [leaves[i % len(leaves)].id for i in range(size)]

    batch = make_queries(leaves, claim, planner, domains, frameworks, QueryPlan({"train": 20}))
    assert len(batch.queries) == 20
    for query in batch.queries:
        fused = query.blueprint.kind == "fusion"
        assert fused or ">>" in query.blueprint.shape
        assert query.origin == "fusion"
        assert query.evidence == evidence_of(query.blueprint)
        assert len(sources_of(query)) == (2 if fused else 1)
        assert msgspec.json.decode(msgspec.json.encode(query), type=Query) == query


@pytest.mark.slow
async def test_evidence_is_verified_through_real_mcp_servers(tmp_path):
    fusion = fuse(["retail", "travel"], "train", 2)
    plan = fusion.blueprint
    query = Query("q", "", "l", "f", plan, Certificate(), evidence=fusion.evidence)
    catalogue = Catalogue.load(ROOT / "configs" / "mcp_servers.yaml")
    seeds = {w: n for w, n in plan.worlds.items() if w != "calculator"}
    prepare = {w: (lambda folder, w=w, n=n: get(w).seed(n, folder)) for w, n in seeds.items()}
    async with McpPool(catalogue, home=tmp_path, limits=Limits()) as pool, pool.host(prepare) as host:
        assert await verify_evidence(query, host) == []
        first = msgspec.structs.replace(fusion.evidence[0], quote="-1")
        wrong = msgspec.structs.replace(query, evidence=(first, fusion.evidence[1]))
        assert len(await verify_evidence(wrong, host)) == (1 if fusion.evidence[0].quote != "-1" else 0)
        nowhere = msgspec.structs.replace(first, arguments={})
        assert len(await verify_evidence(msgspec.structs.replace(query, evidence=(nowhere,)), host)) == 1
