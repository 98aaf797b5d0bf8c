"""Placeholder outputs: text that was to be replaced, sample values, tools that answer with mock data.

What the user or a real observation contains may be quoted: a task about TODO comments is no defect.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.prose import in_code, in_program
from nex_assets.filtered_traces.stubs import CONTENT_ARGUMENTS, stub
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, Trace

_TEXT = re.compile(
    r"lorem ipsum|dolor sit amet"
    r"|\[(?:your|insert|enter|add|fill|put|name|date|amount|company|link|url|details|value|order|customer|x{2,}|placeholder|tbd|todo)\b[^\]\n]{0,40}\](?!\()"
    r"|(?-i:\[(?=[^\]\n]*(?i:name|date|address|number|e-?mail|phone|company|title|amount|position|city|manager|signature|time|details|value|"
    r"price|reason|department|organi[sz]ation|recipient|sender|customer|client|guest|product|role|location|contact|subject|topic))"
    r"[A-Z][\w'’]*(?:[ /_-][A-Za-z][\w'’]*){0,5}\])(?![(:\[])"
    r"|[\[【（(][^\]】）)\n]{0,6}(?:姓名|名称|日期|地址|电话|公司名|金额|联系方式|职位|签名|编号)[^\]】）)\n]{0,2}[\]】]"
    r"|<(?=[^>\n]*(?:name|date|address|number|e-?mail|phone|company|title|amount|city|signature|time|recipient|contact|price|url|value|token|key)\b)[A-Za-z][\w]*(?:[ _-][A-Za-z][\w]*){0,4}>(?!.*</)"
    r"|<(?:your|insert|enter|fill|placeholder|name|todo)[ _-][^>\n]{1,40}>|<placeholder>"
    r"|(?<![/A-Za-z0-9_$`{])\{(?:[a-z]+_[a-z_]+|[\u4e00-\u9fff]{2,12})\}(?!\})|\{\{\s*[\w.]+\s*\}\}|\bYOUR_[A-Z_]+\b|\bINSERT_[A-Z_]+\b|\bREPLACE_(?:ME|WITH)\w*|\bCHANGE_?ME\b"
    r"|(?-i:\bTODO\b|\bFIXME\b|\bTBD\b|\bTBA\b|\bXXX+\b)"
    r"|\bplaceholder\b(?! (?:attribute|text of|=))|\b(?:mock|dummy|fake|sample|stub(?:bed)?|simulated|hypothetical|made-up|fictional)"
    r" (?:data|results?|values?|output|responses?|numbers?|entries|records?|answer)\b"
    r"|\b(?:rest|remainder) of (?:the )?(?:code|file|implementation|output|content|list|report)\b[^.\n]{0,20}(?:here|unchanged|omitted|remains|goes)"
    r"|\.\.\. ?\(?(?:existing|remaining|rest of|more|other)[ \w]{0,30}(?:code|lines|items|content)"
    r"|\bto be (?:implemented|filled in|determined|added later|completed)\b|\bnot (?:yet )?implemented\b|\bcoming soon\b"
    r"|\b(?:john|jane) doe\b|\bfoo ?bar\b|\b123 main st|\bacme corp|\bjohn\.doe@|@example\.(?:com|org)|\b555-0?1\d\d\b"
    r"|此处(?:填写|插入|省略|替换)|待(?:补充|填写|完善|定)|占位符?|示例数据|模拟数据|测试数据|虚拟数据|(?:某某|XX)(?:公司|先生|女士)",
    re.IGNORECASE,
)
_ARGUMENT = re.compile(
    r"<?(?:your|my|insert|enter|some|example|sample|dummy|test|placeholder|fake|mock)(?:[_-](?:[a-z]+[_ -]?){1,4}(?:here)?>?| (?:[a-z]+[_ -]?){0,3}here>?|(?<=<\w{4}) [a-z _-]+>)"
    r"|<?your (?:[a-z]+[_ -]?){1,4}>?|(?:some|example|sample|dummy|test|placeholder|fake|mock) (?:[a-z]+ )?(?:text|value|name|title|content|description|data|message|string|input|email|address|id|token|key|subject|body)"
    r"|(?:placeholder|dummy|todo|tbd|fixme|n/?a|xxx+|string|lorem ipsum.*|foo|bar|foobar|asdf+|test123|value|example|unknown|null|none|undefined|\?+|\.\.\.)"
    r"|\{\{.*\}\}|<[a-z][\w -]{1,40}>|\[[a-z][\w -]{1,40}\]|\$\{\w+\}|1234567890|123456|000000+|abc123|"
    r"(?:john|jane)[ ._]?doe(?:@.*)?|(?:recipient|user|name|someone|somebody|email|test|client|customer|person|your\w*|first\.?last)\d*@(?:domain|email|company|test|mail|website|site|your\w+)\.\w+|"
    r".*@example\.(?:com|org|net)|/?path/to/.*|https?://(?:www\.)?example\.(?:com|org).*|.*lorem ipsum.*"
    r"|[\w.,& -]*\bmuster(?:mann|frau|stadt|ort|stra(?:ß|ss)e|weg|gasse|platz|firma|kunde|lieferant)\b[\w.,& -]*|[\w.,#& -]*\b(?:123 main st|any(?:town|city|street)\b|1234 elm st|123 fake st)[\w.,#& -]*|https?://\S*/path/to/\S*"
    r"|https?://(?:[\w-]+\.)*(?:your|my)-?(?:domain|company|server|site|website|app|api|org|organi[sz]ation|host|webhook|endpoint|team|name|instance|store|shop)\b[\w.-]*(?:[:/].*)?|https?://hooks\.slack\.com/services/T0+/B0+/.*"
    r"|change[_-]?me|张三|李四|山田太郎|홍길동|de123456789|atu12345678|123e4567-e89b-12d3-a456-426614174000|de89 ?3704 ?0044 ?0532 ?0130 ?00|gb(?:29|82) ?(?:nwbk|west) ?(?:6016 ?1331 ?9268 ?19|1234 ?5698 ?7654 ?32)|akiaiosfodnn7example"
    r"|todo:.*|.*\btodo: (?:fill|add|insert|replace|write|implement).*|示例.*|占位.*|待填写.*",
    re.IGNORECASE,
)
_SAMPLE = re.compile(
    r"[<\[{$?.@]|your|muster|main st|any(?:town|city|street)|elm st|/path/to|change.?me|123e4567|3704|nwbk|west|7example|de123456789|my|insert|enter|some|sample|dummy|test|placeholder|fake|mock|todo|lorem|xxx|asdf|000|doe|path|undefined|示例|占位|待填写",
    re.IGNORECASE,
)
_PLAIN = frozenset(
    [
        "placeholder",
        "dummy",
        "todo",
        "tbd",
        "fixme",
        "string",
        "foo",
        "bar",
        "foobar",
        "value",
        "example",
        "unknown",
        "null",
        "none",
        "undefined",
        "changeme",
    ]
)
_RUNS = frozenset(
    {
        "xxx",
        "XXX",
        "asd",
        "you",
        "You",
        "YOU",
        "sam",
        "tes",
        "moc",
        "fak",
        "pla",
        "lor",
        "joh",
        "jan",
        "exa",
        "mus",
        "Mus",
    }
)
_TEXT_WORDS = (
    "lorem", "dolor", "[", "<", "{", "【", "（", "your_", "insert_", "replace_", "change", "todo", "fixme", "tbd", "tba", "xxx",
    "placeholder", "mock", "dummy", "fake", "sample", "stub", "simulated", "hypothetical", "made-up", "fictional", "rest of",
    "remainder", "...", "to be ", "implemented", "coming soon", " doe", "foo", "main st", "acme", "@example", "555", "此处", "待",
    "占位", "示例", "模拟", "测试数据", "虚拟", "某", "xx",
)  # fmt: skip
_CONTENT_LENGTH = 4_000  # a longer result is content


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find placeholders in answers, arguments and results."""
    found: list[Finding] = []
    for thread in context.view.threads:
        found += _answer(thread)
        for site in thread.sites:
            found += _argument(site, thread)
            if 0 < len(site.text) <= _CONTENT_LENGTH and (why := stub(site, thread)):
                position = site.position
                found.append(
                    finding(
                        "stub_result",
                        "drop",
                        thread.index,
                        site.message + 1,
                        f"results.{position}.text",
                        *why,
                    )
                )
    return found


