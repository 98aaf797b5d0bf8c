"""The simulated user goes by the state."""

from __future__ import annotations

import pytest

from nex_assets.queries.blueprint_kinds import sample_kind
from nex_assets.queries.blueprint_run import Stage
from nex_assets.queries.certificate import certify
from nex_resources.records import Query
from nex_resources.worlds import UserSimulator


@pytest.fixture
def query() -> Query:
    blueprint = sample_kind("multi_turn", "helpdesk", 2, "helpdesk/unlock_account;reset_password")
    turns = ("Now reset the password, too.",)
    return Query("q", "Unlock the account.", "leaf", "frame", blueprint, certify(blueprint), turns=turns)


def test_it_goes_on_when_the_state_is_reached_and_not_when_that_is_claimed(query: Query) -> None:
    user, stage = UserSimulator(query), Stage(query.blueprint.worlds)
    before = stage.snapshots()
    arguments = {"employee_id": query.blueprint.slots["employee_id"]}
    assert user.reply("Done, it is unlocked!", before, stage.snapshots()) == (
        "That is not done yet. Unlock the account."
    )
    stage.call("helpdesk__unlock_account", arguments)
    assert user.reply("Unlocked.", before, stage.snapshots()) == "Now reset the password, too."
    asked = user.reply("Shall I reset it?", before, stage.snapshots())
    assert asked == "Yes, please go ahead. Now reset the password, too."
    stage.call("helpdesk__reset_password", arguments)
    assert user.reply("Reset.", before, stage.snapshots()) is None
    assert not user.gave_up


def test_its_patience_ends(query: Query) -> None:
    user, stage = UserSimulator(query, patience=1), Stage(query.blueprint.worlds)
    before = stage.snapshots()
    assert user.reply("Working on it.", before, before)
    assert user.reply("Done!", before, before) is None
    assert user.gave_up


def test_a_side_effect_is_not_the_state_it_wants(query: Query) -> None:
    user, stage = UserSimulator(query), Stage(query.blueprint.worlds)
    before = stage.snapshots()
    stage.call("helpdesk__unlock_account", {"employee_id": query.blueprint.slots["employee_id"]})
    ticket = sorted(before["helpdesk"]["tickets"])[0]
    stage.call("helpdesk__add_note", {"ticket_id": ticket, "note": "hello"})
    assert "not done" in str(user.reply("Unlocked.", before, stage.snapshots()))
