"""The report: static pages that show what was made and why, with nothing to install to read them.

`build` joins the tables' rows to a `Report`, `write_report` writes it as HTML files without any address
outside of them. `trace_page.py` is the trace view (turns, findings at their spans, renderings in every
format), `overview.py` the funnel and the table of traces, `pages.py` evaluation and lineage. All are pure
functions from records to text; `html.py` escapes whatever it is given.
"""

from nex_resources.report.case import Case, FrameworkInfo
from nex_resources.report.data import (
    Ancestor,
    Dataset,
    Evaluation,
    Report,
    Stage,
    build,
    datasets,
    framework_info,
    funnel,
    join_cases,
)
from nex_resources.report.drawing import funnel_svg, open_svg
from nex_resources.report.gallery import gallery_page
from nex_resources.report.overview import overview_page, traces_page
from nex_resources.report.pages import evaluation_page, lineage_page
from nex_resources.report.trace_page import trace_page
from nex_resources.report.write import telling, write_report

__all__ = [
    "Ancestor",
    "Case",
    "Dataset",
    "Evaluation",
    "FrameworkInfo",
    "Report",
    "Stage",
    "build",
    "datasets",
    "evaluation_page",
    "framework_info",
    "funnel",
    "funnel_svg",
    "gallery_page",
    "join_cases",
    "lineage_page",
    "open_svg",
    "overview_page",
    "telling",
    "trace_page",
    "traces_page",
    "write_report",
]
