"""What a dataset has to pass before it leaves the house, and what its card says: gates, licences, funnel."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
import pydantic

from nex_assets.sft_datasets.card import Card
from nex_assets.sft_datasets.chat import tools_of
from nex_assets.sft_datasets.gate import Gate, licences, overlap, schema, secrets
from nex_resources.config import load_yaml
from nex_resources.leaks import find_leaks
from nex_resources.records import Assessment, Query, Sample
from nex_resources.store import TraceRow


class Licences(pydantic.BaseModel):
    """`configs/licences.yaml`: which licences a release may rest on, and those of models by name."""

    model_config = pydantic.ConfigDict(extra="forbid", frozen=True)

    permitted: list[str]
    models: dict[str, str] = {}


class Origins(msgspec.Struct, frozen=True):
    """Where a dataset comes from: licences of servers by name, of models, and benchmarks' tasks by name."""

    licences: Licences
    servers: Mapping[str, str]
    benchmarks: Mapping[str, tuple[str, ...]]

    @classmethod
    def load(cls, configs: Path) -> Origins:
        """Read `licences.yaml`, `mcp_servers.yaml` and `benchmarks/*.txt`. Raises ConfigError."""
        from nex_resources.mcp import Catalogue

        servers = {server.name: server.licence for server in Catalogue.load(configs / "mcp_servers.yaml")}
        texts = {
            path.stem: tuple(path.read_text(encoding="utf-8").splitlines())
            for path in sorted((configs / "benchmarks").glob("*.txt"))
        }
        return cls(load_yaml(configs / "licences.yaml", Licences), servers, texts)


def gates(samples: Sequence[Sample], origins: Origins) -> list[Gate]:
    """Run every gate that looks at samples alone."""
    return [
        schema(samples),
        secrets(samples),
        overlap(samples, origins.benchmarks),
        licences(samples, origins.servers, origins.licences.permitted),
    ]


def release_gates(
    samples: Sequence[Sample], origins: Origins, queries: Sequence[Query], traces: Iterable[TraceRow]
) -> list[Gate]:
    """Run every gate: those of `gates`, models' licences, and that train and held-out are apart."""
    models = models_of(samples, traces)
    gate = Gate("models' licences", len(models))
    for model in models:
        licence = origins.licences.models.get(model)
        if licence is None:
            gate.note(f"model {model} has no licence on record; add it to configs/licences.yaml")
        elif licence not in origins.licences.permitted:
            gate.note(f"model {model} is under {licence}, which is not permitted")
    apart = Gate("splits apart", len(queries))
    for leak in find_leaks(queries):
        apart.note(str(leak))
    return [*gates(samples, origins), gate, apart]


def models_of(samples: Iterable[Sample], traces: Iterable[TraceRow]) -> list[str]:
    """Return the names of the models that said what is in `samples`."""
    wanted = {sample.trace_id for sample in samples}
    return sorted({row.model for row in traces if row.id in wanted})


def card_of(
    samples: Sequence[Sample],
    origins: Origins,
    queries: Sequence[Query],
    traces: Sequence[TraceRow],
    assessments: Sequence[Assessment],
    left_out: dict[str, dict[str, int]],
    limits: Sequence[str] = (),
) -> Card:
    """Put the card's facts together from the tables that the samples come from."""
    kept = sum(a.decision in ("keep", "keep_masked") for a in assessments)
    training = sum(query.split == "train" for query in queries)
    servers = sorted({tool.server for sample in samples for tool in tools_of(sample) if tool.server})
    compared = ", ".join(f"{name} ({len(tasks):,} tasks)" for name, tasks in origins.benchmarks.items())
    return Card(
        funnel=(
            ("queries to train on", len(queries), training),
            ("raw_traces", training, len(traces)),
            ("filtered_traces", len(traces), kept),
            ("samples here, sub-agents' their own", kept, len(samples)),
        ),
        left_out=left_out,
        server_licences={name: origins.servers.get(name, "none on record") for name in servers},
        model_licences={
            name: origins.licences.models.get(name, "none on record") for name in models_of(samples, traces)
        },
        decontamination=f"No 13 words in a row are shared with: {compared}." if compared else "",
        limits=tuple(limits),
    )


def unrepresentable(
    rows: Iterable[tuple[str, Mapping[str, int]]],
) -> dict[str, dict[str, int]]:
    """Sum (format, counts by reason) into counts by format and reason."""
    found: dict[str, Counter[str]] = {}
    for name, counts in rows:
        found.setdefault(name, Counter()).update(counts)
    return {name: dict(counter) for name, counter in found.items() if counter}
