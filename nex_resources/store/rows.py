"""Records as table rows and back: scalars as columns, everything nested as a JSON string.

JSON strings, because Arrow unifies nested types and would put one tool's parameters into another's
schema.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, Literal, TypeVar, Union

import msgspec
import polars as pl

S = TypeVar("S", bound=msgspec.Struct)

_SCALARS: dict[type, pl.DataType] = {
    str: pl.String(),
    int: pl.Int64(),
    float: pl.Float64(),
    bool: pl.Boolean(),
}

LINEAGE: dict[str, pl.DataType] = {
    "id": pl.String(),
    "parents": pl.List(pl.String()),
    "run_id": pl.String(),
    "partition": pl.String(),
    "code_version": pl.String(),
    "created_at": pl.Datetime("us", "UTC"),
}


def _scalar(annotation: Any) -> pl.DataType | None:
    """Return the column type of a scalar annotation, or None where the value is nested."""
    origin = typing.get_origin(annotation)
    if origin is Literal:
        return _SCALARS[type(typing.get_args(annotation)[0])]
    if origin in (Union, types.UnionType):
        inner = [a for a in typing.get_args(annotation) if a is not type(None)]
        return _scalar(inner[0]) if len(inner) == 1 else None
    return _SCALARS.get(annotation)


@cache
def columns_of(record: type[msgspec.Struct]) -> Mapping[str, pl.DataType | None]:
    """Map each field of `record` to its column type; None stands for a JSON string."""
    hints = typing.get_type_hints(record)
    return {name: _scalar(hints[name]) for name in record.__struct_fields__}


def table_schema(record: type[msgspec.Struct], extra: Mapping[str, pl.DataType]) -> dict[str, pl.DataType]:
    """Return the columns of a table of `record`s: lineage first, then fields, then `extra`."""
    fields = {name: kind or pl.String() for name, kind in columns_of(record).items()}
    return {**LINEAGE, **fields, **extra}


def to_row(record: msgspec.Struct) -> dict[str, Any]:
    """Flatten `record` into column values."""
    return {
        name: getattr(record, name) if kind else msgspec.json.encode(getattr(record, name)).decode()
        for name, kind in columns_of(type(record)).items()
    }


def from_row(row: Mapping[str, Any], record: type[S]) -> S:
    """Rebuild the record of type `record` that `to_row` flattened; other columns are ignored."""
    hints = typing.get_type_hints(record)
    return record(
        **{
            name: row[name] if kind else msgspec.json.decode(row[name], type=hints[name])
            for name, kind in columns_of(record).items()
        }
    )


def to_frame(rows: Sequence[Mapping[str, Any]], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """Build a frame with exactly `schema`'s columns; a row's unknown column is an error."""
    unknown = {key for row in rows for key in row} - schema.keys()
    if unknown:
        raise ValueError(f"columns not in the table: {sorted(unknown)}; the table has {list(schema)}")
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=dict(schema))
