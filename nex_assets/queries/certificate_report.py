"""Certify many tasks over many worlds and report: yield, reasons, difficulty, balance, speed.

`python -m nex_assets.queries.certificate_report --tasks 2000` draws and proves that many over all worlds
and kinds; with `--out FILE` it stores what was proved, one query a line. `--reverify FILE --sample 100`
proves stored queries anew and says which differ.
"""

from __future__ import annotations

import argparse
import functools
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from nex_assets.queries.blueprint import SamplingError
from nex_assets.queries.blueprint_kinds import sample_kind
from nex_assets.queries.blueprint_shapes import Shape, shape_names, shapes
from nex_assets.queries.certificate import certify, reverify
from nex_assets.queries.difficulty import measure
from nex_resources import worlds
from nex_resources.records import BlueprintKind, Query, content_id, generator
from nex_resources.worlds import Pool, world_seed

KINDS: dict[BlueprintKind, float] = {
    "task": 0.7,
    "negative": 0.08,
    "irrelevance": 0.06,
    "fix": 0.06,
    "multi_turn": 0.1,
}
QUICK = ("retail", "travel", "helpdesk", "sqlite", "filesystem", "memory", "excel")
"""Worlds proved in this process alone; git's twin runs git."""


class Proofs(msgspec.Struct):
    """What a run of proofs came to. `rejects` counts reasons; seconds are CPU time of this process."""

    proved: int = 0
    attempts: int = 0
    seconds: float = 0.0
    worlds: dict[str, int] = {}
    kinds: dict[str, int] = {}
    levels: dict[int, int] = {}
    shapes: dict[str, int] = {}
    rejects: dict[str, int] = {}

    @property
    def yield_share(self) -> float:
        return self.proved / self.attempts if self.attempts else 0.0

    @property
    def per_minute(self) -> float:
        return 60 * self.proved / self.seconds if self.seconds else 0.0


