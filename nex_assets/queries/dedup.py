"""Near-duplicate removal: MinHash finds candidates, exact Jaccard decides, one of each group stays.

Texts are compared as sets of word (English) or character (Chinese) trigrams. Signatures are made by
one-permutation hashing: every shingle is hashed once, so a text costs its length and not 128 times that.
"""

from __future__ import annotations

import hashlib
import operator
import re
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import TypeVar

import msgspec

BINS = 64
ROWS = 2
"""Two texts are candidates when ROWS neighbouring bins agree: near certain at Jaccard 0.8, rare at 0.2."""

_TOKEN = re.compile(r"[\u4e00-\u9fff]|[^\W\u4e00-\u9fff]+", re.UNICODE)
T = TypeVar("T")
Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
"""A sentence encoder: a vector for each text."""


class Duplicate(msgspec.Struct, frozen=True):
    """An item left out: what it was compared to, and how alike they are (Jaccard, 0 to 1)."""

    index: int
    twin: int
    similarity: float


def tokens(text: str) -> list[str]:
    """Split into words; every Chinese character is one."""
    return _TOKEN.findall(text.casefold())


def shingles(text: str, size: int = 3) -> frozenset[str]:
    """Return the runs of `size` tokens; a shorter text is one shingle."""
    words = tokens(text)
    if len(words) <= size:
        return frozenset([" ".join(words)])
    return frozenset(" ".join(words[i : i + size]) for i in range(len(words) - size + 1))


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    union = len(a | b)
    return len(a & b) / union if union else 1.0


def signature(parts: frozenset[str]) -> list[int]:
    """Return BINS minima of the parts' hashes; an empty bin borrows from the next full one."""
    smallest: list[int | None] = [None] * BINS
    for part in parts:
        number = int.from_bytes(hashlib.blake2b(part.encode(), digest_size=8).digest(), "big")
        value, place = divmod(number, BINS)
        held = smallest[place]
        if held is None or value < held:
            smallest[place] = value
    filled: list[int] = []
    for place in range(BINS):
        step = next(s for s in range(BINS) if smallest[(place + s) % BINS] is not None)
        borrowed = smallest[(place + step) % BINS]
        assert borrowed is not None
        filled.append(borrowed * BINS + step)  # the distance is mixed in, so that borrowed bins stay apart
    return filled


def near_duplicates(texts: Sequence[str], threshold: float = 0.8) -> list[Duplicate]:
    """Return all items but the first of each group of near-duplicates, in order.

    Groups are connected: if a is like b and b like c, one of the three stays. O(n) in practice.
    """
    sets = [shingles(t) for t in texts]
    groups = _Groups(len(texts))
    seen: dict[tuple[int, ...], list[int]] = {}
    checked: set[tuple[int, int]] = set()
    for index, parts in enumerate(sets):
        for band in _bands(signature(parts)):
            for other in seen.setdefault(band, []):
                if (other, index) not in checked and groups.find(other) != groups.find(index):
                    checked.add((other, index))
                    if jaccard(sets[other], parts) >= threshold:
                        groups.join(other, index)
            seen[band].append(index)
    return [
        Duplicate(i, keeper, round(jaccard(sets[i], sets[keeper]), 3))
        for i in range(len(texts))
        if (keeper := groups.find(i)) != i
    ]


def near_by_embedding(texts: Sequence[str], embed: Embed, threshold: float = 0.95) -> list[Duplicate]:
    """Like `near_duplicates`, by the cosine of embeddings; finds paraphrases. O(n²): for a batch.

    `embed` is a sentence encoder's (a language model's own states will not do: they all lean one way).
    """
    vectors = [_unit(vector) for vector in embed(texts)]
    groups = _Groups(len(texts))
    for i, a in enumerate(vectors):
        for j in range(i):
            if groups.find(i) != groups.find(j) and _dot(a, vectors[j]) >= threshold:
                groups.join(j, i)
    found = [(i, groups.find(i)) for i in range(len(texts))]
    return [Duplicate(i, k, round(_dot(vectors[i], vectors[k]), 3)) for i, k in found if k != i]


def encoder(model: str) -> Embed:
    """Return the sentence encoder `model` (a folder, or a name on the model hub) of sentence-transformers.

    Raises ImportError that names the extra where the package is missing.
    """
    try:
        from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]
    except ImportError as error:
        raise ImportError(
            "sentence-transformers is missing: install the extra (pip install -e '.[embeddings]') or leave "
            "`encoder` out of the profile"
        ) from error
    loaded = SentenceTransformer(model)
    return lambda texts: [[float(x) for x in vector] for vector in loaded.encode(list(texts))]


def without(items: Sequence[T], duplicates: Sequence[Duplicate]) -> list[T]:
    """Return the items that are nobody's duplicate."""
    gone = {d.index for d in duplicates}
    return [item for i, item in enumerate(items) if i not in gone]


def _bands(values: Sequence[int]) -> Iterator[tuple[int, ...]]:
    for start in range(0, BINS, ROWS):
        yield (start, *values[start : start + ROWS])


def _unit(vector: Sequence[float]) -> list[float]:
    length = sum(x * x for x in vector) ** 0.5 or 1.0
    return [x / length for x in vector]


def _dot(a: Sequence[float], b: Sequence[float]) -> float:
    return float(sum(map(operator.mul, a, b)))


class _Groups:
    """Union-find whose root is always the first member."""

    def __init__(self, size: int):
        self._parent = list(range(size))

    def find(self, item: int) -> int:
        while self._parent[item] != item:
            self._parent[item] = self._parent[self._parent[item]]
            item = self._parent[item]
        return item

    def join(self, a: int, b: int) -> None:
        first, second = sorted((self.find(a), self.find(b)))
        self._parent[second] = first


def exact_duplicates(keys: Sequence[Hashable]) -> list[Duplicate]:
    """Return all items whose key came before."""
    first: dict[Hashable, int] = {}
    return [Duplicate(i, first[k], 1.0) for i, k in enumerate(keys) if first.setdefault(k, i) != i]
