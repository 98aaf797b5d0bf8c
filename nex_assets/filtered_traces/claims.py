"""Claims in prose: actions said to be done, checks said to be made, tests said to pass. English and Chinese.

A claim is about the agent itself and the past: "I have refunded", "successfully sent", "has been
cancelled", "已为您退款". Plans, offers, questions, negations and conditions are none.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from itertools import islice
from typing import NamedTuple

from nex_assets.filtered_traces.prose import sentences
from nex_assets.filtered_traces.request import is_past, same_verb

# family: (stems of the claim, words that a call behind it has in its name or arguments)
_ENGLISH: dict[str, tuple[str, str]] = {
    "refund": ("refunded|reimbursed", "refund|return|reimburs|credit|cancel|void"),
    "cancel": ("cancell?ed", "cancel|terminate|void|delete|abort"),
    "send": ("sent|e-?mailed|mailed|notified|messaged|texted|dispatched|informed|alerted|pinged", "send|mail|email|notif|messag|post|sms|publish|slack|tell|chat|comment|reply|share|invit|forward|inform|alert|ping|page|remind|contact|announce|broadcast"),
    "post": ("posted", "post|publish|comment|chat|messag|send|share|submit|create|add|slack|tell|reply|review|write|tweet|announce"),
    "delete": ("deleted|removed|erased|purged|cleared|dropped", "delete|remove|rm|drop|clear|purge|unlink|truncate|erase|edit|replace|write|update|execute"),
    "create": (
        "created|added|inserted|registered|opened|generated|set up|appended",
        "create|add|insert|new|register|open|write|mkdir|touch|generate|append|post|save|init|make|put|edit|set|fill|format|apply|merge|copy|book|schedule|submit|execute",
    ),
    "update": (
        "updated|changed|modified|edited|renamed|replaced|fixed|adjusted|corrected|refactored|patched|switched",
        "update|change|modify|edit|rename|move|set|replace|patch|write|fix|put|apply|alter|adjust|exchange|upsert|format|execute|insert|create|delete|merge",
    ),
    "book": ("booked|reserved|scheduled|rescheduled", "book|reserv|schedul|calendar|event|appointment|create|insert"),
    "pay": ("paid|charged|transferred|purchased|ordered|deposited|withdrew", "pay|charg|transfer|purchas|order|buy|deposit|withdraw|checkout|transaction|insert|create"),
    "save": ("saved|stored|written|wrote|exported|uploaded|downloaded|backed up", "save|store|write|export|upload|download|backup|copy|create|insert|put|update|edit|execute"),
    "commit": ("committed|pushed|merged|deployed|published|released|tagged|staged", "commit|push|merge|deploy|publish|release|tag|git|add|stage"),
    "submit": ("submitted|filed|approved|assigned|escalated|exchanged|activated|enabled|disabled|installed|configured|upgraded|migrated|moved|copied|increased|decreased|raised|lowered|reduced|closed|resolved|archived|restored|renewed|extended|granted|revoked|reset|marked|processed|applied|"
        "issued|placed|raised|arranged|subscribed|unsubscribed|invited|shared|blocked|unblocked|locked|unlocked|recorded|logged|linked|attached|replied|commented|swapped|converted", ""),
}  # fmt: skip
_CHINESE: dict[str, tuple[str, str]] = {
    "refund": ("退款|退货|退还", _ENGLISH["refund"][1]),
    "cancel": ("取消|撤销", _ENGLISH["cancel"][1]),
    "send": ("发送|寄出|通知|发出|发给|发到|转发|告知|提醒", ""),
    "delete": ("删除|移除|清空|清除", _ENGLISH["delete"][1]),
    "create": ("创建|新建|添加|新增|生成|插入", _ENGLISH["create"][1]),
    "update": ("更新|修改|更改|修复|替换|调整|重命名|重启|改为|改成", _ENGLISH["update"][1]),
    "book": ("预订|预约|预定|安排", _ENGLISH["book"][1]),
    "pay": ("支付|付款|转账|购买|下单|扣款", _ENGLISH["pay"][1]),
    "save": ("保存|写入|导出|上传|下载|备份", _ENGLISH["save"][1]),
    "commit": ("提交|推送|合并|部署|发布", _ENGLISH["commit"][1]),
    "notify": ("(?:并且?|也|还|同时)(?:已经?)?通知了", _ENGLISH["send"][1]),
    "submit": ("批准|分配|启用|禁用|安装|配置|换货|迁移|关闭|办理|延长|恢复|归档", ""),
}
_VERBS = "|".join(stems for stems, _ in _ENGLISH.values())
_VERBS_ZH = "|".join(stems for name, (stems, _) in _CHINESE.items() if name != "notify")
_ADVERBS = (
    r"(?:(?:also|just|now|already|successfully|then|finally|since|gone ahead and|manually|safely|fully)\s+)*"
)
_ACTIVE = re.compile(rf"\b(?:I|we)(?:['’]ve| have)?\s+{_ADVERBS}({_VERBS})\b", re.IGNORECASE)
_PASSIVE = re.compile(
    rf"\b(?:has|have)\s+(?:now\s+|also\s+|just\s+)?been\s+{_ADVERBS}({_VERBS})\b"
    rf"|\b(?:was|were|is|are)\s+(?:now\s+|just\s+)?(?:successfully|now)\s+({_VERBS})\b"
    rf"|\bsuccessfully\s+({_VERBS})\b|\b({_VERBS})\s+successfully\b",
    re.IGNORECASE,
)
_ACTIVE_ZH = re.compile(
    rf"(?:我|已经?|成功|并[为帮替][您你])(?:已经?|为您|帮您|为你|帮你|将|把|成功|[^，。；\n]{{0,14}})?(?<!未)(?<!不)({_VERBS_ZH})(?!\s*\d+\s*次)"
)
_ALSO_ZH = re.compile(rf"({_CHINESE['notify'][0]})")  # what was done beside the deed before it
_OWN_ZH = re.compile(r"我|为您|帮您|为你|帮你|把|将|成功")  # without these, 已… may be a state that was read
# (pattern, whether it tells a deed of the agent's own, marks of which one has to be there)
_LATIN = (
    (_ACTIVE, True, ("I ", "I'", "I’", "We ", "we ")),
    (_PASSIVE, False, ("been ", "uccessfully", "now ", "Now ")),
)
_ALL = (*_LATIN, (_ACTIVE_ZH, True, ("已", "我", "成功")), (_ALSO_ZH, True, ("通知了",)))
_NOTHING = re.compile(r"\s+(?:nothing|none|no(?:ne)?\b|neither|not\b|never)", re.IGNORECASE)
_UNREAL = re.compile(
    r"\b(?:if|once|when|after|before|unless|until|would|could|should|can|cannot|can['’]t|will|to be|not|n['’]t|never|"
    r"unable|failed|want|need|like me|please|whether|yet to|did not|didn['’]t|haven['’]t|hasn['’]t|without|as if|"
    r"no \w+ (?:was|were|has|have))\b|\?\s*$|如果|若|是否|无法|不能|未能|没有|尚未|可以|请|需要|将会|还未|吗|失败",
    re.IGNORECASE,
)
_UNMET = re.compile(
    r"\b(?:if|unless|until|would|could|should|can|cannot|can['’]t|will|to be|not|n['’]t|never|unable|want|need|please|"
    r"whether|make sure|ensure|so that|expect|hope|didn['’]t|haven['’]t)\b|\?\s*$|如果|是否|无法|不能|未能|没有|尚未|可以|请|需要|将会|吗",
    re.IGNORECASE,
)
_CHECKS = re.compile(
    r"\bI(?:['’]ve| have)?\s+(?:also |just |already |carefully |thoroughly |now |then )*"
    r"(checked|searched|looked up|looked at|looked through|verified|queried|examined|inspected|scanned|browsed|fetched|"
    r"retrieved|consulted|reviewed|read through|ran|executed|tested|measured|benchmarked|downloaded|called|accessed|opened)\b"
    r"|\b(?:according to|based on) (?:the )?(?:search results|database|tool (?:output|results?)|query results?|system records?|"
    r"logs?|API (?:response|results?))\b"
    r"|\bthe (?:tool|search|query|command|script|API(?: call)?)(?: call)? (?:returned|shows|showed|reports|reported|output)\b"
    r"|(?:我|已经?)(?:[^，。；\n]{0,6})(?:查询|检索|搜索|核实|检查|运行|执行|测试|验证|查看|调用)(?:了|过|完|到)",
    re.IGNORECASE,
)
_TESTS = re.compile(
    r"\b(?:all|every|each|both|\d+(?:\s*(?:/|of|out of)\s*\d+)?|the|your|existing|unit|regression|integration|new)\b[^.!?\n]{0,40}?"
    r"\b(?:tests?|test cases?|test suite|suites?|specs?|assertions|checks)\b[^.!?\n]{0,30}?"
    r"\b(?:pass(?:es|ed|ing)?|succeed(?:s|ed)?|are green|is green|green|ok)\b"
    r"|\b(?:pytest|unittest|tox|jest|vitest|mocha|rspec|ctest|(?:cargo|go|npm|yarn|pnpm|make|mvn|gradle|dotnet|swift|mix) (?:run )?(?:test|check))\b[^.!?\n]{0,40}?\b(?:pass(?:es|ed|ing)?|green|succeed(?:s|ed)?|clean(?:ly)?|no failures)\b"
    r"|`[^`\n]*\b(?:tests?|pytest|unittest|tox|jest|vitest|mocha|rspec|ctest|phpunit)\b[^`\n]*`\s+(?:(?:now|all|also|both|then|still|again)\s+)*(?:pass(?:es|ed)?|is (?:all )?green|succeed(?:s|ed)?|runs? clean(?:ly)?|ran clean(?:ly)?|(?:comes|came) back clean|reports? (?:no|zero|0) \w*\s?(?:failures|errors)|confirms? (?:it|this|that|the fix))\b"
    r"|\b(?:everything|all of them|they all)\s+(?:is |are |now )?(?:pass(?:es|ed|ing)?|green)\b"
    r"|\b\d+\s+pass(?:ed|ing)\b|\b(?:tests?|test suite|CI)\s+(?:now\s+|all\s+|is\s+|are\s+)*(?:pass(?:es|ed|ing)?|green)\b"
    r"|\btest\w*[`*]*\s*(?:[:：|–—-]|\.{2,})\s*[`*]*\s*(?:(?:all|both|everything|\d+(?:\s*/\s*\d+)?)\s+)?(?:pass(?:ed|ing)?|OK|green)\b|[✓✅✔]\s*\W{0,4}\btest\w*"
    r"|\b(?:re-?ran|ran|executed)\s+(?:\w+\s+){0,3}?[`*]*(?:pytest|unittest|tox|jest|vitest|mocha|rspec|ctest|(?:\w+ )?(?:run )?tests?\b)[^!?\n]{0,60}?(?:\bpass(?:es|ed|ing)?\b|\bgreen\b|\bok\b|\bclean(?:ly)?\b|\bno (?:failures|errors)\b|\bwithout (?:any )?(?:failures|errors)\b)"
    r"|\b(?:100|9\d(?:\.\d+)?)\s?% (?:test )?coverage\b|\bzero (?:test )?failures\b|\b0 (?:test )?fail(?:ures|ed)\b"
    r"|\b(?:alle|sämtliche|beide)\b[^.!?\n]{0,20}\btests\b[^.!?\n]{0,20}\b(?:durch|bestanden|grün|erfolgreich)\b"
    r"|\b(?:tod[oa]s l[oa]s|tous les|tutti i|todos os) (?:tests?|pruebas|testes?)\b[^.!?\n]{0,20}\b(?:pasan|pasaron|pasado|passent|passés|passano|superati|passam|passaram)\b"
    r"|\b(?:go|cargo|npm|make|mvn|gradle) (?:run )?test\b[^!?\n]{0,30}\bclean\b"
    r"|测试[^。；！？\n]{0,16}(?:全部|全都|均|都|顺利)已?(?:通过|成功|绿|跑通|跑过)|测试(?:用例|套件)?[^，。\n]{0,8}(?:通过|成功)|通过了?(?:所有|全部)?[^，。\n]{0,6}测试",
    re.IGNORECASE,
)
_BUILDS = re.compile(
    r"\b(?:build|compilation|compile|linter?|lint|type[- ]?check(?:er|s)?|mypy|pipeline|deployment|benchmark)s?\b[^.!?\n]{0,25}?"
    r"\b(?:succeed(?:s|ed)|pass(?:es|ed)|clean(?:ly)?|without (?:any )?(?:errors?|warnings?)|was successful|completed successfully)\b"
    r"|\bcompiles (?:cleanly|fine|without)\b|(?:构建|编译)[^，。\n]{0,6}(?:成功|通过)",
    re.IGNORECASE,
)


class Claim(NamedTuple):
    """A claim: `family` of action, `support` words of calls that would bear it out, its sentence and verb. A
    `second` one is joined to an earlier deed of its sentence."""

    family: str
    support: str
    verb: str
    sentence: str
    active: bool
    second: bool = False


def actions(text: str) -> list[Claim]:
    """Return the actions that `text` says were done."""
    found = []
    patterns = _LATIN if text.isascii() else _ALL
    for sentence in sentences(text):
        for pattern, active, marks in patterns:
            if not any(mark in sentence for mark in marks):
                continue
            if sentence.endswith(("?", "？", "吗")):
                continue
            for match in islice(pattern.finditer(sentence), _DEEDS):
                if _UNREAL.search(sentence[: match.end()]) or _NOTHING.match(sentence, match.end()):
                    break
                verb = next(group for group in match.groups() if group)
                family, support = _family(verb)
                own = active and (pattern is not _ACTIVE_ZH or _OWN_ZH.search(match.group()) is not None)
                found.append(Claim(family, support, verb, sentence, own))
        if sentence.startswith(_FIRST) and not sentence.endswith("?"):
            found += _further(sentence)
    return found


_PAST = re.compile(
    r"(?:\b(?:(I|we)(?:['’]ve| have)?|is|are|was|were|been|has|have)|['’](?:re|s)|^(?:all set[,!:]?)?)\s*"
    r"(?<![a-z])"
    r"(?:(?:\w+ly|now|just|also|already|then|been|all|both)\s+)*([a-z]{3,14})\b",
    re.IGNORECASE,
)
_AND = re.compile(  # a second deed of the same sentence: "I found both and merged them"
    r"(?:,(?!\s+(?:and|then)\b)|\band|\bthen)\s+(?:\w+ly\s+|then\s+|also\s+)?([a-z]{3,14})\s", re.IGNORECASE
)
_PASSES = re.compile(r"\b(?:is|are|was|were|been|being|that|which|who|it|they)\b", re.IGNORECASE)
_DONE = re.compile(r"\s*(?:all )?done\b(?! (?:by|so)\b)|\s*(?:好了|搞定|已完成|完成了)", re.IGNORECASE)


_DONE_ZH = re.compile(
    r"已(?:经|全部|都|成功|为您|帮您|为你|帮你|按要求|顺利|[将把给为][^，。；\n]{1,16}?){0,3}([\u4e00-\u9fff]{2})(?!过)|([\u4e00-\u9fff]{2})(?:好|完|掉)?了"
)


def echoed_chinese(text: str, users: str) -> list[tuple[str, str, bool]]:
    """As `echoed`, for Chinese: the verb of the request after 已 or before 了."""
    found = []
    for sentence in sentences(text):
        for match in _DONE_ZH.finditer(sentence):
            verb = next(group for group in match.groups() if group)
            if verb in users and not _UNREAL.search(sentence) and not sentence.endswith(("?", "？", "吗")):
                found.append((verb, sentence, True))
    return found


def echoed(text: str, asked: frozenset[str]) -> list[tuple[str, str, bool]]:
    """Return (verb, sentence, active) where `text` says that one of the deeds `asked` for is done."""
    found = []
    lower = text.lower()
    near = any(one[:2] in lower for one in asked)
    for sentence in sentences(text) if near else ():
        for match in _PAST.finditer(sentence):
            verb = match.group(2)
            if not is_past(verb) or not any(same_verb(verb, one) for one in asked):
                continue
            if not _UNREAL.search(sentence[: match.end()]) and not sentence.endswith(("?", "？")):
                found.append((verb, sentence, match.group(1) is not None))
        found += [(verb, sentence, True) for verb in _second_deeds(sentence, asked)]
    if asked and _DONE.match(text) and not _UNREAL.search(text[:80]):
        found.append(("done", text.strip().split("\n", 1)[0], True))
    return found


def _second_deeds(sentence: str, asked: frozenset[str]) -> list[str]:
    """Verbs of `asked` that follow the first one of a sentence that begins with "I"."""
    if not sentence.startswith(("I ", "I've ", "I’ve ", "We ")) or sentence.endswith("?"):
        return []
    return [
        match.group(1)
        for match in _AND.finditer(sentence)
        if is_past(match.group(1))
        and any(same_verb(match.group(1), one) for one in asked)
        and not _UNREAL.search(sentence[: match.end()])
        and not _PASSES.search(sentence[: match.start()])
    ]


_ALSO = re.compile(
    rf"(?:,(?!\s+(?:and|then)\b)|\band|\bthen)\s+(?:\w+ly\s+|then\s+|also\s+)?({_VERBS})\s+(?!the (?:same|next|previous|following|day)\b)"
    r"(?:the|an?|it|them|your|both|this|these|pull request|issue|ticket|PR|[#`]|[A-Z]+-?\d)",
    re.IGNORECASE,
)


_DEEDS = 8  # a sentence tells no more of them
_FIRST = ("I ", "I've ", "I’ve ", "We ", "We've ")


def _further(sentence: str) -> list[Claim]:
    """Return the second and later deeds of a sentence that begins with "I"."""
    found = []
    for match in islice(_ALSO.finditer(sentence), _DEEDS):
        if _UNREAL.search(sentence[: match.end()]) or _PASSES.search(sentence[: match.start()]):
            break
        found.append(Claim(*_family(match.group(1)), match.group(1), sentence, True, True))
    return found


def unreal(sentence: str) -> bool:
    """Tell whether a sentence speaks of what is not, or not yet."""
    return _UNREAL.search(sentence) is not None


def _family(verb: str) -> tuple[str, str]:
    for table in (_ENGLISH, _CHINESE):
        for family, (stems, support) in table.items():
            if re.fullmatch(stems, verb, re.IGNORECASE):
                return family, support
    return "", ""


def _asserted(pattern: re.Pattern[str], text: str) -> list[tuple[str, tuple[int, int]]]:
    found = []
    for match in pattern.finditer(text):
        start = max(text.rfind(mark, 0, match.start()) for mark in (".", "\n", "!", "?", "。", "，")) + 1
        sentence = text[start : match.end() + 2]
        if not _UNMET.search(sentence):
            found.append((match.group(), match.span()))
    return found


def checks(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return (quote, span) of checks and lookups that `text` says were made."""
    return _asserted(_CHECKS, text)


