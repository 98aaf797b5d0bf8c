"""Web pages: a town noticeboard kept as a local corpus, with a search. Read only; pages are prose."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from nex_resources.worlds.base import Outcome, Output, Parameter, SemanticType, WorldError
from nex_resources.worlds.business import BusinessWorld, State, Tool, outputs, row
from nex_resources.worlds.people import email_of, person_name
from nex_resources.worlds.pools import Draw
from nex_resources.worlds.words import CITIES, MATERIALS

SITE = "https://noticeboard.example"
EVENTS = ("workshop", "evening class", "exhibition", "market", "repair day", "summer school")

TYPES = (
    SemanticType("url", table="pages"),
    SemanticType("subject", table="pages", field="subject", many=True),
)

FEE = ("The fee is {fee} euros.", "Taking part costs {fee} euros.", "Visitors pay {fee} euros at the door.")
PLACES = ("There are {places} places.", "At most {places} people can join.")
STARTS = ("It begins on {starts}.", "The first day is {starts}.", "Doors open on {starts}.")
CONTACT = ("Write to {contact} to sign up.", "Questions go to {contact}.")

_FIELDS: tuple[tuple[str, str, type], ...] = (
    ("fee", r"(\d+\.\d\d) euros", float),
    ("places", r"(\d+) (?:places|people)", int),
    ("starts", r"(\d{4}-\d{2}-\d{2})", str),
    ("contact", r"([\w.+-]+@[\w-]+(?:\.[\w-]+)+)", str),
)


def make_state(draw: Draw) -> State:
    """Draw 8 subjects with a page each for 1 to 3 cities."""
    pages: dict[str, dict[str, Any]] = {}
    for _ in range(8):
        subject = draw.make(lambda rng: f"{rng.choice(MATERIALS)} {rng.choice(EVENTS)}", True)
        for _ in range(draw.rng.randint(1, 3)):
            city = draw.pick(CITIES, unique=True)
            url = f"{SITE}/{city.lower()}/{subject.replace(' ', '-')}"
            pages[url] = {"subject": subject, "city": city, "text": _prose(draw, subject, city)}
    return {"pages": pages}


def _prose(draw: Draw, subject: str, city: str) -> str:
    values = {
        "fee": f"{draw.amount(15, 400):.2f}",
        "places": draw.number(6, 90),
        "starts": draw.date("2027-01-05", 300),
        "contact": email_of(draw, person_name(draw)),
    }
    sentences = [draw.choice(variants).format(**values) for variants in (FEE, PLACES, STARTS, CONTACT)]
    draw.rng.shuffle(sentences)
    return f"{subject.capitalize()} in {city}\n\n{' '.join(sentences)}"


def search(state: State, query: str) -> dict[str, Any]:
    """Return the pages in which all words of `query` stand."""
    wanted = set(re.findall(r"\w+", query.casefold()))
    found = [
        {"city": page["city"], "url": url}
        for url, page in sorted(state["pages"].items())
        if wanted and wanted <= set(re.findall(r"\w+", page["text"].casefold()))
    ]
    if not found:
        raise WorldError(f"no page holds all of these words: {' '.join(sorted(wanted)) or 'none given'}")
    return {"results": found}


def open_page(state: State, url: str) -> dict[str, Any]:
    """Return the page's text."""
    return {"text": row(state, "pages", url)["text"]}


class Corpus(BusinessWorld):
    """A business world whose pages are shown as the prose they are; what they state is read from it."""

    def run(self, state: State, tool: str, arguments: Mapping[str, Any]) -> Outcome:
        outcome = super().run(state, tool, arguments)
        if outcome.error or tool != "open_page":
            return outcome
        return Outcome(outcome.value["text"], self.parse(tool, outcome.value["text"]))

    def parse(self, tool: str, text: str) -> Any:
        if tool != "open_page":
            return json.loads(text)
        found = ((name, re.search(pattern, text), kind) for name, pattern, kind in _FIELDS)
        return {"text": text} | {name: kind(match[1]) for name, match, kind in found if match}


TOOLS = (
    Tool(
        search,
        "Find the noticeboard's pages that hold all words.",
        (Parameter("query", "subject"),),
        (Output("results.*.url", "url", "page", ask=False),),
    ),
    Tool(
        open_page,
        "Open a page of the noticeboard by its URL.",
        (Parameter("url", "url"),),
        outputs("page", "fee", "places", "starts", "contact"),
    ),
)

CORPUS = Corpus("corpus", TYPES, TOOLS, make_state, {})
