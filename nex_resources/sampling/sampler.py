"""Inverse-frequency sampling of leaves: weight 1/(count+1)^alpha, O(1) expected time a draw, exact.

Leaves are grouped by the power of two just above their weight. A draw picks a group in proportion to
its size times that power, a leaf in it uniformly, and accepts it with probability weight / power, which
is above one half: so fewer than two tries are needed on average, whatever the counts. Group sizes are
integers and bounds are powers of two, so no rounding error builds up over millions of draws.
"""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Iterable, Sequence

DEFAULT_ALPHA = 1.5


class Sampler:
    """Draws indices 0 … n-1 with probability proportional to 1/(count+1)^alpha.

    `take` draws and counts; `draw` only draws. Memory is about 24 bytes a leaf. Not for threads.
    """

    def __init__(self, counts: Iterable[int], alpha: float = DEFAULT_ALPHA):
        if alpha < 0:
            raise ValueError(f"alpha is {alpha}: it must be 0 (uniform) or more")
        self.alpha = alpha
        self._counts = array("q", counts)
        if not self._counts:
            raise ValueError("there is nothing to sample: no leaf was given")
        if min(self._counts) < 0:
            raise ValueError("counts must not be negative")
        self._accept: list[float] = []  # by count: weight / bound of its group
        self._group: list[int] = []  # by count: number of its group; its bound is 2 ** -group
        self._members: list[array[int]] = []  # by group: leaves
        self._envelope: list[float] = []  # by group: size × bound
        self._place = array("q", [0]) * len(self._counts)  # leaf → its place in its group
        for leaf, count in enumerate(self._counts):
            self._join(leaf, self._group_of(count))

    def __len__(self) -> int:
        return len(self._counts)

    @property
    def counts(self) -> list[int]:
        return self._counts.tolist()

    def count(self, leaf: int) -> int:
        return self._counts[leaf]

    def weight(self, leaf: int) -> float:
        return float((self._counts[leaf] + 1) ** -self.alpha)

    def probability(self, leaf: int) -> float:
        """Return the chance that the next draw is `leaf`. O(n): for tests and reports."""
        return self.weight(leaf) / math.fsum((c + 1) ** -self.alpha for c in self._counts)

    def draw(self, rng: random.Random) -> int:
        """Draw one leaf; counts stay as they are."""
        rand, members, accept, counts = rng.random, self._members, self._accept, self._counts
        total = sum(self._envelope)
        while True:
            left = rand() * total
            group = -1
            for size in self._envelope:
                left -= size
                group += 1
                if left < 0:
                    break
            pool = members[group]
            if not pool:  # rounding led past the last group that has members
                continue
            leaf = pool[int(rand() * len(pool))]
            if rand() < accept[counts[leaf]]:
                return leaf

    def take(self, rng: random.Random) -> int:
        """Draw one leaf and count it."""
        leaf = self.draw(rng)
        self.add(leaf, 1)
        return leaf

    def add(self, leaf: int, by: int) -> None:
        """Change a leaf's count by `by`, which may be negative; the count stops at 0."""
        before = self._counts[leaf]
        after = max(0, before + by)
        self._counts[leaf] = after
        old, new = self._group_of(before), self._group_of(after)
        if old != new:
            self._leave(leaf, old)
            self._join(leaf, new)

    def _group_of(self, count: int) -> int:
        while count >= len(self._group):
            weight = (len(self._group) + 1) ** -self.alpha
            group = math.floor(-math.log2(weight)) if weight < 1 else 0
            if weight > 2.0**-group:  # log2 rounded the wrong way
                group -= 1
            self._group.append(group)
            self._accept.append(weight * 2.0**group)
        return self._group[count]

    def _join(self, leaf: int, group: int) -> None:
        while group >= len(self._members):
            self._members.append(array("q"))
            self._envelope.append(0.0)
        members = self._members[group]
        self._place[leaf] = len(members)
        members.append(leaf)
        self._envelope[group] = len(members) * 2.0**-group

    def _leave(self, leaf: int, group: int) -> None:
        members = self._members[group]
        last = members.pop()
        if last != leaf:
            members[self._place[leaf]] = last
            self._place[last] = self._place[leaf]
        self._envelope[group] = len(members) * 2.0**-group


def balance(counts: Iterable[int]) -> float:
    """Return max/min of leaf counts; infinite where a leaf was never drawn."""
    known = list(counts)
    low = min(known)
    return max(known) / low if low else math.inf


def stratified_round(
    counts: Sequence[int], size: int, rng: random.Random, alpha: float = DEFAULT_ALPHA
) -> list[int]:
    """Draw `size` leaves at once, with as little spread as chance allows. O(len(counts) + size).

    Each leaf is expected exactly size · p times, p being its probability at the start of the round, as
    with independent draws; but leaves of one count share their draws without replacement, and each
    count gets its expected number rounded up or down. From equal counts, a round of len(counts) draws
    takes every leaf once; independent draws leave max/min near 2 after 20 draws a leaf.
    """
    strata: dict[int, list[int]] = {}
    for leaf, count in enumerate(counts):
        strata.setdefault(count, []).append(leaf)
    total = math.fsum(len(pool) * (count + 1) ** -alpha for count, pool in strata.items())
    drawn: list[int] = []
    reached, offset = 0.0, rng.random()  # systematic rounding: one random offset for all strata
    for count, pool in sorted(strata.items()):
        before = math.floor(reached + offset)
        reached += size * len(pool) * (count + 1) ** -alpha / total
        share = math.floor(reached + offset) - before
        drawn += pool * (share // len(pool)) + rng.sample(pool, share % len(pool))
    while len(drawn) < size:  # the last boundary fell short of `size` by a rounding error
        drawn.append(drawn[-1])
    del drawn[size:]
    rng.shuffle(drawn)
    return drawn
