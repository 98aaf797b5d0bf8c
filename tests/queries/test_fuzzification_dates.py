import datetime
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nex_assets.problem_type_tree import build_tree
from nex_assets.queries import QueryPlan, WorldPlanner, make_queries
from nex_assets.queries.fuzzification_dates import describe_date, describe_dates, read_date
from nex_resources.records import AgentSpec


@given(
    st.dates(datetime.date(2020, 1, 1), datetime.date(2032, 12, 31)),
    st.sampled_from(["en", "zh"]),
    st.integers(0, 9),
)
def test_every_phrase_means_the_one_day(day, language, seed):
    phrase = describe_date(day.isoformat(), language, random.Random(seed))
    assert day.isoformat() not in phrase
    assert read_date(phrase) == day.isoformat()


@pytest.mark.parametrize(
    ("phrase", "iso"),
    [
        ("the third Friday of March 2027", "2027-03-19"),
        ("2027年3月的第3个星期五", "2027-03-19"),
        ("the last day of February 2028", "2028-02-29"),
        ("3 days after 2026-12-30", "2027-01-02"),
        ("2026-12-30之后的第3天", "2027-01-02"),
        ("the fifth Friday of February 2027", ""),
        ("some day", ""),
    ],
)
def test_phrases_are_read(phrase, iso):
    assert read_date(phrase) == iso


def test_only_dates_are_described():
    slots = {"due": "2027-03-19", "name": "Ada", "count": 3}
    assert list(describe_dates(slots, "en", random.Random(1))) == ["due"]


def test_the_pipeline_says_dates_in_other_words(domains):
    leaf = build_tree(domains, ["library"]).find("library.loans.extend")
    plan = QueryPlan({"train": 12}, fuzzed=1.0)
    frameworks = {"any": AgentSpec("any", tools=("*",))}
    batch = make_queries(
        [leaf], lambda _, n: [leaf.id] * n, WorldPlanner(["sqlite"]), domains, frameworks, plan
    )
    assert batch.report.fuzzing["relative date"] >= 12
    for query in batch.queries:
        assert query.blueprint.slots["due_date"] not in query.text
        assert query.difficulty.ambiguity >= 1
