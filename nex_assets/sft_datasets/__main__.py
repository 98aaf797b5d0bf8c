"""Datasets from the tables of `NEX_HOME`: `python -m nex_assets.sft_datasets export OUT --recipe seven`.

`export` renders what was kept, mixes it by a recipe, runs the release gates and writes the folder;
`dry-run` writes a page of what it would train on; `rl` writes the queries for reinforcement learning;
`convert` writes the kept trajectories as ATIF or ADP records. Exit status 1: a gate failed, and nothing
was written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from nex_assets.sft_datasets import Limit, Recipe, RecipeError, load_recipe, make_samples, mix, rows_of
from nex_assets.sft_datasets.dry_run import dry_run, render_dry_run
from nex_assets.sft_datasets.export import ExportError, check_folder, export
from nex_assets.sft_datasets.release import Origins, card_of, release_gates, unrepresentable
from nex_assets.sft_datasets.rl import export_rl
from nex_assets.sft_datasets.samples import Report, Row
from nex_resources.formats import FORMATS
from nex_resources.formats.foreign import WRITERS
from nex_resources.profile import CONFIGS, home
from nex_resources.records import Assessment, ProblemType, Query, Sample, ToolSpec
from nex_resources.store import FrameworkRow, Store, StoreError, TraceRow
from nex_resources.worlds import get

LIMITS = (
    "Tasks are phrased by grammars, on simulated worlds; nothing was said by real users.",
    "A format's counts differ from another's where a syntax cannot carry a value: see what was left out.",
)


class Tables(msgspec.Struct):
    """What a dataset is made of."""

    queries: list[Query]
    traces: list[TraceRow]
    assessments: list[Assessment]
    tree: list[ProblemType]
    frameworks: list[FrameworkRow]

    @classmethod
    def read(cls, store: Store) -> Tables:
        return cls(
            store.read("queries", Query),
            store.read("traces", TraceRow),
            store.read("assessments", Assessment),
            store.read("problem_types", ProblemType, allow_empty=True),
            store.read("agent_frameworks", FrameworkRow, allow_empty=True),
        )

    def rows(self) -> list[Row]:
        return rows_of(self.queries, self.traces, self.assessments)


def samples_of(
    tables: Tables, formats: Iterable[str], limit: Limit | None
) -> tuple[list[Sample], list[Report]]:
    """Render what was kept in `formats`."""
    domains = {node.id: node.path.partition(".")[0] for node in tables.tree}
    patterns = {framework.id: framework.pattern for framework in tables.frameworks}
    rows, samples, reports = tables.rows(), [], []
    for name in formats:
        made, report = make_samples(rows, name, limit=limit, domains=domains, patterns=patterns)
        samples += made
        reports.append(report)
    return samples, reports


def recipe_of(name: str) -> Recipe:
    path = Path(name)
    return load_recipe(path if path.suffix in (".yaml", ".yml") else CONFIGS / "datasets" / f"{name}.yaml")


def run_export(options: argparse.Namespace) -> int:
    tables, recipe = Tables.read(Store(home())), recipe_of(options.recipe)
    formats = sorted({name for part in recipe.parts for name in part.format}) or sorted(FORMATS)
    samples, reports = samples_of(tables, formats, limit_of(options))
    mixed = mix(samples, recipe)
    origins = Origins.load(CONFIGS)
    failed = 0
    for gate in release_gates(mixed.samples, origins, tables.queries, tables.traces):
        print(
            f"{'pass' if gate.passed else 'FAIL'}  {gate.name}: {gate.rows:,} seen, {gate.count:,} problems"
        )
        for problem in gate.problems[:5]:
            print(f"      {problem}")
        failed += not gate.passed
    if failed:
        print(f"error: {failed} gates failed; nothing was written", file=sys.stderr)
        return 1
    left_out = unrepresentable((report.format, report.unrepresentable) for report in reports)
    card = card_of(
        mixed.samples, origins, tables.queries, tables.traces, tables.assessments, left_out, LIMITS
    )
    made = export(mixed.samples, options.out, recipe.name, card)
    for part, wanted in mixed.wanted.items():
        print(f"      {part}: wanted {wanted:,}, found {mixed.found[part]:,}, taken {mixed.taken[part]:,}")
    if problems := check_folder(options.out):
        print(f"error: {'; '.join(problems)}", file=sys.stderr)
        return 1
    print(f"{made.rows:,} samples in {len(made.files)} files: {options.out}")
    return 0


def run_dry(options: argparse.Namespace) -> int:
    recipe = recipe_of(options.recipe)
    formats = sorted({name for part in recipe.parts for name in part.format}) or sorted(FORMATS)
    samples, reports = samples_of(Tables.read(Store(home())), formats, limit_of(options))
    page = render_dry_run(dry_run(mix(samples, recipe).samples), reports, options.limit)
    title = f"Dry run of {recipe.name}"
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title>'
    options.out.write_text(f"{head}<body style='font-family:system-ui'>{page}</body></html>", "utf-8")
    print(options.out)
    return 0


def run_rl(options: argparse.Namespace) -> int:
    queries = [
        q for q in Store(home()).read("queries", Query) if q.split == options.split and q.certificate.complete
    ]
    servers = sorted({name for query in queries for name in query.blueprint.worlds})
    tools: tuple[ToolSpec, ...] = tuple(tool.spec for name in servers for tool in get(name).tools)
    counts = export_rl(queries, tools, options.out, options.system_prompt)
    print(", ".join(f"{name}: {count:,}" for name, count in counts.items()))
    return 0


def run_convert(options: argparse.Namespace) -> int:
    tables = Tables.read(Store(home()))
    kept = [trace for trace, verdict, _ in tables.rows() if verdict.decision in ("keep", "keep_masked")]
    records = [record for trace in kept for record in WRITERS[options.to](trace.id, trace.trajectories)]
    options.out.write_bytes(b"".join(msgspec.json.encode(record) + b"\n" for record in records))
    print(f"{len(records):,} records of {len(kept):,} traces: {options.out}")
    return 0


def limit_of(options: argparse.Namespace) -> Limit | None:
    return None if options.limit is None else Limit(options.limit, options.too_long)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m nex_assets.sft_datasets", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    runs: dict[str, Any] = {"export": run_export, "dry-run": run_dry, "rl": run_rl, "convert": run_convert}
    chosen = {name: commands.add_parser(name) for name in runs}
    for command in chosen.values():
        command.add_argument("out", type=Path, help="where to write")
    for name in ("export", "dry-run"):
        chosen[name].add_argument("--recipe", default="seven", help="a name in configs/datasets, or a file")
        chosen[name].add_argument("--limit", type=int, help="most characters of a sample")
        chosen[name].add_argument("--too-long", choices=["drop", "cut"], default="drop")
    chosen["rl"].add_argument("--split", default="train")
    chosen["rl"].add_argument("--system-prompt", default="")
    chosen["convert"].add_argument("--to", choices=sorted(WRITERS), required=True)
    options = parser.parse_args()
    try:
        return int(runs[options.command](options))
    except (RecipeError, ExportError, StoreError, KeyError, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
