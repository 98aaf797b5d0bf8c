"""A trace's page: the task, every turn, every rendering, and beside them why it was kept or not."""

from __future__ import annotations

from nex_resources.formats import Codec
from nex_resources.report.case import Case
from nex_resources.report.facts import (
    chips,
    decision_chip,
    findings_panel,
    framework_panel,
    lineage_panel,
    proof_panel,
    query_panel,
    verdict_panel,
)
from nex_resources.report.formats import renderings
from nex_resources.report.html import Child, Html, tag
from nex_resources.report.page import crumbs, page
from nex_resources.report.turns import seconds, timeline


def trace_page(case: Case, codecs: dict[str, Codec] | None = None) -> str:
    """Return the page of one trace as a whole HTML document."""
    trace = case.trace
    head = tag(
        "header",
        crumbs(("../index.html", "Report"), ("../traces.html", "Traces")),
        tag("h1", case.title),
        _later_turns(case),
        chips(
            decision_chip(case.decision),
            _status(case),
            tag("span", trace.model, class_="chip") if trace.model else None,
            tag("span", seconds(trace.seconds), class_="chip") if trace.seconds else None,
            tag("span", _tokens(case), class_="chip") if _tokens(case) else None,
        ),
    )
    main = tag(
        "div",
        tag("h2", "Turns", id="timeline"),
        tag(
            "p",
            tag("kbd", "j"),
            " next turn ",
            tag("kbd", "k"),
            " previous ",
            tag("kbd", "f"),
            " next finding ",
            tag("kbd", "e"),
            " open or close all",
            class_="quiet keys",
        ),
        timeline(case),
        tag("h2", "In each format", id="formats"),
        tag(
            "p",
            "What the loss covers is ",
            tag("ins", "set like this"),
            "; all else is context.",
            class_="quiet",
        ),
        renderings(case, codecs),
        class_="column",
    )
    side: list[Child] = [
        verdict_panel(case),
        findings_panel(case),
        framework_panel(case),
        query_panel(case),
        proof_panel(case),
        lineage_panel(case),
    ]
    body = tag("div", main, tag("aside", side, aria_label="about this trace"), class_="split")
    return page(case.title, head, body, at=case.href, wide=True)


def _status(case: Case) -> Html:
    status = case.trace.status
    return tag(
        "span", status.replace("_", " "), class_="chip good" if status == "completed" else "chip error"
    )


def _tokens(case: Case) -> str:
    usage = case.trace.usage
    total = usage.input_tokens + usage.cache_read_tokens + usage.cache_write_tokens
    if not total and not usage.output_tokens:
        return ""
    cost = f", ${usage.cost_usd:.4f}" if usage.cost_usd else ""
    return f"{total:,} tokens in, {usage.output_tokens:,} out{cost}"


def _later_turns(case: Case) -> Html | None:
    later = case.query.turns if case.query else ()
    return tag("ol", [tag("li", turn) for turn in later], class_="later") if later else None
