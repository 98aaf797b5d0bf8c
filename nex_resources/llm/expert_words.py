"""The expert's words: short plain sentences that state only what was seen."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nex_resources import worlds
from nex_resources.records import Blueprint, Fact, Language, Step, split_qualified

_FACT = {
    "en": (
        "The {what} is {value}.",
        "{What}: {value}.",
        "It has {what} {value}.",
        "According to the record, the {what} is {value}.",
    ),
    "zh": ("{what}是{value}。", "{what}：{value}。", "查到的{what}为{value}。"),
}
_DONE = {
    "en": ("Done: {did}.", "All set: {did}.", "That is done ({did}).", "I have done this: {did}."),
    "zh": ("已完成：{did}。", "办好了：{did}。", "操作成功：{did}。"),
}
_REFUSE = {
    "en": (
        "I cannot do this: {why}.",
        "Sorry, this is not possible: {why}.",
        "That cannot be done, because {why}.",
        "I am unable to do that: {why}.",
    ),
    "zh": ("无法完成：{why}。", "抱歉，不能这样做：{why}。", "这项操作无法进行，原因是{why}。"),
}
_TROUBLE = {
    "en": (
        "I could not finish: {why}.",
        "I could not do all of this and have stopped: {why}.",
        "I ran into a problem and cannot confirm the result: {why}.",
    ),
    "zh": ("未能完成：{why}。", "无法继续，已停止：{why}。"),
}
# Agents of one hierarchy speak English among themselves, whatever the user speaks.
_TASK = ("Please do the following.", "Your task:", "Carry this out, please.", "Do this:")
_REPORT = ("Report back: {}.", "Tell me: {}.", "Then give me: {}.")


def shown(value: Any) -> str:
    """Render a value as an answer states it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(map(shown, value))
    return str(value)


def fact_sentence(fact: Fact, value: Any, language: Language, rng: random.Random) -> str:
    """State one fact: `The order status is pending.`"""
    what = fact.name.replace(".", " ").replace("_", " ")
    template = rng.choice(_FACT[language])
    return template.format(what=what, What=upper_first(what), value=shown(value))


def upper_first(text: str) -> str:
    """Return `text` with a capital first letter, the rest as it is: ids keep theirs."""
    return text[:1].upper() + text[1:]


def done_sentence(
    steps: Sequence[tuple[Step, Mapping[str, Any]]], language: Language, rng: random.Random
) -> str:
    """Say which changes were made, with the values that were passed."""
    did = "; ".join(call_words(step, arguments) for step, arguments in steps)
    return rng.choice(_DONE[language]).format(did=did)


def refusal(why: str, language: Language, rng: random.Random) -> str:
    return rng.choice(_REFUSE[language]).format(why=why.rstrip(". 。"))


def trouble(why: str, language: Language, rng: random.Random) -> str:
    return rng.choice(_TROUBLE[language]).format(why=why.rstrip(". 。"))


def call_words(step: Step, arguments: Mapping[str, Any]) -> str:
    """Say a call in words: `cancel order, order id O4821`."""
    verb, values = spoken_call(step, arguments)
    said = ", ".join(f"{name.replace('_', ' ')} {shown(value)}" for name, value in values.items())
    return f"{verb}, {said}" if said else verb


def spoken_call(step: Step, arguments: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return a call's verb and its typed values: those of its form, where the tool is a general one."""
    literal = msgspec.structs.replace(step, arguments=dict(arguments))
    try:
        tool, values = worlds.bound(literal)
    except KeyError:
        return split_qualified(step.tool)[1].replace("_", " "), dict(arguments)
    return (tool.form or tool.name).replace("_", " "), values


def message_for(
    blueprint: Blueprint,
    group: Sequence[Step],
    literal: Mapping[str, Mapping[str, Any]],
    report: Sequence[tuple[str, str]],
    rng: random.Random,
) -> str:
    """Write what a sub-agent is to do: each step with values, or where in the group they come from."""
    numbers = {step.id: index + 1 for index, step in enumerate(group)}
    lines = [f"{numbers[s.id]}. {_instruction(s, literal[s.id], numbers)}" for s in group]
    opening = rng.choice(_TASK)
    body = "\n".join(lines)
    if not report:
        return f"{opening}\n{body}"
    asked = ", ".join(path_words(path) for _, path in report)
    closing = rng.choice(_REPORT).format(asked)
    return f"{opening}\n{body}\n{closing}"


def _instruction(step: Step, literal: Mapping[str, Any], numbers: Mapping[str, int]) -> str:
    parts = [f"{name} = {shown(value)}" for name, value in literal.items()]
    for r in worlds.references(step):
        if r.argument not in literal and r.step in numbers:
            parts.append(f"{r.argument} = {path_words(r.path)} from step {numbers[r.step]}")
    verb = split_qualified(step.tool)[1].replace("_", " ")
    return f"{upper_first(verb)}: {', '.join(parts)}" if parts else upper_first(verb)


def path_words(path: str) -> str:
    """Say a path: `orders[status=pending].order_id` is `the order_id with status pending`; an empty one is
    the whole result."""
    last = (worlds.segments(path) or ["result"])[-1]
    words = [_selector_words(s.strip("[]")) for s in worlds.selectors(path)]
    return " ".join([f"the {last}", *filter(None, words)])


def _selector_words(selector: str) -> str:
    if selector == "only":
        return ""
    best, colon, field = selector.partition(":")
    if colon and best in ("max", "min"):
        return f"with the {'highest' if best == 'max' else 'lowest'} {field}"
    field, _, value = selector.partition("=")
    return f"with {field} {value}"
