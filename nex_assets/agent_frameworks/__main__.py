"""Compose frameworks by the hundred: `python -m nex_assets.agent_frameworks --count 240 [--out FOLDER]`.

Descriptions are read from `configs/frameworks` and composed by the grammar, each hierarchy is loaded by the
runtime, and what differs among them is printed. `--out` writes each as a folder of YAML files.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from nex_assets.agent_frameworks.collect import all_frameworks
from nex_assets.agent_frameworks.diversity import diversity, to_markdown
from nex_assets.agent_frameworks.framework import Framework
from nex_resources.profile import CONFIGS, home
from nex_resources.runtime import load_agent_files
from nex_resources.store import EmptyTableError, Store, ToolRow


def main() -> int:
    """Parse the command line. The exit code is 1 where no tools were probed yet."""
    parser = argparse.ArgumentParser(prog="nex_assets.agent_frameworks", description=__doc__)
    parser.add_argument(
        "--count", type=int, default=240, help="how many to compose beyond the described ones"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="write each framework as a folder of YAML files here")
    options = parser.parse_args()
    try:
        tools = _probed()
    except EmptyTableError as error:
        print(f"{home()}: {error} (`make queries` does)")
        return 1
    began = time.perf_counter()
    frameworks = all_frameworks(CONFIGS / "frameworks", tools, options.count, options.seed)
    agents = sum(len(load_agent_files(framework.files).walk()) for framework in frameworks)
    seconds = time.perf_counter() - began
    print(to_markdown(diversity(frameworks)))
    print(f"\nall {len(frameworks)} loaded by the runtime: {agents} agents, {seconds:.1f} s")
    if options.out:
        _write(frameworks, options.out)
        print(f"written to {options.out}")
    return 0


def _probed() -> list[str]:
    """Return the qualified names of the tools that the last probe found."""
    rows = Store(home()).read("mcp_tools", ToolRow, None)
    return [f"{row.server}__{row.tool}" for row in rows if row.available]


def _write(frameworks: Sequence[Framework], folder: Path) -> None:
    for framework in frameworks:
        for name, text in framework.files.items():
            path = folder / framework.name / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    raise SystemExit(main())
