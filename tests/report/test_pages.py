import json
import re
from html.parser import HTMLParser
from pathlib import Path

import msgspec
import pytest
from report_cases import FRAMEWORK, HOSTILE, bad, good, hostile

from nex_resources.formats import FORMATS, SEVEN, ChatFrame
from nex_resources.report import (
    Case,
    Dataset,
    Evaluation,
    Report,
    Stage,
    evaluation_page,
    lineage_page,
    overview_page,
    telling,
    trace_page,
    traces_page,
    write_report,
)
from nex_resources.report.case import train_flags
from nex_resources.report.data import ancestry

CASES = (good(), bad(), hostile())


def report(*cases: Case) -> Report:
    samples = [sample for case in cases for sample in case.samples]
    return Report(
        cases=cases,
        frameworks=(FRAMEWORK, *(c.framework for c in cases if c.framework)),
        funnel=(Stage("rollouts", 3), Stage("verified", 1, {HOSTILE: 2, "wrong_state": 1})),
        datasets=(Dataset("qwen_xml", 5, 1000, 250), Dataset(HOSTILE, 1, 0, 0)),
        evaluation=Evaluation(
            f"| model | success |\n|---|---:|\n| `{HOSTILE}` | 72% |", {HOSTILE: f"<svg>{HOSTILE}</svg>"}
        ),
        sample=samples[0] if samples else None,
        lineage=ancestry(samples[0], cases) if samples else (),
        facts={"profile": HOSTILE},
    )


def all_pages(data: Report) -> dict[str, str]:
    return {
        "index.html": overview_page(data),
        "traces.html": traces_page(data.cases, {case.trace.id for case in data.cases}),
        "evaluation.html": evaluation_page(data.evaluation),
        "lineage.html": lineage_page(data.sample, data.lineage, {c.trace.id: c for c in data.cases}),
        **{case.href: trace_page(case) for case in data.cases},
    }


PAGES = all_pages(report(*CASES))


