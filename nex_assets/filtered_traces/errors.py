"""Errors: calls that failed, and what the agent made of it.

`tool_error` records an authentic error (its turn is masked where the call was at fault and a recovery
follows). It is a defect of the trace only if the failure is passed over or repeated unchanged.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import quote
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, Trace

_TRANSIENT = {"timeout", "connection_closed", "cancelled"}
ADMITS = re.compile(
    r"\b(?:could ?n[o']t|could not|couldn’t|cannot|can ?not|can['’]t|unable|was ?n['’]t able|not able|fail(?:s|ed|ure|ures|ing)?|errors?|"
    r"unavailable|not (?:be )?(?:found|possible|available|exist|completed|allowed|permitted|authorized|processed|supported|succeed|recognized|eligible|valid)|"
    r"does ?n['o’]t (?:exist|have|appear|seem|match|contain|work|support)|do(?:es)? not (?:exist|have|appear|seem|match|contain|work|support|currently)|"
    r"did ?n['’o]t|no (?:such|matching|results?|records?|file|data|order|user|table|entry|row|access|permission)|"
    r"denied|rejected|invalid|timed? ?out|issues?|problems?|unfortunately|unsuccessful|missing|isn['’]t|wasn['’]t|aren['’]t|won['’]t|"
    r"crash(?:es|ed|ing)?|rais(?:es|ed)|throws?|threw|traceback|exceptions?|\w+(?:Error|Exception)|declin\w+|lack(?:s|ed)?|nothing (?:was|matches|to)|not (?:be |been |yet )?\w+ed|maximum|minimum|at most|at least|there (?:is|are|was|were) no|there['’]s no|refus(?:ed|es)|blocked|impossible|sorry|apologi[sz]e|unknown|incomplete|however|retry|retried|instead)\b"
    r"|\b(?:leider|nicht|kein\w*|konnte\w*|fehl(?:er|schl|t)\w*|gescheitert|scheitert\w*|abgelehnt|abgewiesen|verweigert|ungültig|unmöglich|reicht nicht|"
    r"malheureusement|hélas|n['’](?:a|est|ai|ont|existe|y)|ne \w+ pas|pas (?:pu|été|de)|échou\w*|échec|erreurs?|impossible|refus\w+|insuffisant\w*|introuvable|aucune?|"
    r"lamentablemente|desafortunadamente|no (?:se|pud\w+|puede|existe|hay|es|está|fue|ha|he|encontr\w+|tiene\w*|permite)|fall[óoa]\w*|rechaz\w+|insuficiente\w*|imposible|"
    r"purtroppo|non (?:è|ho|si|ha|esiste|sono|può)|fallit\w+|infelizmente|não|falh\w+|helaas|niet|geen|mislukt|niestety|nie)\b"
    r"|できません|できず|失敗|エラー|ありません|見つかり|ませんでした|残念|не удалось|нельзя|ошибк|не найден|отказ|к сожалению|невозможно|실패|오류|못했|없습니다"
    r"|崩溃|报错|故障|未成功|不成功|无法|失败|错误|不能|没有|未能|未找到|找不到|不存在|抱歉|出错|异常|拒绝|超时|问题|不支持|不允许",
    re.IGNORECASE,
)


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find failed calls, failures that were ignored, and failing calls repeated unchanged."""
    found: list[Finding] = []
    for thread in context.view.threads:
        failed = [site for site in thread.sites if site.failed]
        if not failed:
            continue
        found += [_record(site, context) for site in failed]
        found += _ignored(thread, failed)
        found += _repeated(failed, context.limits.errors.identical_failures)
    return found


def _record(site: Site, context: Context) -> Finding:
    error = site.result.error if site.result is not None else None
    expected = context.query is not None and any(
        step.expect_error and step.tool == site.call.name for step in context.query.blueprint.steps
    )
    blameless = error in _TRANSIENT or expected or _passing(site) or _asked_about(site, context)
    severity = "info" if blameless else "drop"
    why = f"{error or 'silent_error'}: {quote(site.text, 0, 120)}"
    where = f"results.{site.position}.text"
    return finding("tool_error", severity, site.trajectory, site.message, where, None, why)  # type: ignore[arg-type]


_TEMPORARY = re.compile(
    r"\b(?:429|50[234])\b|too many requests|rate.?limit|service unavailable|bad gateway|gateway time-?out|temporar\w+|"
    r"timed? ?out|try again later|overloaded|connection (?:reset|refused|aborted)|throttl|系统繁忙|稍后再试|超时|请求过于频繁",
    re.IGNORECASE,
)
_PROGRAM = re.compile(
    r"Traceback \(most recent call last\)|\bpanic:|Segmentation fault|\w(?:Error|Exception)\b"
)
_TROUBLE = re.compile(
    r"crash|fail|error|exception|bug|broken|debug|reproduc|traceback|why (?:does|is|do)|报错|崩溃|错误|失败|异常|复现|调试",
    re.IGNORECASE,
)


def _passing(site: Site) -> bool:
    """The service was at fault for the moment, and not the call."""
    return len(site.text) < 400 and _TEMPORARY.search(site.text) is not None


def _asked_about(site: Site, context: Context) -> bool:
    """A program that fails while the user asks about its failure is an observation."""
    thread = context.view.threads[site.trajectory]
    return _PROGRAM.search(site.text) is not None and _TROUBLE.search(thread.users) is not None


def _ignored(thread: Thread, failed: list[Site]) -> list[Finding]:
    """A failure that nothing made good, with an answer that does not admit it."""
    answer = thread.answer
    if answer is None:
        return []
    for site in failed:
        if _made_good(site, thread) or ADMITS.search(answer.text):
            continue
        why = f"{site.call.name} failed ({quote(site.text, 0, 60)}) and the answer passes over it"
        span = (0, min(len(answer.text), 120))
        return [finding("ignored_error", "drop", thread.index, thread.final, "text", span, why)]
    return []


def _made_good(site: Site, thread: Thread) -> bool:
    """Tell whether a later call succeeded in the failed one's place: the same tool, or at least one that
    uses the same argument value, or any later success that is not a mere repetition of an earlier one."""
    later = [s for s in thread.sites if s.message > site.message and not s.failed and s.result is not None]
    if any(s.call.name == site.call.name for s in later):
        return True
    if site.tool is None:
        return bool(later)
    return any(s.may_write == site.may_write for s in later)


def _repeated(failed: list[Site], limit: int) -> list[Finding]:
    runs: dict[bytes, list[Site]] = {}
    for site in failed:
        runs.setdefault(b"".join(site.key.lower().split()), []).append(site)
    return [
        finding("repeated_error", "drop", s[-1].trajectory, s[-1].message, s[-1].where, None,
                f"{s[-1].call.name} failed {len(s)} times with the same arguments")
        for s in runs.values()
        if len(s) >= limit
    ]  # fmt: skip
