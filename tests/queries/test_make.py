from collections import Counter

import msgspec
import pytest

from nex_assets.queries import QueryPlan, Quota, make_queries
from nex_assets.queries.make import PlanError
from nex_resources.leaks import find_leaks
from nex_resources.records import Certificate, LeafConstraint, ProblemType

TARGETS = ["retail__set_email", "retail__find_product", "retail__get_order", "retail__set_payment"]
LEAVES = [
    ProblemType(f"pt_{t}", f"d.{t}", t, t, constraint=LeafConstraint(("retail",), targets=(t,)))
    for t in TARGETS
]
PLAN = QueryPlan({"train": 60, "seen": 10, "unseen_phrasing": 10, "unseen_shape": 4}, seed=3)


def claim(unit, size):
    return [LEAVES[i % len(LEAVES)].id for i in range(size)]


@pytest.fixture
def make(planner, domains, frameworks):
    def make(plan=PLAN, planner=planner, frameworks=frameworks, claim=claim):
        return make_queries(LEAVES, claim, planner, domains, frameworks, plan)

    return make


@pytest.fixture(scope="module")
def batch(planner, domains, frameworks):
    return make_queries(LEAVES, claim, planner, domains, frameworks, PLAN)


def test_each_split_is_filled(batch):
    assert Counter(q.split for q in batch.queries) == {
        "train": 60,
        "seen": 10,
        "unseen_phrasing": 10,
        "unseen_shape": 4,
    }
    assert batch.report.made["train"] == 60
    assert len({q.id for q in batch.queries}) == len({q.blueprint.id for q in batch.queries}) == 84


def test_splits_are_apart(batch, domains):
    assert find_leaks(batch.queries) == []
    by_split = {s: [q for q in batch.queries if q.split == s] for s in PLAN.sizes}
    shapes = {s: {q.blueprint.shape for q in qs} for s, qs in by_split.items()}
    assert not shapes["unseen_shape"] & shapes["train"]
    assert not shapes["unseen_shape"] & (shapes["seen"] | shapes["unseen_phrasing"])
    held_out = {n for n, p in domains.phrasings.items() if p.held_out}
    assert {q.phrasing for q in by_split["unseen_phrasing"]} <= held_out
    assert not {q.phrasing for q in by_split["train"]} & held_out
    assert all(
        seed % 2 == (q.split != "train") for q in batch.queries for seed in q.blueprint.worlds.values()
    )


def test_leaks_are_found(batch):
    stolen = msgspec.structs.replace(batch.queries[0], split="unseen_shape", id="q_stolen")
    found = {leak.what for leak in find_leaks([*batch.queries, stolen])}
    assert found == {"blueprint", "world_seed", "value", "shape"}
    own = msgspec.structs.replace(batch.queries[0].blueprint, id="other", worlds={}, slots={})
    heard = msgspec.structs.replace(stolen, split="unseen_phrasing", blueprint=own)
    assert [leak.what for leak in find_leaks([batch.queries[0], heard])] == ["phrasing"]
    assert find_leaks([batch.queries[0], msgspec.structs.replace(heard, split="seen")]) == []


def test_dimensions_meet_their_targets(batch):
    report = batch.report.coverage
    assert report["language"].distance < 0.05
    train = [q for q in batch.queries if q.split == "train"]
    english = Counter(q.phrasing for q in train if q.language == "en")
    assert max(english.values()) - min(english.values()) <= 1
    assert set(report["framework"].counts) == {"solo", "git_only"}
    assert report["framework"].counts["git_only"] == 0  # it offers none of the tools


def test_equal_seeds_give_equal_queries(batch, make):
    assert make().queries == batch.queries
    other = make(msgspec.structs.replace(PLAN, seed=4))
    assert {q.id for q in other.queries} != {q.id for q in batch.queries}


def test_every_failed_attempt_is_counted(batch):
    assert sum(batch.report.rejects.values()) == len(batch.rejects)
    failed = [r for r in batch.rejects if r.stage != "unfilled"]
    assert batch.report.attempts == len(batch.queries) + len(failed)
    assert {r.stage for r in batch.rejects} <= {"plan", "shape", "proof"}


class Wrapped:
    """The real planner with one thing gone wrong."""

    def __init__(self, planner):
        self.inner, self.tools = planner, planner.tools

    def __getattr__(self, name):
        return getattr(self.inner, name)


class Unproved(Wrapped):
    def prove(self, blueprint):
        return Certificate(reasons=("not_minimal: s1 can go",))


class Planless(Wrapped):
    def plan(self, constraint, pool, seed):
        raise PlanError("no_row", "nothing pending")


@pytest.mark.parametrize(
    ("wrapper", "reason"), [(Unproved, "proof:not_minimal"), (Planless, "plan:no_row")], ids=["proof", "plan"]
)
def test_what_cannot_be_proved_is_not_used(make, planner, wrapper, reason):
    batch = make(QueryPlan({"train": 3}, attempts=2), planner=wrapper(planner))
    assert batch.queries == ()
    assert batch.report.rejects[reason] >= 20
    assert batch.report.rejects["unfilled:no_leaf_left"] == 3


def test_a_framework_must_offer_the_tools(make, frameworks):
    batch = make(QueryPlan({"train": 2}), frameworks={"git_only": frameworks["git_only"]})
    assert not batch.queries
    assert "framework:lacks_tools" in batch.report.rejects
    with pytest.raises(ValueError, match="no framework"):
        make(frameworks={})


def test_languages_can_be_chosen(make):
    batch = make(QueryPlan({"train": 8}, languages={"zh": 1.0}))
    assert {q.language for q in batch.queries} == {"zh"}


def test_quota_follows_targets_even_in_small_batches():
    import random

    quota, rng = Quota({"a": 3, "b": 1, "c": 0}), random.Random(1)
    for _ in range(8):
        quota.count(quota.choose(rng))
    assert quota.counts == {"a": 6, "b": 2}
    assert quota.choose(rng, among={"b"}) == "b"
    with pytest.raises(ValueError, match="targets"):
        quota.choose(rng, among={"z"})
