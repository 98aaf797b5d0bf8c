"""Problem type trees on the command line: `python -m nex_assets.problem_type_tree COMMAND`.

`import FOLDER --worlds W …` reads a NexGAP framework folder, tells its faults by path and shows which tools
its leaves are about; `draw` draws the current tree with the present counts per leaf; `log` lists versions.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from nex_assets.problem_type_tree import TreeHistory, ground, import_nexgap, sunburst_html
from nex_assets.problem_type_tree.sources import tools_of
from nex_resources import worlds
from nex_resources.profile import home
from nex_resources.sampling import LeafCounts


def main() -> int:
    """Parse the command line. The exit code is 1 where there is nothing to show yet."""
    parser = argparse.ArgumentParser(prog="nex_assets.problem_type_tree", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    reader = commands.add_parser("import", help="read a NexGAP framework folder")
    reader.add_argument("folder", type=Path)
    reader.add_argument("--worlds", nargs="+", default=["retail"], choices=worlds.names(), metavar="WORLD")
    drawer = commands.add_parser("draw", help="draw the current tree with its counts")
    drawer.add_argument("--out", type=Path, default=home() / "problem_types.html")
    commands.add_parser("log", help="list the tree's versions")
    options = parser.parse_args()
    if options.command == "import":
        return _import(options.folder, options.worlds)
    history = TreeHistory(home() / "tree_versions")
    if not history.head():
        print(f"{history.folder} holds no version: materialize problem_type_tree first")
        return 1
    return _draw(history, options.out) if options.command == "draw" else _log(history)


def _import(folder: Path, names: list[str]) -> int:
    imported = import_nexgap(folder)
    for fault in imported.faults:
        print(f"fault  {fault}")
    tree, matches = ground(imported.tree, tools_of(names))
    for match in matches:
        fit = f"fit {match.score:.2f}" if match.score else "no word fits"
        print(f"leaf   {match.leaf}: {', '.join(match.targets)} ({fit})")
    print(
        f"{imported.name}: {len(tree.leaves)} leaves, {len(imported.personas)} personas, "
        f"{len(imported.agents)} agents, {len(imported.tools)} tools, {len(imported.faults)} faults"
    )
    return 0


def _draw(history: TreeHistory, out: Path) -> int:
    tree, counts = history.load(history.head()).tree, LeafCounts(home() / "leaf_counts.sqlite").counts()
    drawn = {leaf.id: counts.get(leaf.id, 0) for leaf in tree.leaves}
    out.write_text(sunburst_html(tree, drawn), encoding="utf-8")
    print(f"{out}: {len(drawn)} leaves, {sum(drawn.values())} draws")
    return 0


def _log(history: TreeHistory) -> int:
    for version in history.log():
        changes = version.changes
        print(
            f"{version.id}  +{len(changes.added)} -{len(changes.removed)} ~{len(changes.changed)}  "
            f"parent {version.parent or 'none'}  {version.note}"
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
