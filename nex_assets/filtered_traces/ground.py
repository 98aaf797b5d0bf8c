"""What a trajectory offers as ground for its answer: numbers, quantities, totals, days."""

from __future__ import annotations

import re
from functools import cached_property

from nex_assets.filtered_traces.clock import ordinals, stamped_days
from nex_assets.filtered_traces.derivation import quantities, subtotals, units
from nex_assets.filtered_traces.values import numbers, with_points
from nex_assets.filtered_traces.view import Thread

COMMA_LANGUAGES = frozenset(
    {"German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Polish", "Turkish", "Swedish"}
    | {"Indonesian", "Cyrillic", "Greek"}
)
_FIELD = re.compile(r'"(\w+)":\s*"?(-?\d+(?:\.\d+)?)"?')
_SPACED = re.compile(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))")
_MYRIADS = re.compile(r"(\d+(?:\.\d+)?)\s?[万만萬](?:\s?(\d)\s?[千천])?")
_COUNTED = {
    word: float(number)
    for number, words in (
        (2, "two both couple zwei deux dos due twee dwa dois duas"),
        (3, "three drei trois tres tre drie trzy três"),
        (4, "four vier quatre cuatro quattro cztery quatro"),
        (5, "five fünf cinq cinco cinque vijf pięć"),
        (6, "six sechs seis sei zes sześć"),
        (8, "eight acht huit ocho otto"),
        (10, "ten zehn dix diez dieci tien dez"),
        (12, "twelve dozen zwölf douze doce dodici"),
    )
    for word in words.split()
}


class Ground:
    """What one thread's prompts, results and calls hold; all of it is lazy, for most answers need little."""

    def __init__(self, thread: Thread):
        self.thread = thread

    @cached_property
    def comma(self) -> bool:
        """Whether the conversation is in a language that writes decimals with a comma."""
        return self.thread.language in COMMA_LANGUAGES

    @cached_property
    def numbers(self) -> set[float]:
        evidence = self.thread.evidence
        pointed = with_points(evidence)
        found = numbers(evidence) | numbers(self.thread.written)
        return found if pointed is evidence else found | numbers(pointed)

    @cached_property
    def shown(self) -> list[float]:
        return quantities(with_points(self.thread.shown))

    @cached_property
    def asked(self) -> list[float]:
        """The user's numbers, small ones in words as well."""
        users = self.thread.users
        if self.comma:
            users = _SPACED.sub("", users)
        words = re.findall(r"[^\W\d_]+", users.lower())
        found = quantities(with_points(users)) + [_COUNTED[word] for word in words if word in _COUNTED]
        for tens, thousands in _MYRIADS.findall(users):
            found.append(10_000 * float(tens) + 1000 * float(thousands or 0))
        return found

    @cached_property
    def quantities(self) -> list[float]:
        """All different ones, in order of size."""
        return sorted({*self.shown, *self.asked})

    @cached_property
    def columns(self) -> list[list[float]]:
        """Quantities of each result, and the fractions among them; then numbers of all results by JSON field,
        repeated ones included, and all fractions."""
        each = [quantities(with_points(text)) for _, text in self.thread.observed]
        each += [[one for one in column if one != int(one)] for column in each]
        by_field: dict[str, list[float]] = {}
        for name, value in _FIELD.findall(self.thread.shown):
            by_field.setdefault(name, []).append(abs(float(value)))
        by_field["."] = [float(value) for value in re.findall(r"\d+\.\d+", with_points(self.thread.shown))]
        return [column for column in (*each, *by_field.values()) if column]

    @cached_property
    def counts(self) -> set[int]:
        """Numbers of lines, items and characters of the results."""
        counts: set[int] = set()
        for _, text in self.thread.observed:
            lines = text.count("\n") + 1
            items = text.count("},") + 1, text.count(",") + 1
            counts |= {lines, lines - 1, *items, len(text), len(text.split())}
        return counts

    @cached_property
    def subtotals(self) -> set[float]:
        texts = [text for _, text in self.thread.observed]
        pointed = [with_points(text) for text in texts]
        changed = [new for new, old in zip(pointed, texts, strict=True) if new is not old]
        return self.thread.subtotals | subtotals(changed)

    @cached_property
    def units(self) -> dict[float, str]:
        return units(with_points(f"{self.thread.shown}\n{self.thread.users}"))

    @cached_property
    def days(self) -> set[int]:
        return ordinals(self.thread.evidence)

    @cached_property
    def stamped(self) -> set[tuple[int, int, int]]:
        return stamped_days(self.thread.evidence)
