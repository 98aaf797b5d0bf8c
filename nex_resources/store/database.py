"""The store: Parquet parts moved into place whole, and one DuckDB file that says which parts count.

A part holds the rows of one (table, partition) and is named after its content. It is written whole
before one short transaction, under a file lock, points the registry and the table's view to it and
away from its predecessor, which is removed afterwards. Readers therefore see the old rows or the new
ones, never a mixture; writers in other processes lose nothing; a re-run replaces and never doubles.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import duckdb
import msgspec
import polars as pl

from nex_resources.store.rows import from_row, to_frame, to_row
from nex_resources.store.tables import TABLES, Table

S = TypeVar("S", bound=msgspec.Struct)
T = TypeVar("T")

LOCK_PATIENCE_S = 60.0

_REGISTRY = """
CREATE TABLE IF NOT EXISTS _parts (
  table_name VARCHAR, partition VARCHAR, run_id VARCHAR, code_version VARCHAR,
  sha256 VARCHAR, rows BIGINT, path VARCHAR, created_at TIMESTAMPTZ,
  PRIMARY KEY (table_name, partition)
)"""


class StoreError(RuntimeError):
    """The store could not do what was asked; the message says what holds it or what is missing."""


class EmptyTableError(StoreError):
    """An upstream table has no rows for the partitions asked for."""

    def __init__(self, table: str, partitions: Sequence[str] | None):
        where = f" for partition {', '.join(partitions)}" if partitions else ""
        super().__init__(f"table {table!r} has no rows{where}: materialize the asset that writes it first")


class Part(msgspec.Struct, frozen=True):
    """What a write left behind. `sha256` is of the rows' content, run and time aside."""

    table: str
    partition: str
    rows: int
    sha256: str
    path: Path


