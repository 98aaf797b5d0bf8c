"""Language: answers in another language than the user's, and answers in two.

Both sides are named by their script, and among Latin scripts by their function words. Foreign text that was
observed or given may be quoted; a language that the user asks for is the user's.
"""

from __future__ import annotations

import re

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.languages import FUNCTION_WORDS, SCRIPTS, asks_for_language, named, words
from nex_assets.filtered_traces.limits import LanguageLimits
from nex_assets.filtered_traces.prose import CJK, without_code
from nex_assets.filtered_traces.view import Thread
from nex_resources.records import Finding, Trace

_CLAUSE = re.compile(r"[A-Za-z][A-Za-z'’]*(?:[ ,]+[A-Za-z][A-Za-z'’]*){4,}")
_ENGLISH = FUNCTION_WORDS["English"]


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find answers in the wrong language or in a mixture."""
    found: list[Finding] = []
    root = context.view.threads[0] if context.view.threads else None
    for thread in context.view.threads:
        if root is not None and thread.index and thread.language != root.language:
            found += _third_script(thread, thread.scripts | root.scripts, context.limits.language)
            continue  # a sub-agent may speak as its caller does, or as the user
        if not thread.users or any(asks_for_language(text) for _, text in thread.asked):
            continue
        for index, message in thread.turns():
            if message.text and (one := _turn(thread, index, message.text, context, index == thread.final)):
                found.append(one)
    return found


_NATIVE = 8  # characters of the user's own script that make an answer a mixture
_OTHERS = 2  # words that only the user's language has


def _third_script(thread: Thread, allowed: frozenset[str], limits: LanguageLimits) -> list[Finding]:
    """Scripts that neither the caller nor the user writes in."""
    found = []
    for index, message in thread.turns():
        if message.text and not message.text.isascii():
            one = _foreign_script(thread, index, without_code(message.text), limits, allowed)
            found += [one] if one is not None else []
    return found


def _turn(thread: Thread, index: int, text: str, context: Context, final: bool) -> Finding | None:
    plain = text.isascii()
    if plain and not final:
        return None
    limits = context.limits.language
    prose = without_code(text)
    if not plain and (one := _foreign_script(thread, index, prose, limits, thread.scripts)) is not None:
        return one
    if not final:
        return None
    if thread.asked_in_chinese:
        return _english_in_chinese(thread, index, prose, limits)
    return _wrong_words(thread, index, prose, limits)


def _foreign_script(
    thread: Thread, index: int, prose: str, limits: LanguageLimits, allowed: frozenset[str]
) -> Finding | None:
    """Runs of a script that the user does not write in, quoted from nowhere."""
    runs = [
        match for name, pattern in SCRIPTS.items() if name not in allowed for match in pattern.finditer(prose)
    ]
    foreign = [match for match in runs if not _supported(match.group(), thread)]
    if sum(m.end() - m.start() for m in foreign) < limits.mixed_run:
        return None
    letters = sum(map(str.isalpha, prose))
    if thread.asked_in_chinese:
        native = len(CJK.findall(prose)) >= max(_NATIVE, letters // 5)
    else:
        native = len({w for w in words(prose) if w in _ENGLISH}) >= 3
    share = sum(m.end() - m.start() for m in runs)
    kind = "wrong_language" if share >= limits.foreign_share * letters and not native else "mixed_language"
    longest = max(foreign, key=lambda m: m.end() - m.start())
    return finding(kind, "drop", thread.index, index, "text", longest.span(), longest.group()[:40])


def _supported(run: str, thread: Thread) -> bool:
    return run in thread.evidence or run in thread.written


def _english_in_chinese(thread: Thread, index: int, prose: str, limits: LanguageLimits) -> Finding | None:
    """A Chinese question answered in English, or whole English clauses inside a Chinese answer: five words in
    a row with two function words."""
    if not CJK.search(prose):
        said = words(prose)
        english = len(said) >= 5 and sum(word in _ENGLISH for word in said) >= 2
        if not english or len(prose) < limits.min_letters:
            return None
        return finding(
            "wrong_language", "drop", thread.index, index, "text", None, "English, asked in Chinese"
        )
    if (one := _european_clause(thread, index, prose)) is not None:
        return one
    for match in _CLAUSE.finditer(prose):
        clause = words(match.group())
        if sum(word in _ENGLISH for word in clause) >= 2 and not _supported(match.group(), thread):
            whole = len(clause) > 2 * len(CJK.findall(prose))
            kind = "wrong_language" if whole else "mixed_language"
            return finding(kind, "drop", thread.index, index, "text", match.span(), match.group()[:60])
    return None


_LATIN_CLAUSE = re.compile(
    r"[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’]*(?:[ ,]+[A-Za-zÀ-ÖØ-öø-ÿ][A-Za-zÀ-ÖØ-öø-ÿ'’]*){4,}"
)


def _european_clause(thread: Thread, index: int, prose: str) -> Finding | None:
    """A whole clause of another European language inside an answer in Chinese, unless it was observed."""
    for match in _LATIN_CLAUSE.finditer(prose):
        language = named(match.group(), enough=3)
        if language in ("", "English") or _supported(match.group(), thread):
            continue
        quoted = prose[max(0, match.start() - 1) : match.start()] in ("“", "「", "《", "«", '"', "‘")
        if not quoted:
            return finding(
                "mixed_language", "drop", thread.index, index, "text", match.span(), match.group()[:60]
            )
    return None


def _wrong_words(thread: Thread, index: int, prose: str, limits: LanguageLimits) -> Finding | None:
    """An answer in Latin letters, in another language than the question."""
    answered = named(prose, enough=3)
    if not answered:
        return None
    asked = thread.language
    if asked in ("", answered) or len(prose) < limits.min_letters or _supported(prose.strip(), thread):
        return None
    why = f"{answered}, asked in {asked}: {prose[:60]}"
    own = (
        FUNCTION_WORDS.get(asked, frozenset()) - FUNCTION_WORDS[answered]
        if answered in FUNCTION_WORDS
        else ()
    )
    kind = "mixed_language" if sum(word in own for word in words(prose)) >= _OTHERS else "wrong_language"
    return finding(kind, "drop", thread.index, index, "text", None, why)
