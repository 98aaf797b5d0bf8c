"""Durable leaf counts, shared by any number of processes, in one SQLite file.

A *claim* is the unit of sampling: a named unit of work (a partition's batch) claims so many leaves in
one short transaction, which draws them, counts them and remembers them under the unit's name. Asking
again under the same name returns the same leaves and counts nothing, so a killed or repeated run
neither loses nor doubles a draw. Nothing is held between transactions: whoever asks an LLM holds no lock.

The claims are the log that counts are folded from: a claim costs one row, however many leaves it has.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from nex_resources.records import content_id, generator
from nex_resources.sampling.sampler import DEFAULT_ALPHA, Sampler, stratified_round

ROUND_LIMIT = 65_536
"""Trees of up to so many leaves are drawn in stratified rounds; larger ones draw by draw."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS claims (
  number INTEGER PRIMARY KEY, unit TEXT NOT NULL UNIQUE, leaves TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS rounds (
  tree TEXT PRIMARY KEY, number INTEGER NOT NULL, taken INTEGER NOT NULL, leaves TEXT NOT NULL
) WITHOUT ROWID;
"""


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
        found: Counter[str] = Counter()
        with closing(self._connect()) as connection:
            for (leaves,) in connection.execute("SELECT leaves FROM claims"):
                found.update(json.loads(leaves))
        return dict(found)

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
    """Claims leaves of one tree. Keeps the counts in memory and reads only the claims made since."""

    def __init__(self, store: LeafCounts, leaves: Sequence[str], seed: int, alpha: float):
        self.leaves = list(leaves)
        self.seed = seed
        self._store = store
        self._index = {leaf: i for i, leaf in enumerate(self.leaves)}
        self._sampler = Sampler([0] * len(self.leaves), alpha)
        self._seen = 0  # number of the last claim that is counted
        self._tree = content_id("round", [seed, alpha, self.leaves])  # rounds are not mixed
        self._round: tuple[int, list[str]] = (0, [])  # the round under way: its number, its leaves

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
            self._seen, self._round = 0, (0, [])
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
        rows = connection.execute("SELECT number, leaves FROM claims WHERE number > ?", (self._seen,))
        for number, leaves in rows:
            self._seen = max(self._seen, number)
            for leaf in json.loads(leaves):
                if (i := self._index.get(leaf)) is not None:
                    self._sampler.add(i, 1)

    def _draw(self, connection: sqlite3.Connection, unit: str, size: int) -> list[str]:
        if len(self.leaves) > ROUND_LIMIT:
            rng = generator(self.seed, "sampling", unit)
            return [self.leaves[self._sampler.take(rng)] for _ in range(size)]
        drawn: list[str] = []
        while len(drawn) < size:
            drawn += self._from_round(connection, size - len(drawn))
        return drawn

    def _from_round(self, connection: sqlite3.Connection, size: int) -> list[str]:
        """Take up to `size` leaves of the round under way; begin a round where none is."""
        row = connection.execute("SELECT number, taken FROM rounds WHERE tree = ?", (self._tree,)).fetchone()
        number, taken = row or (0, 0)
        order = self._order(connection, number) if number else []
        if taken >= len(order):
            number, taken, order = number + 1, 0, self._new_round()
            text = json.dumps(order)
            connection.execute("REPLACE INTO rounds VALUES (?, ?, 0, ?)", (self._tree, number, text))
            self._round = (number, order)
        drawn = order[taken : taken + size]
        connection.execute("UPDATE rounds SET taken = ? WHERE tree = ?", (taken + len(drawn), self._tree))
        for leaf in drawn:
            self._sampler.add(self._index[leaf], 1)
        return drawn

    def _order(self, connection: sqlite3.Connection, number: int) -> list[str]:
        """Return the leaves of round `number`, which another process may have begun."""
        if self._round[0] != number:
            query = "SELECT leaves FROM rounds WHERE tree = ?"
            self._round = (number, json.loads(connection.execute(query, (self._tree,)).fetchone()[0]))
        return self._round[1]

    def _new_round(self) -> list[str]:
        counts = self._sampler.counts
        rng = generator(self.seed, "round", sum(counts))
        order = stratified_round(counts, len(self.leaves), rng, self._sampler.alpha)
        return [self.leaves[i] for i in order]

    def _record(self, connection: sqlite3.Connection, unit: str, drawn: list[str]) -> None:
        cursor = connection.execute(
            "INSERT INTO claims (unit, leaves) VALUES (?, ?)", (unit, json.dumps(drawn))
        )
        self._seen = int(cursor.lastrowid or 0)


def _claimed(connection: sqlite3.Connection, unit: str) -> list[str] | None:
    row = connection.execute("SELECT leaves FROM claims WHERE unit = ?", (unit,)).fetchone()
    return json.loads(row[0]) if row else None