class Store:
    """Tables under `home`: `nex.duckdb` and `parts/`. Safe to use from many processes and threads."""

    def __init__(self, home: Path):
        self.home = home.resolve()
        self.database = self.home / "nex.duckdb"
        self._parts = self.home / "parts"

    def write(
        self,
        table: str,
        records: Sequence[msgspec.Struct],
        *,
        run_id: str,
        partition: str = "",
        code_version: str = "",
    ) -> Part:
        """Replace the rows of (`table`, `partition`) with `records`.

        Of records that share an id the first is kept. Raises `StoreError` if the lock cannot be had
        in a minute.
        """
        columns = _table(table)
        now = datetime.now(UTC)
        shared = {
            "run_id": run_id,
            "partition": partition,
            "code_version": code_version,
            "created_at": now,
        }
        rows = {
            row["id"]: {**row, **shared}
            for record in reversed(records)
            for row in [_complete(record, columns)]
        }
        return self._replace(columns, [rows[i] for i in sorted(rows)], shared)

    def _replace(self, table: Table, rows: list[dict[str, Any]], shared: Mapping[str, Any]) -> Part:
        frame = to_frame(rows, table.schema)
        digest = _content_hash(frame)
        folder = self._parts / table.name
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{quote(shared['partition'] or 'all', safe='')}-{digest[:12]}.parquet"
        part = Part(table.name, shared["partition"], frame.height, digest, folder / name)
        handle, temporary = tempfile.mkstemp(dir=folder, suffix=".tmp")
        os.close(handle)
        try:
            frame.write_parquet(temporary, compression="zstd")
            with self._connect() as con:
                Path(temporary).replace(part.path)
                self._register(con, part, shared)
        finally:
            Path(temporary).unlink(missing_ok=True)
        return part

    def _register(self, con: duckdb.DuckDBPyConnection, part: Part, shared: Mapping[str, Any]) -> None:
        relative = part.path.relative_to(self.home).as_posix()
        key = [part.table, part.partition]
        old = con.execute("SELECT path FROM _parts WHERE table_name = ? AND partition = ?", key).fetchone()
        con.execute("BEGIN")
        con.execute(
            "INSERT OR REPLACE INTO _parts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                *key,
                shared["run_id"],
                shared["code_version"],
                part.sha256,
                part.rows,
                relative,
                shared["created_at"],
            ],
        )
        _refresh_views(con, self.home)
        con.execute("COMMIT")
        if old and old[0] != relative:
            (self.home / old[0]).unlink(missing_ok=True)

    def read(
        self,
        table: str,
        record: type[S],
        partitions: Sequence[str] | None = None,
        *,
        allow_empty: bool = False,
    ) -> list[S]:
        """Return the records of `table`, of the given partitions or of all, in order of id."""
        frame = self.frame(table, partitions)
        if frame.is_empty() and not allow_empty:
            raise EmptyTableError(table, partitions)
        return [from_row(row, record) for row in frame.iter_rows(named=True)]

    def frame(self, table: str, partitions: Sequence[str] | None = None) -> pl.DataFrame:
        """Return `table` as a frame, lineage columns included; no rows where nothing was written."""
        schema = _table(table).schema
        if not self.database.exists():
            return pl.DataFrame(schema=schema)
        with self._connect(read_only=True) as con:  # parts are removed under the lock only
            rows = con.execute(
                "SELECT partition, path FROM _parts WHERE table_name = ? ORDER BY partition", [table]
            ).fetchall()
            paths = [self.home / path for key, path in rows if partitions is None or key in partitions]
            frames = [pl.DataFrame(schema=schema), *(pl.read_parquet(path) for path in paths)]
        return pl.concat(frames, how="diagonal").sort("id", maintain_order=True)

    def query(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Run a read-only SQL query over the tables (each is a view) and return its rows."""
        if not self.database.exists():
            raise StoreError(f"no database at {self.database}: materialize an asset first")
        with self._connect(read_only=True) as con:
            return con.execute(sql, list(parameters)).fetchall()

    @contextmanager
    def _connect(self, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open the database for one short piece of work, under the file lock."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "nex.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH if read_only else fcntl.LOCK_EX)
            con = _patiently(lambda: duckdb.connect(str(self.database), read_only=read_only))
            try:
                if not read_only:
                    con.execute(_REGISTRY)
                yield con
            finally:
                con.close()


def _table(name: str) -> Table:
    if name not in TABLES:
        raise StoreError(f"no table {name!r}; there are: {', '.join(TABLES)}")
    return TABLES[name]


def _complete(record: msgspec.Struct, table: Table) -> dict[str, Any]:
    row = to_row(record)
    row["parents"] = list(table.parents(record))
    row.update({name: value(record) for name, (_, value) in table.extra.items()})
    if "id" not in row:  # events have a natural key instead
        row["id"] = f"{row['rollout']}.{row['seq']:06d}"
    return row


def _content_hash(frame: pl.DataFrame) -> str:
    content = frame.drop("run_id", "created_at").write_json()
    return hashlib.sha256(content.encode()).hexdigest()


def _refresh_views(con: duckdb.DuckDBPyConnection, home: Path) -> None:
    """Point each table's view at its registered parts, and `lineage` at every (child, parent) pair."""
    rows = con.execute("SELECT table_name, path FROM _parts ORDER BY ALL").fetchall()
    parts: dict[str, list[str]] = {}
    for table, path in rows:
        parts.setdefault(table, []).append(str(home / path))
    for table, paths in parts.items():
        listed = ", ".join("'" + path.replace("'", "''") + "'" for path in paths)
        con.execute(
            f"CREATE OR REPLACE VIEW {table} AS "
            f"SELECT * FROM read_parquet([{listed}], union_by_name = true, hive_partitioning = false)"
        )
    if "queries" in parts:
        con.execute(
            "CREATE OR REPLACE VIEW blueprints AS "
            "SELECT DISTINCT blueprint_id AS id, shape, kind, blueprint FROM queries"
        )
    edges = " UNION ALL ".join(
        f"SELECT '{table}' AS table_name, id, unnest(parents) AS parent FROM {table}" for table in parts
    )
    con.execute(f"CREATE OR REPLACE VIEW lineage AS {edges}")
    named = [*parts, *(["blueprints"] if "queries" in parts else [])]
    ids = " UNION ALL ".join(f"SELECT '{table}' AS table_name, id FROM {table}" for table in named)
    con.execute(f"CREATE OR REPLACE VIEW row_ids AS {ids}")


def _patiently(connect: Callable[[], T]) -> T:
    """Retry while a program outside our file lock (a notebook, the duckdb shell) holds the database."""
    deadline = time.monotonic() + LOCK_PATIENCE_S
    while True:
        try:
            return connect()
        except (duckdb.IOException, duckdb.ConnectionException) as error:
            if time.monotonic() > deadline:
                raise StoreError(
                    f"the database stayed locked for {LOCK_PATIENCE_S:.0f} s; close what holds it: {error}"
                ) from error
            time.sleep(random.uniform(0.02, 0.2))
