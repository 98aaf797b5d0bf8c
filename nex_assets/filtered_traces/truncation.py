"""Truncation: outputs that were cut, answers that stop half-way, runs that never answered."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import json
import re

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import CJK, quote
from nex_assets.filtered_traces.view import Thread
from nex_resources.records import Finding, Severity, Trace

_CUT_REASONS = {"length", "max_tokens", "max_output_tokens", "model_length", "MAX_TOKENS"}
_DANGLING = frozenset(
    "a an the and or but nor of to with for from by at as is are was were be been has have had will would shall should can could may might must that which who whose because if when while where than then your our their its my into onto per via between among about including such these those it's we'll i'll let's not so".split()
)
_DANGLING_ZH = tuple("的和与在是把被将为及或从对由并且因而但其该向以于")
_GOVERNS_ZH = re.compile(  # conjunctions, prepositions and verbs that need an object
    r"(?:预计|预期|包括|包含|例如|比如|譬如|诸如|由于|因为|所以|为了|以及|而且|并且|或者|还有|根据|按照|通过|关于|对于|至于|其中|如果|虽然|尽管|即使|只要|只有|"
    r"大约|大概|约为|达到|位于|属于|成为|来自|分别|尤其|特别是|主要是|主要|需要|可以|应该|能够|已经|正在|将会|建议|认为|显示|意味着|取决于|相比|其次|首先|此外|另外|不仅|无论)$"
)
_OPEN_ENDS = tuple(",;:、，；：(（[{<=+&/\\“‘《【-–—$#@")
_TERMINAL = tuple(".!?…。！？~～")
_CLOSERS = "\"'”’)）]】》*_`}>|"
_LINE_MARK = re.compile(r"\s*(?:[-*+•|#>]|\d+[.)]\s)")
_PROSE_BEFORE = re.compile(r"[.!?。！？][\"'”’)*]*(?:\s|$)")
_TAGS = (
    ("<think>", "</think>"),
    ("<tool_call>", "</tool_call>"),
    ("<answer>", "</answer>"),
    ("<details>", "</details>"),
    ("<table>", "</table>"),
)


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find cut outputs, unfinished answers, unclosed structures and runs without an answer."""
    found: list[Finding] = []
    for thread in context.view.threads:
        found += _stop_reasons(thread)
        found += _ending(thread, context)
    if trace.status != "completed":
        found.append(finding("stopped_early", evidence=f"the run ended with status {trace.status!r}"))
    return found


def _stop_reasons(thread: Thread) -> list[Finding]:
    reasons = thread.trajectory.stop_reasons
    if not reasons or _CUT_REASONS.isdisjoint(reasons):
        return []
    turns = [index for index, _ in thread.turns()]
    return [
        finding("cut_output", "drop", thread.index, message, "text", evidence=f"stop reason {reason!r}")
        for message, reason in zip(turns, reasons, strict=False)
        if reason in _CUT_REASONS
    ]


def _ending(thread: Thread, context: Context) -> list[Finding]:
    index = thread.index
    answer = thread.answer
    if thread.trajectory.status != "completed" and index:
        why = f"agent {thread.trajectory.agent!r} ended with status {thread.trajectory.status!r}"
        return [finding("stopped_early", "drop", index, evidence=why)]
    if answer is None or not answer.text.strip():
        if any(site.call.name in _STOPPERS for site in thread.sites[-1:]):
            return []
        return [
            finding("no_answer", "drop", index, thread.final, "text", evidence="no text after the last call")
        ]
    if thread.messages[-1].role == "tool":
        return [
            finding("no_answer", "drop", index, len(thread.messages) - 1, evidence="ends on a tool result")
        ]
    if thread.tools and _announces(answer.text):
        why = "the last text says what is to be done next"
        return [finding("no_answer", "drop", index, thread.final, "text", evidence=why)]
    why = unclosed(answer.text)
    kind = "unclosed_structure"
    if not why:
        why = unfinished(answer.text, thread, context.limits.truncation.prose_words)
        kind = "unfinished_text"
    severity: Severity = "drop"
    if not why and not answer.text.rstrip().endswith(_TERMINAL) and _abrupt(answer.text.strip()):
        why, severity = "a long sentence without a full stop", "flag"
    if not why:
        return []
    end = len(answer.text)
    return [finding(kind, severity, index, thread.final, "text", (max(0, end - 60), end), why)]


