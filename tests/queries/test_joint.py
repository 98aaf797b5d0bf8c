"""Queries of several goals: side by side, over servers, handed on; all proved, said, and kept apart."""

import pytest

from nex_assets.problem_type_tree import build_tree
from nex_assets.queries import QueryPlan, WorldPlanner, make_queries
from nex_assets.queries.splits import goals_of, shape_held_out
from nex_resources.records import AgentSpec

SHARE = QueryPlan({}).held_out_shapes


@pytest.fixture(scope="module")
def batch(domains):
    leaves = build_tree(domains, ["across"]).leaves
    names = sorted({world for leaf in leaves for world in leaf.constraint.worlds})

    def claim(unit, size):
        return [leaves[i % len(leaves)].id for i in range(size)]

    plan = QueryPlan({"train": 33, "unseen_shape": 6}, languages={"en": 0.5, "zh": 0.5})
    frameworks = {"any": AgentSpec("any", tools=("*",))}
    return make_queries(leaves, claim, WorldPlanner(names), domains, frameworks, plan)


def test_every_leaf_of_several_goals_gives_proved_queries(batch):
    assert batch.report.made == {"train": 33, "unseen_shape": 6}
    assert all(query.certificate.complete for query in batch.queries)
    assert all(len(goals_of(query.blueprint.shape)) >= 2 for query in batch.queries)
    assert any(len(query.blueprint.worlds) >= 2 for query in batch.queries)
    assert any("+" in query.blueprint.shape for query in batch.queries)


def test_what_is_handed_on_is_said_by_where_it_comes_from(batch):
    handed = [query for query in batch.queries if ">>" in query.blueprint.shape]
    assert handed
    for query in handed:
        assert query.evidence
        assert "{" not in query.text
        assert "$" not in query.text
        assert not any(evidence.quote in query.text.split() for evidence in query.evidence)


def test_training_holds_no_goal_that_is_held_out(batch):
    for query in batch.queries:
        held_out = [shape_held_out(goal, SHARE) for goal in goals_of(query.blueprint.shape)]
        assert any(held_out) == (query.split == "unseen_shape")


@pytest.mark.parametrize(
    ("shape", "goals"),
    [
        ("retail/a>b", ["retail/a>b"]),
        ("retail/a+b&travel/c>d", ["retail/a", "retail/b", "travel/c>d"]),
        ("retail/a>b>>sqlite/set_price", ["retail/a>b", "sqlite/set_price"]),
        ("retail/a;b", ["retail/a", "retail/b"]),
    ],
    ids=["one", "beside", "handed", "turns"],
)
def test_a_shape_is_taken_apart(shape, goals):
    assert goals_of(shape) == goals