_REPORT_WORDS = (
    "pas",
    "succe",
    "green",
    "coverage",
    "confirm",
    "fail",
    "clean",
    "without",
    "compil",
    " ok",
    "durch",
    "bestanden",
    "superati",
)
_REPORT_WORDS_ZH = ("通过", "成功", "跑通", "跑过", "grün")


def may_report(text: str) -> bool:
    """Tell cheaply whether `text` can report tests or builds at all."""
    lower = text.lower()
    return any(word in lower for word in _REPORT_WORDS) or (
        not text.isascii() and any(word in lower for word in _REPORT_WORDS_ZH)
    )


_CONCEDES = re.compile(
    r"(?<!no )(?<!zero )(?<!without )(?<!any )(?<!n't )(?<!not )\b(?:(?:[1-9]\d*|one|two|three|four|five|several|some|`[^`\n]+`|the (?:other|rest|remaining)\b[^.!?\n]{0,20})\s+(?:(?:of them|tests?|still|also|that|which)\s+)*(?:fail(?:s|ed|ing|ures?)?|errors?|errored|broke|(?:is|are|was|were) (?:still )?(?:failing|red|broken)|could(?: not|n['’]t)|did(?: not|n['’]t)))\b"
    r"|\b(?:except(?: for)?|apart from|aside from|other than|all but|with the exception of|still (?:fails?|failing|red))\b",
    re.IGNORECASE,
)


def concedes(text: str, span: tuple[int, int]) -> bool:
    """Tell whether the sentence of a reported result, or the words right behind it, own up to failures."""
    start = max(text.rfind(mark, 0, span[0]) for mark in ("\n", "! ", "? ", ". ")) + 1
    ends = [at for mark in ("\n", ". ", "! ") if (at := text.find(mark, span[1])) >= 0]
    return _CONCEDES.search(text[start : min(ends, default=len(text))]) is not None


def tests(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return (quote, span) of test results that `text` reports as passing."""
    return _asserted(_TESTS, text)


def builds(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Return (quote, span) of builds, lints and type checks that `text` reports as clean."""
    return _asserted(_BUILDS, text)
