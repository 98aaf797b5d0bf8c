"""A user who looks at the state, not at what the agent promises.

Between turns the simulated user compares the state with what this turn's goals should have changed. It
goes on when they have, says so when they have not, agrees to what it is asked to confirm, and gives up
when its patience ends. "Done!" alone never moves it on.
"""

from __future__ import annotations

from collections.abc import Sequence

from nex_resources.records import Change, Query, Step, canonical_json, split_qualified
from nex_resources.worlds.base import Live, Outcome
from nex_resources.worlds.facts import states
from nex_resources.worlds.paths import fill, resolve
from nex_resources.worlds.registry import get
from nex_resources.worlds.verify import Snapshots, diff_all, is_refusal

_NUDGES = {
    "en": ("Yes, please go ahead. {ask}", "That is not done yet. {ask}"),
    "zh": ("好的，请继续。{ask}", "这还没有完成。{ask}"),
}


class UserSimulator:
    """Plays the user of `query`. `patience` is how often it asks again within one turn."""

    def __init__(self, query: Query, patience: int = 2):
        self.query, self.patience = query, patience
        self.turn = 0
        self.asked_again = 0
        self.gave_up = False
        self._expected = expected_by_turn(query)

    def reply(self, answer: str, before: Snapshots, now: Snapshots) -> str | None:
        """Return what the user says to `answer`, or None where the conversation ends.

        `before` is the state at the start of the conversation, `now` the present one.
        """
        if not self._reached(answer, before, now):
            return self._again(answer)
        self.turn, self.asked_again = self.turn + 1, 0
        return self._texts[self.turn] if self.turn < len(self._texts) else None

    @property
    def _texts(self) -> Sequence[str]:
        return (self.query.text, *self.query.turns)

    def _reached(self, answer: str, before: Snapshots, now: Snapshots) -> bool:
        blueprint = self.query.blueprint
        mine = {s.id: s for s in blueprint.steps if s.turn == self.turn}
        told = all(states(answer, fact) for fact in blueprint.facts if fact.step in mine)
        refused = not any(s.expect_error for s in mine.values()) or is_refusal(answer)
        same = canonical_json(diff_all(before, now)) == canonical_json(self._expected[self.turn])
        return same and told and (refused or blueprint.kind == "fix")

    def _again(self, answer: str) -> str | None:
        if self.asked_again >= self.patience:
            self.gave_up = True
            return None
        self.asked_again += 1
        agree, remind = _NUDGES[self.query.language]
        asks = answer.rstrip().endswith(("?", "？"))
        return (agree if asks else remind).format(ask=self._texts[self.turn])


def expected_by_turn(query: Query) -> list[tuple[Change, ...]]:
    """Return, for each turn, all changes from the seeded state that should be there once it is over."""
    blueprint = query.blueprint
    lives = {name: get(name).open(seed) for name, seed in blueprint.worlds.items()}
    before = {name: live.rows() for name, live in lives.items()}
    outcomes: dict[str, Outcome] = {}
    expected: list[tuple[Change, ...]] = []
    for turn in range(1 + len(query.turns)):
        for step in (s for s in blueprint.steps if s.turn == turn):
            outcomes[step.id] = _carry_out(step, query, lives, outcomes)
        expected.append(diff_all(before, {name: live.rows() for name, live in lives.items()}))
    for live in lives.values():
        live.close()
    return expected


def _carry_out(step: Step, query: Query, lives: dict[str, Live], outcomes: dict[str, Outcome]) -> Outcome:
    arguments = fill(
        step.arguments, query.blueprint.slots, lambda source, path: resolve(outcomes[source].value, path)
    )
    server, tool = split_qualified(step.tool)
    return lives[server].call(tool, arguments)
