"""Scores of rollouts on the retail world, carried out by the real runtime and the real expert."""

import msgspec
import pytest

from nex_assets.evaluation import planned_calls, score
from nex_resources import worlds
from nex_resources.llm.expert import Expert
from nex_resources.llm.scripted import Scripted
from nex_resources.records import (
    AgentSpec,
    Blueprint,
    Certificate,
    Fact,
    Query,
    Step,
    Task,
    ToolCall,
    ToolResult,
    assistant,
    split_qualified,
)
from nex_resources.runtime import run

SPEC = AgentSpec("agent", "", "You act.", ("retail__*",), max_iterations=4)


class WorldHost:
    """A ToolHost on the retail world in a folder."""

    def __init__(self, folder, seed):
        self.world, self.folder = worlds.get("retail"), folder
        self.world.seed(seed, folder)

    def tools(self):
        return [tool.spec for tool in self.world.tools]

    async def call(self, call, timeout=None):
        outcome = self.world.call(self.folder, split_qualified(call.name)[1], call.arguments)
        return ToolResult(call.id, call.name, outcome.text, "tool_error" if outcome.error else None)


@pytest.fixture
def query():
    """Look up a customer by email, then tell the city."""
    rows = worlds.get("retail").open(4).rows()["customers"]
    customer, row = sorted(rows.items())[0]
    steps = (
        Step("s1", "retail__find_customer", {"email": {"$slot": "email"}}),
        Step("s2", "retail__get_customer", {"customer_id": {"$from": "s1", "path": "customer_id"}}, ("s1",)),
    )
    fact = Fact("customer.points", "s2", "points", row["points"])
    blueprint = Blueprint(
        "b", "task", "retail/x", {"retail": 4}, steps, {"email": row["email"]}, (fact,), ("retail__*",)
    )
    return (
        Query("q", f"Points of {row['email']}?", "leaf", "framework", blueprint, Certificate()),
        customer,
        row,
    )


async def scored(query, llm, folder):
    host = WorldHost(folder, 4)
    before = {"retail": worlds.get("retail").snapshot(folder)}
    trace = await run(SPEC, Task("q", query.text), host, llm)
    after = {"retail": worlds.get("retail").snapshot(folder)}
    return score(query, trace, worlds.verify(query, trace, before, after))


def test_the_plan_is_carried_out_to_know_its_values(query):
    asked, customer, row = query
    assert planned_calls(asked.blueprint) == [
        ("retail__find_customer", {"email": row["email"]}),
        ("retail__get_customer", {"customer_id": customer}),
    ]


async def test_the_expert_scores_full_marks(query, tmp_path):
    scores = await scored(query[0], Expert(query[0], SPEC), tmp_path)
    assert msgspec.structs.astuple(scores) == (2, 2, True, True, True)


FIND, SHOW = "retail__find_customer", "retail__get_customer"


@pytest.mark.parametrize(
    ("turns", "expected"),
    [
        ([assistant("I do not know.")], (0, 0, False, False, False)),
        (
            [assistant("", ToolCall("a", "retail__nothing", {})), assistant("Done.")],
            (1, 0, False, False, False),
        ),
        (
            [assistant("", ToolCall("a", FIND, {}, raw='{"email": oops')), assistant("Done.")],
            (1, 0, False, False, False),
        ),
        (
            [
                assistant("", ToolCall("a", FIND, {"email": "{email}"})),
                assistant("", ToolCall("b", SHOW, {"customer_id": "C0000"})),
                assistant("Done."),
            ],
            (2, 2, True, False, False),
        ),
        (
            [
                assistant("", ToolCall("a", SHOW, {"customer_id": "{customer}"})),
                assistant("It is {points}."),
            ],
            (1, 1, False, False, True),
        ),
        ([assistant('<tool_call>\n{"nam')], (1, 0, False, False, False)),
    ],
    ids=["no call", "unknown tool", "malformed", "wrong value", "short cut", "unreadable"],
)
async def test_scores_tell_apart_what_went_wrong(query, tmp_path, turns, expected):
    asked, customer, row = query
    text = msgspec.json.encode(turns).decode()
    for name, value in {"{email}": row["email"], "{customer}": customer, "{points}": row["points"]}.items():
        text = text.replace(name, str(value))
    said = msgspec.json.decode(text, type=list[type(turns[0])])
    scores = await scored(asked, Scripted({"agent": said}), tmp_path)
    assert msgspec.structs.astuple(scores) == expected
