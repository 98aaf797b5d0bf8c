"""The overview: what went in, what came out, where the rest was lost; and the table of traces."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nex_resources.report.case import Case, FrameworkInfo
from nex_resources.report.data import Dataset, Report, Stage
from nex_resources.report.facts import chips, decision_chip, pairs, table
from nex_resources.report.html import Child, Html, link, tag
from nex_resources.report.page import crumbs, grid, page
from nex_resources.report.turns import seconds

_REASONS = 4  # reasons of a funnel step that are named; the others are summed


def overview_page(report: Report) -> str:
    """Return `index.html`."""
    return page(
        "Overview",
        tag("h1", "Training data, from query to sample"),
        tag("p", "Every number leads to rows, every row to the trace it came from.", class_="lead"),
        grid([_figure(name, value) for name, value in _figures(report)]),
        tag("h2", "Funnel"),
        funnel_chart(report.funnel),
        tag("h2", "Datasets"),
        _datasets(report.datasets),
        tag("h2", "Frameworks"),
        _frameworks(report.frameworks, report.cases),
        [tag("h2", "Run"), pairs(list(report.facts.items()))] if report.facts else None,
        at="index.html",
    )


def funnel_chart(stages: Sequence[Stage]) -> Html:
    """Return the funnel as bars, each with the reasons of what was lost before it."""
    if not stages:
        return tag("p", "Nothing was materialized yet.", class_="quiet")
    widest = max(stage.count for stage in stages) or 1
    rows: list[Child] = []
    for stage in stages:
        width = f"width:{100 * stage.count / widest:.1f}%"
        track = tag("div", tag("div", class_="fill", style=width), class_="track")
        rows += [tag("span", stage.name), track, tag("span", f"{stage.count:,}", class_="count")]
        if stage.reasons:
            rows.append(tag("p", _reasons(stage), class_="why"))
    return tag("div", rows, class_="funnel")


def _reasons(stage: Stage) -> str:
    ranked = sorted(stage.reasons.items(), key=lambda item: (-item[1], item[0]))
    named = [f"{reason.replace('_', ' ')} {count:,}" for reason, count in ranked[:_REASONS]]
    rest = sum(count for _, count in ranked[_REASONS:])
    return "lost: " + ", ".join([*named, *([f"other {rest:,}"] if rest else [])])


def _figures(report: Report) -> list[tuple[str, str]]:
    kept = sum(case.decision not in ("quarantine", "not assessed") for case in report.cases)
    masked = sum(case.decision == "keep_masked" for case in report.cases)
    servers = {world for case in report.cases for world in case.worlds}
    return [
        ("rollouts", f"{len(report.cases):,}"),
        ("of them kept", f"{kept / len(report.cases):.0%}" if report.cases else "–"),
        ("with masked turns", f"{masked:,}"),
        ("samples", f"{sum(dataset.samples for dataset in report.datasets):,}"),
        ("formats", f"{len(report.datasets)}"),
        ("frameworks", f"{len(report.frameworks)}"),
        ("worlds", f"{len(servers)}"),
    ]


def _figure(name: str, value: str) -> Html:
    return tag("div", tag("b", value), tag("span", name, class_="quiet"), class_="figure")


def _datasets(datasets: Sequence[Dataset]) -> Html:
    if not datasets:
        return tag("p", "No samples yet.", class_="quiet")
    rows: list[list[Child]] = []
    for d in datasets:
        share = d.labelled / d.characters if d.characters else 0
        meter = tag(
            "span", class_="meter", style=f"width:{100 * share:.1f}%", title="share that the loss covers"
        )
        rows.append([tag("code", d.format), d.samples, d.characters, f"{100 * share:.0f}%", meter])
    return table(["format", "samples", "characters", "trained on", ""], rows, class_="bars")


def _frameworks(frameworks: Sequence[FrameworkInfo], cases: Sequence[Case]) -> Html:
    if not frameworks:
        return tag("p", "No frameworks yet.", class_="quiet")
    used: dict[str, int] = {}
    for case in cases:
        used[case.trace.framework_id] = used.get(case.trace.framework_id, 0) + 1
    ranked = sorted(frameworks, key=lambda f: (-used.get(f.id, 0), f.name))
    rows: list[list[Child]] = [
        [
            tag("code", f.name),
            f.pattern.replace("_", " "),
            len(f.spec.walk()) if f.spec else 0,
            f.domain,
            used.get(f.id, 0),
            f.description,
        ]
        for f in ranked
    ]
    head = ["framework", "pattern", "agents", "domain", "traces", "description"]
    return table(head, rows, class_="sortable")


def traces_page(cases: Sequence[Case], paged: Collection[str]) -> str:
    """Return `traces.html`; `paged` are the ids of the traces that have pages of their own."""
    rows = [_row(case, case.trace.id in paged) for case in cases]
    head = ["task", "decision", "verifier", "findings", "framework", "calls", "time"]
    body = tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", [tag("th", name, scope="col") for name in head])),
            tag("tbody", rows),
            id="traces",
            class_="sortable",
        ),
        class_="scroll",
    )
    left = len(cases) - len(paged)
    return page(
        "Traces",
        crumbs(("index.html", "Report")),
        tag("h1", "Traces"),
        _filters(cases),
        body if rows else tag("p", "No traces yet.", class_="quiet"),
        tag("p", f"{left:,} traces have no page of their own here.", class_="quiet") if left > 0 else None,
        at="traces.html",
        wide=True,
    )


def _row(case: Case, paged: bool) -> Html:
    kinds = list(dict.fromkeys(finding.kind for finding in case.findings))
    success = case.verdict.success if case.verdict else None
    calls = sum(len(m.calls) for t in case.trace.trajectories for m in t.messages)
    title = case.title if len(case.title) <= 160 else case.title[:159] + "…"
    verified = "" if success is None else "success" if success else "failure"
    chosen = [tag("span", kind.replace("_", " "), class_="chip flag") for kind in kinds]
    return tag(
        "tr",
        tag("td", link(case.href, title) if paged else title),
        tag("td", decision_chip(case.decision)),
        tag(
            "td", tag("span", verified, class_="chip good" if success else "chip error") if verified else None
        ),
        tag("td", chips(*chosen) if chosen else None, data_sort=len(case.findings)),
        tag("td", case.framework.name if case.framework else case.trace.framework_id),
        tag("td", calls, class_="number"),
        tag("td", seconds(case.trace.seconds), class_="number", data_sort=f"{case.trace.seconds:.4f}"),
        data_decision=case.decision,
        data_verifier=verified,
        data_world=" ".join(case.worlds),
        data_finding=" ".join(kinds),
    )


def _filters(cases: Sequence[Case]) -> Html:
    decisions = sorted({case.decision for case in cases})
    worlds = sorted({world for case in cases for world in case.worlds})
    kinds = sorted({finding.kind for case in cases for finding in case.findings})
    return tag(
        "form",
        tag("label", "text ( / )", tag("input", name="text", type="search", placeholder="in any column")),
        _select("decision", decisions),
        _select("verifier", ["success", "failure"]),
        _select("world", worlds),
        _select("finding", kinds),
        tag("output", f"{len(cases)}", class_="quiet", aria_live="polite"),
        class_="filters",
        data_table="traces",
    )


def _select(name: str, values: Sequence[str]) -> Html:
    options = [tag("option", "all", value=""), *(tag("option", v.replace("_", " "), value=v) for v in values)]
    return tag("label", name, tag("select", options, name=name))
