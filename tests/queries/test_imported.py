"""A NexGAP folder all the way: imported, grounded, sampled with durable counts, turned into queries."""

from pathlib import Path

import msgspec
import pytest

from nex_assets.problem_type_tree import ground, import_nexgap
from nex_assets.queries import QueryPlan, WorldPlanner, make_queries
from nex_resources.records import AgentSpec
from nex_resources.sampling import LeafCounts, balance

FOLDER = Path(__file__).parents[1] / "problem_type_tree" / "fixtures" / "menu_costing"


@pytest.fixture(scope="module")
def made(tmp_path_factory, domains):
    imported = import_nexgap(FOLDER)
    planner = WorldPlanner(["retail", "helpdesk"])
    tree, _ = ground(imported.tree, planner.tools)
    counts = LeafCounts(tmp_path_factory.mktemp("counts") / "c.db")
    sampler = counts.sampler([leaf.id for leaf in tree.leaves], seed=1)
    speaking = msgspec.structs.replace(domains, personas=imported.personas)
    frameworks = {"any": AgentSpec("any", tools=("*",))}
    batch = make_queries(tree.leaves, sampler.claim, planner, speaking, frameworks, QueryPlan({"train": 48}))
    return tree, batch, counts


def test_every_leaf_gives_proved_queries(made):
    tree, batch, _ = made
    assert len(batch.queries) == 48
    assert all(q.certificate.complete and q.origin == "nexgap" for q in batch.queries)
    made_of = {q.leaf_id for q in batch.queries}
    assert len(made_of) >= len(tree.leaves) - 1
    for query in batch.queries:
        targets = tree.by_id[query.leaf_id].constraint.targets
        assert any(s.tool in targets for s in query.blueprint.steps)


def test_leaves_are_drawn_evenly(made):
    _, _, counts = made
    assert balance(counts.counts().values()) <= 1.5


def test_the_folders_personas_speak(made):
    _, batch, _ = made
    english = [q.text for q in batch.queries if q.language == "en"]
    assert any("I'm a bistro owner" in t for t in english)
    assert {q.persona for q in batch.queries} == {"persona_0001", "persona_0003"}
