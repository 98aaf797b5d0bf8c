"""Refusal errors, both ways: a feasible task refused, an infeasible one carried out."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from itertools import pairwise

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.view import Thread
from nex_resources.records import Finding, Trace

_REFUSES = re.compile(
    r"\bI(?:['’]m| am) (?:sorry|afraid|unable|not able|not comfortable|not allowed)\b|\bI (?:cannot|can['’]?t|can not|won['’]t|will not|must decline|have to decline|"
    r"do(?:n['’]t| not) have (?:the |any )?(?:ability|access|capability|tools?|permission|means|way))\b|\bAs an AI\b|\bmy (?:apologies|limitations)\b|"
    r"\b(?:unable|not able) to (?:help|assist|fulfil|complete|do|comply|process|access|perform|provide|proceed)|\bI (?:must|have to) (?:refuse|decline)|\bdecline to\b|"
    r"\bagainst my (?:guidelines|policy|policies)\b|\bbeyond (?:my|what I)\b|\boutside (?:of )?my\b|\bcannot (?:help|assist|be done|be completed|be fulfilled)|\bno (?:available )?tool\b|"
    r"\b(?:this|that|it) (?:cannot|can['’]?t|can not) be (?:done|completed|processed|fulfilled|handled)|^(?:sorry|apologies|unfortunately)\b|\bI apologi[sz]e\b|\bnot something I (?:can|am able)|"
    r"\bnone of (?:the|my) (?:available )?tools\b|抱歉|对不起|无法(?:帮助|协助|完成|处理|提供|满足|执行|访问|为您)|不能(?:帮助|协助|完成|提供|满足)|没有(?:权限|能力|可用的工具|相应的工具)|作为(?:一个)?(?:AI|人工智能)|我拒绝",
    re.IGNORECASE,
)
_REFUSAL_WORDS = (
    "sorry", "afraid", "able", "not ", "n't", "n’t", "cant", "decline", "refuse", "as an ai", "apolog", "limitations", "guidelines",
    "polic", "beyond", "outside", "no tool", "no available", "none of", "unfortunately", "cannot", "歉", "对不起", "无法", "不能", "没有", "作为", "拒绝",
)  # fmt: skip
_ADMITS_INFEASIBLE = re.compile(
    r"\b(?:cannot|can['’]?t|can not|could ?n['’]?t|could not|unable|not (?:possible|able|found|allowed|available|exist|eligible|permitted|supported|cancel\w*|return\w*|process\w*|complete\w*|\w+ed)|no (?:such|tool|matching|order|user|way|record|results?|longer|\w+ (?:tool|with|found|exists?|matches))|"
    r"does ?n['’o]t|does not|do not|don['’]t|is ?n['’o]t|is not|was not|wasn['’]t|did not|didn['’]t|failed?|already|only (?:pending|delivered|orders)|decline|refuse|sorry|unfortunately|denied|rejected|insufficient|exceeds?|invalid|error|impossible|missing|need(?:s)? more|which (?:one|of)|clarify|none of)\b"
    r"|无法|不能|不存在|没有|未找到|找不到|抱歉|失败|不支持|不允许|不可|不符合|已经|错误|拒绝",
    re.IGNORECASE,
)


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Compare whether the final answer refuses with whether the task can be done."""
    if not context.view.threads:
        return []
    thread = context.view.threads[0]
    answer = thread.answer
    if answer is None or not answer.text:
        return []
    kind = None if context.query is None else context.query.blueprint.kind
    if kind in ("negative", "irrelevance"):
        return _complied(thread, answer.text, kind, context)
    head = answer.text[:400]
    lower = head.lower()
    refusal = _REFUSES.search(head) if any(word in lower for word in _REFUSAL_WORDS) else None
    if refusal is None or _earned(thread, kind, context):
        return []
    span = refusal.span()
    return [finding("refused_feasible", "drop", 0, thread.final, "text", span, refusal.group())]


def _earned(thread: Thread, kind: str | None, context: Context) -> bool:
    """A refusal counts as right where the run found a reason, or nothing was offered to do it with."""
    if kind is not None:
        return context.verdict is not None and context.verdict.success
    if not _relevant(thread):
        return True
    failed = any(site.failed for site in thread.sites)
    empty = any(len(site.text.strip()) <= 4 or '"not_found"' in site.text for site in thread.sites)
    return failed or empty or _tried(thread)


def _relevant(thread: Thread) -> bool:
    """Tell whether any tool's name or description shares a word with the request."""
    asked = _stems(thread.users)
    return any(asked & _stems(f"{one.name} {one.description}") for one in thread.tools.values())


def _stems(text: str) -> set[str]:
    words = re.findall(r"[a-z]{4,}", re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", text).lower())
    chinese = re.findall(r"[\u3400-\u9fff]", text)
    return {word[:5] for word in words} - _VAGUE | {a + b for a, b in pairwise(chinese)}


_VAGUE = frozenset(
    {"tool", "please"[:5], "with", "that", "this", "from", "what", "have", "your", "will", "about", "which"}
)


def _tried(thread: Thread) -> bool:
    """Without a plan to hold it against, a refusal after looking is given the benefit of the doubt."""
    return any(site.result is not None for site in thread.sites)


def _complied(thread: Thread, text: str, kind: str, context: Context) -> list[Finding]:
    if context.verdict is not None and context.verdict.success:
        return []
    wrote = [
        site for site in context.view.sites if site.may_write and not site.failed and site.result is not None
    ]
    wrote = [site for site in wrote if site.tool is not None and site.tool.effect == "write"]
    if wrote:
        site = wrote[0]
        why = f"{site.call.name} was carried out on a task that cannot be done"
        return [finding("complied_infeasible", "drop", site.trajectory, site.message, site.where, None, why)]
    if _ADMITS_INFEASIBLE.search(text):
        return []
    why = "the task cannot be done, and the answer does not say so"
    return [finding("complied_infeasible", "drop", 0, thread.final, "text", (0, min(120, len(text))), why)]
