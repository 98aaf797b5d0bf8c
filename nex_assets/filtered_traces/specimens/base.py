"""A specimen, and the vocabulary that families draw from."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

import msgspec

from nex_assets.filtered_traces.scripting import Ask, Turn, script
from nex_resources.records import (
    Blueprint,
    BlueprintKind,
    Certificate,
    Fact,
    Language,
    Query,
    Step,
    ToolSpec,
    Trace,
    Trajectory,
    Verdict,
    content_id,
)

FIRST = [
    "Mara",
    "Jonas",
    "Aiko",
    "Lena",
    "Omar",
    "Priya",
    "Tomas",
    "Ines",
    "Bruno",
    "Chloe",
    "Devin",
    "Farah",
    "Gita",
    "Hugo",
    "Ivana",
    "Kofi",
]
LAST = [
    "Winter",
    "Okafor",
    "Tanaka",
    "Silva",
    "Novak",
    "Brandt",
    "Ruiz",
    "Patel",
    "Lindgren",
    "Moreau",
    "Haddad",
    "Quinn",
    "Rossi",
    "Weber",
]
GOODS = ("desk lamp", "water bottle", "hiking boots", "wireless mouse", "yoga mat", "espresso machine", "notebook",
         "rain jacket", "tea kettle", "bookshelf", "headphones", "garden hose")  # fmt: skip
CITIES = ("Lisbon", "Oslo", "Kyoto", "Denver", "Porto", "Graz", "Turin", "Leeds", "Austin", "Lyon")
MODULES = (
    "pricing",
    "inventory",
    "parser",
    "scheduler",
    "ledger",
    "router",
    "cache",
    "billing",
    "report",
    "importer",
)
ITEMS_ZH = ("台灯", "水壶", "登山鞋", "无线鼠标", "瑜伽垫", "咖啡机", "笔记本", "雨衣")


class Specimen(msgspec.Struct, frozen=True):
    """A good trace with the query that it answers and the verifier's verdict. `family` names its shape."""

    family: str
    trace: Trace
    query: Query
    verdict: Verdict


def order_id(rng: Random) -> str:
    return f"W{rng.randrange(1000000, 9999999)}"


def person(rng: Random) -> str:
    return f"{rng.choice(FIRST)} {rng.choice(LAST)}"


def money(rng: Random, high: int = 300) -> float:
    return round(rng.uniform(5, high), 2)


def date(rng: Random) -> str:
    return f"2025-{rng.randrange(1, 13):02}-{rng.randrange(1, 29):02}"


def specimen(
    family: str,
    ask: str,
    *events: Turn | Ask | str,
    kind: BlueprintKind = "task",
    language: Language = "en",
    tools: Sequence[ToolSpec] = (),
    subs: Sequence[Trajectory] = (),
    facts: Sequence[Any] = (),
    agent: str = "assistant",
) -> Specimen:
    """Make a specimen; its blueprint consists of the calls that succeed, in order."""
    trace = script(ask, *events, tools=tools, subs=subs, agent=agent)
    query = _query(family, ask, trace, kind, language, facts)
    body = msgspec.structs.replace(trace, query_id=query.id, id="")
    trace = msgspec.structs.replace(body, id=content_id("trace", body))
    return Specimen(family, trace, query, Verdict(True, True, True))


def _query(
    family: str, ask: str, trace: Trace, kind: BlueprintKind, language: Language, facts: Sequence[Any]
) -> Query:
    calls = [call for t in trace.trajectories for m in t.messages for call in m.calls]
    steps = tuple(Step(f"s{i}", call.name, call.arguments) for i, call in enumerate(calls))
    offered = tuple(dict.fromkeys(one.name for t in trace.trajectories for one in t.tools))
    stated = tuple(Fact(f"fact{i}", "s0", "", value) for i, value in enumerate(facts))
    plan = Blueprint(
        content_id("bp", [ask, kind]), kind, family, {"world": 1}, steps, facts=stated, tools=offered
    )
    return Query(content_id("query", [ask, family]), ask, "leaf", "framework", plan, Certificate(), language)
