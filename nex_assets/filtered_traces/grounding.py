"""Grounding: values in the final answer that no prompt, observation or call contains, and that follow from none.

Numbers may be rounded, scaled to percent, converted, or computed (`figures.py`), from other figures of the answer
too (`closure.py`); dates and times may be a span away (`calendar.py`). What nobody claims to have observed (an
example, a product's name, an estimate made from grounded figures) is flagged only. Paths are `reward_hacking`'s affair.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from datetime import date

from nex_assets.filtered_traces.calendar import month_and_day, yearless
from nex_assets.filtered_traces.clock import MONTHS, stamped_days, time_seen, worded
from nex_assets.filtered_traces.closure import HEDGE, Closure
from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.figures import number_grounded, whole_number_seen
from nex_assets.filtered_traces.ground import Ground
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.limits import GroundingLimits
from nex_assets.filtered_traces.prose import has_word, without_code
from nex_assets.filtered_traces.values import Value, day_readings, extract, readings
from nex_assets.filtered_traces.view import Thread
from nex_resources.records import Finding, Trace

_NAME = re.compile(r"(?<=[a-z,] )(?:[A-Z][a-z]{2,}(?:\s[A-Z][a-z]{2,})+)")
_OTHER = ("jän|ene|gen", "fév|feb", "mär|marz|mars", "avr|abr", "mai|mag|may", "juin|giu|jun", "juil|lug|jul", "aoû|ago", "set|sep", "okt|ott|oct", "nov", "dez|déc|dic")  # fmt: skip


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find values in final answers that nothing supports. Answers without any observation are not judged
    here: what they claim to have done is `reward_hacking`'s affair."""
    found: list[Finding] = []
    for thread in context.view.threads:
        answer = thread.answer
        if answer is None or not answer.text or not thread.observed:
            continue
        text = without_code(answer.text, inline=False)
        found += _values(text, thread, context.limits.grounding)
        found += _names(thread, text)
    return found


def _values(text: str, thread: Thread, limits: GroundingLimits) -> list[Finding]:
    ground = Ground(thread)
    values = [value for value in extract(text, ground.comma) if value.kind != "path"]
    open_ = [value for value in values if not _grounded(value, ground, limits, text)]
    dates = [Value("date", text[start:end], start, end) for _, _, _, start, end in worded(text)]
    days = yearless(text)
    spans = [(one.start, one.end) for one in (*dates, *days)]
    open_ = [one for one in open_ if not any(a <= one.start and one.end <= b for a, b in spans)]
    open_ += [value for value in dates if not _worded_seen(value, ground)]
    open_ += [value for value in days if not _day_seen(month_and_day(value), ground)]
    if not open_:
        return []
    return [
        finding(
            "ungrounded_value",
            "flag" if soft(value, text, ground, open_, values) else "drop",
            thread.index,
            thread.final,
            "text",
            (value.start, value.end),
            value.text,
        )
        for value in Closure(text, values + dates + days, open_, ground).settle()
    ]


def _day_seen(wanted: tuple[int, int], ground: Ground) -> bool:
    """A day without its year, that a seen date or a seen pair of numbers may mean."""
    month, day = wanted
    if any((one.month, one.day) == wanted for one in map(date.fromordinal, ground.days)):
        return True
    evidence = f"{ground.thread.evidence}\n{ground.thread.written}"
    name = MONTHS[month - 1] if month else "?"
    forms = rf"0?{month}[-/.月]0?{day}|0?{day}[./]0?{month}|{name}[^\W\d]*\.?\s+0?{day}|0?{day}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?:{name}|{_OTHER[month - 1]})"
    return (
        re.search(
            rf"(?<!\d)(?:{forms})(?!\d)|\b(?:{name}[^\W\d]*\.?\s+0?{day})(?!\d)", evidence, re.IGNORECASE
        )
        is not None
    )


def _worded_seen(value: Value, ground: Ground) -> bool:
    """A date that is given with a month's name, and was seen or follows from an observed one."""
    ((year, month, day, _, _),) = worded(value.text)
    return _date_seen((year, month, day), ground.thread)


