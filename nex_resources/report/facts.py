"""The panels beside a trace: verdict, findings, framework, task, proof and lineage."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from nex_resources.records import AgentSpec, Certificate, Change, Finding, Query, Step
from nex_resources.report.case import Case, builtins
from nex_resources.report.html import Child, Html, join, link, tag
from nex_resources.report.marks import place

_CHECKS = (
    ("deterministic", "two runs on fresh worlds agree"),
    ("minimal", "no call can be left out"),
    ("gold_passes", "the reference passes the verifier"),
    ("noop_fails", "doing nothing fails"),
    ("random_fails", "random calls fail"),
    ("unique", "every descriptor means one row"),
)


def panel(title: str, *body: Child, id_: str | None = None) -> Html:
    """Return a titled box."""
    return tag("section", tag("h2", title), body, class_="panel", id=id_)


def verdict_panel(case: Case) -> Html:
    """Return what was decided and why: decision, reasons, and what the verifier said."""
    assessment, verdict = case.assessment, case.verdict
    reasons: list[Child] = [tag("li", reason) for reason in assessment.reasons] if assessment else []
    if assessment and not reasons:
        reasons = [
            tag("li", "no finding stands against it" if not case.findings else "its findings only flag")
        ]
    lines = [("decision", decision_chip(case.decision))]
    if verdict:
        lines += [
            ("verifier", yes_no(verdict.success, "success", "failure")),
            ("final state", yes_no(verdict.state_ok, "as proved", "differs")),
            ("facts in the answer", yes_no(verdict.facts_ok, "all stated", "missing")),
        ]
        reasons += [tag("li", reason) for reason in verdict.reasons]
        reasons += [tag("li", f"missing fact: {name}") for name in verdict.missing_facts]
        reasons += [tag("li", f"side effect: {effect}") for effect in verdict.side_effects]
    return panel("Verdict", pairs(lines), tag("ul", reasons) if reasons else None)


def findings_panel(case: Case) -> Html | None:
    """Return the findings as a list that leads to their places."""
    if not case.findings:
        return None
    items = [_finding(case, finding, i) for i, finding in enumerate(case.findings)]
    return panel(f"Findings ({len(items)})", tag("ol", items, class_="findings"))


def _finding(case: Case, finding: Finding, number: int) -> Html:
    to = place(finding, number, case.trace.trajectories)
    where = f"turn {finding.message}" if finding.message >= 0 else "whole trajectory"
    if finding.trajectory:
        where = f"sub-agent {finding.trajectory}, {where}"
    return tag(
        "li",
        link(to, finding.kind.replace("_", " "), class_=f"chip {finding.severity}"),
        tag("span", f" {where}{', ' + finding.where if finding.where else ''}", class_="quiet"),
        tag("div", finding.evidence, class_="evidence") if finding.evidence else None,
        id=f"finding-{number}",
    )


def framework_panel(case: Case) -> Html | None:
    """Return the framework as a tree; agents that acted are marked with their number of turns."""
    framework = case.framework
    if framework is None:
        return None
    acted: dict[str, int] = {}
    for trajectory in case.trace.trajectories:
        turns = sum(message.role == "assistant" for message in trajectory.messages)
        acted[trajectory.agent] = acted.get(trajectory.agent, 0) + turns
    body: Child = tag("p", "its files do not load", class_="notice")
    if framework.spec:
        body = tag("ul", _agent(framework.spec, framework.spec.name, acted), class_="tree")
    head = pairs([("name", framework.name), ("pattern", framework.pattern.replace("_", " "))])
    said = tag("p", f"“{framework.description}”", class_="quiet") if framework.description else None
    return panel("Framework", head, said, body)


def _agent(spec: AgentSpec, path: str, acted: dict[str, int]) -> Html:
    turns = acted.get(path, 0)
    tools = tag("span", ", ".join(spec.tools), class_="quiet tools") if spec.tools else None
    children = [_agent(child, f"{path}/{child.name}", acted) for child in spec.sub_agents]
    return tag(
        "li",
        tag("code", spec.name, class_="acted" if turns else None),
        tag("span", f" {turns} turn{'s' * (turns != 1)}", class_="quiet") if turns else None,
        tools,
        tag("ul", children) if children else None,
    )


def query_panel(case: Case) -> Html | None:
    """Return the query's circumstances: leaf, persona, difficulty, split."""
    query = case.query
    if query is None:
        return None
    difficulty = query.difficulty
    measured = ", ".join(
        f"{name} {value}" for name, value in builtins(difficulty).items() if name != "level" and value
    )
    leaf = f"{case.leaf.path}: {case.leaf.en} / {case.leaf.zh}" if case.leaf else query.leaf_id
    return panel(
        "Query",
        pairs(
            [
                ("leaf", leaf),
                ("split", query.split),
                ("kind", query.blueprint.kind),
                ("worlds", ", ".join(f"{name} #{seed}" for name, seed in query.blueprint.worlds.items())),
                ("difficulty", f"{difficulty.level} of 5" + (f" ({measured})" if measured else "")),
                ("language", query.language),
                ("persona", query.persona),
                ("phrasing", query.phrasing),
            ]
        ),
    )


