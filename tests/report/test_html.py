from html.parser import HTMLParser

import pytest
from report_cases import HOSTILE

from nex_resources.report.html import Html, escape, join, link, tag


class Reader(HTMLParser):
    """Reads markup back: the text, the tags and their attributes."""

    def __init__(self, markup: str):
        super().__init__()
        self.text, self.tags, self.attributes = "", [], []
        self.feed(markup)
        self.close()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def test_text_is_shown_and_does_nothing() -> None:
    read = Reader(tag("p", HOSTILE, title=HOSTILE))
    assert read.tags == ["p"]
    assert "<script>alert('x')</script>" in read.text
    assert read.attributes == [("title", read.text)]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("a\x00b", "a␀b", id="nul"),
        pytest.param("a\u202eb", "a⟦U+202E⟧b", id="direction-override"),
        pytest.param("a\u200bb", "a⟦U+200B⟧b", id="zero-width"),
        pytest.param("a\ud800b", "a\ufffdb", id="lone-surrogate"),
        pytest.param("a\r\nb\tc", "a␍\nb\tc", id="white-space"),
        pytest.param("café 订单 🎧", "café 订单 🎧", id="letters-stay"),
    ],
)
def test_what_cannot_be_seen_is_shown_as_what_it_is(text: str, shown: str) -> None:
    assert escape(text) == shown
    escape(text).encode()


def test_children_are_joined_in_order_and_only_markup_stays_markup() -> None:
    assert join("<", Html("<b>"), None, 3, ["x", ("y",)]) == "&lt;<b>3xy"


@pytest.mark.parametrize("name", ["onclick", "on_load", "a b", "a>"])
def test_an_attribute_that_runs_code_or_breaks_out_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not an attribute"):
        tag("p", **{name: "x"})


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "https://example.org", "//example.org", "data:text/html,x"]
)
def test_a_link_out_of_the_report_is_refused(href: str) -> None:
    with pytest.raises(ValueError, match="leads out of the report"):
        link(href, "x")