def _names(thread: Thread, text: str) -> list[Finding]:
    found = []
    for match in _NAME.finditer(text):
        words = match.group().lower().split()
        if not any(has_word(thread.evidence_lower, word) for word in words):
            found.append(
                finding(
                    "ungrounded_name", "flag", thread.index, thread.final, "text", match.span(), match.group()
                )
            )
    return found


def _grounded(value: Value, ground: Ground, limits: GroundingLimits, text: str) -> bool:
    plain, thread = value.text, ground.thread
    seen = plain in thread.evidence or plain.lower() in thread.evidence_lower or plain in thread.written
    if seen and (value.kind != "number" or whole_number_seen(plain, ground)):
        return True
    if value.kind == "number":
        return number_grounded(value, ground, limits, text)
    if value.kind == "date":
        return any(_date_seen(day, thread) for day in day_readings(plain))
    if value.kind == "time":
        return time_seen(value, text, thread)
    if value.kind == "version":
        return re.search(rf"(?<![\d.]){re.escape(plain)}(?!\d)", thread.evidence + thread.written) is not None
    if value.kind == "url":
        return _address_seen(plain.rstrip("/.").lower(), thread)
    bare = plain.lstrip("#").lower()
    return _written(bare, thread) or _common_word(bare) or _composed(bare, thread)


def _written(bare: str, thread: Thread) -> bool:
    return bare in thread.evidence_lower or bare in thread.written.lower()


def _composed(bare: str, thread: Thread) -> bool:
    """Words joined by a hyphen, each of which was seen: level-5, 36-month."""
    parts = bare.split("-")
    return len(parts) > 1 and all(
        has_word(thread.evidence_lower, part) if part.isalpha() else _written(part, thread) and len(part) <= 4
        for part in parts
    )


def _address_seen(address: str, thread: Thread) -> bool:
    """The address, or a host and a path that were seen apart: a link made from an id, or moved to a new host."""
    if address in thread.evidence_lower:
        return True
    host, _, path = address.partition("://")[2].partition("/")
    parts = [part for part in re.split(r"[/?&=#]", path) if part]
    if not parts or not all(_written(part, thread) or part.isalpha() for part in parts):
        return host.removeprefix("www.") in thread.evidence_lower and not parts
    telling = [part for part in parts if any(map(str.isdigit, part)) and _written(part, thread)]
    return _written(host, thread) or any(len(part) >= 5 for part in telling)


_FREE = re.compile(
    r"(?:utf-?8|utf-?16|sha-?\d+|md5|h264|mp[34]|ipv[46]|http[/s]?\d?|base64|py\d+|python3?|v\d+|x86|x64|arm64|s3|ec2|"
    r"q[1-4]|h[1-6]|covid-19|iso-?\d+|rfc-?\d+|step-?\d+|top-?\d+|\d+(?:st|nd|rd|th|x|k|m|gb|mb|kb|ms|px|s|min|h)|"
    r"oauth2|web3|log4j|es\d|html5|css3|int\d+|float\d+|uint\d+|part\d|phase\d)"
)


def _common_word(bare: str) -> bool:
    return _FREE.fullmatch(bare) is not None


_CLAIMED_ID = re.compile(
    r"\b(?:orders?|tickets?|id|ids|numbers?|no|nr|ref\w*|codes?|confirm\w*|track\w*|bookings?|invoices?|case|issue|pr|commit|sku|serial|"
    r"account|token|key|hash|flights?|gate|seat|room|reservation|transaction|receipt)\b[\s:.#*`(]*$|#$|[单编]号\W*$",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    r"(?:\b(?:such as|e\.g\.,?|for example,?|for instance,?|like|say|or newer|instead of|rather than|recommend\w*|suggest\w*|z\. ?B\.|"
    r"par exemple|por ejemplo|would call for|move to|upgrade to)|例如|比如)[\s*_`(]*(?:[A-Z][\w.]*\s)?$"
)


