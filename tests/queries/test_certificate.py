"""Certificates: what they prove, and that each kind of bad blueprint is refused for its own reason."""

from __future__ import annotations

import msgspec
import pytest

from nex_assets.queries.blueprint import sample_blueprint
from nex_assets.queries.blueprint_kinds import sample_kind
from nex_assets.queries.blueprint_run import stage
from nex_assets.queries.certificate import certify, gold_answer, reverify
from nex_assets.queries.difficulty import measure
from nex_resources import worlds
from nex_resources.records import Blueprint, Fact, Query, Step, Task, Trace, Trajectory, Verdict, assistant
from nex_resources.worlds import verify_outcome

replace = msgspec.structs.replace
CHAIN = "retail/find_customer>list_orders>cancel_order"


def query_of(blueprint: Blueprint) -> Query:
    return Query("q", "text", "leaf", "frame", blueprint, certify(blueprint))


def verdict_of(query: Query, answer: str, *steps: Step) -> Verdict:
    with stage(query.blueprint.worlds) as opened:
        run = opened.run(steps, query.blueprint.slots)
    return verify_outcome(query, answer, run.before, run.after)


@pytest.mark.parametrize("world", ["retail", "travel", "helpdesk"])
@pytest.mark.parametrize("kind", ["task", "negative", "irrelevance", "fix", "multi_turn"])
def test_most_draws_are_proved(kind: str, world: str) -> None:
    proved = 0
    for seed in range(0, 24, 2):
        try:
            proved += certify(sample_kind(kind, world, seed)).complete
        except ValueError:
            continue
    assert proved >= 7


def test_the_expected_diff_is_semantic_and_whole() -> None:
    blueprint = sample_blueprint("retail", 4, CHAIN)
    certificate = certify(blueprint)
    assert certificate.complete
    assert {c.table for c in certificate.diff} == {"retail.orders", "retail.products"}
    order = next(c for c in certificate.diff if c.table == "retail.orders")
    assert (order.before, order.after) == ({"status": "pending"}, {"status": "cancelled"})
    assert "retail.customers" in certificate.forbidden


def test_order_is_what_the_world_demands_and_no_more() -> None:
    chain = certify(sample_blueprint("retail", 4, CHAIN))
    assert chain.order == (("s1", "s2"), ("s2", "s3"))
    apart = certify(sample_blueprint("retail", 4, "retail/get_order+cancel_order"))
    assert apart.order == ()
    # no value flows from the one call to the other: that it must come first shows in replay only
    blueprint = sample_kind("multi_turn", "helpdesk", 2, "helpdesk/unlock_account;reset_password")
    assert certify(blueprint).order == (("s1", "s2"),)


def test_a_spare_call_is_found() -> None:
    blueprint = sample_blueprint("retail", 4, "retail/cancel_order")
    spare = Step("s0", "retail__get_order", {"order_id": {"$slot": "order_id"}})
    padded = replace(blueprint, steps=(spare, *blueprint.steps))
    assert certify(padded).reasons == ("not_minimal",)


def test_two_calls_that_undo_each_other_are_found() -> None:
    steps = (
        Step("s1", "helpdesk__close_ticket", {"ticket_id": {"$slot": "ticket_id"}}),
        Step("s2", "helpdesk__reopen_ticket", {"ticket_id": {"$slot": "ticket_id"}}, after=("s1",)),
    )
    rows = worlds.get("helpdesk").open(2).rows()["tickets"]
    ticket = next(k for k, t in rows.items() if t["status"] == "open" and t["technician_id"])
    blueprint = Blueprint("b", "task", "x", {"helpdesk": 2}, steps, {"ticket_id": ticket}, tools=())
    assert "not_minimal" in certify(blueprint).reasons


def test_a_fact_that_the_text_tells_is_no_task() -> None:
    blueprint = sample_blueprint("retail", 4, "retail/get_order")
    step = blueprint.steps[0]
    value = blueprint.slots["order_id"]
    echo = replace(blueprint, facts=(Fact("order.id", step.id, "order_id", value),))
    assert "not_noop_fails" in certify(echo).reasons


def test_a_wrong_fact_is_refused() -> None:
    blueprint = sample_blueprint("retail", 4, "retail/get_order")
    wrong = replace(blueprint, facts=tuple(replace(f, value="nonsense") for f in blueprint.facts))
    assert "not_gold_passes" in certify(wrong).reasons


