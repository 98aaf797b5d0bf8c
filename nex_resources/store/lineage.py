"""Where a row comes from, by SQL over the lineage columns only."""

from __future__ import annotations

import msgspec

from nex_resources.store.database import Store

ANCESTORS = """
WITH RECURSIVE up(depth, id) AS (
  SELECT 0, ?
  UNION ALL
  SELECT up.depth + 1, lineage.parent FROM up JOIN lineage ON lineage.id = up.id
)
SELECT min(depth) AS depth, coalesce(any_value(named.table_name), '') AS table_name, up.id
FROM up LEFT JOIN row_ids AS named USING (id)
GROUP BY up.id ORDER BY depth, table_name, up.id
"""


class Ancestor(msgspec.Struct, frozen=True):
    """A row (or a blueprint, which lives inside its query) above another one, `depth` steps up."""

    depth: int
    table: str
    id: str


def ancestors(store: Store, row_id: str) -> list[Ancestor]:
    """Return `row_id` itself and all rows above it, nearest first."""
    return [Ancestor(*row) for row in store.query(ANCESTORS, [row_id])]
