"""Spreadsheets: a stock workbook in `{W}/book.xlsx`, one sheet a shelf, behind excel-mcp-server."""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nex_resources.worlds.base import Outcome, Output, Parameter, Rows, SemanticType
from nex_resources.worlds.business import outputs
from nex_resources.worlds.diff import canonical
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.server import ServerWorld, form
from nex_resources.worlds.words import CITIES, GOODS, MATERIALS
from nex_resources.worlds.xlsx import Book, cell_name, position, read_book, write_book

FILE = "book.xlsx"
PATH = f"/workspace/{FILE}"
HEADER = ("item", "price", "sold")


class Stock:
    """The backing: sheets with a header and rows of item, price, sold."""

    def make(self, draw: Draw) -> Book:
        book: Book = {}
        for _ in range(3):
            rows: list[tuple[Any, ...]] = [HEADER]
            rows += [_row(draw) for _ in range(draw.rng.randint(4, 7))]
            book[draw.pick(CITIES, unique=True)] = {
                cell_name(r, c): value for r, row in enumerate(rows, 1) for c, value in enumerate(row, 1)
            }
        return book

    def open(self, state: Book) -> StockTwin:
        return StockTwin(state)

    def write(self, state: Book, workspace: Path) -> None:
        write_book(state, workspace / FILE)

    def read(self, workspace: Path) -> Rows:
        return _rows(read_book(workspace / FILE))

    def parse(self, tool: str, text: str) -> Any:
        """Ranges become rows by column name, matches a list; both are easier to point into."""
        value = json.loads(text)
        if tool == "read_range":
            rows = [row for row in value["values"] if tuple(row) != HEADER]
            return {"rows": [dict(zip(HEADER, row, strict=False)) for row in rows]}
        if tool == "find_cells":
            found = [(s, c) for s, cells in value["matches"].items() for c in cells]
            return {"matches": [{"sheet": s, "cell": c, "row": position(c)[0]} for s, c in found]}
        return value


def _row(draw: Draw) -> tuple[str, float, int]:
    item = draw.make(lambda rng: f"{rng.choice(MATERIALS)} {rng.choice(GOODS)}", True)
    return item, draw.amount(3, 200), draw.number(20, 700)


def _rows(book: Book) -> Rows:
    """Sheets, items by name where a row has all three columns, and every other cell."""
    tables: dict[str, dict[str, dict[str, Any]]] = {"sheets": {}, "items": {}, "cells": {}}
    for sheet, cells in book.items():
        tables["sheets"][sheet] = {}
        by_row: dict[int, dict[str, Any]] = {}
        for name, value in cells.items():
            by_row.setdefault(position(name)[0], {})[name] = value
        for row, found in by_row.items():
            item, price, sold = (found.get(cell_name(row, column)) for column in (1, 2, 3))
            if (
                row > 1
                and len(found) == 3
                and isinstance(item, str)
                and price is not None
                and sold is not None
            ):
                key = item if item not in tables["items"] else f"{item} ({sheet}!{row})"
                tables["items"][key] = {"sheet": sheet, "row": row, "price": price, "sold": sold}
            else:
                tables["cells"] |= {f"{sheet}!{name}": {"value": value} for name, value in found.items()}
    return canonical(tables)


