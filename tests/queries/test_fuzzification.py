import random

import msgspec
import pytest

from nex_assets.queries import PlanError, QueryPlan, WorldPlanner, make_queries, say
from nex_assets.queries.certificate import certify
from nex_assets.queries.fuzzification import fuzzify
from nex_resources.records import Blueprint, Fact, LeafConstraint, ProblemType, Step
from nex_resources.worlds import get, selectors


def plans(world, calls=(1, 2), count=12):
    planner, found = WorldPlanner([world]), []
    for seed in range(200):
        try:
            plan = planner.plan(LeafConstraint((world,), calls=calls), "train", seed)
        except PlanError:
            continue
        found.append(plan)
        if len(found) == count:
            return found
    raise AssertionError


@pytest.mark.parametrize("world", ["retail", "travel", "helpdesk"])
def test_every_replacement_is_proved_and_ends_the_same(world):
    fuzzier = 0
    for number, plan in enumerate(plans(world)):
        found = fuzzify(plan, random.Random(number), times=2)
        if found.certificate is None:
            assert found.blueprint == plan
            assert found.kept_because
            continue
        fuzzier += 1
        before = certify(plan)
        assert found.certificate.complete
        assert certify(found.blueprint) == found.certificate
        assert found.certificate.diff == before.diff
        assert [f.value for f in found.blueprint.facts] == [f.value for f in plan.facts]
        gone = {s.slot for s in found.steps if s.proved}
        lost = {plan.slots[s] for s in gone if s in plan.slots}
        assert not lost & set(found.blueprint.slots.values())
        assert len(found.blueprint.steps) == len(plan.steps) + sum(s.proved for s in found.steps)
    assert fuzzier >= 5


def order_of(status="pending"):
    state = get("retail").state(2)
    return next(k for k, o in state["orders"].items() if o["status"] == status)


def test_the_identifier_leaves_the_text(domains):
    order = order_of()
    step = Step("s1", "retail__cancel_order", {"order_id": {"$slot": "order_id"}})
    plan = Blueprint("b", "task", "retail/cancel_order", {"retail": 2}, (step,), {"order_id": order})
    found = fuzzify(plan, random.Random(1))
    assert found.blueprint.shape in ("retail/list_orders>cancel_order",)
    for name in ("en_plain", "zh_plain"):
        phrasing, persona = domains.phrasings[name], domains.personas["plain_user"]
        text = say(found.blueprint, phrasing, persona, domains.text, random.Random(0)).text
        assert order not in text
    path = found.blueprint.steps[1].arguments["order_id"]["path"]
    assert selectors(path)


def test_what_gives_the_answer_away_is_not_proved():
    """Looking the order up in a list would tell its status already: the read would not be needed."""
    order = order_of()
    step = Step("s1", "retail__get_order", {"order_id": {"$slot": "order_id"}})
    fact = Fact("order.status", "s1", "status", "pending")
    plan = Blueprint("b", "task", "retail/get_order", {"retail": 2}, (step,), {"order_id": order}, (fact,))
    found = fuzzify(plan, random.Random(1))
    assert found.certificate is None
    assert found.kept_because == "no replacement was proved"
    assert any("not_minimal" in s.reasons for s in found.steps)


def test_a_task_without_identifiers_stays():
    email = next(iter(get("retail").state(2)["customers"].values()))["email"]
    step = Step("s1", "retail__find_customer", {"email": {"$slot": "email"}})
    plan = Blueprint("b", "task", "retail/find_customer", {"retail": 2}, (step,), {"email": email})
    found = fuzzify(plan, random.Random(1))
    assert (found.blueprint, found.kept_because) == (plan, "no identifier can be replaced")


def test_length_is_bounded():
    plan = plans("retail", (2, 2), 1)[0]
    assert fuzzify(plan, random.Random(0), times=9, max_calls=2).blueprint == plan


def test_the_pipeline_fuzzes_a_share(planner, domains, frameworks):
    leaf = ProblemType("pt_1", "d.x", "x", "x", constraint=LeafConstraint(("retail",), calls=(1, 2)))
    plan = QueryPlan({"train": 40}, fuzzed=1.0, efforts={"1": 1, "2-3": 1})
    batch = make_queries([leaf], lambda _, n: [leaf.id] * n, planner, domains, frameworks, plan)
    assert batch.report.fuzzing["fuzzed"] >= 8
    assert sum(batch.report.fuzzing.values()) >= 40
    assert all(q.certificate.complete for q in batch.queries)
    plain = make_queries(
        [leaf],
        lambda _, n: [leaf.id] * n,
        planner,
        domains,
        frameworks,
        msgspec.structs.replace(plan, fuzzed=0.0),
    )
    assert plain.report.fuzzing == {}

    def ambiguity(batch):
        return sum(q.difficulty.ambiguity for q in batch.queries)

    assert ambiguity(batch) > ambiguity(plain)
