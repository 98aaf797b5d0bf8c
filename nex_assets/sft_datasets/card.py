"""The dataset card: what is in the dataset, how it was made, and what is known to be wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
import yaml


class Card(msgspec.Struct, frozen=True):
    """What a card says beyond counts. `funnel` lists stages with how many rows went in and came out, in
    order; `left_out` what formats could not carry, by format and reason; licences by server and model."""

    title: str = "Agentic tool-use trajectories"
    licence: str = "apache-2.0"
    languages: tuple[str, ...] = ("en",)
    funnel: tuple[tuple[str, int, int], ...] = ()
    left_out: dict[str, dict[str, int]] = {}
    server_licences: dict[str, str] = {}
    model_licences: dict[str, str] = {}
    decontamination: str = ""
    limits: tuple[str, ...] = ()


def write_card(path: Path, name: str, card: Card, rows: int, counts: dict[str, dict[str, int]]) -> None:
    """Write a card with the front matter that `datasets` and hubs read."""
    path.write_text(render_card(name, card, rows, counts), encoding="utf-8")


def render_card(name: str, card: Card, rows: int, counts: dict[str, dict[str, int]]) -> str:
    """Return the card as Markdown."""
    front = yaml.safe_dump(_front_matter(name, card, rows, sorted(counts["split"])), sort_keys=False)
    sections = [
        f"---\n{front}---",
        f"# {card.title}: {name}",
        f"{rows:,} samples. `rendered/` holds the text of each sample with the character ranges that "
        "the loss covers (`labelled`); `chat/`, a dataset of its own, its messages with a `train` flag each.",
        "## Counts\n\n" + "\n\n".join(_table(key, ("samples",), _rows(c)) for key, c in counts.items()),
    ]
    if card.funnel:
        lines: dict[str, tuple[int | str, ...]] = {
            stage: (before, after) for stage, before, after in card.funnel
        }
        sections.append("## Funnel\n\n" + _table("stage", ("in", "out"), lines))
    if card.left_out:
        lines = {
            f"{f}: {reason}": (n,)
            for f, c in sorted(card.left_out.items())
            for reason, n in sorted(c.items())
        }
        sections.append("## Left out, by format and reason\n\n" + _table("reason", ("samples",), lines))
    sections.append(_licences(card))
    sections.append(f"## Decontamination\n\n{card.decontamination or 'None was run.'}")
    if card.limits:
        sections.append("## Known limits\n\n" + "\n".join(f"- {limit}" for limit in card.limits))
    return "\n\n".join(sections) + "\n"


def _front_matter(name: str, card: Card, rows: int, splits: list[str]) -> dict[str, object]:
    return {
        "pretty_name": f"{card.title}: {name}",
        "license": card.licence,
        "language": list(card.languages),
        "task_categories": ["text-generation"],
        "tags": ["agents", "tool-use", "function-calling"],
        "configs": [shard_config("rendered", "rendered/{split}-*.parquet", splits)],
    }


def shard_config(name: str, path: str, splits: list[str]) -> dict[str, object]:
    """Return the front matter that tells loaders which shards belong to which split; `path` is a pattern in
    which `{split}` stands for it."""
    files = [{"split": split, "path": path.format(split=split)} for split in splits]
    return {"config_name": name, "default": True, "data_files": files}


def _licences(card: Card) -> str:
    lines: dict[str, tuple[int | str, ...]] = {
        f"server {name}": (licence,) for name, licence in sorted(card.server_licences.items())
    }
    lines |= {f"model {name}": (licence,) for name, licence in sorted(card.model_licences.items())}
    table = _table("source", ("licence",), lines) if lines else "No third-party source."
    return f"## Licences\n\nThe dataset: {card.licence}.\n\n{table}"


def _rows(counter: dict[str, int]) -> dict[str, tuple[int | str, ...]]:
    return {key: (count,) for key, count in counter.items()}


def _table(head: str, columns: tuple[str, ...], rows: Mapping[str, tuple[int | str, ...]]) -> str:
    lines = [f"| {head} | {' | '.join(columns)} |", f"|---|{'---|' * len(columns)}"]
    for key, values in rows.items():
        cells = (f"{value:,}" if isinstance(value, int) else str(value) for value in values)
        lines.append(f"| {key} | {' | '.join(cells)} |")
    return "\n".join(lines)
