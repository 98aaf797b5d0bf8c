"""Canonical rows and their semantic difference.

Rows are compared by key, lists that hold sets without regard to order, floats to six digits, free text
only as given or not; volatile columns are not compared at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nex_resources.records import Change, canonical_json
from nex_resources.worlds.base import Rows

FREE_TEXT = "<text>"


def canonical(
    tables: Mapping[str, Mapping[str, Mapping[str, Any]]],
    volatile: frozenset[str] = frozenset(),
    free_text: frozenset[str] = frozenset(),
) -> Rows:
    """Return `tables` with volatile columns gone, free text blanked and values in canonical form.

    Columns are named `column` or `table.column`."""
    return {
        table: {
            key: {
                column: _cell(value, table, column, free_text)
                for column, value in row.items()
                if column not in volatile and f"{table}.{column}" not in volatile
            }
            for key, row in rows.items()
        }
        for table, rows in tables.items()
    }


def _cell(value: Any, table: str, column: str, free_text: frozenset[str]) -> Any:
    if column in free_text or f"{table}.{column}" in free_text:
        return FREE_TEXT if value else ""
    return _value(value)


def _value(value: Any) -> Any:
    if isinstance(value, float):
        return int(value) if value.is_integer() else round(value, 6)
    if isinstance(value, set | frozenset):
        return sorted((_value(v) for v in value), key=canonical_json)
    if isinstance(value, list | tuple):
        return sorted((_value(v) for v in value), key=canonical_json)
    if isinstance(value, dict):
        return {k: _value(v) for k, v in value.items()}
    return value


def diff_rows(before: Rows, after: Rows) -> tuple[Change, ...]:
    """Return the changes from `before` to `after`, in the order of (table, key)."""
    changes: list[Change] = []
    for table in sorted(before.keys() | after.keys()):
        old, new = before.get(table, {}), after.get(table, {})
        for key in sorted(old.keys() | new.keys()):
            if old.get(key) != new.get(key):
                changes.append(_change(table, key, old.get(key), new.get(key)))
    return tuple(changes)


def _change(table: str, key: str, old: dict[str, Any] | None, new: dict[str, Any] | None) -> Change:
    if old is None or new is None:
        return Change(table, key, old, new)
    differing = [c for c in sorted(old.keys() | new.keys()) if old.get(c) != new.get(c)]
    return Change(table, key, {c: old.get(c) for c in differing}, {c: new.get(c) for c in differing})
