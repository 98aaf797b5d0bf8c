"""The frame of every page: no address outside of it, and a policy that forbids what we did not write."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from importlib import resources

from nex_resources.report.html import Child, Html, join, link, tag

NAVIGATION = (
    ("index.html", "Overview"),
    ("traces.html", "Traces"),
    ("evaluation.html", "Evaluation"),
    ("lineage.html", "Lineage"),
)


def page(title: str, *body: Child, at: str, wide: bool = False) -> str:
    """Return a whole HTML document. `at` is its address within the report, with `/`."""
    up = "../" * at.count("/")
    style, script = _inner("style.html"), _inner("script.html")
    head = tag(
        "head",
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=_policy(script)),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", f"{title[:80]} · Nex report"),
        tag("style", Html(style)),
    )
    main = tag("main", body, id="main", class_="wide" if wide else None, tabindex=-1)
    skip = tag("a", "Skip to content", href="#main", class_="skip")
    content = tag("body", skip, _bar(at, up), main, tag("script", Html(script)))
    return "<!doctype html>\n" + tag("html", head, content, lang="en") + "\n"


def _bar(at: str, up: str) -> Html:
    links = [link(up + to, name, aria_current=_current(to, at)) for to, name in NAVIGATION]
    toggle = tag(
        "button", "Theme", type="button", id="theme", title="light, dark or as the system has it (t)"
    )
    return tag("header", tag("nav", tag("strong", "Nex"), links, aria_label="report"), toggle, class_="bar")


def _current(to: str, at: str) -> str | None:
    section = "traces.html" if at.startswith("traces/") else at
    return "page" if to == at else "true" if to == section else None


@functools.cache
def _inner(name: str) -> str:
    """Return what stands between the tags of a `<style>` or `<script>` file beside this one."""
    text = (resources.files(__package__) / name).read_text(encoding="utf-8")
    return text[text.index(">") + 1 : text.rindex("</")]


def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rules = (
        "default-src 'none'",
        "img-src data:",
        "style-src 'unsafe-inline'",
        f"script-src 'sha256-{digest}'",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return "; ".join(rules)


def crumbs(*links: tuple[str, str]) -> Html:
    """Return where a page stands: (address, name) from the top."""
    return tag("p", join([(link(to, name), " / ") for to, name in links]), class_="crumbs")


def grid(items: Sequence[Child]) -> Html:
    return tag("div", items, class_="grid")