_STOPPERS = frozenset(
    {"submit", "finish", "complete_task", "final_answer", "attempt_completion", "done", "terminate"}
)


_ANNOUNCES = re.compile(
    r"(?:(?:ok(?:ay)?|great|good|thanks|sure|perfect|now|next|then|first|so|alright|right)[,.!]?\s+)*"
    r"(?:I['’]ll|I will|let me|I['’]m going to|I am going to|I need to|I have to)\s+(?:(?:now|first|next|then|also|just|quickly|try to|have to|need to)\s+)*"
    r"(?:check|look|search|query|run|read|open|fetch|get|add|sum|compute|calculate|verify|try|find|compare|cross-check|list|inspect|examine|analy[sz]e|test|"
    r"pull|load|retrieve|filter|count|scan|grep|review|gather|collect|download)\b(?![^\n]*\b(?:once|when(?:ever)?|if|as soon as|after|until|tomorrow|later|every|you)\b)[^.!?\n]*[.:…]*",
    re.IGNORECASE,
)
_ANNOUNCES_ZH = re.compile(
    r"(?:好的|那么|现在|接下来|首先|然后)?[，,]?(?:让我|我来|我将|我会|我先|我再|我现在|接下来我?(?:会|将|来)?)(?:先|再|来|去)?(?:查|看|搜索|检索|读取|运行|执行|计算|统计|核对|获取|打开|分析|检查)(?!.*(?:如果|等您|等你|之后|以后|每))[^。！？；\n]*[。：:…]*"
)


_LOOKS_DE = r"(?:prüf|schau|such|frag|les|seh|hol|ruf|öffn|führ|lad|vergleich|berechn|zähl|start|ermittl|teste?|list|analysier|durchsuch|rechn|wert|zieh|kontrollier)\w{0,4}"
_LOOKS_FR = r"(?:vérifi|cherch|consult|regard|li[rs]|lanc|exécut|calcul|compar|récupér|ouvr|compt|analys|examin|interrog)\w{0,4}"
_LOOKS_ES = r"(?:verific|busc|consult|revis|le(?:o|er)|ejecut|calcul|compar|obten|abr|cuent|cont|analiz|compr[ou]eb|comprob|examin|mir)\w{0,4}"
_ANNOUNCES_OTHER = re.compile(  # the same in other languages: the first person, at once, a look
    r"(?:(?:ok(?:ay)?|gut|danke|alles klar|bien|d['’]accord|de acuerdo|perfecto|vale)[,.!]?\s+)*"
    rf"(?:(?:jetzt|nun|als nächstes|zuerst|zunächst|dann|anschließend|danach|gleich)\s+(?:{_LOOKS_DE}|werde) ich\b|ich (?:werde|muss)? ?(?:(?:jetzt|nun|noch|zuerst|zunächst|dann|als nächstes|gleich|mir|nur|auch|kurz)\s+)*(?:{_LOOKS_DE}\b|(?:die|den|das|der)\b[^.!?\n]*\b(?:prüfen|abfragen|suchen|lesen|ansehen|holen|abrufen|öffnen|vergleichen|berechnen|zählen))"
    rf"|(?:(?:maintenant|ensuite|d['’]abord|puis),?\s+)*je (?:vais|dois) (?:(?:maintenant|d['’]abord|ensuite|aussi)\s+)*{_LOOKS_FR}\b|(?:maintenant|ensuite|d['’]abord|puis),?\s+je {_LOOKS_FR}\b"
    rf"|(?:(?:ahora|a continuación|primero|luego|después),?\s+)*(?:voy a|tengo que) (?:(?:ahora|primero|también)\s+)*{_LOOKS_ES}\b|(?:ahora|a continuación|primero|luego),?\s+{_LOOKS_ES}\b)"
    r"(?![^\n]*\b(?:kein\w*|nicht|pas|ne|no|nunca|Ihre?[nmrs]?|deine?[nmrs]?|votre|vos|ton|ta|su|sus|tu|wenn|sobald|falls|nachdem|morgen|später|jede[nrsm]?|bis|si|dès|quand|lorsque|demain|chaque|cuando|mañana|cada|después de|Sie|Ihnen|dir|dich|vous|usted|te)\b)[^.!?\n]*[.:…]*",
    re.IGNORECASE,
)


