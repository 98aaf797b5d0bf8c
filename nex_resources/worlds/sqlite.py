"""SQLite: a library's books, members and loans in `{W}/data.db`, behind mcp-server-sqlite."""

from __future__ import annotations

import ast
import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nex_resources.worlds.base import Outcome, Output, Parameter, Rows, SemanticType
from nex_resources.worlds.business import outputs
from nex_resources.worlds.diff import canonical
from nex_resources.worlds.people import email_of, person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.server import ServerWorld, form
from nex_resources.worlds.words import GOODS, MATERIALS

SCHEMA = """
CREATE TABLE books (id TEXT PRIMARY KEY, title TEXT, author TEXT, year INTEGER, price REAL, copies INTEGER);
CREATE TABLE members (id TEXT PRIMARY KEY, name TEXT, email TEXT, joined TEXT);
CREATE TABLE loans (id TEXT PRIMARY KEY, book_id TEXT, member_id TEXT, due TEXT, returned INTEGER);
"""
TABLES = {"books": 6, "members": 4, "loans": 5}
FILE = "data.db"

Data = dict[str, list[tuple[Any, ...]]]


class Library:
    """The backing: rows by table, an in-memory database as twin."""

    def make(self, draw: Draw) -> Data:
        books = [_book(draw) for _ in range(12)]
        members = [_member(draw) for _ in range(8)]
        loans = [
            _loan(draw, book, member[0])
            for member in members
            for book in draw.rng.sample([b[0] for b in books], draw.rng.randint(1, 4))
        ]
        return {"books": books, "members": members, "loans": loans}

    def open(self, state: Data) -> LibraryTwin:
        return LibraryTwin(state)

    def write(self, state: Data, workspace: Path) -> None:
        path = workspace / FILE
        path.unlink(missing_ok=True)
        with contextlib.closing(sqlite3.connect(path)) as connection:
            _fill(connection, state)
            connection.commit()

    def read(self, workspace: Path) -> Rows:
        uri = f"file:{workspace / FILE}?mode=ro"
        with contextlib.closing(sqlite3.connect(uri, uri=True)) as connection:
            return _rows(connection)

    def parse(self, tool: str, text: str) -> Any:
        """Rows come as a Python literal; they are put under `rows`. Raises ValueError where there is none."""
        try:
            return {"rows": ast.literal_eval(text)}
        except SyntaxError as error:
            raise ValueError(f"no rows: {text[:80]}") from error


def _book(draw: Draw) -> tuple[Any, ...]:
    title = draw.make(lambda rng: f"The {rng.choice(MATERIALS).title()} {rng.choice(GOODS).title()}", True)
    year = draw.number(1920, 2024)
    return (draw.identifier("BK"), title, person_name(draw), year, draw.amount(5, 90), draw.number(1, 30))


def _member(draw: Draw) -> tuple[Any, ...]:
    name = person_name(draw)
    return (draw.identifier("MB"), name, email_of(draw, name), draw.date("2019-01-10", 2200))


def _loan(draw: Draw, book: str, member: str) -> tuple[Any, ...]:
    return (draw.identifier("LN"), book, member, draw.date("2026-02-01", 200), int(draw.rng.random() < 0.4))


def _fill(connection: sqlite3.Connection, state: Data) -> None:
    connection.executescript(SCHEMA)
    for table, width in TABLES.items():
        marks = ", ".join("?" * width)
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", state[table])


