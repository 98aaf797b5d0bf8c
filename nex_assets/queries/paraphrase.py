"""Keyed paraphrases: a model rewords a query; what it must still say is read back, or the plain text stays.

Read back are all values (identifiers, numbers, dates, addresses, quoted text: none lost, none new), the
facts asked for, the work to do, superlatives, and denials. Each refusal has a reason that is counted.
The budget is checked before each request, and money spent on refused paraphrases counts, too.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from nex_assets.queries.dedup import tokens
from nex_assets.queries.grammar import TextError, form_of
from nex_resources.domains import TextRules, Words
from nex_resources.llm.base import LLM, LLMError
from nex_resources.records import Query, content_id, system, user

PROMPT = """Reword each message of a user to an assistant. Keep its language and its meaning exactly: the same
requests in the same order, the same questions, and every name, number, identifier, date, address and quoted
text letter for letter. Add nothing. The speaker is: {persona}. Answer with a JSON array of strings only, one
for each message, in order."""

HARD = re.compile(
    r"""https?://[\w./?=&%~:#+-]+ | [\w.+-]+@[\w-]+(?:\.[\w-]+)+ | /[\w./-]+ | \d{4}-\d{2}-\d{2}
      | "[^"]+" | “[^”]+” | (?<![A-Za-z0-9])[A-Za-z]{1,4}\d+(?![A-Za-z0-9]) | \d+(?:\.\d+)?""",
    re.VERBOSE | re.ASCII,  # Chinese words may touch an address
)
"""What may neither be lost nor appear: URLs, addresses, paths, dates, quotations, ids, numbers."""

MOST = (
    "most",
    "highest",
    "largest",
    "biggest",
    "priciest",
    "greatest",
    "top",
    "maximum",
    "busiest",
    "最高",
    "最多",
    "最贵",
    "最大",
    "最忙",
)
LEAST = (
    "least",
    "lowest",
    "cheapest",
    "smallest",
    "fewest",
    "minimum",
    "最低",
    "最少",
    "最便宜",
    "最小",
    "最空闲",
)
DENIALS = frozenset(["not", "don't", "dont", "never", "without", "cannot", "can't", "won't", "instead"])
DENIALS_ZH = ("不要", "别", "勿", "不用", "无需")


class Outcome(msgspec.Struct, frozen=True):
    """What became of one query: accepted, or why the plain text stayed, with what the model gave."""

    query_id: str
    accepted: bool
    reason: str = ""
    proposal: tuple[str, ...] = ()
    cost_usd: float = 0.0


class ParaphraseReport(msgspec.Struct, frozen=True):
    """Queries in their order, reworded where that was accepted; counts; what an accepted one cost."""

    queries: tuple[Query, ...]
    outcomes: tuple[Outcome, ...]
    reasons: dict[str, int]
    cost_usd: float
    cost_per_accepted: float | None


async def paraphrase(
    queries: Sequence[Query],
    llm: LLM,
    rules: TextRules,
    *,
    personas: Mapping[str, str] | None = None,
    budget_usd: float = float("inf"),
    concurrency: int = 8,
    settings: Mapping[str, Any] | None = None,
) -> ParaphraseReport:
    """Reword `queries` while less than `budget_usd` is spent. `personas` describes speakers by name.

    A model's error never loses a query: its plain text stays, and the reason says so.
    """
    gate = asyncio.Semaphore(concurrency)
    spent = [0.0]

    async def one(query: Query) -> tuple[Query, Outcome]:
        async with gate:
            if spent[0] >= budget_usd:
                return query, Outcome(query.id, False, "budget")
            texts = [query.text, *query.turns]
            prompt = PROMPT.format(persona=(personas or {}).get(query.persona) or query.persona or "a user")
            asked = [system(prompt), user(json.dumps(texts, ensure_ascii=False))]
            try:
                completion = await llm.complete(asked, [], settings or {})
            except LLMError as error:
                return query, Outcome(query.id, False, f"llm_{error.kind}")
            spent[0] += completion.usage.cost_usd
            return _judged(query, completion.message.text, completion.usage.cost_usd, rules)

    results = await asyncio.gather(*map(one, queries))
    outcomes = tuple(outcome for _, outcome in results)
    accepted = sum(o.accepted for o in outcomes)
    return ParaphraseReport(
        queries=tuple(query for query, _ in results),
        outcomes=outcomes,
        reasons=dict(Counter("accepted" if o.accepted else o.reason for o in outcomes)),
        cost_usd=spent[0],
        cost_per_accepted=spent[0] / accepted if accepted else None,
    )


