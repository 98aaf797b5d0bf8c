"""Figures of the query stages, as one Markdown report: `python tests/bench/queries/bench.py [--tasks N]`.

Rates are per second of this process's CPU time, so that a busy machine does not falsify them.
"""

import argparse
import random
import tempfile
import time
from collections import Counter
from pathlib import Path

from nex_assets.problem_type_tree import build_tree
from nex_assets.queries import QueryPlan, WorldPlanner, make_queries
from nex_assets.queries.dedup import near_duplicates
from nex_assets.queries.diversity import compare
from nex_resources.domains import load_domains
from nex_resources.records import AgentSpec
from nex_resources.sampling import LeafCounts, Sampler, balance

ROOT = Path(__file__).parents[3]
LEAVES = (1_000, 100_000, 1_000_000)


def rate(work, times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        work()
    return times / (time.process_time() - start)


def reweighing(leaves: int):
    """One draw that weighs every leaf anew, as a sampler without a structure does."""
    counts, rng = [0] * leaves, random.Random(1)

    def draw():
        weights = [1 / (c + 1) ** 1.5 for c in counts]
        counts[rng.choices(range(leaves), weights)[0]] += 1

    return draw


def sampling() -> list[str]:
    lines = ["## Sampling", "", "| leaves | draws/s | weighing all leaves | ratio |", "|---:|---:|---:|---:|"]
    for leaves in LEAVES:
        sampler, rng = Sampler([0] * leaves), random.Random(1)
        ours = rate(lambda s=sampler, r=rng: s.take(r), 300_000)
        plain = rate(reweighing(leaves), max(3, 200_000 // leaves))
        lines.append(f"| {leaves:,} | {ours:,.0f} | {plain:,.1f} | {ours / plain:,.0f} |")
    with tempfile.TemporaryDirectory() as folder:
        names = [f"leaf{i}" for i in range(1_000)]
        store = LeafCounts(Path(folder) / "counts.sqlite")
        durable = store.sampler(names, seed=1)
        start = time.process_time()
        for unit in range(20):
            durable.claim(f"unit{unit}", len(names))
        speed = 20 * len(names) / (time.process_time() - start)
        spread = balance(store.counts().values())
    lines += ["", f"Durable and shared (SQLite, claims of 1,000): {speed:,.0f} draws/s; "]
    lines += [f"max/min of leaf counts after 20 draws a leaf: {spread:.2f}."]
    return lines


def tasks(size: int) -> list[str]:
    domains = load_domains(ROOT / "configs" / "domains")
    tree = build_tree(domains)
    # git's twin runs git itself, a process a call: its CPU time is not this process's.
    leaves = [leaf for leaf in tree.leaves if "git" not in leaf.constraint.worlds]
    worlds = sorted({w for leaf in leaves for w in leaf.constraint.worlds})
    with tempfile.TemporaryDirectory() as folder:
        sampler = LeafCounts(Path(folder) / "c.sqlite").sampler([leaf.id for leaf in leaves], seed=1)
        start = time.process_time()
        batch = make_queries(
            leaves,
            sampler.claim,
            WorldPlanner(worlds),
            domains,
            {"any": AgentSpec("any", tools=("*",))},
            QueryPlan({"train": size}, fuzzed=0.2),
        )
        seconds = time.process_time() - start
    made = Counter(q.leaf_id for q in batch.queries)
    report = batch.report
    lines = ["", "## Tasks", "", f"{len(batch.queries):,} proved queries over {len(worlds)} worlds"]
    lines[-1] += (
        f" ({', '.join(worlds)}) in {seconds:.1f} s of CPU:"
        f" {60 * len(batch.queries) / seconds:,.0f} a CPU-minute."
    )
    lines += ["", f"Yield {report.yield_share:.0%} of {report.attempts} attempts; rejects: {report.rejects}."]
    lines += [f"Leaves: {len(leaves)}, used {len(made)}, max/min {max(made.values())}/{min(made.values())}."]
    lines += [f"Fuzzification: {report.fuzzing}."]
    for name in ("kind", "difficulty", "language"):
        lines.append(f"{name.capitalize()}: {report.coverage[name].counts}.")
    texts = [q.text for q in batch.queries]
    start = time.process_time()
    found = near_duplicates(texts, 0.9)
    speed = len(texts) / (time.process_time() - start)
    lines.append(f"Near-duplicate search: {speed:,.0f} texts/s, {len(found)} left.")
    lines += [
        "",
        "| language | text | distinct-1 | distinct-2 | distinct-3 | self-BLEU |",
        "|---|---|---:|---:|---:|---:|",
    ]
    for language, pair in compare(batch.queries).items():
        for label, d in (("ours", pair.ours), ("one template", pair.single_template)):
            figures = f"{d.distinct_1:.3f} | {d.distinct_2:.3f} | {d.distinct_3:.3f} | {d.self_bleu:.3f}"
            lines.append(f"| {language} | {label} | {figures} |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=400, help="queries to make (default 400)")
    parser.add_argument("--out", type=Path, help="write the report here, too")
    options = parser.parse_args()
    text = "\n".join(["# Queries: figures", "", *sampling(), *tasks(options.tasks)]) + "\n"
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