def _rows(connection: sqlite3.Connection) -> Rows:
    """Read every table there is, keyed by the first column."""
    connection.row_factory = sqlite3.Row
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for (table,) in names.fetchall():
        found = [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')]
        tables[table] = {str(next(iter(r.values()))): dict(list(r.items())[1:]) for r in found}
    return canonical(tables)


class LibraryTwin:
    """Answers as mcp-server-sqlite does: rows as a Python literal, errors as text that is no MCP error."""

    def __init__(self, state: Data):
        self._connection = sqlite3.connect(":memory:", isolation_level=None)
        _fill(self._connection, state)
        self._connection.execute("BEGIN")

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        try:
            value = self._run(tool, arguments)
        except sqlite3.Error as error:
            return Outcome(f"Database error: {error}", error=True)
        except ValueError as error:
            return Outcome(f"Error: {error}", error=True)
        return Outcome(str(value), {"rows": value})

    def _run(self, tool: str, arguments: Mapping[str, Any]) -> list[dict[str, Any]]:
        if tool == "list_tables":
            return self._query("SELECT name FROM sqlite_master WHERE type='table'")
        if tool == "describe_table":
            return self._query(f"PRAGMA table_info({arguments['table_name']})")
        query = str(arguments.get("query", ""))
        if tool not in ("read_query", "write_query"):
            raise ValueError(f"Unknown tool: {tool}")
        reads = query.strip().upper().startswith("SELECT")
        if tool == "read_query" and not reads:
            raise ValueError("Only SELECT queries are allowed for read_query")
        if tool == "write_query" and reads:
            raise ValueError("SELECT queries are not allowed for write_query")
        return self._query(query)

    def _query(self, query: str) -> list[dict[str, Any]]:
        self._connection.row_factory = sqlite3.Row
        cursor = self._connection.execute(query)
        if query.strip().upper().startswith(("INSERT", "UPDATE", "DELETE", "CREATE", "DROP", "ALTER")):
            return [{"affected_rows": cursor.rowcount}]
        return [dict(row) for row in cursor.fetchall()]

    def rows(self) -> Rows:
        return _rows(self._connection)

    def reset(self) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.execute("BEGIN")

    def close(self) -> None:
        self._connection.close()


TYPES = (
    SemanticType("book_id", table="books"),
    SemanticType("title", table="books", field="title"),
    SemanticType("author", table="books", field="author", many=True),
    SemanticType("member_id", table="members"),
    SemanticType("member_email", table="members", field="email"),
    SemanticType("loan_id", table="loans"),
    SemanticType("copies", json="integer"),
    SemanticType("price", json="number"),
    SemanticType("due_date"),
    SemanticType("new_member_email"),
    SemanticType("table_name", choices=tuple(TABLES)),
)


def _read(name: str, description: str, query: str, parameter: Parameter, found: tuple[Output, ...]) -> Any:
    return form("sqlite", "read_query", name, description, {"query": query}, (parameter,), found)


def _write(name: str, description: str, query: str, *parameters: Parameter) -> Any:
    return form("sqlite", "write_query", name, description, {"query": query}, parameters, effect="write")


BOOK, MEMBER, LOAN = (Parameter(n, n) for n in ("book_id", "member_id", "loan_id"))

TOOLS = (
    _read(
        "find_book",
        "Find a book by its title.",
        "SELECT id, author, year, price, copies FROM books WHERE title = '{{title}}'",
        Parameter("title", "title"),
        (
            Output("rows.0.id", "book_id", "book", ask=False),
            *outputs("book", "author", "year", "price", "copies", under="rows.0."),
        ),
    ),
    _read(
        "find_member",
        "Find a member by email.",
        "SELECT id, name, joined FROM members WHERE email = '{{email}}'",
        Parameter("email", "member_email"),
        (
            Output("rows.0.id", "member_id", "member", ask=False),
            *outputs("member", "name", "joined", under="rows.0."),
        ),
    ),
    _read(
        "list_loans",
        "List a member's open loans.",
        "SELECT id, book_id, due FROM loans WHERE member_id = '{{member_id}}' AND returned = 0",
        MEMBER,
        (
            Output("rows.*.id", "loan_id", "loan", ask=False),
            *outputs("loan", "due", under="rows.*."),
        ),
    ),
    _read(
        "count_loans",
        "Count a book's open loans.",
        "SELECT COUNT(*) AS loans FROM loans WHERE book_id = '{{book_id}}' AND returned = 0",
        BOOK,
        outputs("book", "loans", under="rows.0."),
    ),
    _read(
        "show_loan",
        "Show a loan.",
        "SELECT book_id, member_id, due FROM loans WHERE id = '{{loan_id}}'",
        LOAN,
        outputs("loan", "due", ids=("book_id", "member_id"), under="rows.0."),
    ),
    _read(
        "show_book",
        "Show a book.",
        "SELECT title, author, year, price, copies FROM books WHERE id = '{{book_id}}'",
        BOOK,
        outputs("book", "title", "author", "year", "price", "copies", under="rows.0."),
    ),
    _write(
        "set_copies",
        "Set how many copies of a book there are.",
        "UPDATE books SET copies = {{copies}} WHERE id = '{{book_id}}'",
        BOOK,
        Parameter("copies", "copies"),
    ),
    _write(
        "set_price",
        "Set a book's price.",
        "UPDATE books SET price = {{price}} WHERE id = '{{book_id}}'",
        BOOK,
        Parameter("price", "price"),
    ),
    _write(
        "remove_book",
        "Remove a book.",
        "DELETE FROM books WHERE id = '{{book_id}}'",
        BOOK,
    ),
    _write(
        "return_loan",
        "Mark a loan as returned.",
        "UPDATE loans SET returned = 1 WHERE id = '{{loan_id}}'",
        LOAN,
    ),
    _write(
        "extend_loan",
        "Move a loan's due date.",
        "UPDATE loans SET due = '{{due_date}}' WHERE id = '{{loan_id}}'",
        LOAN,
        Parameter("due_date", "due_date"),
    ),
    _write(
        "set_member_email",
        "Change a member's email.",
        "UPDATE members SET email = '{{email}}' WHERE id = '{{member_id}}'",
        MEMBER,
        Parameter("email", "new_member_email"),
    ),
    form("sqlite", "list_tables", "list_tables", "List all tables.", {}),
    form(
        "sqlite",
        "describe_table",
        "describe_table",
        "Show a table's columns.",
        {"table_name": {"$arg": "table_name"}},
        (Parameter("table_name", "table_name"),),
    ),
)

FRESH = {
    "copies": lambda draw: draw.number(31, 200),
    "price": lambda draw: draw.amount(91, 250),
    "due_date": lambda draw: draw.date("2026-11-01", 200),
    "new_member_email": lambda draw: email_of(draw, person_name(draw)),
}

SQLITE = ServerWorld("sqlite", Library(), TYPES, TOOLS, FRESH)