def _judged(query: Query, answer: str, cost: float, rules: TextRules) -> tuple[Query, Outcome]:
    proposal = _strings(answer)
    if proposal is None:
        return query, Outcome(query.id, False, "not_json", (answer[:500],), cost)
    reason = differs(query, proposal, rules)
    if reason:
        return query, Outcome(query.id, False, reason, tuple(proposal), cost)
    reworded = msgspec.structs.replace(
        query, id="", text=proposal[0], turns=tuple(proposal[1:]), origin="llm"
    )
    reworded = msgspec.structs.replace(reworded, id=content_id("q", reworded))
    return reworded, Outcome(query.id, True, "", tuple(proposal), cost)


def _strings(answer: str) -> list[str] | None:
    start = answer.find("[")
    try:
        value, _ = json.JSONDecoder().raw_decode(answer[start:]) if start >= 0 else (None, 0)
    except json.JSONDecodeError:
        return None
    return value if isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value) else None


def differs(query: Query, proposal: Sequence[str], rules: TextRules) -> str:
    """Return the reason why `proposal` does not say what `query` says, or an empty string."""
    texts = [query.text, *query.turns]
    if len(proposal) != len(texts):
        return "turns_differ"
    for old, new in zip(texts, proposal, strict=True):
        reason = _turn_differs(query, old, new)
        if reason:
            return reason
    whole = " ".join(proposal)
    return _words_differ(query, whole, rules)


def _turn_differs(query: Query, old: str, new: str) -> str:
    lost, gained = _values(old) - _values(new), _values(new) - _values(old)
    if lost:
        return "slot_lost"
    if gained:
        return "slot_added"
    named = {str(v) for v in query.blueprint.slots.values() if isinstance(v, str) and v in old}
    if any(value not in new for value in named):
        return "slot_lost"
    chinese = sum("\u4e00" <= c <= "\u9fff" for c in new) > 0.2 * len(new)
    if chinese != (query.language == "zh"):
        return "language"
    if _denials(old) != _denials(new):
        return "denial"
    if any(_has(old, group) != _has(new, group) for group in (MOST, LEAST)):
        return "superlative"
    return ""


def _values(text: str) -> set[str]:
    return {v.strip('"“”.,;:?!') for v in HARD.findall(text)}


def _has(text: str, words: Sequence[str]) -> bool:
    known = set(tokens(text))
    return any(w in known or ("\u4e00" <= w[0] <= "\u9fff" and w in text) for w in words)


def _denials(text: str) -> bool:
    words = set(re.findall(r"[a-z']+", text.casefold().replace("’", "'")))
    return bool(words & DENIALS) or any(w in text for w in DENIALS_ZH)


def _words_differ(query: Query, text: str, rules: TextRules) -> str:
    """Check that each fact asked for and each thing to do is still named in some known wording."""
    said = _stems(text)
    for fact in query.blueprint.facts:
        step = next(s for s in query.blueprint.steps if s.id == fact.step)
        own = rules.tools.get(_key(step))
        words = (own.facts.get(fact.name) if own else None) or rules.facts.get(fact.name)
        if words and not step.expect_error and not _any_said(words, query.language, said):
            return "fact_lost"
    for step in query.blueprint.steps:
        tool = rules.tools.get(_key(step))
        if (
            tool
            and tool.do
            and form_of(step)[0].effect == "write"
            and not _any_said(tool.do, query.language, said)
        ):
            return "request_lost"
    return ""


def _key(step: Any) -> str:
    try:
        return form_of(step)[0].key
    except TextError:
        return str(step.tool)


def _any_said(words: Words, language: str, said: frozenset[str]) -> bool:
    """Whether some wording's words, most of them, are in the text."""
    wording = getattr(words, language)
    for phrase in [*wording.main, *wording.alternate]:
        needed = _stems(re.sub(r"\{\w+\}", " ", phrase))
        if needed and len(needed & said) >= (len(needed) + 1) // 2:
            return True
    return False


_SMALL = re.compile(r"the|an?|of|to|for|in|on|by|with|and|or|it|that|from|as|is|are|be|at|into|its")


def _stems(text: str) -> frozenset[str]:
    """Return words without common endings; of Chinese, its characters."""
    return frozenset(_stem(w) for w in tokens(text) if not _SMALL.fullmatch(w))


def _stem(word: str) -> str:
    short = re.sub(r"(ing|ed|es|s|e)$", "", word) if len(word) > 4 else word
    return short[:-1] if len(short) > 3 and short[-1] == short[-2] else short  # shipped, ship
