import contextlib
import random

import msgspec
import pytest

from nex_assets.problem_type_tree import build_tree
from nex_assets.queries import PlanError, TextError, WorldPlanner, say
from nex_assets.queries.blueprint_shapes import shapes
from nex_resources.records import Blueprint, Fact, LeafConstraint, Step
from nex_resources.worlds import form, get, names

FIND = Step("s1", "retail__find_customer", {"email": {"$slot": "email"}})
SET_EMAIL = Step(
    "s2",
    "retail__set_email",
    {"customer_id": {"$from": "s1", "path": "customer_id"}, "email": {"$slot": "new"}},
    ("s1",),
)
CANCEL = Step("c1", "retail__cancel_order", {"order_id": {"$slot": "order"}})
READ = Step("r1", "retail__get_order", {"order_id": {"$slot": "order"}})
REFUND = Fact("order.refund", "c1", "refund", 12.5)
STATUS = Fact("order.status", "r1", "status", "pending")
SLOTS = {"email": "ada@x.example", "new": "bo@y.example", "order": "O1234"}


def blueprint(*steps, facts=(), **slots):
    return Blueprint("bp", "task", "shape", {"retail": 0}, steps, slots, facts)


@pytest.fixture
def speak(domains):
    def speak(plan, phrasing="en_plain", persona="plain_user", seed=0, describe=None):
        return say(
            plan,
            domains.phrasings[phrasing],
            domains.personas[persona],
            domains.text,
            random.Random(seed),
            describe,
        )

    return speak


def given(*names):
    return {n: SLOTS[n] for n in names}


PLANS = {
    "chain": blueprint(FIND, SET_EMAIL, **given("email", "new")),
    "write": blueprint(CANCEL, **given("order")),
    "write-and-fact": blueprint(CANCEL, facts=(REFUND,), **given("order")),
    "read": blueprint(READ, facts=(STATUS,), **given("order")),
    "read-then-write": blueprint(READ, CANCEL, facts=(STATUS,), **given("order")),
    "all": blueprint(FIND, SET_EMAIL, CANCEL, facts=(REFUND,), **SLOTS),
}


@pytest.mark.parametrize("plan", PLANS.values(), ids=PLANS)
def test_every_phrasing_says_every_value(speak, domains, plan):
    for name in domains.phrasings:
        for seed in range(10):
            text = speak(plan, name, seed=seed).text
            assert all(value in text for value in plan.slots.values())
            assert "{" not in text
            assert "$" not in text
            assert "  " not in text


def test_a_supplying_read_becomes_a_noun_phrase(speak):
    texts = {speak(PLANS["chain"], seed=i).text for i in range(40)}
    assert len(texts) >= 10
    assert all(any(word in t for word in ("ustomer", "client", "person")) for t in texts)
    assert not any("look up" in t.lower() for t in texts)


def test_a_second_mention_points_back_when_unambiguous(speak):
    texts = [speak(PLANS["write-and-fact"], seed=i).text for i in range(20)]
    assert all("that order" in t and t.count("O1234") == 1 for t in texts)


def test_no_pointing_back_where_two_are_in_play(speak):
    other = msgspec.structs.replace(CANCEL, id="c2", arguments={"order_id": {"$slot": "order2"}})
    plan = blueprint(CANCEL, other, facts=(REFUND,), order="O1234", order2="O5678")
    for i in range(20):
        text = speak(plan, seed=i).text
        assert "that order" not in text
        assert text.count("O1234") == 2


CANCELLING = ("cancel", "void", "drop", "do away", "call off", "stop")


def test_what_is_read_before_a_change_is_asked_for_before_it(speak):
    for name in ("en_plain", "en_terse", "en_story", "zh_plain"):
        text = speak(PLANS["read-then-write"], name).text.lower()
        asked = min(i for w in ("status", "current state", "状态") if (i := text.find(w)) >= 0)
        done = min(i for w in (*CANCELLING, "取消", "撤销") if (i := text.find(w)) >= 0)
        assert asked < done


def test_verbs_agree_with_the_number_of_facts(speak):
    total = Fact("order.total", "r1", "total", 3)
    two = blueprint(READ, facts=(STATUS, total), order="O1234")
    one = [t for i in range(30) if "hat is" in (t := speak(PLANS["read"], "en_wish", seed=i).text)]
    many = [t for i in range(30) if "hat are" in (t := speak(two, "en_wish", seed=i).text)]
    assert one
    assert many


def test_later_turns_are_said_apart(speak):
    plan = blueprint(FIND, SET_EMAIL, msgspec.structs.replace(CANCEL, turn=1), **SLOTS)
    saying = speak(plan, persona="busy_manager")
    assert len(saying.turns) == 1
    assert "O1234" in saying.turns[0]
    assert "O1234" not in saying.text
    assert "bo@y.example" in saying.text


