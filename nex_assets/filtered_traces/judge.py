"""The LLM judge: keyed, with a rubric, several votes in swapped order, and its cost.

It reads full arguments and observations; a transcript that does not fit is read chunk by chunk into notes
first. Its verdict is one more finding (`judged_poor`), which may flag until calibration licenses more.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from statistics import median

import msgspec

from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.labelled import CLEAN, NEGATIVE, Labelled
from nex_assets.filtered_traces.measured import Measured
from nex_assets.filtered_traces.rubric import CRITERIA, NOTES, SYSTEM, Vote, question, read_vote
from nex_assets.filtered_traces.transcript import chunks
from nex_resources.llm.base import LLM
from nex_resources.records import Finding, Trace, Usage, system, user


class Judgement(msgspec.Struct, frozen=True):
    """The votes on one trace. `invalid` answers were no votes; `usage` sums all requests, its `cost_usd`
    is what the verdict cost. `swing` is the largest difference that swapping the order made."""

    trace_id: str
    votes: tuple[Vote, ...]
    scores: dict[str, float]
    keep: bool
    invalid: int
    usage: Usage
    swing: float = 0.0

    def finding(self) -> Finding | None:
        """Return the finding that follows, or None for a trace to keep or one without any vote."""
        if self.keep or not self.votes:
            return None
        name = min(self.scores, key=lambda one: self.scores[one])
        why = next((vote.reasons[name] for vote in self.votes if not vote.keep), "")
        return finding("judged_poor", evidence=f"{name} {self.scores[name]:g}/5: {why[:200]}")


class Judge:
    """A judge over `llm`. `votes` are asked for, every second one with the criteria reversed; `chunk` is how
    many characters of transcript fit into one request."""

    def __init__(self, llm: LLM, votes: int = 4, chunk: int = 60_000, temperature: float = 0.7):
        self.llm = llm
        self.votes = votes
        self.chunk = chunk
        self.temperature = temperature

    async def judge(self, trace: Trace, task: str) -> Judgement:
        """Judge `trace` as work on `task`. Raises `LLMError` when the model gives up."""
        material, usage = await self._material(trace)
        votes: list[tuple[bool, Vote]] = []
        invalid = 0
        for number in range(self.votes):
            swapped = bool(number % 2)
            text, spent = await self._ask(question(task, material, swapped), number)
            usage += spent
            vote = read_vote(text)
            if vote is None:
                invalid += 1
            else:
                votes.append((swapped, vote))
        return _tally(trace.id, votes, invalid, usage)

    async def _material(self, trace: Trace) -> tuple[str, Usage]:
        parts = chunks(trace, self.chunk)
        if len(parts) == 1:
            return f"Transcript:\n{parts[0]}", Usage()
        notes, usage = "none", Usage()
        for number, part in enumerate(parts, 1):
            text, spent = await self._ask(
                NOTES.format(part=number, parts=len(parts), notes=notes, chunk=part), 0
            )
            notes, usage = text, usage + spent
        return f"Notes on the whole transcript:\n{notes}\n\nFinal answer:\n{trace.answer}", usage

    async def _ask(self, text: str, number: int) -> tuple[str, Usage]:
        settings = {"temperature": self.temperature, "seed": number}
        completion = await self.llm.complete([system(SYSTEM), user(text)], [], settings)
        return completion.message.text, completion.usage


def _tally(trace_id: str, votes: list[tuple[bool, Vote]], invalid: int, usage: Usage) -> Judgement:
    """Medians of the scores; keep by majority, a tie counting against keeping."""
    all_votes = tuple(vote for _, vote in votes)
    scores = {name: float(median(v.scores[name] for v in all_votes)) for name, _ in CRITERIA} if votes else {}
    keep = sum(vote.keep for vote in all_votes) * 2 > len(all_votes)
    return Judgement(trace_id, all_votes, scores, keep, invalid, usage, _swing(votes))


def _swing(votes: list[tuple[bool, Vote]]) -> float:
    plain = [vote for swapped, vote in votes if not swapped]
    turned = [vote for swapped, vote in votes if swapped]
    if not plain or not turned:
        return 0.0
    return max(
        abs(median(v.scores[n] for v in plain) - median(v.scores[n] for v in turned)) for n, _ in CRITERIA
    )


async def judge_all(judge: Judge, labelled: Iterable[Labelled]) -> AsyncIterator[tuple[Labelled, Judgement]]:
    """Judge labelled traces one after another."""
    for one in labelled:
        yield one, await judge.judge(one.trace, one.query.text)


async def measure_judge(judge: Judge, labelled: Iterable[Labelled]) -> tuple[Measured, Usage, int]:
    """Measure the judge on the detectors' own labels: any mutant is a positive. Returns counts, the cost of
    all verdicts, and how many verdicts there were."""
    hits = positives = false = clean = verdicts = 0
    usage = Usage()
    async for one, judgement in judge_all(judge, labelled):
        verdicts += 1
        usage += judgement.usage
        poor = judgement.finding() is not None
        if one.label in (CLEAN, NEGATIVE):
            clean += 1
            false += poor
        else:
            positives += 1
            hits += poor
    return Measured(hits, positives, false, clean), usage, verdicts
