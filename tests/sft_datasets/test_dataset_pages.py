"""The side-by-side page and the dry run."""

from __future__ import annotations

import html
import re
from xml.etree import ElementTree

from rollouts import query, rollout, verdict

from nex_assets.sft_datasets import make_samples
from nex_assets.sft_datasets.dry_run import dry_run, render_dry_run
from nex_assets.sft_datasets.histogram import bins, histogram
from nex_assets.sft_datasets.page import page, side_by_side
from nex_resources.formats import FORMATS, ChatFrame


def test_every_format_is_shown_with_what_is_trained_on() -> None:
    trajectory = rollout().root
    shown = page(trajectory)
    articles = dict(re.findall(r'<article id="format-(\w+)">(.*?)</article>', shown, re.DOTALL))
    assert set(articles) == set(FORMATS)
    for name, article in articles.items():
        rendered = ChatFrame().render(trajectory.messages, trajectory.tools, FORMATS[name])
        marks = [html.unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", article, re.DOTALL)]
        assert marks == [rendered.text[start:stop] for start, stop in rendered.labelled]


def test_what_a_format_cannot_carry_is_said() -> None:
    shown = side_by_side(
        rollout(note="a </parameter> <script>alert(1)</script>").root, ("qwen_xml", "hermes")
    )
    assert "Cannot carry this trajectory: closing tag in value" in shown
    assert "<script>" not in shown


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
