"""Limits that a batch shares: rates, concurrency, budgets; and the price table."""

import asyncio

import pytest

from nex_resources.llm import LLMError, RetryPolicy, price_table
from nex_resources.llm.base import Completion
from nex_resources.llm.limits import Bucket, Limited
from nex_resources.llm.retry import Failed, retrying
from nex_resources.llm.teacher import make_teacher
from nex_resources.profile import BatchLimits, Teacher
from nex_resources.records import AgentSpec, Task, Usage, assistant
from nex_resources.runtime import LocalTools, run

SETTINGS = {"agent": "a", "span": "s0"}


class Model:
    """Answers at once, and knows how many asked at the same time."""

    name = "m"

    def __init__(self, usage, seconds=0.0):
        self.usage, self.seconds = usage, seconds
        self.now = self.most = self.asked = 0

    async def complete(self, messages, tools, settings):
        self.asked += 1
        self.now += 1
        self.most = max(self.most, self.now)
        await asyncio.sleep(self.seconds)
        self.now -= 1
        return Completion(assistant("ok"), self.usage)

    async def close(self):
        pass


@pytest.fixture
async def clock(monkeypatch):
    """Let `sleep` pass time at once, on a clock of its own."""
    loop, passed = asyncio.get_running_loop(), [0.0]
    monkeypatch.setattr(type(loop), "time", lambda self: passed[0], raising=False)

    async def sleep(seconds):
        passed[0] += max(seconds, 1e-9)

    monkeypatch.setattr("nex_resources.llm.limits.asyncio.sleep", sleep)
    return passed


async def test_requests_per_minute(clock):
    limited = Limited(Model(Usage()), requests_per_minute=60)
    for _ in range(60):
        await limited.complete([], [], SETTINGS)
    assert clock[0] < 0.001
    for _ in range(30):
        await limited.complete([], [], SETTINGS)
    assert clock[0] == pytest.approx(30, rel=0.01)


async def test_tokens_per_minute_are_paid_afterwards(clock):
    limited = Limited(Model(Usage(500, 100)), tokens_per_minute=600)
    for _ in range(4):
        await limited.complete([], [], SETTINGS)
    assert clock[0] == pytest.approx(120, rel=0.02), "the second goes into debt, the others wait it out"


async def test_a_bucket_never_holds_more_than_a_minutes_worth(clock):
    bucket = Bucket(60)
    await bucket.take(1)
    clock[0] += 3600
    for _ in range(60):
        await bucket.take(1)
    before = clock[0]
    await bucket.take(1)
    assert clock[0] - before == pytest.approx(1, rel=0.01)


async def test_concurrency_is_bounded():
    model = Model(Usage(), 0.005)
    limited = Limited(model, concurrency=3)
    await asyncio.gather(*(limited.complete([], [], SETTINGS) for _ in range(12)))
    assert (model.most, model.asked) == (3, 12)


@pytest.mark.parametrize(
    ("limits", "status"),
    [({"max_tokens": 250}, "token_budget"), ({"max_cost_usd": 0.25}, "cost_budget")],
    ids=["tokens", "cost"],
)
async def test_a_batch_budget_ends_the_rollouts_that_come_too_late(limits, status):
    model = Model(Usage(90, 10, cost_usd=0.1))
    limited = Limited(model, **limits)
    spec, tools = AgentSpec("root"), LocalTools({})
    traces = [await run(spec, Task(f"q{i}", "x"), tools, limited) for i in range(5)]
    assert [trace.status for trace in traces] == ["completed"] * 3 + [status] * 2
    assert model.asked == 3


async def test_a_batch_has_one_wall_clock_for_all_its_rollouts():
    limited = Limited(Model(Usage(1, 1), seconds=0.2), max_seconds=0.5)
    traces = [await run(AgentSpec("root"), Task(f"q{i}", "x"), LocalTools({}), limited) for i in range(4)]
    statuses = [trace.status for trace in traces]
    assert statuses[0] == "completed"
    assert statuses[-1] == "timeout"
    assert all(trace.answer == "" for trace in traces if trace.status == "timeout")


def test_a_profile_sets_the_limits_of_a_batch():
    teacher = Teacher.model_validate(
        {"provider": "openai", "model": "m", "base_url": "http://localhost:1", "batch": {"max_tokens": 9}}
    )
    factory = make_teacher(teacher, 0, {})
    assert isinstance(factory(None, None), Limited)
    teacher = teacher.model_copy(update={"batch": BatchLimits(max_cost_usd=1)})
    with pytest.raises(ValueError, match="no price is known for m"):
        make_teacher(teacher, 0, {})


@pytest.mark.parametrize(
    ("model", "expected"),
    [
        ("gpt-4.1-mini", 0.4),
        ("gpt-4.1-2025-04-14", 2.0),
        ("claude-sonnet-4-5-20250929", 3.0),
        ("anthropic/claude-haiku-4-5", 1.0),
        ("gpt-4.1-turbo", None),
        ("my-own-model", None),
    ],
)
def test_price_table_knows_dated_names_and_guesses_no_others(model, expected):
    price = price_table().find(model)
    assert (price.input if price else None) == expected


def test_waits_grow_are_jittered_and_repeat():
    policy = RetryPolicy(first=1.0, longest=8.0)
    waits = [policy.wait(attempt, "s0", None) for attempt in range(6)]
    assert all(0.5 * 2**n <= wait <= 2**n for n, wait in enumerate(waits[:4]))
    assert max(waits) <= 8
    assert waits == [policy.wait(attempt, "s0", None) for attempt in range(6)]
    assert waits != [policy.wait(attempt, "s1", None) for attempt in range(6)]
    assert policy.wait(0, "s0", 20.0) == 20.0


async def test_one_loop_only_asks_as_often_as_the_policy_says():
    asked = []

    async def attempt():
        asked.append(1)
        raise Failed("server", "HTTP 500", retry=True)

    with pytest.raises(LLMError) as raised:
        await retrying(attempt, RetryPolicy(attempts=3, first=0.001))
    assert (len(asked), raised.value.attempts) == (3, 3)
