"""Durable leaf counts, shared by any number of processes, in one SQLite file.

A *claim* is the unit of sampling: a named unit of work (a partition's batch) claims so many leaves in
one short transaction, which draws them, counts them and remembers them under the unit's name. Asking
again under the same name returns the same leaves and counts nothing, so a killed or repeated run
neither loses nor doubles a draw. Nothing is held between transactions: whoever asks an LLM holds no lock.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from nex_resources.records import content_id, generator
from nex_resources.sampling.sampler import DEFAULT_ALPHA, Sampler, stratified_round

ROUND_LIMIT = 65_536
"""Trees of up to so many leaves are drawn in stratified rounds; larger ones draw by draw."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS counts (
  leaf TEXT PRIMARY KEY, n INTEGER NOT NULL, changed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS counts_changed ON counts (changed);
CREATE TABLE IF NOT EXISTS claims (
  unit TEXT PRIMARY KEY, changed INTEGER NOT NULL, leaves TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS queue (
  tree TEXT NOT NULL, place INTEGER NOT NULL, leaf TEXT NOT NULL, PRIMARY KEY (tree, place)
) WITHOUT ROWID;
"""
_COUNT = (
    "INSERT INTO counts VALUES (?, ?, ?) "
    "ON CONFLICT (leaf) DO UPDATE SET n = excluded.n, changed = excluded.changed"
)


class LeafCounts:
    """The counts of all leaves ever drawn, in the SQLite file at `path` (made where missing).

    Open one per process; any number may share the file. `timeout` is how long a transaction waits for
    another process's, in seconds.
    """

    def __init__(self, path: Path, timeout: float = 60.0):
        self.path = path
        self.timeout = timeout
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.executescript(_SCHEMA)

    def counts(self) -> dict[str, int]:
        """Return leaf id → how often it was claimed."""
        with closing(self._connect()) as connection:
            return dict(connection.execute("SELECT leaf, n FROM counts"))

    def claimed(self, unit: str) -> list[str] | None:
        """Return the leaves that `unit` has claimed, or None where it has not."""
        with closing(self._connect()) as connection:
            return _claimed(connection, unit)

    def sampler(self, leaves: Sequence[str], seed: int, alpha: float = DEFAULT_ALPHA) -> LeafSampler:
        """Return a sampler over `leaves` (ids) that draws from, and counts into, this file."""
        return LeafSampler(self, leaves, seed, alpha)

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=self.timeout, isolation_level=None)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One write transaction, alone on the file; undone where its body raises."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


class LeafSampler:
    """Claims leaves of one tree. Keeps the counts in memory and reads only what changed since."""

    def __init__(self, store: LeafCounts, leaves: Sequence[str], seed: int, alpha: float):
        self.leaves = list(leaves)
        self.seed = seed
        self._store = store
        self._index = {leaf: i for i, leaf in enumerate(self.leaves)}
        self._sampler = Sampler([0] * len(self.leaves), alpha)
        self._seen = 0  # highest `changed` read
        self._tree = content_id("round", [seed, alpha, self.leaves])  # rounds are not mixed

    def claim(self, unit: str, size: int) -> list[str]:
        """Return the `size` leaves of `unit`: drawn now, or those drawn when it first asked.

        Raises ValueError where `unit` was claimed with another size or for other leaves.
        """
        try:
            with self._store.write() as connection:
                before = _claimed(connection, unit)
                if before is not None:
                    return self._checked(unit, before, size)
                self._refresh(connection)
                drawn = self._draw(connection, unit, size)
                self._record(connection, unit, drawn)
                return drawn
        except BaseException:  # undone in the file: undo it in memory, too
            self._sampler = Sampler([0] * len(self.leaves), self._sampler.alpha)
            self._seen = 0
            raise

    def _checked(self, unit: str, leaves: list[str], size: int) -> list[str]:
        if len(leaves) != size:
            raise ValueError(f"unit {unit!r} has claimed {len(leaves)} leaves, now it asks for {size}")
        gone = [leaf for leaf in leaves if leaf not in self._index]
        if gone:
            raise ValueError(
                f"unit {unit!r} has claimed {len(gone)} leaves that the tree no longer has, {gone[0]} first; "
                "name the unit by the tree's version, too"
            )
        return leaves

    def _refresh(self, connection: sqlite3.Connection) -> None:
        rows = connection.execute("SELECT leaf, n, changed FROM counts WHERE changed > ?", (self._seen,))
        for leaf, n, changed in rows:
            self._seen = max(self._seen, changed)
            if (i := self._index.get(leaf)) is not None:
                self._sampler.add(i, n - self._sampler.count(i))

    def _draw(self, connection: sqlite3.Connection, unit: str, size: int) -> list[str]:
        if len(self.leaves) > ROUND_LIMIT:
            rng = generator(self.seed, "sampling", unit)
            return [self.leaves[self._sampler.take(rng)] for _ in range(size)]
        drawn: list[str] = []
        while len(drawn) < size:
            drawn += self._from_queue(connection, size - len(drawn))
        return drawn

    def _from_queue(self, connection: sqlite3.Connection, size: int) -> list[str]:
        """Take up to `size` leaves of the round under way; begin a round where none is."""
        tree = self._tree
        query = "SELECT place, leaf FROM queue WHERE tree = ? ORDER BY place LIMIT ?"
        rows = connection.execute(query, (tree, size)).fetchall()
        if not rows:
            rng = generator(self.seed, "round", sum(self._sampler.counts))
            order = stratified_round(self._sampler.counts, len(self.leaves), rng, self._sampler.alpha)
            queued = [(tree, place, self.leaves[i]) for place, i in enumerate(order)]
            connection.executemany("INSERT INTO queue VALUES (?, ?, ?)", queued)
            rows = connection.execute(query, (tree, size)).fetchall()
        connection.execute("DELETE FROM queue WHERE tree = ? AND place <= ?", (tree, rows[-1][0]))
        for _, leaf in rows:
            self._sampler.add(self._index[leaf], 1)
        return [leaf for _, leaf in rows]

    def _record(self, connection: sqlite3.Connection, unit: str, drawn: list[str]) -> None:
        last = connection.execute("SELECT coalesce(max(changed), 0) FROM counts").fetchone()[0]
        self._seen = changed = int(last) + 1
        connection.executemany(
            _COUNT,
            [(leaf, self._sampler.count(self._index[leaf]), changed) for leaf in dict.fromkeys(drawn)],
        )
        connection.execute("INSERT INTO claims VALUES (?, ?, ?)", (unit, changed, json.dumps(drawn)))


def _claimed(connection: sqlite3.Connection, unit: str) -> list[str] | None:
    row = connection.execute("SELECT leaves FROM claims WHERE unit = ?", (unit,)).fetchone()
    return json.loads(row[0]) if row else None
