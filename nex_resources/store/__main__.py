"""`python -m nex_resources.store lineage ID` and `… sql "SELECT …"`: look into the tables of `NEX_HOME`."""

from __future__ import annotations

import argparse
import sys

from rich.console import Console
from rich.table import Table

from nex_resources.profile import home
from nex_resources.store.database import Store, StoreError
from nex_resources.store.lineage import ancestors


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m nex_resources.store", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("lineage", help="all rows above a row").add_argument("id")
    commands.add_parser("sql", help="run a read-only query").add_argument("query")
    arguments = parser.parse_args()
    store, console = Store(home()), Console()
    try:
        if arguments.command == "lineage":
            rows = [(a.depth, a.table, a.id) for a in ancestors(store, arguments.id)]
            names = ["steps up", "table", "id"]
        else:
            rows, names = store.query(arguments.query), []
    except StoreError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    table = Table(*names, show_header=bool(names))
    for row in rows:
        table.add_row(*map(str, row))
    console.print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
