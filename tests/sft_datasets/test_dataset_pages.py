"""The dry run, drawn."""

from __future__ import annotations

from xml.etree import ElementTree

from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import make_samples
from nex_assets.sft_datasets.dry_run import dry_run, render_dry_run
from nex_assets.sft_datasets.histogram import bins, histogram


def test_dry_run_adds_up() -> None:
    samples, report = make_samples([(rollout(n), verdict(n, (0, 4)), query(n)) for n in range(3)], "glm")
    run = dry_run(samples)
    assert sum(run.by_role.values()) == run.total == sum(len(sample.text) for sample in samples)
    assert set(run.labelled_by_role) == {"assistant"}
    assert run.labelled == report.labelled_characters
    assert run.why["quality"] == 3
    shown = render_dry_run(run, [report], limit=2000)
    assert "Dry run: 6 samples" in shown
    assert shown.count("<svg") == 2


def test_words_can_be_the_unit() -> None:
    samples, _ = make_samples([(rollout(), verdict(), query())], "glm")
    run = dry_run(samples, lambda text: len(text.split()), "words")
    assert run.total == sum(len(sample.text.split()) for sample in samples)


def test_bins_hold_every_value() -> None:
    values = [1, 5, 5, 9, 100, 101]
    drawn = bins(values, 10)
    assert sum(number for *_, number in drawn) == len(values)
    assert all(any(a <= value < b for a, b, _ in drawn) for value in values)
    assert bins([]) == []


def test_histograms_are_well_formed() -> None:
    for values in ([], [3], [1, 2, 3, 1000]):
        ElementTree.fromstring(histogram("Length <of> samples", values, "tokens", 5))
