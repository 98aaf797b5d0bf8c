"""How various texts are: distinct-n and self-BLEU, beside what one fixed template would give."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping, Sequence

import msgspec

from nex_assets.queries.dedup import tokens
from nex_resources.records import Query


class Diversity(msgspec.Struct, frozen=True):
    """`distinct_n`: distinct n-grams by all n-grams (1 is most various). `self_bleu`: mean BLEU-4 of a
    text against the others (0 is most various)."""

    texts: int
    distinct_1: float
    distinct_2: float
    distinct_3: float
    self_bleu: float


class Comparison(msgspec.Struct, frozen=True):
    """Texts as asked, and the same tasks each said by the one template."""

    ours: Diversity
    single_template: Diversity


_Grams = Counter[tuple[str, ...]]


def distinct(texts: Sequence[Sequence[str]], n: int) -> float:
    grams = [g for t in texts for g in _grams(t, n)]
    return len(set(grams)) / len(grams) if grams else 0.0


def self_bleu(texts: Sequence[Sequence[str]], sample: int = 200, seed: int = 0) -> float:
    """Return the mean BLEU-4 (add-one smoothed above unigrams) of up to `sample` texts against up to
    `sample` others. Source: Zhu et al. 2018, Texygen."""
    rng = random.Random(seed)
    chosen = list(texts) if len(texts) <= sample else rng.sample(list(texts), sample)
    if len(chosen) < 2:
        return 0.0
    counts = [[Counter(_grams(t, n)) for n in range(1, 5)] for t in chosen]
    scores = [_bleu(i, chosen, counts) for i in range(len(chosen))]
    return sum(scores) / len(scores)


def _bleu(index: int, texts: Sequence[Sequence[str]], counts: Sequence[list[_Grams]]) -> float:
    logs = 0.0
    for n in range(4):
        own = counts[index][n]
        best = {g: max((c[n][g] for j, c in enumerate(counts) if j != index), default=0) for g in own}
        hit = sum(min(count, best[g]) for g, count in own.items())
        total = own.total()
        logs += math.log((hit + (n > 0)) / (total + (n > 0))) if hit + (n > 0) and total else -math.inf
    length = len(texts[index])
    nearest = min((len(t) for j, t in enumerate(texts) if j != index), key=lambda k: (abs(k - length), k))
    brevity = 1.0 if length > nearest else math.exp(1 - nearest / length) if length else 0.0
    return brevity * math.exp(logs / 4)


def _grams(text: Sequence[str], n: int) -> list[tuple[str, ...]]:
    return [tuple(text[i : i + n]) for i in range(len(text) - n + 1)]


def diversity(texts: Sequence[str]) -> Diversity:
    """Measure texts of one language."""
    split = [tokens(t) for t in texts]
    one, two, three = (round(distinct(split, n), 4) for n in (1, 2, 3))
    return Diversity(len(split), one, two, three, round(self_bleu(split), 4))


def single_template(query: Query) -> str:
    """Say a query's task by one fixed template, as a pipeline with a single prompt would."""
    what = ", then ".join(s.tool.partition("__")[2].replace("_", " ") for s in query.blueprint.steps)
    given = ", ".join(f"{k} {v}" for k, v in query.blueprint.slots.items())
    asked = ", ".join(f.name for f in query.blueprint.facts) or "the outcome"
    return f"Please help me to {what} with {given} and report {asked}."


def compare(queries: Sequence[Query]) -> Mapping[str, Comparison]:
    """Compare the texts of each language with single-template text for the same tasks."""
    found: dict[str, Comparison] = {}
    for language in sorted({q.language for q in queries}):
        chosen = [q for q in queries if q.language == language]
        found[language] = Comparison(
            diversity([q.text for q in chosen]), diversity([single_template(q) for q in chosen])
        )
    return found