def _answer(thread: Thread) -> list[Finding]:
    answer = thread.answer
    if answer is None:
        return []
    lower = answer.text.lower()
    if not any(word in lower for word in _TEXT_WORDS) or _TEMPLATE.search(thread.users):
        return []
    for match in _TEXT.finditer(answer.text):
        words = match.group().lower()
        if ("lorem" in words or "dolor" in words) and "lorem" in thread.evidence_lower:
            continue
        if words[0] in "<[{" and _is_syntax(answer.text, *match.span()):
            continue
        if _ABOUT.match(words) and _GAP.search(thread.evidence):
            continue  # it speaks of gaps that are there
        if words not in thread.evidence_lower and words.strip("[]<>{} ") not in thread.evidence_lower:
            return [
                finding(
                    "placeholder_text",
                    "drop",
                    thread.index,
                    thread.final,
                    "text",
                    match.span(),
                    match.group(),
                )
            ]
    return []


_TO_FILL = re.compile(r"<(?:your|insert|enter|fill|placeholder|todo)\b", re.IGNORECASE)


def _is_syntax(text: str, start: int, end: int) -> bool:
    """Tell whether what stands in brackets is code: a type argument or an index; within code a type parameter,
    an element, what a command's usage calls its operand, or a variable in a formatted text."""
    before = text[start - 1 : start] if start else ""
    if text[start] in "<[" and ((before.isascii() and before.isalnum()) or before in ("_", ")", "]", "%")):
        return True
    if text[start] == "[" or _TO_FILL.match(text, start, end) is not None:
        return False
    return in_code(text, start) if text[start] == "<" else before == "%" or in_program(text, start)