def proof_panel(case: Case) -> Html | None:
    """Return the blueprint's steps, the certificate's checks and the change that was proved."""
    if case.query is None:
        return None
    query = case.query
    return panel(
        "Proof",
        tag("ol", [_step(step) for step in query.blueprint.steps], class_="steps"),
        _checks(query.certificate),
        _facts(query),
        _diff(query.certificate.diff),
    )


def _step(step: Step) -> Html:
    arguments = ", ".join(f"{key}={_value(value)}" for key, value in step.arguments.items())
    return tag(
        "li",
        tag("code", f"{step.tool}({arguments})"),
        tag("span", f" after {', '.join(step.after)}", class_="quiet") if step.after else None,
        tag("span", "has to fail", class_="chip warn") if step.expect_error else None,
    )


def _checks(certificate: Certificate) -> Html:
    items = [tag("li", yes_no(getattr(certificate, name), "✓", "✗"), f" {told}") for name, told in _CHECKS]
    return tag("ul", items, [tag("li", reason) for reason in certificate.reasons], class_="checks plain")


def _facts(query: Query) -> Html | None:
    facts = query.blueprint.facts
    if not facts:
        return None
    rows = [[fact.name, _value(fact.value), ", ".join(fact.accepts)] for fact in facts]
    return table(["fact to state", "value", "also accepted"], rows)


def _diff(changes: Sequence[Change]) -> Html | None:
    if not changes:
        return None
    return tag("ul", [_change(change) for change in changes], class_="plain diff")


def _change(change: Change) -> Html:
    before, after = change.before or {}, change.after or {}
    what = "appears" if change.before is None else "is gone" if change.after is None else "changes"
    fields = [
        tag("li", tag("code", name), " ", _sided("del", before, name), _sided("b", after, name))
        for name in dict.fromkeys([*before, *after])
    ]
    return tag("li", f"{change.table} ", tag("code", change.key), f" {what}", tag("ul", fields))


def _sided(name: str, fields: Mapping[str, Any], key: str) -> Html | None:
    return join(tag(name, _value(fields[key])), " ") if key in fields else None


def lineage_panel(case: Case) -> Html:
    """Return the ids from the leaf down to the samples."""
    query, assessment = case.query, case.assessment
    lines: list[tuple[str, Child]] = []
    if query:
        lines += [("leaf", query.leaf_id), ("blueprint", query.blueprint.id), ("query", query.id)]
    lines += [("framework", case.trace.framework_id), ("trace", case.trace.id)]
    if assessment:
        lines.append(("assessment", assessment.id))
        lines.append(("rules", assessment.rules))
    samples = [
        tag("li", tag("code", sample.id), tag("span", f" {sample.format}, {sample.agent}", class_="quiet"))
        for sample in case.samples
    ]
    listed = tag("details", tag("summary", f"{len(samples)} samples"), tag("ul", samples, class_="plain"))
    return panel(
        "Lineage",
        pairs([(name, tag("code", value)) for name, value in lines if value]),
        listed if samples else tag("p", "no samples", class_="quiet"),
    )


def pairs(lines: Sequence[tuple[str, Child]]) -> Html:
    """Return names with their values; those without a value are left out."""
    return tag(
        "dl", [(tag("dt", name), tag("dd", value)) for name, value in lines if value not in ("", None)]
    )


def table(head: Sequence[str], rows: Sequence[Sequence[Child]], **attributes: str) -> Html:
    """Return a table that scrolls by itself where it is wide. Numbers are set to the right."""
    return tag(
        "div",
        tag(
            "table",
            tag("thead", tag("tr", [_head(name, rows, i) for i, name in enumerate(head)])),
            tag("tbody", [tag("tr", [_cell(value) for value in row]) for row in rows]),
            **attributes,
        ),
        class_="scroll",
    )


def _head(name: str, rows: Sequence[Sequence[Child]], column: int) -> Html:
    number = bool(rows) and isinstance(rows[0][column], int | float)
    return tag("th", name, scope="col", class_="number" if number else None)


def _cell(value: Child) -> Html:
    shown = f"{value:,}" if isinstance(value, int) else value
    return tag("td", shown, class_="number" if isinstance(value, int | float) else None)


def yes_no(value: bool, yes: str, no: str) -> Html:
    return tag("span", yes if value else no, class_="chip good" if value else "chip error")


def decision_chip(decision: str) -> Html:
    kinds = {"keep": "good", "keep_masked": "masked", "repair": "warn", "quarantine": "error"}
    return tag("span", decision.replace("_", " "), class_=f"chip {kinds.get(decision, 'info')}")


def _value(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def chips(*values: Child) -> Html:
    return tag("p", join(values), class_="chips")