def _announces(text: str) -> bool:
    """Tell whether a text is one sentence, and that one says which call comes next."""
    body = text.strip()
    if len(body) > 250:
        return False
    return (
        _ANNOUNCES.fullmatch(body) is not None
        or (not body.isascii() and _ANNOUNCES_ZH.fullmatch(body) is not None)
        or _ANNOUNCES_OTHER.fullmatch(body) is not None
    )


def unclosed(text: str) -> str:
    """Say which structure `text` opens and never closes, or return an empty string."""
    fences = sum(line.lstrip().startswith("```") for line in text.split("\n")) if "```" in text else 0
    if fences % 2:
        return "a code fence is never closed"
    for opening, closing in _TAGS:
        if opening in text and text.count(opening) > text.count(closing):
            return f"{opening} is never closed"
    if "<" in text and (name := _open_element(text)):
        return f"<{name}> is never closed"
    stripped = text.strip()
    if stripped[:1] in "{[" and len(stripped) > 1 and stripped[1:2] in '"{[ \n' and _broken_json(stripped):
        return "the JSON text is never closed"
    return ""


_ELEMENT = re.compile(r"<(/?)([A-Za-z][\w:.-]*)(?:\s[^<>]*?)?(/?)>")
_VOID = frozenset(
    "br hr img input meta link area base col embed source track wbr p li td tr th option dt dd !doctype".split()
)


def _open_element(text: str) -> str:
    """Name the first element that a text of markup leaves open, or return an empty string."""
    markup = re.sub(r"^\s*(?:```\w*\s*)?(?:<[?!][^>]*>\s*)*", "", text)
    if not re.match(r"<[A-Za-z][\w:.-]*(?:\s[^<>]*)?>", markup):
        return ""
    depth: dict[str, int] = {}
    for closing, name, alone in _ELEMENT.findall(markup):
        if not alone and name.lower() not in _VOID:
            depth[name] = depth.get(name, 0) + (-1 if closing else 1)
    closed = re.search(r"</[A-Za-z]", markup) is not None or markup.count("<") >= 3
    return next((name for name, n in depth.items() if n > 0), "") if closed else ""


def _broken_json(text: str) -> bool:
    try:
        json.JSONDecoder().raw_decode(text)
    except ValueError:
        return text.count("{") + text.count("[") > text.count("}") + text.count("]")
    return False


def unfinished(text: str, thread: Thread, prose_words: int) -> str:
    """Say why `text` seems to stop in mid-sentence, or return an empty string."""
    body = text.rstrip()
    last = body.rsplit("\n", 1)[-1].strip()
    if body.endswith("```") or not last or last.startswith(("```", "    ")):
        return ""
    if last.startswith("|"):
        return "" if last.endswith("|") or "\n|" not in body else "the last table row is cut"
    if re.search(r"[:;=]['-]?[(\[]$", last):
        return ""  # a sad face
    if body.endswith(_OPEN_ENDS) and not re.fullmatch(r"[-–—=_*\s]+", last) and not _is_path_or_url(last):
        return f"ends on {body[-1]!r}"
    if last.count("**") % 2 or last.count("`") % 2:
        return "emphasis or code is opened and not closed in the last line"
    if last.count("(") > last.count(")") and not re.search(r"[:;]-?\($", last):
        return "a bracket is opened and not closed in the last line"
    if body.rstrip(_CLOSERS).endswith(_TERMINAL) or body[-1] in _CLOSERS:
        return ""
    if CJK.match(body[-1]):
        return _unfinished_chinese(body, last)
    return _unfinished_english(body, last, thread, prose_words)


def _unfinished_chinese(body: str, last: str) -> str:
    if body.endswith(_DANGLING_ZH):
        return f"ends on {body[-1]!r}"
    if (word := _GOVERNS_ZH.search(body)) is not None:
        return f"ends on {word.group()!r}"
    label = _LINE_MARK.match(last) or "：" in last or ":" in last
    if not label and len(last) >= 12 and re.search(r"[。！？]", body):
        return "earlier sentences end with a full stop, the last does not"
    return ""