class StockTwin:
    """Answers as excel-mcp-server does, for the tools that blueprints use."""

    def __init__(self, state: Book):
        self._seeded = state
        self._book = copy.deepcopy(state)
        self._parse = Stock().parse

    def call(self, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        run = getattr(self, f"_{tool}", None)
        if run is None:
            return Outcome(f"Unknown tool: {tool}", error=True)
        try:
            if arguments.get("path") != PATH:
                raise ValueError(f"no workbook at {arguments.get('path')}")
            value = run(**{k: v for k, v in arguments.items() if k != "path"})
        except (ValueError, TypeError) as error:
            return Outcome(f"Error executing tool {tool}: {error}", error=True)
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        return Outcome(text, self._parse(tool, text))

    def _cells(self, sheet: str) -> dict[str, Any]:
        if sheet not in self._book:
            names = ", ".join(f"'{name}'" for name in self._book)
            raise ValueError(f"Sheet '{sheet}' not found. Available sheets: {names}.")
        return self._book[sheet]

    def _read_range(self, sheet: str, range: str = "") -> dict[str, Any]:
        cells = self._cells(sheet)
        spots = [position(name) for name in cells] or [(1, 1)]
        if range:
            first, _, last = range.partition(":")
            spots = [position(first), position(last or first)]
        rows, columns = zip(*spots, strict=True)
        values = [[cells.get(cell_name(r, c)) for c in _span(columns)] for r in _span(rows)]
        return {"range": range, "values": values}

    def _write_range(self, sheet: str, at: str, rows: list[list[Any]]) -> dict[str, Any]:
        cells, (top, left) = self._cells(sheet), position(at)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                cells[cell_name(top + r, left + c)] = value
        return {"sheet": sheet, "range": at, "cells_written": sum(map(len, rows))}

    def _find_cells(self, query: str, exact: bool = False) -> dict[str, Any]:
        found = {
            sheet: {
                name: value
                for name, value in cells.items()
                if isinstance(value, str)
                and (value.lower() == query.lower() if exact else query.lower() in value.lower())
            }
            for sheet, cells in self._book.items()
        }
        return {"matches": {sheet: cells for sheet, cells in found.items() if cells}}

    def _create_sheet(self, new_name: str) -> dict[str, Any]:
        if new_name in self._book:
            raise ValueError(f"Sheet '{new_name}' already exists.")
        self._book[new_name] = {}
        return {"sheet": new_name}

    def _rename_sheet(self, sheet: str, new_name: str) -> dict[str, Any]:
        self._cells(sheet)
        if new_name in self._book:
            raise ValueError(f"Sheet '{new_name}' already exists.")
        self._book = {new_name if n == sheet else n: cells for n, cells in self._book.items()}
        return {"sheet": new_name}

    def _delete_sheet(self, sheet: str) -> dict[str, Any]:
        self._cells(sheet)
        del self._book[sheet]
        return {"sheet": sheet}

    def rows(self) -> Rows:
        return _rows(self._book)

    def reset(self) -> None:
        self._book = copy.deepcopy(self._seeded)

    def close(self) -> None:
        """Nothing is held."""


def _span(numbers: tuple[int, ...]) -> range:
    return range(min(numbers), max(numbers) + 1)


TYPES = (
    SemanticType("sheet", table="sheets"),
    SemanticType("item", table="items"),
    SemanticType("found_sheet", seen=True),
    SemanticType("found_row", json="integer", seen=True, choices=tuple(range(1, 60))),
    SemanticType("new_sheet"),
    SemanticType("price", json="number"),
    SemanticType("sold", json="integer"),
)
SHEET, NEW = Parameter("sheet", "sheet"), Parameter("new_name", "new_sheet")
FOUND = (Parameter("sheet", "found_sheet"), Parameter("row", "found_row"))


def _form(
    tool: str, name: str, description: str, more: dict[str, Any], *parameters: Parameter, **rest: Any
) -> Any:
    return form("excel", tool, name, description, {"path": PATH, **more}, parameters, **rest)


def _set(name: str, column: str, type_name: str) -> Any:
    return _form(
        "write_range",
        name,
        f"Set the {type_name} of an item.",
        {"sheet": {"$arg": "sheet"}, "at": f"{column}{{{{row}}}}", "rows": [[{"$arg": type_name}]]},
        *FOUND,
        Parameter(type_name, type_name),
        effect="write",
    )


TOOLS = (
    _form(
        "find_cells",
        "find_item",
        "Find the cell that holds an item.",
        {"query": {"$arg": "item"}, "exact": True},
        Parameter("item", "item"),
        outputs=(
            Output("matches[only].sheet", "found_sheet", "item"),
            Output("matches[only].row", "found_row", "item", ask=False),
        ),
    ),
    _form(
        "read_range",
        "read_item",
        "Read an item's row.",
        {"sheet": {"$arg": "sheet"}, "range": "A{{row}}:C{{row}}"},
        *FOUND,
        outputs=outputs("item", "price", "sold", under="rows.0."),
    ),
    _form(
        "read_range",
        "read_sheet",
        "Read a whole sheet.",
        {"sheet": {"$arg": "sheet"}},
        SHEET,
        outputs=outputs("item", "item", "price", "sold", under="rows.*."),
    ),
    _set("set_price", "B", "price"),
    _set("set_sold", "C", "sold"),
    _form(
        "create_sheet", "add_sheet", "Add a sheet.", {"new_name": {"$arg": "new_name"}}, NEW, effect="write"
    ),
    _form(
        "rename_sheet",
        "rename_sheet",
        "Rename a sheet.",
        {"sheet": {"$arg": "sheet"}, "new_name": {"$arg": "new_name"}},
        SHEET,
        NEW,
        effect="write",
    ),
    _form(
        "delete_sheet", "delete_sheet", "Delete a sheet.", {"sheet": {"$arg": "sheet"}}, SHEET, effect="write"
    ),
)

FRESH = {
    "new_sheet": lambda draw: draw.make(lambda rng: f"{rng.choice(CITIES)} {rng.randint(2, 60)}"),
    "price": lambda draw: draw.amount(201, 400),
    "sold": lambda draw: draw.number(701, 1500),
}

EXCEL = ServerWorld("excel", Stock(), TYPES, TOOLS, FRESH)
