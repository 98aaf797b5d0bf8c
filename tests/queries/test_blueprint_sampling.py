"""Blueprints: typed chains, live values, stable names, split pools."""

from __future__ import annotations

import pytest

from nex_assets.queries.blueprint import SamplingError, sample_blueprint
from nex_assets.queries.blueprint_across import sample_across
from nex_assets.queries.blueprint_kinds import sample_kind
from nex_assets.queries.blueprint_run import argument_values, stage
from nex_assets.queries.blueprint_shapes import shape_names, shapes
from nex_resources import worlds
from nex_resources.records import canonical_json

BUSINESS = [w for w in worlds.business_worlds() if any(t.effect == "write" for t in worlds.get(w).tools)]
each_world = pytest.mark.parametrize("world", BUSINESS)


@each_world
def test_shapes_are_many_named_and_well_typed(world: str) -> None:
    names = shape_names(world)
    assert len(names) > 40
    assert len(set(names)) == len(names)
    for shape in shapes(world).values():
        assert len({(s.tool, s.sources) for s in shape.steps}) == len(shape.steps)
        for index, step in enumerate(shape.steps):
            for source in step.sources:
                assert source.step < index
                if not source.is_slot:
                    outputs = worlds.tool(shape.steps[source.step].tool).outputs
                    assert (source.output, source.type) in {(o.path, o.type) for o in outputs}


@each_world
def test_every_shape_can_be_drawn(world: str) -> None:
    failed = []
    for name in shape_names(world):
        try:
            assert any(_drawn(world, seed, name) for seed in (2, 4))
        except SamplingError as error:
            failed.append(str(error))
    assert len(failed) <= 1, failed


def _drawn(world: str, seed: int, name: str) -> bool:
    return sample_blueprint(world, seed, name).shape == name


def test_shapes_never_come_back_to_where_they_started() -> None:
    names = shape_names("retail")
    assert "retail/find_customer>list_orders>cancel_order" in names
    assert "retail/find_customer>find_product>place_order" in names
    assert "retail/list_orders>get_order>get_customer" not in names  # the customer of the customer's order
    assert "retail/find_product>get_product" not in names  # nothing left to ask
    assert not any(
        "change_flight" in n and n.startswith("travel/get_booking>") for n in shape_names("travel")
    )


def test_one_seed_gives_one_blueprint() -> None:
    first, again = (sample_blueprint("retail", 8, "retail/get_order", key=1) for _ in range(2))
    other = sample_blueprint("retail", 8, "retail/get_order", key=2)
    assert first == again
    assert first.id != other.id


def test_values_come_from_slots_or_live_results_only() -> None:
    for number in range(20):
        blueprint = sample_blueprint("helpdesk", 2 * number)
        for step in blueprint.steps:
            for value in step.arguments.values():
                assert set(value) in ({"$slot"}, {"$from", "path"})
        with stage(blueprint.worlds) as opened:
            assert not opened.run(blueprint.steps, blueprint.slots).problem


def test_facts_are_never_told_by_the_text() -> None:
    for number in range(40):
        blueprint = sample_blueprint("retail", 2 * number, effect="read")
        told = " ; ".join(map(str, blueprint.slots.values()))
        assert blueprint.facts
        assert not any(worlds.states_value(told, fact.value) for fact in blueprint.facts)


def test_train_and_held_out_share_no_argument_values() -> None:
    def values(pool: worlds.Pool) -> set[str]:
        found: set[str] = set()
        for world in BUSINESS:
            for number in range(15):
                blueprint = sample_blueprint(world, worlds.world_seed(pool, number))
                found |= argument_values(blueprint)
        return found

    train, held_out = values("train"), values("held_out")
    assert len(train) > 50
    assert not train & held_out


def test_wanted_and_excluded_shapes() -> None:
    kept = "retail/get_order"
    exclude = [name for name in shape_names("retail") if name != kept]
    assert sample_blueprint("retail", 2, exclude=exclude).shape == kept
    with pytest.raises(SamplingError, match=r"no shape 'retail/nothing'.*retail/get_order"):
        sample_blueprint("retail", 2, "retail/nothing")
    with pytest.raises(SamplingError, match="no shape of at most 0 steps"):
        sample_blueprint("retail", 2, max_steps=0)


def test_what_cannot_be_drawn_says_what_stood_in_the_way() -> None:
    with pytest.raises(SamplingError, match=r"most often: .*the call was not refused"):
        sample_kind("negative", "retail", 2, "retail/set_email")


def test_goals_side_by_side_share_no_value() -> None:
    blueprint = sample_blueprint("retail", 4, "retail/get_order+cancel_order")
    assert [s.id for s in blueprint.steps] == ["s1", "s2"]
    assert set(blueprint.slots) == {"order_id", "order_id_2"}
    assert blueprint.slots["order_id"] != blueprint.slots["order_id_2"]


def test_goals_across_worlds() -> None:
    blueprint = sample_across({"travel": 4, "retail": 2}, ["retail/cancel_order", "travel/check_in"])
    assert blueprint.shape == "retail/cancel_order&travel/check_in"
    assert {t.partition("__")[0] for t in blueprint.tools} == {"retail", "travel"}


@each_world
def test_distractors_are_offered_and_never_needed(world: str) -> None:
    blueprint = sample_blueprint(world, 2, distractors=5)
    needed = {step.tool for step in blueprint.steps}
    assert needed < set(blueprint.tools)
    assert len(blueprint.tools) == len(needed) + 5


def test_multi_turn_goals_share_an_entity() -> None:
    blueprint = sample_kind("multi_turn", "retail", 2, "retail/get_order;set_city")
    assert [step.turn for step in blueprint.steps] == [0, 1]
    assert [step.arguments["order_id"] for step in blueprint.steps] == [{"$slot": "order_id"}] * 2


def test_fix_is_refused_remedied_and_repeated() -> None:
    blueprint = sample_kind("fix", "helpdesk", 2, "helpdesk/reset_password")
    assert blueprint.shape == "helpdesk/unlock_account~reset_password"
    assert [s.expect_error for s in blueprint.steps] == [True, False, False]
    assert blueprint.steps[0].arguments == blueprint.steps[2].arguments


def test_irrelevance_withholds_the_tool() -> None:
    blueprint = sample_kind("irrelevance", "retail", 2, "retail/cancel_order")
    assert "retail__cancel_order" not in blueprint.tools
    assert "cancel order" in blueprint.refusal
    with pytest.raises(SamplingError, match="only a write"):
        sample_kind("irrelevance", "retail", 2, "retail/get_order")


def test_ids_are_hashes_of_content() -> None:
    blueprint = sample_blueprint("retail", 2, "retail/get_order")
    assert blueprint.id.startswith("blueprint_")
    assert canonical_json(blueprint) == canonical_json(sample_blueprint("retail", 2, "retail/get_order"))
