"""Language: answers in another language than the user's, and answers in two.

Foreign text that was observed or given may be quoted.
"""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.limits import LanguageLimits
from nex_assets.filtered_traces.prose import CJK, without_code
from nex_assets.filtered_traces.view import Thread
from nex_resources.records import Finding, Trace

SCRIPTS = {
    "Chinese": re.compile(r"[\u3400-\u9fff]+"),
    "Japanese": re.compile(r"[\u3040-\u30ff]+"),
    "Korean": re.compile(r"[\uac00-\ud7af\u1100-\u11ff]+"),
    "Cyrillic": re.compile(r"[\u0400-\u04ff]+"),
    "Arabic": re.compile(r"[\u0600-\u06ff]+"),
    "Hebrew": re.compile(r"[\u0590-\u05ff]+"),
    "Thai": re.compile(r"[\u0e00-\u0e7f]+"),
    "Devanagari": re.compile(r"[\u0900-\u097f]+"),
    "Greek": re.compile(r"[\u0370-\u03ff]{2,}"),
}
_FUNCTION_WORDS = {  # words that are also English are left out of the other languages
    "English": frozenset("the of and to is in that for with has was your have been this are on it not you from by an be".split()),
    "French": frozenset("le la les des et est une du dans que qui vous votre avec sur pas ce cette été sont nous au il elle".split()),
    "German": frozenset("der das und ist nicht mit für von den dem ein eine ich sie wurde auf zu im wird haben sind es dazu".split()),
    "Spanish": frozenset("el los las que de y en es una por con para su se del ha sido está lo usted pedido puede según".split()),
    "Portuguese": frozenset("os que de e em é uma por com para seu se da foi está não um você são ao".split()),
    "Italian": frozenset("il gli che di e è una con non del della sono stato suo questo nel".split()),
}  # fmt: skip
_ASKS = re.compile(
    r"translat|in (?:chinese|english|french|spanish|german|japanese|korean|russian|italian|portuguese|arabic)\b|翻译|用(?:中文|英文|英语|日语|法语)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find answers in the wrong language or in a mixture."""
    found: list[Finding] = []
    for thread in context.view.threads:
        if not thread.users or _ASKS.search(thread.users):
            continue
        for index, message in thread.turns():
            if message.text:
                found += _turn(thread, index, message.text, context, index == thread.final)
    return found


def _turn(thread: Thread, index: int, text: str, context: Context, final: bool) -> list[Finding]:
    limits = context.limits.language
    chinese = thread.asked_in_chinese
    if text.isascii():
        if chinese and final and _wrong_latin(text, limits):
            return [
                finding(
                    "wrong_language", "drop", thread.index, index, "text", None, "English, asked in Chinese"
                )
            ]
        return _latin(thread, index, text) if final and not chinese else []
    prose = without_code(text)
    letters = sum(map(str.isalpha, prose))
    foreign = [
        match
        for name, pattern in SCRIPTS.items()
        if not (name == "Chinese" and chinese)
        for match in pattern.finditer(prose)
        if not _supported(match.group(), thread)
    ]
    count = sum(m.end() - m.start() for m in foreign)
    if count >= limits.mixed_run:
        kind = "wrong_language" if count >= limits.foreign_share * letters else "mixed_language"
        longest = max(foreign, key=lambda m: m.end() - m.start())
        return [finding(kind, "drop", thread.index, index, "text", longest.span(), longest.group()[:40])]
    if chinese and final:
        return _english_in_chinese(thread, index, prose, limits)
    return _latin(thread, index, prose) if final and not chinese else []


def _supported(run: str, thread: Thread) -> bool:
    return run in thread.evidence or run in thread.written


def _wrong_latin(text: str, limits: LanguageLimits) -> bool:
    prose = without_code(text)
    words = [word.lower() for word in _WORD.findall(prose)]
    return (
        len(words) >= 5
        and sum(word in _FUNCTION_WORDS["English"] for word in words) >= 2
        and len(prose) >= limits.min_letters
    )


def _english_in_chinese(thread: Thread, index: int, prose: str, limits: LanguageLimits) -> list[Finding]:
    """Whole English clauses inside a Chinese answer: five words in a row with two function words."""
    for match in re.finditer(r"[A-Za-z][A-Za-z'’]*(?:[ ,]+[A-Za-z][A-Za-z'’]*){4,}", prose):
        words = match.group().lower().split()
        if sum(word.strip(",") in _FUNCTION_WORDS["English"] for word in words) >= 2 and not _supported(
            match.group(), thread
        ):
            whole = len(words) > len(CJK.findall(prose))
            kind = "wrong_language" if whole else "mixed_language"
            return [finding(kind, "drop", thread.index, index, "text", match.span(), match.group()[:60])]
    return []


def _latin(thread: Thread, index: int, text: str) -> list[Finding]:
    """An answer in another language of Latin script than the question."""
    words = [word.lower() for word in _WORD.findall(text)]
    if len(words) < 8:
        return []
    if len(set(words) & _FUNCTION_WORDS["English"]) >= 4:
        return []
    english = sum(word in _FUNCTION_WORDS["English"] for word in words)
    asked = {word.lower() for word in _WORD.findall(thread.users[:2000])}
    for name, common in _FUNCTION_WORDS.items():
        if name == "English":
            continue
        hits = [word for word in words if word in common and word not in _FUNCTION_WORDS["English"]]
        if len(set(hits)) >= 3 and len(hits) >= 0.15 * len(words) and len(hits) > english:
            if len(asked & common) >= 3:
                return []
            return [
                finding("wrong_language", "drop", thread.index, index, "text", None, f"{name}: {text[:60]}")
            ]
    return []