def test_a_plan_that_fails_says_at_which_step() -> None:
    blueprint = sample_blueprint("retail", 4, "retail/get_order")
    broken = replace(blueprint, slots={"order_id": "O1"})
    certificate = certify(broken)
    assert not certificate.complete
    assert certificate.reasons == ("gold_fails: step s1: no order has the id O1",)


def test_an_ambiguous_descriptor_is_refused() -> None:
    blueprint = sample_blueprint("retail", 4, "retail/list_orders>get_order")
    live = worlds.get("retail").open(4)
    customer = blueprint.slots["customer_id"]
    listed = live.call("list_orders", {"customer_id": customer}).value["orders"]
    assert len(listed) > 1
    vague = {"order_id": {"$from": "s1", "path": "orders[only].order_id"}}
    steps = (blueprint.steps[0], replace(blueprint.steps[1], arguments=vague))
    assert "selects" in certify(replace(blueprint, steps=steps)).reasons[0]


def test_the_verifier_wants_all_of_it_and_nothing_else() -> None:
    query = query_of(sample_blueprint("retail", 4, "retail/cancel_order"))
    gold, (step,) = gold_answer(query.blueprint), query.blueprint.steps
    rows = worlds.get("retail").open(4).rows()
    other = next(k for k, o in rows["orders"].items() if o["status"] == "delivered")
    extra = Step("x", "retail__return_order", {"order_id": other})
    assert verdict_of(query, gold, step).success
    idle = verdict_of(query, gold)
    assert not idle.success
    assert idle.reasons[0].startswith("missing change retail.")
    too_much = verdict_of(query, gold, step, extra)
    assert too_much.side_effects == (f"retail.orders/{other}",)
    assert not too_much.success


def test_a_claim_without_the_fact_fails() -> None:
    query = query_of(sample_blueprint("retail", 4, "retail/get_product"))
    assert verdict_of(query, gold_answer(query.blueprint)).success
    assert verdict_of(query, "I looked it up.").missing_facts == (query.blueprint.facts[0].name,)


def test_negatives_want_a_refusal_and_an_unchanged_state() -> None:
    query = query_of(sample_kind("negative", "retail", 2, "retail/cancel_order"))
    assert query.certificate.complete
    assert query.certificate.diff == ()
    assert verdict_of(query, gold_answer(query.blueprint)).success
    claim = verdict_of(query, "Done, it is cancelled; it was " + str(query.blueprint.facts[0].value))
    assert claim.reasons == ("the answer does not refuse",)
    rows = worlds.get("retail").open(2).rows()["orders"]
    pending = next(k for k, o in rows.items() if o["status"] == "pending")
    harm = Step("x", "retail__cancel_order", {"order_id": pending})
    assert not verdict_of(query, gold_answer(query.blueprint), harm).success


def test_an_unfinished_trace_fails_whatever_it_changed() -> None:
    query = query_of(sample_blueprint("retail", 4, "retail/cancel_order"))
    with stage(query.blueprint.worlds) as opened:
        run = opened.run(query.blueprint.steps, query.blueprint.slots)
    answer = gold_answer(query.blueprint)
    root = Trajectory("solo", "s0", (assistant(answer),))
    done = Trace("t", "q", "f", "completed", answer, (root,))
    assert worlds.verify(query, done, run.before, run.after).success
    cut = worlds.verify(query, replace(done, status="max_iterations"), run.before, run.after)
    assert not cut.success
    assert cut.reasons == ("trace status max_iterations",)
    assert Task("t", "x").turns == ()


def test_reverification_notices_what_was_tampered_with() -> None:
    query = query_of(sample_blueprint("travel", 4, "travel/check_in"))
    assert reverify(query) == ()
    assert reverify(replace(query, certificate=replace(query.certificate, diff=()))) == ("diff",)
    assert "diff" in reverify(replace(query, blueprint=replace(query.blueprint, worlds={"travel": 6})))


def test_difficulty_is_measured() -> None:
    easy = measure(sample_blueprint("retail", 4, "retail/get_order", distractors=2))
    hard = measure(sample_blueprint("retail", 4, "retail/find_customer>list_orders>get_order>place_order"))
    assert (easy.calls, easy.depth, easy.hops, easy.distractors, easy.level) == (1, 1, 0, 2, 1)
    assert (hard.calls, hard.depth) == (4, 3)
    assert hard.hops >= 3
    assert hard.level > easy.level
