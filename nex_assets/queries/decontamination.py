"""Decontamination: queries that look like a benchmark's are taken out, with a report of why.

Three tests: a tool bears the name of a benchmark's tool, a tool's parameters are exactly a benchmark
tool's (its name, and at least two parameter names), or the text shares a long run of words with a
benchmark's question.
"""

from __future__ import annotations

import functools
import importlib.util
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from nex_assets.queries.dedup import tokens
from nex_resources.records import Query, ToolSpec, split_qualified

NGRAM = 13
"""Tokens in a run that counts as shared, as in the contamination study of Brown et al. 2020 (GPT-3)."""

DISTINCTIVE = 2
"""Parameters that make a schema a benchmark's own: `cancel_order(order_id)` is common property."""


class Benchmark(msgspec.Struct, frozen=True):
    """What is known of a benchmark. `schemas` are (bare name, sorted parameter names)."""

    name: str
    tools: frozenset[str]
    schemas: frozenset[tuple[str, tuple[str, ...]]]
    grams: frozenset[tuple[str, ...]]
    questions: int = 0


class Contamination(msgspec.Struct, frozen=True):
    """One query (by index) and what it shares with a benchmark."""

    index: int
    benchmark: str
    what: str  # "schema", "ngram", or "tool_name" (told, not removed)
    evidence: str


class DecontaminationReport(msgspec.Struct, frozen=True):
    """What was compared and found. `missing` names benchmarks that are not installed."""

    benchmarks: dict[str, int]
    missing: tuple[str, ...]
    queries: int
    removed: int
    by_reason: dict[str, int]


@functools.cache
def load_bfcl() -> Benchmark | None:
    """Read the Berkeley Function-Calling Leaderboard from the PyPI package `bfcl-eval`, where installed.

    The package is only located, not imported: its data files are enough, and its imports are heavy.
    """
    spec = importlib.util.find_spec("bfcl_eval")
    places = list(spec.submodule_search_locations or []) if spec else []
    return read_bfcl(Path(places[0]) / "data") if places else None


def read_bfcl(folder: Path) -> Benchmark:
    """Read BFCL's data folder: JSON Lines with `question` (turns of messages) and `function` (schemas)."""
    tools: set[str] = set()
    schemas: set[tuple[str, tuple[str, ...]]] = set()
    grams: set[tuple[str, ...]] = set()
    questions = 0
    for path in sorted([*folder.glob("BFCL_*.json"), *folder.glob("multi_turn_func_doc/*.json")]):
        for row in _lines(path):
            for function in [row] if "parameters" in row else row.get("function", []):
                tools.add(_bare(function["name"]))
                schemas.add((_bare(function["name"]), _parameters(function.get("parameters", {}))))
            for text in _texts(row.get("question", [])):
                questions += 1
                grams.update(ngrams(text))
    return Benchmark("bfcl", frozenset(tools), frozenset(schemas), frozenset(grams), questions)


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON Lines file; one that is a single JSON document holds no cases."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            row = json.loads(line)
        except json.JSONDecodeError:
            return
        if isinstance(row, dict):
            yield row


def _texts(question: Any) -> Iterator[str]:
    if isinstance(question, list):
        for item in question:
            yield from _texts(item)
    elif isinstance(question, dict) and isinstance(question.get("content"), str):
        yield question["content"]


def _bare(name: str) -> str:
    return name.rpartition(".")[2].casefold()


def _parameters(schema: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted(schema.get("properties", {})))


def ngrams(text: str, size: int = NGRAM) -> Iterator[tuple[str, ...]]:
    words = tokens(text)
    return (tuple(words[i : i + size]) for i in range(len(words) - size + 1))


def find_contamination(
    queries: Sequence[Query], tools: Mapping[str, ToolSpec], benchmarks: Iterable[Benchmark]
) -> list[Contamination]:
    """Return all that `queries` share with `benchmarks`; `tools` by qualified name.

    A name alone (`get_user`) is common property: it is told, and only a schema or a run of words counts
    against a query.
    """
    found: list[Contamination] = []
    for bench in benchmarks:
        verdicts = {name: _tool(spec, bench) for name, spec in tools.items()}
        for index, query in enumerate(queries):
            for name in dict.fromkeys(s.tool for s in query.blueprint.steps):
                if verdicts.get(name):
                    found.append(Contamination(index, bench.name, verdicts[name], name))
            for text in (query.text, *query.turns):
                shared = next((g for g in ngrams(text) if g in bench.grams), None)
                if shared:
                    found.append(Contamination(index, bench.name, "ngram", " ".join(shared)))
    return found


def _tool(spec: ToolSpec, bench: Benchmark) -> str:
    bare = _bare(split_qualified(spec.name)[1] or spec.name)
    parameters = _parameters(spec.input_schema)
    if len(parameters) >= DISTINCTIVE and (bare, parameters) in bench.schemas:
        return "schema"
    return "tool_name" if bare in bench.tools else ""


def decontaminate(
    queries: Sequence[Query], tools: Mapping[str, ToolSpec], benchmarks: Mapping[str, Benchmark | None]
) -> tuple[list[Query], DecontaminationReport]:
    """Return the queries that share neither schema nor run of words, and the report."""
    known = {name: b for name, b in benchmarks.items() if b is not None}
    found = find_contamination(queries, tools, known.values())
    gone = {c.index for c in found if c.what != "tool_name"}
    report = DecontaminationReport(
        benchmarks={name: b.questions for name, b in known.items()},
        missing=tuple(name for name, b in benchmarks.items() if b is None),
        queries=len(queries),
        removed=len(gone),
        by_reason=dict(Counter(f"{c.benchmark}:{c.what}" for c in found)),
    )
    return [q for i, q in enumerate(queries) if i not in gone], report
