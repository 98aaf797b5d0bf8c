"""`make run`: materializes the lineage stage by stage, the way a user would on the command line. With
`--queries` (`make queries`) it goes as far as these.

Each step is one `dagster asset materialize`, whose log goes to `NEX_HOME/logs`. A line per step is
printed, with a heartbeat while it runs, and a summary of what the tables hold at the end.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nex_resources.config import ConfigError
from nex_resources.preflight import faults
from nex_resources.profile import Profile, home, load_profile, profile_path
from nex_resources.report.__main__ import rebuild
from nex_resources.store import TABLES, Store

HEARTBEAT_S = 10.0


class Step(msgspec.Struct, frozen=True):
    """One run of Dagster: a selection of assets, for one partition, a range of them, or none."""

    title: str
    select: str
    partitions: str = ""

    def command(self) -> list[str]:
        chosen: list[str] = []
        if self.partitions:
            option = "--partition-range" if "..." in self.partitions else "--partition"
            chosen = [option, self.partitions]
        return [
            str(Path(sys.executable).with_name("dagster")),
            *("asset", "materialize", "-m", "definitions", "--select", self.select),
            *chosen,
        ]


def steps(profile: Profile, *, only_queries: bool = False) -> list[Step]:
    """Return the runs that materialize everything, in lineage order; or all up to the queries."""
    foundations = Step(
        "mcp_tools, problem_type_tree, agent_frameworks", "mcp_tools,problem_type_tree,agent_frameworks"
    )
    if only_queries:
        return [foundations, *(Step(f"queries [{key}]", "queries", key) for key in profile.batches())]
    batches = [
        Step(f"queries, raw_traces, filtered_traces [{key}]", "queries,raw_traces,filtered_traces", key)
        for key in profile.batches()
    ]
    formats = f"{profile.formats[0]}...{profile.formats[-1]}"
    return [
        foundations,
        *batches,
        Step(f"sft_datasets [{len(profile.formats)} formats]", "sft_datasets", formats),
        Step("checkpoint", "checkpoint"),
        Step("evaluation", "evaluation"),
    ]


def run_step(step: Step, log: Path, console: Console) -> bool:
    """Run `step`, telling that it is alive; its output goes to `log`. Returns whether it succeeded."""
    log.parent.mkdir(parents=True, exist_ok=True)
    began = time.monotonic()
    with (
        log.open("w") as out,
        subprocess.Popen(step.command(), stdout=out, stderr=subprocess.STDOUT) as process,
        console.status(escape(step.title)),
    ):
        while True:
            try:
                code = process.wait(HEARTBEAT_S)
                break
            except subprocess.TimeoutExpired:
                if not console.is_terminal:
                    console.print(
                        f"  … {step.title}: {time.monotonic() - began:.0f} s{_last_progress(log)}",
                        markup=False,
                    )
    mark = "[green]done[/]" if code == 0 else "[red]FAILED[/]"
    console.print(f"{mark} {escape(step.title)} ({time.monotonic() - began:.0f} s)")
    return code == 0


def _last_progress(log: Path) -> str:
    """Return the last progress line that the step logged (`progress: …`), if any."""
    lines = [line for line in log.read_text(errors="replace").splitlines() if "progress: " in line]
    return f" ({lines[-1].split('progress: ')[-1]})" if lines else ""


def _why(log: str) -> str:
    """Return what a failed step's log says went wrong: the messages of its errors, without the stacks, or
    its last lines where it tells no error."""
    told = re.findall(r"Error occurred while [^\n]*::\n\n(.*?)\n\nStack Trace:", log, re.DOTALL)
    checks = re.findall(r"Asset check '[^\n]* did not pass[^\n]*", log)
    return "\n".join(dict.fromkeys([*told, *checks])) or "\n".join(log.splitlines()[-30:])


def summary(store: Store) -> Table:
    """Return the summary table: rows per table of the store."""
    table = Table("table", "rows", "partitions", title="What the store holds")
    rows = store.query(
        "SELECT table_name, sum(rows), count(*) FROM _parts GROUP BY table_name ORDER BY table_name"
    )
    counts = {name: (int(total), parts) for name, total, parts in rows}
    for name in TABLES:
        total, parts = counts.get(name, (0, 0))
        table.add_row(name, str(total), str(parts))
    return table


def main() -> int:
    console, began = Console(highlight=False), time.monotonic()
    try:
        profile = load_profile()
        wrong = faults(profile, profile_path(), os.environ)
    except ConfigError as error:
        wrong = [str(error)]
    if wrong:
        console.print("nothing was run:", *wrong, sep="\n  ", markup=False, soft_wrap=True)
        return 2
    only_queries = "--queries" in sys.argv[1:]
    os.environ.setdefault("DAGSTER_HOME", str(home() / "dagster"))
    Path(os.environ["DAGSTER_HOME"]).mkdir(parents=True, exist_ok=True)
    console.print(f"profile {profile.name}, seed {profile.seed}, state in {home()}")
    for number, step in enumerate(steps(profile, only_queries=only_queries)):
        log = home() / "logs" / f"{number:02d}-{step.select.split(',')[0]}.log"
        if not run_step(step, log, console):
            console.print(_why(log.read_text(errors="replace")), markup=False, soft_wrap=True)
            console.print(f"the whole log: {log}", soft_wrap=True)
            return 1
    if not only_queries:  # the report is about traces
        rebuild(home())
    console.print(summary(Store(home())))
    _where_to_look(console, time.monotonic() - began, report=not only_queries)
    return 0


def _where_to_look(console: Console, seconds: float, *, report: bool) -> None:
    console.print(f"all stages green in {seconds:.0f} s. Where to look:")
    if report:
        console.print(f"  report    {home() / 'report' / 'index.html'}", soft_wrap=True)
    console.print(f"  tables    {home() / 'nex.duckdb'} (DuckDB; SELECT … FROM traces)", soft_wrap=True)
    console.print("  UI        make ui, then http://127.0.0.1:3000")


if __name__ == "__main__":
    sys.exit(main())
