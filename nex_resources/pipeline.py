"""`make run`: materializes the lineage stage by stage, the way a user would on the command line. With
`--from` and `--to` it runs a part of it (`make queries`: as far as the queries).

Each step is one `dagster asset materialize`, whose log goes to `NEX_HOME/logs`. A line per step is
printed, with a heartbeat while it runs, and a summary of what the tables hold at the end.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
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


def steps(profile: Profile) -> list[Step]:
    """Return the runs that materialize everything, in lineage order."""
    batches = [
        Step(f"queries, raw_traces, filtered_traces [{key}]", "queries,raw_traces,filtered_traces", key)
        for key in profile.batches()
    ]
    formats = f"{profile.formats[0]}...{profile.formats[-1]}"
    return [
        Step(
            "mcp_tools, problem_type_tree, agent_frameworks", "mcp_tools,problem_type_tree,agent_frameworks"
        ),
        *batches,
        Step(f"sft_datasets [{len(profile.formats)} formats]", "sft_datasets", formats),
        Step("checkpoint", "checkpoint"),
        Step("evaluation", "evaluation"),
    ]


STAGES = (
    *("mcp_tools", "problem_type_tree", "agent_frameworks", "queries", "raw_traces", "filtered_traces"),
    *("sft_datasets", "checkpoint", "evaluation"),
)


def between(steps: list[Step], first: str, last: str) -> list[Step]:
    """Keep of each step what lies from stage `first` to stage `last`; steps with nothing left are gone."""
    wanted = STAGES[STAGES.index(first) : STAGES.index(last) + 1]
    kept = []
    for step in steps:
        names = step.select.split(",")
        chosen = [name for name in names if name in wanted]
        title = step.title if chosen == names else f"{', '.join(chosen)} [{step.partitions}]"
        if chosen:
            kept.append(Step(title, ",".join(chosen), step.partitions))
    return kept


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


def why(log: str) -> str:
    """Return what a failed step says went wrong: what Dagster recorded of its run, whose id is in its `log`,
    or the log's last lines where there was no run."""
    started = re.search(r" - ([0-9a-f-]{36}) - \d+ - RUN_START - ", log)
    told: list[str] = []
    if started:
        from nex_resources.runs import why_failed  # Dagster is imported for this alone

        told = why_failed(started[1])
    return "\n".join(told or log.splitlines()[-30:])


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


def main(arguments: Sequence[str] = ()) -> int:
    parser = argparse.ArgumentParser(prog="python -m nex_resources.pipeline", description=__doc__)
    parser.add_argument("--from", dest="first", choices=STAGES, default=STAGES[0], help="the first stage")
    parser.add_argument("--to", dest="last", choices=STAGES, default=STAGES[-1], help="the last one")
    options = parser.parse_args(arguments)
    console, began = Console(highlight=False), time.monotonic()
    try:
        profile = load_profile()
        wrong = faults(profile, profile_path(), os.environ)
    except ConfigError as error:
        wrong = [str(error)]
    if wrong:
        console.print("nothing was run:", *wrong, sep="\n  ", markup=False, soft_wrap=True)
        return 2
    os.environ.setdefault("DAGSTER_HOME", str(home() / "dagster"))
    Path(os.environ["DAGSTER_HOME"]).mkdir(parents=True, exist_ok=True)
    console.print(f"profile {profile.name}, seed {profile.seed}, state in {home()}")
    for number, step in enumerate(between(steps(profile), options.first, options.last)):
        log = home() / "logs" / f"{number:02d}-{step.select.split(',')[0]}.log"
        if not run_step(step, log, console):
            console.print(why(log.read_text(errors="replace")), markup=False, soft_wrap=True)
            console.print(f"the whole log: {log}", soft_wrap=True)
            return 1
    traces = STAGES.index(options.last) >= STAGES.index("raw_traces")  # the report is about these
    if traces:
        rebuild(home())
    console.print(summary(Store(home())))
    _where_to_look(console, time.monotonic() - began, report=traces)
    return 0


def _where_to_look(console: Console, seconds: float, *, report: bool) -> None:
    console.print(f"all stages green in {seconds:.0f} s. Where to look:")
    if report:
        console.print(f"  report    {home() / 'report' / 'index.html'}", soft_wrap=True)
    console.print(f"  tables    {home() / 'nex.duckdb'} (DuckDB; SELECT … FROM traces)", soft_wrap=True)
    console.print("  UI        make ui, then http://127.0.0.1:3000")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