_ABOUT = re.compile(r"placeholder|(?:mock|dummy|fake|sample|stub\w*|simulated) ", re.IGNORECASE)
_GAP = re.compile(
    r"change_?me|x{4,}|your[ _-]|<[a-z _-]+>|placeholder|dummy|mock|sample|fake|\.\.\.", re.IGNORECASE
)
_TEMPLATE = re.compile(  # what was asked for has gaps to fill in
    r"\btemplates?\b|\bplaceholders?\b|fill[- ]?in|fields? to fill|\bblanks?\b|boilerplate|\bskeleton\b|\bscaffold|模板|占位|填空|待填",
    re.IGNORECASE,
)


def _argument(site: Site, thread: Thread) -> list[Finding]:
    return _among(site, thread, site.call.arguments)


def _among(site: Site, thread: Thread, arguments: dict[str, Any]) -> list[Finding]:
    for name, value in arguments.items():
        if not isinstance(value, str):
            if isinstance(value, dict) and (found := _among(site, thread, value)):
                return found
            if isinstance(value, list):
                for item in value[:20]:
                    if (
                        isinstance(item, str)
                        and "@" in item
                        and (found := _among(site, thread, {name: item}))
                    ):
                        return found
            continue
        length = len(value)
        if not 2 <= length <= 400:
            continue
        gap = _credential(name, value) if length >= 12 else ""
        if not gap:
            if length > 200 or (
                value.isalpha() and value.isascii() and value.lower() not in _PLAIN and value[:3] not in _RUNS
            ):
                continue
            if not _is_sample(value) or _listed(site, name, value):
                continue
        said = gap or value
        if said.lower() in thread.users.lower() or (
            not gap and thread.seen_before(site.message, value.lower())
        ):
            continue
        where = f"{site.where}.arguments"
        why = f"{name}={said!r}"
        return [finding("placeholder_argument", "drop", thread.index, site.message, where, None, why)]
    return []


def _is_sample(value: str) -> bool:
    if len(value) > 12 and not _SAMPLE.search(value) and not _counts_up(value):
        return False  # of the longer sample values, every one has one of these words or signs
    return _ARGUMENT.fullmatch(value.strip()) is not None or _counts_up(value)


_CREDENTIAL = re.compile(
    r"(?:\b(?:bearer|basic|token|password|secret)\b|key)[\"']?[\s=:]{1,3}[\"']?(<?(?:YOUR|MY|INSERT|REPLACE|ENTER)[_A-Z -]*[A-Z]\w*>?|<[\w -]{3,40}>|\{\{?\w+\}?\})",
    re.IGNORECASE,
)
_GAP_SIGN = re.compile(r"[<{]|YOUR|MY_|INSERT|REPLACE|your|my_")


def _credential(name: str, value: str) -> str:
    """What stands in a credential's place in a request that is sent as it is, or an empty string."""
    if name in CONTENT_ARGUMENTS or not _GAP_SIGN.search(value):
        return ""
    match = _CREDENTIAL.search(value)
    return match.group(1) if match else ""


def _counts_up(value: str) -> bool:
    """A number of which the digits count up or down, or repeat: 123-456-7890, 13800138000, 555-0100."""
    if not value[-1:].isdigit():
        return False
    digits = re.sub(r"[\s().+-]", "", value)
    if not digits.isdigit() or not 7 <= len(digits) <= 16:
        return False
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(digits)}
    return (
        steps in ({1}, {9}, {0})
        or digits in ("13800138000", "13800000000", "13812345678")
        or digits[-7:-2] == "55501"
        or (len(digits) in (7, 10) and digits.startswith("555"))
    )


def _listed(site: Site, name: str, value: str) -> bool:
    """Tell whether the schema itself offers the value."""
    if site.tool is None:
        return False
    schema = (site.tool.input_schema.get("properties") or {}).get(name)
    return isinstance(schema, dict) and (value in schema.get("enum", ()) or value == schema.get("default"))
