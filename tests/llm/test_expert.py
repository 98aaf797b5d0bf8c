"""The expert through the ordinary loop, on live worlds, with hierarchies, mistakes and contradictions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from nex_assets.queries.blueprint import SamplingError, sample_blueprint
from nex_assets.queries.blueprint_across import sample_across
from nex_assets.queries.blueprint_kinds import sample_kind
from nex_assets.queries.certificate import certify
from nex_resources import worlds
from nex_resources.llm.expert import Expert
from nex_resources.llm.expert_slips import Mistakes
from nex_resources.records import (
    AgentSpec,
    Blueprint,
    Query,
    Task,
    ToolCall,
    ToolResult,
    Trace,
    Verdict,
    split_qualified,
)
from nex_resources.runtime import run

SHAPES = [
    "retail/get_order",
    "retail/cancel_order",
    "retail/place_order",
    "retail/find_customer>list_orders>cancel_order",
    "retail/find_customer>find_product>place_order",
    "retail/get_order>list_payments>set_payment",
    "retail/get_order+cancel_order",
    "retail/find_customer>add_points+return_order",
    "sqlite/find_member>list_loans>extend_loan",
    "sqlite/find_book",
    "filesystem/read_note>set_due",
    "memory/project_of>note_project",
    "calculator/multiply",
]


class WorldHost:
    """The tools of a blueprint on worlds that are live in this process."""

    def __init__(self, query: Query):
        self.query = query
        self.lives = {n: worlds.get(n).open(seed) for n, seed in query.blueprint.worlds.items()}
        self.called: list[ToolCall] = []

    def tools(self) -> list[Any]:
        return [worlds.tool(name).spec for name in self.query.blueprint.tools]

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        self.called.append(call)
        server, tool = split_qualified(call.name)
        outcome = self.lives[server].call(tool, call.arguments)
        return ToolResult(call.id, call.name, outcome.text, "tool_error" if outcome.error else None)

    def snapshots(self) -> dict[str, worlds.Rows]:
        return {name: live.rows() for name, live in self.lives.items()}


def query_of(shape: str, seed: int = 0) -> Query:
    return proved(sample_blueprint(shape.partition("/")[0], seed, shape))


def proved(blueprint: Blueprint) -> Query:
    return Query("q1", "the task", "leaf", "frame", blueprint, certify(blueprint))


async def carry_out(
    query: Query, spec: AgentSpec, host: WorldHost | None = None, **expert: Any
) -> tuple[Trace, Verdict, WorldHost]:
    host = host or WorldHost(query)
    before = host.snapshots()
    task = Task("t", query.text, query.turns)
    trace = await run(spec, task, host, Expert(query, spec, **expert))
    return trace, worlds.verify(query, trace, before, host.snapshots()), host


SINGLE = AgentSpec("solo", tools=("*",))
TWO_LAYER = AgentSpec(
    "lead",
    sub_agents=(
        AgentSpec("reader", tools=("retail__find_customer", "retail__list_orders", "retail__get_order")),
        AgentSpec("worker", tools=("retail__*", "sqlite__*", "filesystem__*", "memory__*", "calculator__*")),
    ),
)


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("spec", [SINGLE, TWO_LAYER], ids=["single", "two_layer"])
async def test_expert_carries_out_the_blueprint(shape: str, spec: AgentSpec) -> None:
    query = query_of(shape)
    trace, verdict, host = await carry_out(query, spec)
    assert trace.status == "completed"
    assert verdict.success, (verdict.reasons, trace.answer)
    assert [c.name for c in host.called if c.name in query.blueprint.tools]
    assert len(host.called) == len(query.blueprint.steps)


@pytest.mark.parametrize("kind", ["negative", "irrelevance", "fix", "multi_turn"])
@pytest.mark.parametrize("world", ["retail", "travel", "helpdesk"])
async def test_other_kinds(kind: Any, world: str) -> None:
    drawn = 0
    for seed in range(0, 16, 2):
        try:
            query = proved(sample_kind(kind, world, seed))
        except SamplingError:
            continue
        if not query.certificate.complete:
            continue
        turns = max(s.turn for s in query.blueprint.steps)
        query = msgspec.structs.replace(query, turns=("and then?",) * turns)
        trace, verdict, host = await carry_out(query, SINGLE)
        assert verdict.success, (query.blueprint.shape, verdict.reasons, trace.answer)
        assert len(host.called) == (0 if kind == "irrelevance" else len(query.blueprint.steps))
        drawn += 1
    assert drawn >= 3


async def test_goals_on_several_servers() -> None:
    query = proved(sample_across({"retail": 2, "travel": 4}, ["retail/cancel_order", "travel/check_in"]))
    _, verdict, host = await carry_out(query, SINGLE)
    assert verdict.success, verdict.reasons
    assert {c.name.partition("__")[0] for c in host.called} == {"retail", "travel"}


async def test_independent_steps_go_out_in_one_turn() -> None:
    trace, _, _ = await carry_out(query_of("retail/get_order+cancel_order"), SINGLE)
    assert [len(m.calls) for m in trace.root.messages if m.calls] == [2]


async def test_values_passed_on_were_seen_by_who_passes_them() -> None:
    """The lead may name in a message only what the text gave or a sub-agent told it."""
    query = query_of("retail/find_customer>list_orders>cancel_order")
    spec = AgentSpec(
        "lead",
        sub_agents=(
            AgentSpec("finder", tools=("retail__find_customer",)),
            AgentSpec("lister", tools=("retail__list_orders",)),
            AgentSpec("canceller", tools=("retail__cancel_order",)),
        ),
    )
    trace, verdict, _ = await carry_out(query, spec)
    assert verdict.success, verdict.reasons
    seen = " ".join(map(str, query.blueprint.slots.values()))
    for message in trace.root.messages:
        for call in message.calls:
            values = [w.strip(".,") for w in call.arguments["message"].split() if w.strip(".,")[1:].isdigit()]
            identifiers = [v for v in values if len(v) == 5]
            assert all(v in seen for v in identifiers)
        seen += " ".join(r.text for r in message.results)


@pytest.mark.parametrize("kind", ["wrong_value", "wrong_name", "missing_argument"])
async def test_a_labelled_mistake_is_made_once_and_recovered_from(kind: Any) -> None:
    query = query_of("retail/cancel_order")
    expert = Expert(query, SINGLE, mistakes=Mistakes(1.0, (kind,)))
    raws: list[Any] = []

    class Listening:
        name = "expert"

        async def complete(self, messages: Any, tools: Any, settings: Mapping[str, Any]) -> Any:
            completion = await expert.complete(messages, tools, settings)
            raws.append(completion.raw)
            return completion

        async def close(self) -> None:
            await expert.close()

    host = WorldHost(query)
    before = host.snapshots()
    trace = await run(SINGLE, Task("t", query.text), host, Listening())
    assert worlds.verify(query, trace, before, host.snapshots()).success
    labels = [raw for raw in raws if raw]
    assert [label["mistake"] for label in labels] == [kind]
    results = [r for m in trace.root.messages for r in m.results]
    assert [r.is_error for r in results] == [True, False]
    assert results[0].call_id == labels[0]["call"]


async def test_mistake_rate_is_about_what_was_asked() -> None:
    blueprint = query_of("retail/cancel_order").blueprint
    made = sum(bool(Mistakes(0.3).choose(blueprint, 0, str(n))) for n in range(500))
    assert 110 <= made <= 190


class Lying(WorldHost):
    """A host on which cancelling fails for a reason the plan does not know."""

    async def call(self, call: ToolCall, timeout: float | None = None) -> ToolResult:
        if call.name == "retail__cancel_order":
            return ToolResult(call.id, call.name, "the warehouse is on fire", "tool_error")
        return await super().call(call, timeout)


@pytest.mark.parametrize("spec", [SINGLE, TWO_LAYER], ids=["single", "two_layer"])
async def test_unexpected_error_is_told_and_never_papered_over(spec: AgentSpec) -> None:
    query = query_of("retail/find_customer>list_orders>cancel_order")
    trace, verdict, _ = await carry_out(query, spec, Lying(query))
    assert not verdict.success
    assert "on fire" in trace.answer
    assert "Done" not in trace.answer


async def test_state_that_contradicts_the_plan_is_told() -> None:
    query = query_of("retail/find_customer>list_orders>cancel_order")
    other = msgspec.structs.replace(query.blueprint, worlds={"retail": 100})
    host = WorldHost(msgspec.structs.replace(query, blueprint=other))
    trace, verdict, _ = await carry_out(query, SINGLE, host)
    assert not verdict.success
    assert "no customer" in trace.answer


async def test_two_runs_of_one_seed_say_the_same() -> None:
    query = query_of("retail/get_order")
    first, _, _ = await carry_out(query, SINGLE, seed=4)
    again, _, _ = await carry_out(query, SINGLE, seed=4)
    others = {(await carry_out(query, SINGLE, seed=n))[0].answer for n in range(8)}
    assert first.answer == again.answer
    assert len(others) > 2


def test_an_empty_path_is_said_as_the_whole_result() -> None:
    from nex_resources.llm.expert_words import path_words

    assert path_words("") == "the result"
    assert path_words("orders[status=pending].order_id") == "the order_id with status pending"


async def test_agents_of_one_hierarchy_speak_english_and_the_root_speaks_the_users_language() -> None:
    query = msgspec.structs.replace(query_of("retail/find_customer>list_orders>cancel_order"), language="zh")
    trace, verdict, _ = await carry_out(query, TWO_LAYER)
    assert verdict.success
    assert not trace.answer.isascii()
    inner = [m.text for t in trace.trajectories if t is not trace.root for m in t.messages if m.text]
    assert inner
    assert all(text.isascii() for text in inner)


def test_reports_of_sub_agents_keep_identifiers_as_they_are() -> None:
    from nex_resources.llm.expert_words import upper_first

    assert upper_first("due with id LN6098") == "Due with id LN6098"
    assert upper_first("") == ""
