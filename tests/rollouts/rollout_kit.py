"""What the tests of rollouts share: a proved query of the retail world, and models to carry it out."""

from __future__ import annotations

from nex_assets.queries.blueprint import sample_blueprint
from nex_assets.queries.blueprint_kinds import sample_kind
from nex_assets.queries.certificate import certify
from nex_resources.llm import Completion
from nex_resources.llm.expert import Expert
from nex_resources.records import AgentSpec, Query, assistant
from nex_resources.rollouts import Rollout, rollout_id

SPEC = AgentSpec("desk", system_prompt="You serve customers.", tools=("retail__*",))


def query(number: int) -> Query:
    plan = sample_blueprint("retail", 2 * number, "retail/cancel_order")
    return Query(f"q_{number}", "Cancel the order.", "leaf", "fw", plan, certify(plan))


def rollout(number: int, model: type = Expert) -> Rollout:
    asked = query(number)
    return Rollout(rollout_id(asked, "fw", "m", 0), asked, SPEC, "fw", lambda: model(asked, SPEC))


class Liar(Expert):
    """Says that it is done and does nothing."""

    async def complete(self, messages, tools, settings):
        return Completion(assistant("Done: the order is cancelled."))


class Braggart(Expert):
    """Claims at first that it is done, and does it only when asked again."""

    claimed = False

    async def complete(self, messages, tools, settings):
        if not self.claimed:
            self.claimed = True
            return Completion(assistant("Done, the account is unlocked!"))
        return await super().complete(messages, tools, settings)


def conversation(model: type = Expert) -> Rollout:
    """A task of two user turns at the helpdesk."""
    plan = sample_kind("multi_turn", "helpdesk", 2, "helpdesk/unlock_account;reset_password")
    turns = ("Now reset the password, too.",)
    asked = Query("q_turns", "Unlock the account.", "leaf", "fw", plan, certify(plan), turns=turns)
    spec = AgentSpec("desk", system_prompt="You help.", tools=("helpdesk__*",))
    return Rollout("r_turns", asked, spec, "fw", lambda: model(asked, spec))
