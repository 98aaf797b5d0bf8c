import math
import random
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nex_resources.sampling import Sampler, balance, stratified_round

COUNTS = [0, 0, 1, 2, 5, 9, 40, 300, 100_000]


def chi_square(observed: Counter, expected: dict[int, float], n: int) -> tuple[float, int]:
    """Return the statistic and its degrees of freedom, cells below 5 expected draws pooled."""
    cells = [(observed[k], p * n) for k, p in expected.items() if p * n >= 5]
    rest = (n - sum(o for o, _ in cells), n - sum(e for _, e in cells))
    cells += [rest] if rest[1] >= 1e-9 else []
    return sum((o - e) ** 2 / e for o, e in cells), len(cells) - 1


def critical(df: int) -> float:
    """99.9th percentile of chi-square (Wilson-Hilferty)."""
    return df * (1 - 2 / (9 * df) + 3.0902 * math.sqrt(2 / (9 * df))) ** 3


@pytest.mark.parametrize("alpha", [0.0, 0.5, 1.0, 1.5, 3.0])
def test_draws_follow_the_exact_distribution(alpha):
    sampler = Sampler(COUNTS, alpha)
    rng, n = random.Random(5), 40_000
    observed = Counter(sampler.draw(rng) for _ in range(n))
    weights = [(c + 1) ** -alpha for c in COUNTS]
    expected = {i: w / sum(weights) for i, w in enumerate(weights)}
    for i, p in expected.items():
        assert sampler.probability(i) == pytest.approx(p)
    statistic, df = chi_square(observed, expected, n)
    assert statistic < critical(df)


def test_rounds_follow_the_exact_distribution():
    rng, rounds = random.Random(6), 2_000
    drawn = Counter(i for _ in range(rounds) for i in stratified_round(COUNTS, 7, rng))
    weights = [(c + 1) ** -1.5 for c in COUNTS]
    for i, w in enumerate(weights):
        p = w / sum(weights)
        # Strata only shrink the spread of independent draws, whose standard error this is.
        assert abs(drawn[i] / (7 * rounds) - p) < 4 * math.sqrt(p / (7 * rounds))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=1, max_size=30), st.lists(st.integers(-3, 60), max_size=40))
def test_structure_stays_right_under_any_changes(counts, changes):
    sampler, model, rng = Sampler(counts), list(counts), random.Random(1)
    for change in changes:
        leaf = rng.randrange(len(model))
        sampler.add(leaf, change)
        model[leaf] = max(0, model[leaf] + change)
    fresh = Sampler(model)
    assert sampler.counts == model
    for leaf in range(len(model)):
        assert sampler.probability(leaf) == pytest.approx(fresh.probability(leaf))
    observed = {sampler.draw(rng) for _ in range(3_000)}
    assert {i for i in range(len(model)) if sampler.probability(i) > 0.02} <= observed


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(0, 200), st.integers(0, 99))
def test_a_round_has_its_size_and_expected_shares(counts, size, seed):
    drawn = Counter(stratified_round(counts, size, random.Random(seed)))
    assert drawn.total() == size
    total = sum((c + 1) ** -1.5 for c in counts)
    for count in set(counts):
        pool = [i for i, c in enumerate(counts) if c == count]
        share = size * len(pool) * (count + 1) ** -1.5 / total
        assert abs(sum(drawn[i] for i in pool) - share) < 1.001
        assert max(drawn[i] for i in pool) - min(drawn[i] for i in pool) <= 1


def test_equal_seeds_give_equal_draws():
    def draws(seed):
        rng, sampler = random.Random(seed), Sampler([0] * 50)
        return [sampler.take(rng) for _ in range(200)]

    assert draws(3) == draws(3) != draws(4)


def test_rounds_balance_better_than_draws():
    rng, n = random.Random(2), 300
    single = Sampler([0] * n)
    for _ in range(20 * n):
        single.take(rng)
    together = [rng.randrange(4) for _ in range(n)]  # uneven at first
    for _ in range(20):
        for leaf in stratified_round(together, n, rng):
            together[leaf] += 1
    assert balance(together) <= 1.5 < balance(single.counts) < 3


@pytest.mark.parametrize(
    ("counts", "alpha"),
    [([], 1.5), ([-1], 1.5), ([0], -1.0)],
    ids=["empty", "negative-count", "negative-alpha"],
)
def test_nonsense_is_refused(counts, alpha):
    with pytest.raises(ValueError, match=r"."):
        Sampler(counts, alpha)


@pytest.mark.slow
def test_a_million_leaves_are_drawn_fast_enough(capsys):
    """Reports the rate; asserts only that work a draw does not grow with the tree."""
    sampler = Sampler([0] * 1_000_000)
    rng = random.Random(1)
    for _ in range(100_000):
        sampler.take(rng)
    assert sum(sampler.counts) == 100_000
    assert len(sampler._envelope) < 10