def _unfinished_english(body: str, last: str, thread: Thread, prose_words: int) -> str:
    words = last.split()
    word = words[-1]
    if _cuts_month(word, body):
        return f"{word!r} is the beginning of a month"
    if len(words) > 1 and _CLAUSE_BEGINS.search(last[-30:]):
        return f"ends on {' '.join(words[-2:])!r}"
    compound = _COMPOUND.fullmatch(word) is not None and word not in thread.evidence
    if not word.isalpha() and not compound:
        return "ends on a cut number" if re.search(r"\$\d+[.,]$", last) else ""
    if len(words) > 1 and word.lower() in _DANGLING and not word.isupper():
        return f"ends on {word!r}"
    cut = (
        len(words) > 2 and len(word) >= 2 and not word.isupper() and _is_cut_word(word.lower(), body, thread)
    )
    if cut:
        return f"{word!r} is the beginning of a word"
    if len(words) < prose_words or _is_label(last):
        return ""
    if _LINE_MARK.match(last):
        items = [line.rstrip() for line in body.split("\n")[:-1] if _LINE_MARK.match(line)]
        whole = bool(items) and all(item.endswith(_TERMINAL) for item in items)
        return "the other list items are whole sentences, the last is not" if whole else ""
    if _PROSE_BEFORE.search(body[: -len(last)] if len(body) > len(last) else "") or _PROSE_BEFORE.search(
        last[:-1]
    ):
        return f"earlier sentences end with a full stop, the last does not: {quote(last, 0, len(last))}"
    return ""


_MONTHS = tuple(
    "january february march april june july august september october november december januar februar märz juni juli oktober dezember janvier février mars avril juin juillet août septembre octobre novembre décembre enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
)
_DAY_BEFORE = re.compile(r"\b\d{1,2}(?:\.|st|nd|rd|th)?(?: de)? \w{3,9}\Z")


def _cuts_month(word: str, body: str) -> bool:
    """Tell whether a text ends on a day and the beginning of a month, and spells its other months out, with a year."""
    start = word.lower()
    if not 3 <= len(start) <= 8 or not any(month.startswith(start) and month != start for month in _MONTHS):
        return False
    if _DAY_BEFORE.search(body[-20:]) is None:
        return False
    full = [m for m in _DATED.findall(body) if m.lower() in _MONTHS]
    return len(full) >= 2 and start not in (one.lower()[:3] + "." for one in full)


_DATED = re.compile(r"\b\d{1,2}(?:\.|st|nd|rd|th)?(?: de)? ([^\W\d_]{4,10}),?(?: de)? \d{4}\b")


_CLAUSE_BEGINS = re.compile(  # a conjunction and its subject, and no verb
    r"\b(?:and|but|because|since|while|although|though|whereas|if|when|that|which|so)\s+(?:it|he|she|they|we|I|you|there)$"
)
_COMPOUND = re.compile(r"[a-z]+(?:[_-][a-z]+)+")


def _abrupt(body: str) -> bool:
    """One long sentence that ends without a full stop: odd, but no proof."""
    words = body.split()
    prose = sum(word.lower() in _FUNCTION for word in words) >= 2
    return prose and "\n" not in body and len(words) >= 6 and words[-1].isalpha() and words[-1].islower()


_FUNCTION = frozenset(
    "a an the is are was were has have been in on of to for and that it you your with from now".split()
)


def _is_label(line: str) -> bool:
    return re.match(r"(?:[^\s.!?:]+\s?){1,4}:\s", line) is not None


def _is_path_or_url(line: str) -> bool:
    return re.search(r"(?:https?://|(?:^|\s)[~.]?/?[\w.-]+/)\S*$", line) is not None


def _is_cut_word(word: str, body: str, thread: Thread) -> bool:
    """Tell whether `word` occurs nowhere else as a word, but other words start with it."""
    corpus = f"{thread.evidence_lower}\n{thread.written.lower()}\n" + body.lower()[: -len(word)]
    begins = re.findall(rf"(?<![a-z0-9]){re.escape(word)}([a-z]*)", corpus)
    return bool(begins) and all(begins) and any(len(rest) >= 2 for rest in begins)
