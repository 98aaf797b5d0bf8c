"""Workbooks with the standard library: as much of .xlsx as plain cells need (ECMA-376, parts 1 and 2)."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

Cells = dict[str, Any]  # "B2" → text or number
Book = dict[str, Cells]  # sheet → cells, in the order of the sheets

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def position(cell: str) -> tuple[int, int]:
    """Return (row, column) of a cell's name, from 1: `B2` is (2, 2)."""
    found = re.fullmatch(r"([A-Z]+)(\d+)", cell)
    if found is None:
        raise ValueError(f"{cell!r} is no cell")
    column = 0
    for letter in found[1]:
        column = 26 * column + ord(letter) - 64
    return int(found[2]), column


def cell_name(row: int, column: int) -> str:
    """Return the name of the cell at (row, column), from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def write_book(book: Book, path: Path) -> None:
    """Write a workbook of plain cells."""
    numbers = range(1, len(book) + 1)
    sheets = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{n}" r:id="rId{n}"/>'
        for n, name in zip(numbers, book, strict=True)
    )
    links = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in numbers
    )
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_SHEET}.worksheet+xml"/>'
        for n in numbers
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_SHEET}.sheet.main+xml"/>{kinds}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f"<sheets>{sheets}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f"{links}</Relationships>",
    }
    for n, cells in zip(numbers, book.values(), strict=True):
        parts[f"xl/worksheets/sheet{n}.xml"] = _sheet_xml(cells)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)


def _sheet_xml(cells: Cells) -> str:
    rows: dict[int, list[str]] = {}
    for name in sorted(cells, key=position):
        rows.setdefault(position(name)[0], []).append(_cell_xml(name, cells[name]))
    body = "".join(f'<row r="{row}">{"".join(found)}</row>' for row, found in rows.items())
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{body}</sheetData></worksheet>'


def _cell_xml(name: str, value: Any) -> str:
    if isinstance(value, str):
        return f'<c r="{name}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
    return f'<c r="{name}"><v>{value}</v></c>'


def read_book(path: Path) -> Book:
    """Read the values of all cells. Raises ValueError where the file is no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _read(archive)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError) as error:
        raise ValueError(f"{path.name} is no workbook: {error}") from error


def _read(archive: zipfile.ZipFile) -> Book:
    shared = _shared_strings(archive)
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.attrib["Id"]: link.attrib["Target"] for link in links}
    book: Book = {}
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter(f"{{{_MAIN}}}sheet"):
        target = targets[sheet.attrib[f"{{{_OFFICE}}}id"]]
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        root = ElementTree.fromstring(archive.read(part))
        cells = {c.attrib["r"]: _cell_value(c, shared) for c in root.iter(f"{{{_MAIN}}}c")}
        book[sheet.attrib["name"]] = {name: value for name, value in cells.items() if value is not None}
    return book


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    root = ElementTree.fromstring(archive.read("xl/sharedStrings.xml"))
    return ["".join(t.text or "" for t in item.iter(f"{{{_MAIN}}}t")) for item in root]


def _cell_value(cell: ElementTree.Element, shared: list[str]) -> Any:
    kind = cell.attrib.get("t", "n")
    if kind == "inlineStr":
        return "".join(t.text or "" for t in cell.iter(f"{{{_MAIN}}}t"))
    text = cell.findtext(f"{{{_MAIN}}}v")
    if text is None:
        return None
    if kind == "s":
        return shared[int(text)]
    if kind in ("str", "e", "d"):
        return text
    number = float(text)
    return int(number) if number.is_integer() else number