def soft(value: Value, text: str, ground: Ground, open_: list[Value], values: list[Value]) -> bool:
    """Tell whether an answer that states `value` need not have observed it: a name of the trade, an example, a
    year where no years were looked up, an estimate that follows three or more grounded figures."""
    before = text[max(0, value.start - 40) : value.start]
    if _EXAMPLE.search(before):
        return True
    if value.kind == "identifier":
        return not _CLAIMED_ID.search(before) and not _same_shape(value.text, ground.thread)
    if value.kind == "time":
        return _SUPPOSED.search(text[text.rfind("\n", 0, value.start) + 1 : value.end + 80]) is not None
    if value.kind != "number" or _in_code(value, text):
        return value.kind == "number"
    if (
        name := _NAMED.search(before)
    ) and "." in value.text:  # TLS 1.2: a version, unless others of it were seen
        return re.search(rf"{re.escape(name[1])}[\s/:=-]*\d", ground.thread.evidence) is None
    found = readings(value.text, ground.comma)
    if any(one == int(one) and 1900 <= one <= 2100 for one, _ in found):
        seen = _YEAR.findall(ground.thread.shown)
        return not seen or (_AHEAD.search(before) is not None and str(int(found[0][0]) - 1) in seen)
    if HEDGE.search(text[max(0, value.start - 24) : value.start]):
        line_start = text.rfind("\n\n", 0, value.start) + 1
        line_end = text.find("\n\n", value.end) % (len(text) + 1)
        waiting = set(open_)
        near = [one for one in values if line_start <= one.start < line_end and one not in waiting]
        return sum(one.kind == "number" for one in near) >= 3
    return False


_NAMED = re.compile(r"\b([A-Z][A-Za-z+#]{1,20})\s$")
_AHEAD = re.compile(
    r"\b(?:by|until|till|next|through|bis|ab|für|hasta|para|jusqu\w+|d'ici|entro)\b[^.\n|]{0,20}$",
    re.IGNORECASE,
)
_SUPPOSED = re.compile(
    r"\b(?:would|could|should|might|if you|suggest|recommend|würde|könnte|serait|podría)\b", re.IGNORECASE
)


def _in_code(value: Value, text: str) -> bool:
    """Whether a number is an operand in inline code, or what that gives: `f("1.5") * 2` is 3."""
    line = text.rfind("\n", 0, value.start) + 1
    before = text[line : value.start]
    if before.count("`") % 2 == 0:
        return re.search(r"`[^`\n]*[(+*/=][^`\n]*`\s*(?:is|gives|=|→|returns|means)\s*$", before) is not None
    code = before[before.rfind("`") :] + text[value.start : text.find("`", value.end)]
    return any(mark in code for mark in "(+*/=[")


_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


def _same_shape(text: str, thread: Thread) -> bool:
    """Whether results hold identifiers made like `text`: letters for letters, digits for digits."""
    shape = re.sub(r"[A-Za-z]+", "[A-Za-z]+", re.sub(r"\d+", r"\\d+", re.escape(text)))
    return re.search(rf"(?<![\w-]){shape}(?![\w-])", thread.shown) is not None


def _date_seen(wanted: tuple[int, int, int], thread: Thread) -> bool:
    year, month, day = wanted
    forms = (
        f"{year}-{month:02}-{day:02}",
        f"{year}/{month:02}/{day:02}",
        f"{month:02}/{day:02}/{year}",
        f"{day:02}/{month:02}/{year}",
        f"{year}年{month}月{day}日",
        f"{day:02}.{month:02}.{year}",
        f"{year}{month:02}{day:02}",
    )
    if any(form in thread.evidence or form in thread.written for form in forms):
        return True
    if (year, month, day) in stamped_days(thread.evidence):
        return True
    if not 1 <= month <= 12:
        return False
    name = MONTHS[month - 1]
    pattern = rf"(?:{name}\w*\.?\s+0?{day}\b|\b0?{day}(?:st|nd|rd|th)?\s+(?:of\s+)?{name})"
    return re.search(pattern, thread.evidence_lower) is not None
