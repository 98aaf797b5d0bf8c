"""Lineage-tracked tables: Parquet parts, a DuckDB registry with one view per table, and lineage queries.

Every row has `id`, `parents`, `run_id`, `partition`, `code_version` and `created_at`; the view
`lineage(table_name, id, parent)` joins them all.
"""

from nex_resources.store.database import EmptyTableError, Part, Store, StoreError
from nex_resources.store.lineage import Ancestor, ancestors
from nex_resources.store.rows import from_row, to_row
from nex_resources.store.tables import (
    TABLES,
    CheckpointRow,
    EvaluationRow,
    FrameworkRow,
    ToolRow,
    TraceRow,
)

__all__ = [
    "TABLES",
    "Ancestor",
    "CheckpointRow",
    "EmptyTableError",
    "EvaluationRow",
    "FrameworkRow",
    "Part",
    "Store",
    "StoreError",
    "ToolRow",
    "TraceRow",
    "ancestors",
    "from_row",
    "to_row",
]
