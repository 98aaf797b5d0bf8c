"""Errors that a tool states in its text only.

28% of the catalogue's runtime errors are silent (`is_error` is false). The test looks at how a result
opens, at top-level JSON fields and at exit codes; the word "error" inside content is no evidence.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

_OPENING = re.compile(
    r"\s*(?:[❌✗⚠️\s\[\(*]*)(?:"
    r"(?:\w+\s)?(?:error|exception|failure)\b\s*(?:\[[^\]]*\]|\([^)]*\)|code)?\s*\d*\s*[:\-—\]]"
    r"|(?:fatal|panic|abort(?:ed)?)\s*:"
    r"|(?:[\w.]+)?(?:Error|Exception)\s*[:(]"
    r"|error (?:executing|calling|running|while|in|occurred|reading|opening|processing|response from|from server|connecting|loading|parsing|fetching|sending|writing|creating|updating|deleting|starting)\b"
    r"|traceback \(most recent call last\)"
    r"|(?:[a-z]+ ){1,3}failed with (?:status|error|code|exit)|E(?:NOENT|ACCES|PERM|EXIST|ISDIR|NOTDIR|CONNREFUSED|CONNRESET|TIMEDOUT|NOTFOUND)\b\s*:"
    r"|failed to\b|unable to\b|could ?n[o']t\b|cannot\b|can't\b"
    r"|permission denied|access denied|not found\b|no such (?:file|table|column|tool|[a-z]+(?: [a-z]+)?\s*[:'\"`(])|unauthori[sz]ed|forbidden\b"
    r"|invalid (?:argument|input|parameter|request|value)|unknown tool"
    r"|(?:http(?:/[\d.]+)?\s*)?(?:status(?: code)?:?\s*)?[45]\d\d\s+(?:client error|server error|bad|unauth|forbid|"
    r"not found|conflict|internal|too many|service|gateway)"
    r"|[\u4e00-\u9fff]{0,6}(?:错误|失败|异常|出错)(?:[:：，。!！\s]|$)|无法|未找到|找不到|权限不足|拒绝访问|未知(?:工具|命令|参数)"
    r")",
    re.IGNORECASE,
)
_FIELD = re.compile(
    r'"(?:error|err|error_message|errorMessage)"\s*:\s*(?:"[^"]|\{\s*"|\[\s*["{]|true|-?[1-9])'
    r'|"errors"\s*:\s*\[\s*\{\s*"(?:message|code|detail|title|status)"'
    r'|"(?:code|err_?code|errno|ret|retcode|status_?code)"\s*:\s*"?-?(?!20\d\b|0\b)[1-9]\d{2,}"?\s*,\s*"(?:msg|message|errmsg|error\w*|detail|reason|info)"\s*:\s*"(?!ok\b|success|成功)[^"]'
    r'|"(?:fehler|fehlermeldung|erreur|errore|erro|foutmelding|błąd|ошибка|エラー|错误|错误信息|오류)"\s*:\s*"(?!kein|aucun|nessun|nenhum|geen|brak|нет|无|没有|なし|0"|-"|ok\b)[^"]'
    r'|"(?:isError|is_error)"\s*:\s*true'
    r'|"(?:success|ok)"\s*:\s*false'
    r'|"status"\s*:\s*(?:"(?:error|failed|failure|fail)"|[45]\d\d\b)'
    r'|"(?:exit_code|exitCode|returncode|return_code)"\s*:\s*-?[1-9]'
)
_EXIT = re.compile(
    r"(?:exit(?:ed with)?(?: code| status)?|return ?code)[ :=]+-?[1-9]\d*\s*\W?$"
    r"|(?:command not found|No such file or directory|Permission denied)\s*$"
    r"|^(?:fatal|error|E):\s[^\n]+\Z|^(?:g?make|cmake|ninja)(?:\[\d+\])?: \*\*\*|^npm ERR!|^[\w./-]+: (?:cannot|could not|unable to|failed to|invalid option|unrecognized)\b[^\n]*\Z"
    r"|^(?:\w+\.)*[A-Z]\w*(?:Error|Exception)(?:: [^\n]*)?\Z",
    re.IGNORECASE | re.MULTILINE,
)
_SHORT = re.compile(
    r"[^{\[\n]{0,80}\b(?:not found|does not exist|is not available|unavailable|(?:was |is |been )?(?:denied|declined|rejected|refused)|timed out|is required|not permitted|not allowed)\W{0,3}"
    r"|(?:[\w-]+ ){1,3}(?:not found|does not exist)\s?[:：][^\n]{1,100}"
    r"|[45]\d\d\b[^\n]{0,80}|\[errno -?\d+\][^\n]*|[^\n]{0,30}(?:不存在|未找到|找不到|被拒绝|不允许|权限不足)[。！]?",
    re.IGNORECASE,
)  # the whole of a short result
_STATUS = re.compile(r"\b[45]\d\d\s+[A-Z][a-z]+")


_BEFORE = " \t\n[(*"  # what may stand before an opening
_DATA = ("{", '"', "<")  # no opening goes on with one of these
_CLOSED = ("}]", '"}', '"]', "]}", "}}", "]]")
_FOREIGN = ("fehler", "erreur", "errore", "erro:", "foutm", "ошибка", "エラー", "오류")  # openings elsewhere
_NAMES_ERROR = re.compile(
    r"[^\s:：]{4,20}\s*[:：]\s*(?!0\b|kein|aucun|nessun|nenhum|geen|なし|無|нет|없음)\S", re.IGNORECASE
)
_FIELD_WORDS_ELSEWHERE = ("błąd", "шибка", "エラー", "错误", "오류")
_FIELD_WORDS = (
    "rro",
    "ehler",
    "rreur",
    "foutm",
    "uccess",
    "ok",
    "status",
    "exit",
    "return",
    "err",
    "code",
    "ret",
)
_EXIT_WORDS = (
    "xit",
    "eturn",
    "ound",
    "uch",
    "enied",
    "atal",
    "rror",
    "***",
    "ERR!",
    "xception",
    "E: ",
    "nnot",
    "ould",
    "nable",
    "ailed",
    "nvalid",
    "nrecog",
)


def failure_text(text: str) -> bool:
    """Tell whether a result's text says that the call failed."""
    if not text:
        return False
    head = text[:300]
    if len(text) <= 160 and _SHORT.fullmatch(text.strip()) and len(set(_STATUS.findall(text))) < 2:
        return not text.strip().isdigit()
    opening = head.lstrip(_BEFORE)
    first = opening[:1]
    if first in "FfEeОоエ오" and opening[:6].lower().startswith(_FOREIGN) and _NAMES_ERROR.match(opening):
        return True
    if first not in _DATA and _OPENING.match(head):
        return len(set(_STATUS.findall(head))) < 2  # a list of codes is documentation
    if (
        head.lstrip()[:1] == "{"
        and (
            any(word in head for word in _FIELD_WORDS)
            or (not head.isascii() and any(word in head for word in _FIELD_WORDS_ELSEWHERE))
        )
        and _FIELD.search(head)
        and _top_level(head)
    ):
        return True
    if len(text) >= 2000:
        return False
    tail = text[-120:].rstrip()
    if tail.endswith(_CLOSED) and text[0] in "[{" and "\n" not in tail:
        return False  # JSON ends on no message
    for word in _EXIT_WORDS:
        if word in tail:
            return _EXIT.search(tail) is not None
    return False


def _top_level(head: str) -> bool:
    """Tell whether the failing field stands in the outermost object, not in a row of data."""
    found = _FIELD.search(head)
    if found is None:
        return False
    before = head[: found.start()]
    return before.count("{") - before.count("}") <= 1 and before.count("[") <= before.count("]")
