import multiprocessing
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from collections import Counter

import pytest

from nex_resources.sampling import LeafCounts, balance, counts

LEAVES = [f"leaf{i}" for i in range(60)]


def test_twenty_draws_a_leaf_are_balanced_over_many_claims(tmp_path):
    sampler = LeafCounts(tmp_path / "c.db").sampler(LEAVES, seed=1)
    for unit in range(48):
        sampler.claim(f"u{unit}", 25)
    found = LeafCounts(tmp_path / "c.db").counts()
    assert sum(found.values()) == 20 * len(LEAVES)
    assert balance(found.values()) <= 1.5


def test_uneven_counts_are_levelled(tmp_path):
    store = LeafCounts(tmp_path / "c.db")
    store.sampler(LEAVES[:5], seed=1).claim("old", 500)
    sampler = store.sampler(LEAVES, seed=1)
    sampler.claim("new", 60 * 15)
    found = store.counts()
    assert all(found[leaf] < 130 for leaf in LEAVES[:5])
    assert all(found[leaf] > 8 for leaf in LEAVES[5:])


def test_a_unit_claims_once(tmp_path):
    store = LeafCounts(tmp_path / "c.db")
    first = store.sampler(LEAVES, seed=1).claim("u", 30)
    assert store.sampler(LEAVES, seed=1).claim("u", 30) == first == store.claimed("u")
    assert store.counts() == Counter(first)
    assert store.claimed("other") is None


def test_a_unit_cannot_change_its_mind(tmp_path):
    sampler = LeafCounts(tmp_path / "c.db").sampler(LEAVES, seed=1)
    sampler.claim("u", 30)
    with pytest.raises(ValueError, match="claimed 30 leaves, now it asks for 31"):
        sampler.claim("u", 31)


def test_a_claim_on_a_tree_that_lost_leaves_is_refused(tmp_path):
    store = LeafCounts(tmp_path / "c.db")
    store.sampler(LEAVES, seed=1).claim("u", 60)
    with pytest.raises(ValueError, match="no longer has"):
        store.sampler(LEAVES[:3], seed=1).claim("u", 60)


def test_equal_seeds_give_equal_claims(tmp_path):
    def claims(name, seed):
        sampler = LeafCounts(tmp_path / name).sampler(LEAVES, seed)
        return [sampler.claim(f"u{i}", 17) for i in range(9)]

    assert claims("a", 1) == claims("b", 1) != claims("c", 2)


def _claim_some(path, worker, alpha_rounds):
    if not alpha_rounds:
        counts.ROUND_LIMIT = 0  # draw by draw, as for very large trees
    sampler = LeafCounts(path).sampler(LEAVES, seed=1)
    for i in range(12):
        sampler.claim(f"w{worker}/{i}", 10)


@pytest.mark.parametrize("rounds", [True, False], ids=["rounds", "draws"])
def test_many_processes_lose_no_count(tmp_path, rounds):
    path = tmp_path / "c.db"
    LeafCounts(path)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_claim_some, args=(path, w, rounds)) for w in range(5)]
    for w in workers:
        w.start()
    for w in workers:
        w.join()
        assert w.exitcode == 0
    store = LeafCounts(path)
    claimed = Counter(leaf for w in range(5) for i in range(12) for leaf in store.claimed(f"w{w}/{i}"))
    assert store.counts() == claimed
    assert claimed.total() == 600
    if rounds:  # one queue for all processes: every leaf exactly as often
        assert set(claimed.values()) == {10}


def test_a_kill_in_mid_claim_leaves_no_trace(tmp_path):
    path = tmp_path / "c.db"
    sampler = LeafCounts(path).sampler(LEAVES, seed=1)
    sampler.claim("before", 30)
    script = textwrap.dedent(
        f"""
        import os, signal
        from pathlib import Path
        from nex_resources.sampling import LeafCounts
        store = LeafCounts(Path({str(path)!r}))
        sampler = store.sampler({LEAVES!r}, seed=1)
        record = sampler._record
        def die(*args):
            record(*args)
            os.kill(os.getpid(), signal.SIGKILL)  # all written, nothing committed
        sampler._record = die
        sampler.claim("killed", 30)
        """
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=os.getcwd(), check=False)  # noqa: PTH109
    assert done.returncode == -signal.SIGKILL
    store = LeafCounts(path)
    assert sum(store.counts().values()) == 30
    assert store.claimed("killed") is None
    sampler.claim("killed", 30)  # the re-run gets what the killed one would have: the round's other half
    assert set(store.counts().values()) == {1}


def test_a_failed_claim_is_undone_in_memory_too(tmp_path, monkeypatch):
    store = LeafCounts(tmp_path / "c.db")
    sampler = store.sampler(LEAVES, seed=1)
    sampler.claim("a", 30)
    with monkeypatch.context() as patch:
        patch.setattr(
            sampler, "_record", lambda *_: (_ for _ in ()).throw(sqlite3.OperationalError("disk full"))
        )
        with pytest.raises(sqlite3.OperationalError):
            sampler.claim("b", 30)
    sampler.claim("b", 30)
    assert set(store.counts().values()) == {1}