def prove(
    tasks: int, names: Sequence[str] = QUICK, seed: int = 0, pool: Pool = "train"
) -> Iterator[tuple[Query | None, str]]:
    """Draw and prove until `tasks` are proved, worlds and shapes in turn.

    Yields (query, "") or (None, reason)."""
    rng = generator(seed, "proofs")
    rounds = {name: list(shape_names(name)) for name in names}
    proved = number = 0
    while proved < tasks:
        name = names[number % len(names)]
        kinds = kinds_of(name)
        kind = rng.choices(kinds, [KINDS[k] for k in kinds])[0]
        shape = rounds[name][(number // len(names)) % len(rounds[name])] if kind == "task" else None
        query, reason = _one(kind, name, world_seed(pool, number), shape, seed)
        number += 1
        proved += query is not None
        yield query, reason


@functools.cache
def kinds_of(world: str) -> list[BlueprintKind]:
    """Return the kinds that a world has cases of: no precondition, nothing to break."""
    known = list(shapes(world).values())
    types = worlds.get(world).types

    def entities(shape: Shape) -> set[str]:
        slots = {source.type for step in shape.steps for source in step.sources if source.is_slot}
        return {name for name in slots if types[name].existing}

    guarded = any(worlds.form(shape.goal.form).preconditions for shape in known)
    writes = [shape for shape in known if shape.effect == "write"]
    sharing = any(
        a.goal.tool != b.goal.tool and entities(a) & entities(b) for a in known[:40] for b in writes[:40]
    )
    has = {
        "task": True,
        "negative": guarded,
        "irrelevance": bool(writes),
        "fix": guarded,
        "multi_turn": sharing,
    }
    return [kind for kind in KINDS if has[kind]]


def _one(
    kind: BlueprintKind, name: str, number: int, shape: str | None, seed: int
) -> tuple[Query | None, str]:
    try:
        blueprint = sample_kind(kind, name, number, shape, key=seed)
    except SamplingError as error:
        why = "nothing fits" if "no draw" not in str(error) else "no draw worked out"
        return None, f"not_drawn: {kind} in {name}: {why}"
    certificate = certify(blueprint)
    if not certificate.complete:
        return None, "+".join(reason.partition(":")[0] for reason in certificate.reasons)
    ident = content_id("proof", [blueprint.id])
    return Query(ident, "", "", "", blueprint, certificate, difficulty=measure(blueprint)), ""


def tally(results: Iterator[tuple[Query | None, str]], keep: list[Query] | None = None) -> Proofs:
    """Run `results` through and count; proved queries are appended to `keep`."""
    report, started = Proofs(), time.process_time()
    counts: dict[str, Counter[str]] = {n: Counter() for n in ("worlds", "kinds", "shapes", "rejects")}
    levels: Counter[int] = Counter()
    for query, reason in results:
        report.attempts += 1
        if query is None:
            counts["rejects"][reason] += 1
            continue
        report.proved += 1
        counts["worlds"][next(iter(query.blueprint.worlds))] += 1
        counts["kinds"][query.blueprint.kind] += 1
        counts["shapes"][query.blueprint.shape] += 1
        levels[query.difficulty.level] += 1
        if keep is not None:
            keep.append(query)
    report.seconds = time.process_time() - started
    report.levels = dict(sorted(levels.items()))
    for name, counter in counts.items():
        setattr(report, name, dict(counter.most_common()))
    return report


def render(report: Proofs) -> str:
    """Render a report as Markdown."""
    most, least = max(report.shapes.values()), min(report.shapes.values())
    lines = [
        f"{report.proved} proved of {report.attempts} drawn ({report.yield_share:.1%}), "
        f"{report.seconds:.1f} s CPU, {report.per_minute:.0f} proved a CPU-minute; "
        f"{len(report.shapes)} shapes, {least} to {most} tasks each",
        "",
        *_table("world", report.worlds),
        *_table("kind", report.kinds),
        *_table("difficulty", {str(k): v for k, v in report.levels.items()}),
        *_table("rejected for", dict(list(report.rejects.items())[:20])),
    ]
    return "\n".join(lines)


def _table(title: str, counts: dict[str, int]) -> list[str]:
    rows = [f"| {name} | {count} |" for name, count in counts.items()]
    return [f"| {title} | tasks |", "|---|---:|", *rows, ""]


def load(path: Path) -> list[Query]:
    """Read stored queries, one JSON object a line. A ValueError names the line that is none."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(msgspec.json.decode(line, type=Query))
        except msgspec.DecodeError as error:
            raise ValueError(f"{path}: line {number} is no query: {error}") from error
    return found


def reverify_sample(queries: Sequence[Query], sample: int, seed: int = 0) -> dict[str, tuple[str, ...]]:
    """Prove `sample` random ones anew; return the fields that differ, by query id, for those that do."""
    chosen = generator(seed, "reverify").sample(list(queries), min(sample, len(queries)))
    differing = {query.id: reverify(query) for query in chosen}
    return {ident: fields for ident, fields in differing.items() if fields}


def main() -> int:
    """Parse the command line; the exit code is 1 where a stored certificate does not hold."""
    parser = argparse.ArgumentParser(prog="nex_assets.queries.certificate_report", description=__doc__)
    parser.add_argument("--tasks", type=int, default=2000, help="how many to prove")
    parser.add_argument("--worlds", nargs="+", default=list(QUICK), choices=worlds.names(), metavar="WORLD")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="store what was proved here, one query a line")
    parser.add_argument("--reverify", type=Path, help="prove queries stored in this file anew")
    parser.add_argument("--sample", type=int, default=100, help="how many of them")
    options = parser.parse_args()
    if options.reverify:
        return _reverify(load(options.reverify), options.sample, options.seed)
    kept: list[Query] = []
    print(render(tally(prove(options.tasks, options.worlds, options.seed), kept)))
    if options.out:
        options.out.write_bytes(b"\n".join(msgspec.json.encode(q) for q in kept) + b"\n")
    return 0


def _reverify(queries: Sequence[Query], sample: int, seed: int) -> int:
    differing = reverify_sample(queries, sample, seed)
    for ident, fields in differing.items():
        print(f"{ident}: differs in {', '.join(fields)}")
    print(f"{min(sample, len(queries))} certificates proved anew, {len(differing)} differ")
    return 1 if differing else 0


if __name__ == "__main__":
    raise SystemExit(main())
