"""What a dataset would train on, before anything is trained: tokens by role, lengths, what is left out."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from nex_assets.sft_datasets.histogram import histogram
from nex_assets.sft_datasets.samples import Report
from nex_resources.records import Sample


class DryRun(msgspec.Struct):
    """Counts over samples, in the unit of `measure`. `by_role` holds what stands in turns of each role and
    `labelled` what the loss covers of it; `why` counts messages by what unlabelled them."""

    unit: str
    samples: int = 0
    total: int = 0
    labelled: int = 0
    by_role: Counter[str] = msgspec.field(default_factory=Counter)
    labelled_by_role: Counter[str] = msgspec.field(default_factory=Counter)
    why: Counter[str] = msgspec.field(default_factory=Counter)
    lengths: list[int] = msgspec.field(default_factory=list)
    labelled_lengths: list[int] = msgspec.field(default_factory=list)


def dry_run(
    samples: Iterable[Sample], measure: Callable[[str], int] = len, unit: str = "characters"
) -> DryRun:
    """Measure `samples`. `measure` counts a text's tokens, or its characters."""
    run = DryRun(unit)
    for sample in samples:
        length, covered = measure(sample.text), 0
        roles = _roles(sample.text)
        for role, start, stop in roles:
            run.by_role[role] += measure(sample.text[start:stop])
        for start, stop in sample.labelled:
            size = measure(sample.text[start:stop])
            covered += size
            run.labelled_by_role[next(role for role, a, b in roles if a <= start and stop <= b)] += size
        run.samples += 1
        run.total += length
        run.labelled += covered
        run.lengths.append(length)
        run.labelled_lengths.append(covered)
        run.why.update(word or "trained" for word in sample.mask_why)
    return run


def render_dry_run(run: DryRun, reports: Sequence[Report] = (), limit: int | None = None) -> str:
    """Return the dry run as an HTML fragment with its histograms."""
    share = _percent(run.labelled, run.total)
    roles: dict[str, tuple[object, ...]] = {
        role: (size, run.labelled_by_role[role], _percent(run.labelled_by_role[role], size))
        for role, size in run.by_role.most_common()
    }
    parts = [
        f"<h2>Dry run: {run.samples:,} samples</h2>",
        f"<p>{run.labelled:,} of {run.total:,} {run.unit} are trained on ({share}).</p>",
        _table(("role", run.unit, "labelled", "share"), roles),
        _table(("messages", "count"), {word: (count,) for word, count in run.why.most_common()}),
        histogram(f"Length of samples in {run.unit}", run.lengths, run.unit, limit),
        histogram(f"Labelled {run.unit} of samples", run.labelled_lengths, run.unit),
        _left_out(reports),
    ]
    return "\n".join(part for part in parts if part)


def _left_out(reports: Sequence[Report]) -> str:
    if not reports:
        return ""
    rows: dict[str, tuple[object, ...]] = {}
    for report in reports:
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in report.unrepresentable.most_common())
        rows[report.format] = (
            report.samples,
            report.left_out,
            report.trains_on_nothing,
            report.too_long,
            reasons,
        )
    head = ("format", "samples", "left out", "trains on nothing", "too long", "unrepresentable, by reason")
    return "<h3>Left out</h3>" + _table(head, rows)


def _roles(text: str) -> list[tuple[str, int, int]]:
    """Return (role, start, stop) of each turn in a ChatML text, its stop token included."""
    found = []
    at = text.find("<|im_start|>")
    while at >= 0:
        following = text.find("<|im_start|>", at + 1)
        end = following if following >= 0 else len(text)
        role = text[at + len("<|im_start|>") : end].partition("\n")[0]
        found.append((role, at, end))
        at = following
    return found


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _table(head: tuple[str, ...], rows: dict[str, tuple[object, ...]]) -> str:
    cells = "".join(f"<th>{html.escape(word)}</th>" for word in head)
    body = "".join(
        f"<tr><td>{html.escape(key)}</td>{''.join(f'<td>{_cell(value)}</td>' for value in values)}</tr>"
        for key, values in rows.items()
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else html.escape(str(value))