def test_a_step_that_must_fail_is_asked_for(speak):
    plan = msgspec.structs.replace(
        blueprint(msgspec.structs.replace(CANCEL, expect_error=True), **given("order")), kind="negative"
    )
    assert "O1234" in speak(plan).text


def test_a_descriptor_stands_for_its_slot(speak):
    text = speak(PLANS["write"], describe={"order": "the latest order of Ada Holm"}).text
    assert "the latest order of Ada Holm" in text
    assert "O1234" not in text


@pytest.mark.parametrize(
    ("plan", "reason"),
    [
        pytest.param(blueprint(Step("x", "retail__juggle", {})), "unknown_tool", id="unknown-tool"),
        pytest.param(
            blueprint(CANCEL, order="O1", note="not said"), "slot_lost", id="a-value-that-no-step-uses"
        ),
        pytest.param(blueprint(), "nothing_asked", id="empty"),
        pytest.param(
            blueprint(READ, facts=(Fact("order.colour", "r1", "c", 1),), order="O1"), "no_words", id="fact"
        ),
        pytest.param(
            blueprint(Step("x", "retail__cancel_order", {}), order="O1"),
            "no_words",
            id="no-phrase-for-arguments",
        ),
        pytest.param(
            blueprint(
                Step("l", "retail__list_orders", {"customer_id": {"$slot": "c"}}),
                Step("x", "retail__cancel_order", {"order_id": {"$from": "l", "path": "orders.0.order_id"}}),
                c="C1",
            ),
            "no_pick",
            id="which-of-the-list",
        ),
    ],
)
def test_what_cannot_be_said_is_refused(speak, plan, reason):
    with pytest.raises(TextError) as caught:
        speak(plan)
    assert caught.value.reason == reason


WORLDS = [
    "retail",
    "travel",
    "helpdesk",
    "corpus",
    "sqlite",
    "filesystem",
    "memory",
    "excel",
    "git",
    "calculator",
]


@pytest.mark.parametrize("world", WORLDS)
def test_all_words_are_there_in_both_languages(domains, world):
    """Every goal of a shape can be asked for, every askable output named."""
    for shape in shapes(world).values():
        tool = form(shape.goal.form)
        words = domains.text.tools[tool.key]
        assert words.do if tool.effect == "write" else words.tell
        for output in (o for o in tool.outputs if o.ask):
            fact = f"{output.table}.{output.path.rpartition('.')[2]}"
            assert words.tell, tool.key
            assert fact in words.facts or fact in domains.text.facts, fact


@pytest.mark.parametrize("world", WORLDS)
def test_every_shape_can_be_said(domains, world):
    planner, rng = WorldPlanner([world]), random.Random(3)
    persona = domains.personas["plain_user"]
    for name in planner.shapes(LeafConstraint((world,), calls=(1, 9))):
        said = 0
        for seed in range(12):
            with contextlib.suppress(PlanError):
                plan = planner.plan(LeafConstraint((world,), calls=(1, 9), shapes=(name,)), "train", seed)
                for phrasing in domains.phrasings.values():
                    assert say(plan, phrasing, persona, domains.text, rng).text
                said += 1
            if said == 2:
                break
        assert said, f"{name} was never drawn"


@pytest.mark.parametrize("kind", ["negative", "irrelevance", "fix", "multi_turn"])
def test_every_kind_can_be_said(domains, kind):
    planner, persona = WorldPlanner(["helpdesk", "travel"]), domains.personas["plain_user"]
    said = 0
    for seed in range(30):
        constraint = LeafConstraint(("helpdesk", "travel"), kind, calls=(1, 4))
        with contextlib.suppress(PlanError):
            plan = planner.plan(constraint, "train", seed)
            assert plan.kind == kind
            for phrasing in domains.phrasings.values():
                saying = say(plan, phrasing, persona, domains.text, random.Random(seed))
                assert all(str(v) in "\n".join((saying.text, *saying.turns)) for v in plan.slots.values())
                assert bool(saying.turns) == (kind == "multi_turn")
            said += 1
    assert said >= 8


def test_words_belong_to_tools_that_exist(domains):
    known = {tool.key for world in names() for tool in get(world).tools}
    assert set(domains.text.tools) <= known
    specs = {tool.spec.name for world in names() for tool in get(world).tools}
    for leaf in build_tree(domains).leaves:
        assert set(leaf.constraint.targets) <= known | specs
        assert set(leaf.constraint.worlds) <= set(names())