class Audit(HTMLParser):
    """What a page would load, run or lead to; the ids it has; whether its tags close."""

    def __init__(self, page: str):
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.scripts: list[str] = []
        self.handlers: list[str] = []
        self.open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.handlers += [name for name in given if name.startswith("on")]
        self.ids += [given["id"]] if "id" in given else []
        self.links += [given["href"]] if tag == "a" else []
        self.loads += [value for name, value in given.items() if name in ("src", "srcset", "data", "action")]
        self.loads += [given["href"]] if tag in ("link", "base") else []
        if tag not in ("meta", "img", "input", "br", "hr", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_runs_and_loads_nothing_but_its_own(name: str) -> None:
    audit = Audit(PAGES[name])
    assert audit.open == []
    assert audit.handlers == []
    assert len(audit.scripts) == 1
    assert "alert(" not in audit.scripts[0]
    assert all(load.startswith("data:image/svg+xml;base64,") for load in audit.loads)
    assert "http://" not in PAGES[name]
    assert "https://" not in PAGES[name]
    assert "script-src &#39;sha256-" in PAGES[name]


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere_and_ids_are_unique(name: str) -> None:
    audit = Audit(PAGES[name])
    assert len(set(audit.ids)) == len(audit.ids)
    for href in audit.links:
        page, _, anchor = href.partition("#")
        target = str(Path(name).parent / page) if page else name
        target = str(Path(target)).replace("traces/../", "")
        assert target in PAGES, href
        assert not anchor or anchor in Audit(PAGES[target]).ids, href


def test_a_trace_shows_turns_calls_errors_and_sub_agents_in_place() -> None:
    page = trace_page(good())
    order = [
        "I look the order up first.",
        "retail_lead/order_finder",
        "W1O42",
        "tool error",
        "4 ms",
        "no order",
    ]
    order += [
        "That id had a letter in it.",
        "its total is 81.50.",
        "retail_lead/order_editor",
        "Mia Sørensen gets 81.50 back.",
    ]
    body = page[page.index('id="timeline"') : page.index('id="formats"')]
    places = [re.sub(r"<[^>]+>", "", body).find(text) for text in order]
    assert places == sorted(places)
    assert -1 not in places
    for shown in (
        "The order has to be pending",
        "retail.orders.cancel",
        "a patient shop assistant",
        "order.refund",
    ):
        assert shown in page


def test_findings_lead_to_their_spans() -> None:
    page = trace_page(bad())
    marks = re.findall(r'<mark class="(\w+)"[^>]*id="(at-\d)"[^>]*>(.*?)</mark>', page)
    assert marks == [
        ("drop", "at-0", "I ran the whole test suite and all 42 tests pass."),
        ("drop", "at-1", "99.00"),
    ]
    assert 'href="#at-1"' in page
    assert "order W1042 is still pending" in page


def test_a_masked_turn_is_marked_and_left_out_of_the_loss_mask() -> None:
    case = good()
    assert train_flags(case, 1) == (False, False, False, False, True, False, True)
    page = trace_page(case)
    turn = re.search(r'<article class="turn assistant masked[^"]*" id="(t\d-m\d)"', page)
    assert turn
    assert turn[1] == "t1-m2"
    panel = page[page.index('id="f1-qwen_xml"') :]
    trained = re.findall(r"<ins>(.*?)</ins>", panel[: panel.index("</pre>")], re.DOTALL)
    assert len(trained) == 2
    assert "That id had a letter in it." in trained[0]
    assert not any("W1O42" in text for text in trained)


def test_every_format_has_its_tab_with_the_codecs_own_text() -> None:
    case, page = good(), trace_page(good())
    for name in SEVEN:
        rendered = ChatFrame().render(
            case.trace.root.messages, case.trace.root.tools, FORMATS[name], train_flags(case, 0)
        )
        panel = page[page.index(f'id="f0-{name}"') :]
        shown = re.sub(r"<[^>]+>", "", panel[panel.index("<pre") : panel.index("</pre>")])
        assert (
            shown.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&#39;", "'")
            == rendered.text
        )


def test_a_format_that_cannot_carry_a_trace_says_why() -> None:
    case = hostile()
    reasons = [
        ChatFrame().render(case.trace.root.messages, case.trace.root.tools, codec).reason
        for codec in FORMATS.values()
    ]
    assert (
        trace_page(case).count("Left out of this format") == sum(reason is not None for reason in reasons) > 0
    )


def test_the_funnel_names_what_was_lost() -> None:
    assert "lost: " in PAGES["index.html"]
    assert "wrong state 1" in PAGES["index.html"]


def test_a_report_with_nothing_in_it_says_so() -> None:
    pages = all_pages(Report(()))
    assert "Nothing was materialized yet." in pages["index.html"]
    assert "No samples yet." in pages["lineage.html"]
    assert "Nothing was evaluated yet." in pages["evaluation.html"]


def test_a_report_is_written_replaced_and_readable(tmp_path: Path) -> None:
    first = write_report(tmp_path / "report", report(*CASES))
    assert {p.relative_to(first.parent).as_posix() for p in first.parent.rglob("*.html")} == set(PAGES)
    assert (first.parent / good().href).read_text() == trace_page(good())
    write_report(tmp_path / "report", report(good()))
    assert len(list((tmp_path / "report" / "traces").iterdir())) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["report"]


def test_a_folder_that_is_no_report_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("x")
    with pytest.raises(FileExistsError, match="is not a report"):
        write_report(tmp_path, report(good()))
    assert (tmp_path / "thesis.tex").exists()


def test_the_most_telling_traces_get_pages() -> None:
    cases = [bad(i) for i in range(5)] + [good()]
    assert [case.trace.id for case in telling(cases, 3)] == ["trace_bad00", "trace_00aa", "trace_bad01"]
    assert [case.trace.id for case in telling(cases, 2, "trace_bad04")] == ["trace_bad04", "trace_bad00"]


def test_json_of_arguments_stays_what_it_was() -> None:
    case = good()
    call = msgspec.structs.replace(
        case.trace.root.messages[2].calls[0], arguments={"n": 1.0, "b": None, "s": "é\n<"}
    )
    text = json.dumps(call.arguments, indent=2, ensure_ascii=False)
    message = msgspec.structs.replace(case.trace.root.messages[2], calls=(call,))
    root = msgspec.structs.replace(case.trace.root, messages=(*case.trace.root.messages[:2], message))
    trace = msgspec.structs.replace(case.trace, trajectories=(root,))
    page = trace_page(msgspec.structs.replace(case, trace=trace, assessment=None))
    assert text.replace('"', "&quot;").replace("<", "&lt;") in page
