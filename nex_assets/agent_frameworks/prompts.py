"""System prompts from role and rules. Short on purpose: a small student reads them with every turn.

A lone agent's prompt has at most 40 words, tools not counted.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from nex_assets.agent_frameworks.lexicon import PatternName

SINGLE_LIMIT = 40

_OPENINGS = (
    "You are {name}, a {domain} assistant.",
    "You handle {domain} requests.",
    "You work on {domain} tasks for the user.",
    "You are the {domain} agent.",
)
_TOOL_RULES = (
    "Use the tools; never invent a value.",
    "Take every value from the request or from a tool's result.",
    "Call tools for facts and changes; do not guess.",
    "Look things up before you change them.",
)
_CLOSINGS = (
    "When done, state the facts asked for.",
    "End with a short answer that states what was asked.",
    "Finish with what you found or changed.",
    "Close with one plain answer.",
)
_WORKER_RULES = (
    "Do only what the message asks. Report exact values.",
    "Answer from tool results only, with exact values.",
    "Return the values asked for; say so when something cannot be done.",
    "Keep to your part. Report what you did and what came back.",
)
_NO_TOOLS_RULES = (
    "Work only from the message you are given.",
    "Use nothing but what the message says.",
)
_COORDINATION: dict[PatternName, tuple[str, ...]] = {
    "manager_workers": (
        "Give each part of the request to the member it fits, with all values it needs.",
        "Delegate every look-up and change to your members; pass on ids and values in full.",
    ),
    "planner_executor": (
        "Ask for a plan first, then have its steps carried out in order, passing results on.",
        "Get a plan, run it step by step, and revise it when a step fails.",
    ),
    "parallel": (
        "Ask members that do not depend on each other in one turn, then merge what they report.",
        "Start independent parts together; combine the reports when all are in.",
    ),
    "pipeline": (
        "Pass the request through your members in the order given, each with the result before.",
        "Run the stages in order and hand each stage what the one before returned.",
    ),
    "critic": (
        "Have the work done, have it criticised, and have faults repaired before you answer.",
        "Send the work to the critic once it is done; repair what it finds.",
    ),
    "router": (
        "Hand the whole request to the one member it belongs to; use several only for several parts.",
        "Decide whose request this is and pass it on unchanged.",
    ),
    "three_layer": (
        "Give each branch its share with all values it needs, and combine what they return.",
        "Split the request by branch; delegate, wait, and answer from their reports.",
    ),
}


def single_prompt(name: str, domain: str, rng: random.Random) -> str:
    """Return a lone agent's prompt of at most `SINGLE_LIMIT` words."""
    title = name.replace("_", " ")
    opening = rng.choice(_OPENINGS).format(name=title, domain=domain)
    return f"{opening} {rng.choice(_TOOL_RULES)} {rng.choice(_CLOSINGS)}"


def worker_prompt(name: str, duty: str, tools: bool, rng: random.Random) -> str:
    """Return a worker's prompt. `duty` is a clause without its subject."""
    rule = rng.choice(_WORKER_RULES if tools else _NO_TOOLS_RULES)
    return f"You are the {name.replace('_', ' ')}: a specialist that {duty}. {rule}"


def lead_prompt(name: str, pattern: PatternName, members: Sequence[str], rng: random.Random) -> str:
    """Return the prompt of an agent that delegates to `members`."""
    rule = rng.choice(_COORDINATION[pattern])
    return (
        f"You are the {name.replace('_', ' ')}. Members: {', '.join(members)}. "
        f"{rule} Never invent a value. {rng.choice(_CLOSINGS)}"
    )
