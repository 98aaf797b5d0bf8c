"""The words that the rules of `interpret.py` know, typed: read from `lexicon.yaml` beside this file."""

from __future__ import annotations

import functools
import re
from pathlib import Path
from typing import Literal

import pydantic

from nex_resources.config import load_yaml

Effect = Literal["read", "write", "any", "none"]
PatternName = Literal[
    "single",
    "manager_workers",
    "planner_executor",
    "parallel",
    "pipeline",
    "critic",
    "router",
    "three_layer",
]

DEFAULT_PATH = Path(__file__).with_name("lexicon.yaml")


class Domain(pydantic.BaseModel, extra="forbid", frozen=True):
    """A field of work: `object` is what it is read from, `aspects` what it is judged by (name → meaning)."""

    words: list[str]
    servers: list[str]
    object: str
    aspects: dict[str, str]


class Action(pydantic.BaseModel, extra="forbid", frozen=True):
    """What a team does, and the roles it has where the text names nobody."""

    words: list[str]
    team: list[str]


class Head(pydantic.BaseModel, extra="forbid", frozen=True):
    """An agentive noun. `duty` has one slot, `{what}`; `effect` says which tools such a role is given."""

    effect: Effect
    duty: str


class Verbs(pydantic.BaseModel, extra="forbid", frozen=True):
    """What the words of a tool's name suggest. `filler` words are neither verb nor object."""

    read: frozenset[str]
    write: frozenset[str]
    filler: frozenset[str]


class Lexicon(pydantic.BaseModel, extra="forbid", frozen=True):
    domains: dict[str, Domain]
    patterns: dict[PatternName, list[str]]
    actions: dict[str, Action]
    heads: dict[str, Head]
    leads: list[str]
    collectives: list[str]
    verbs: Verbs
    stop_words: frozenset[str]

    @classmethod
    def load(cls, path: Path = DEFAULT_PATH) -> Lexicon:
        """Read a lexicon; a fault raises `ConfigError` with file, key path and what is allowed."""
        return load_yaml(path, cls)


@functools.cache
def default_lexicon() -> Lexicon:
    return Lexicon.load()


def singular(word: str) -> str:
    """Return an English noun without its plural ending, by rule (`entities` → `entity`)."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics")):
        return word[:-1]
    return word


def plural(noun: str) -> str:
    """Return the plural of a noun (phrase), by rule; what has none in use stays as it is."""
    if noun.endswith("s") or noun in ("data", "stock", "history", "news"):
        return noun
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("sh", "ch", "x")) else "s")


def find(phrase: str, text: str) -> list[int]:
    """Return where `phrase` stands in lower-case `text` as whole words, singular or plural."""
    if not phrase.isascii():  # scripts without spaces between words
        return [m.start() for m in re.finditer(re.escape(phrase), text)]
    return [m.start() for m in _matcher(phrase).finditer(text)]


@functools.cache
def _matcher(phrase: str) -> re.Pattern[str]:
    forms = "|".join(re.escape(form) for form in sorted({phrase, plural(phrase)}, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?:{forms})(?![\w-])")
