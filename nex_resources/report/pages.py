"""The evaluation's page and that of a sample's lineage."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence

from nex_resources.records import Sample
from nex_resources.report.case import Case, file_name
from nex_resources.report.data import Ancestor, Evaluation
from nex_resources.report.facts import pairs
from nex_resources.report.formats import labelled
from nex_resources.report.html import Child, Html, link, tag
from nex_resources.report.markdown import markdown
from nex_resources.report.page import crumbs, page

LINEAGE_SQL = """WITH RECURSIVE up(depth, id) AS (
  SELECT 0, 'SAMPLE'
  UNION ALL
  SELECT up.depth + 1, lineage.parent FROM up JOIN lineage ON lineage.id = up.id
)
SELECT min(depth) AS depth, up.id FROM up GROUP BY up.id ORDER BY depth;"""


def evaluation_page(evaluation: Evaluation | None) -> str:
    """Return `evaluation.html`: charts, then tables."""
    body: Child = tag("p", "Nothing was evaluated yet.", class_="quiet")
    if evaluation:
        charts = [chart(title, svg) for title, svg in evaluation.charts.items()]
        body = [charts, markdown(evaluation.markdown)]
    return page(
        "Evaluation",
        crumbs(("index.html", "Report")),
        tag("h1", "Held-out tasks, before and after training"),
        tag("p", "Success is the query's own verifier on the live servers' final state.", class_="lead"),
        body,
        at="evaluation.html",
    )


def chart(title: str, svg: str) -> Html:
    """Return an SVG as an image, which runs no script and loads nothing."""
    data = base64.b64encode(svg.encode("utf-8", "replace")).decode()
    return tag(
        "figure",
        tag("img", src=f"data:image/svg+xml;base64,{data}", alt=title),
        class_="chart",
        style="margin:1rem 0",
    )


def lineage_page(sample: Sample | None, ancestors: Sequence[Ancestor], cases: Mapping[str, Case]) -> str:
    """Return `lineage.html`: one sample, the rows it comes from, and the query that finds them.

    `cases` are those with a page of their own, by trace id.
    """
    body: Child = tag("p", "No samples yet.", class_="quiet")
    if sample:
        sql = LINEAGE_SQL.replace("SAMPLE", sample.id.replace("'", "''"))
        body = [
            tag("ul", [_step(ancestor, cases) for ancestor in ancestors], class_="chain"),
            tag("h2", "The same by SQL, over the lineage columns alone"),
            tag("pre", sql),
            tag("h2", "The sample"),
            pairs([("format", sample.format), ("split", sample.split), ("mask", _mask(sample))]),
            tag("pre", labelled(sample.text, sample.labelled), class_="rendering"),
        ]
    return page(
        "Lineage",
        crumbs(("index.html", "Report")),
        tag("h1", "Where a sample comes from"),
        body,
        at="lineage.html",
    )


def _step(ancestor: Ancestor, cases: Mapping[str, Case]) -> Html:
    to = f"traces/{file_name(ancestor.id)}" if ancestor.table == "traces" and ancestor.id in cases else ""
    identifier = tag("code", ancestor.id)
    return tag(
        "li",
        tag("span", f"{ancestor.table} ", class_="quiet"),
        link(to, identifier) if to else identifier,
        tag("div", ancestor.summary) if ancestor.summary else None,
    )


def _mask(sample: Sample) -> str:
    trained = sum(sample.train)
    why = ", ".join(dict.fromkeys(reason for reason in sample.mask_why if reason))
    return f"{trained} of {len(sample.train)} messages trained on" + (f"; others: {why}" if why else "")
