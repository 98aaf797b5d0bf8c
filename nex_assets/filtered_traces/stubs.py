"""Stub results: tools that answer with mock, sample or canned data and say so."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces.effects import words_of
from nex_assets.filtered_traces.prose import quote
from nex_assets.filtered_traces.view import Site, Thread

_STUB = re.compile(
    r"\b(?:mock(?:ed)?|stub(?:bed)?|dummy|placeholder|fake|simulated|hard-?coded|canned)\b[\s_-]*(?:\w+[\s_-]+){0,2}"
    r"(?:data|results?|response|values?|output|mode|implementation|tool|answer|record|entry|content|api|backend|service|call)\b"
    r"|\[(?:mock|stub|dummy|fake|simulated|placeholder)\]|\bnot (?:yet )?implemented\b|\bNotImplementedError\b|\bto be implemented\b|\blorem ipsum\b"
    r'|"(?:mock|mocked|is_mock|stub|dummy|simulated|fake|placeholder)"\s*:\s*(?:true|"true"|1)'
    r"|\bthis is a (?:test|sample|mock|stub|dummy|demo|placeholder|simulated)\b|\b(?:sample|example|dummy|test) (?:result|item|value|record|entry|data)\s?\d\b"
    r"|\b(?:would|should) (?:be|return|appear|go) [^.\n]{0,40}\b(?:here|in production|real implementation)\b|\bin a real (?:implementation|system|scenario)\b"
    r"|(?-i:\bTODO\b:?\s*(?:implement|replace|return|connect|wire))|模拟(?:数据|结果|返回|响应)|示例(?:数据|结果|返回)|占位|尚未实现|未实现",
    re.IGNORECASE,
)
_STUB_SAYS = re.compile(  # the result says of itself that it is none
    r"\b(?:demo|demonstration) (?:data|response|results?)\b(?=\s*(?:[.!\")\]:;,]|only|for|–|—|-|$))|\b(?:this is|these are|showing|returning|returned) (?:only )?(?:sample|example|fictitious|fictional|made-up) (?:data|results?|values|records|responses?|entries)\b"
    r'|"(?:source|data_?source|origin|provider|backend|mode)"\s*:\s*"(?:stub|mock|mocked|dummy|fake|canned|fixtures?|placeholder|hard-?coded)"',
    re.IGNORECASE,
)
_SAYS_WORDS = (
    "demo",
    "sample",
    "example",
    "fict",
    "made-up",
    '"stub',
    '"mock',
    '"dummy',
    '"fake',
    '"canned',
    '"fixture',
    '"placeholder',
    '"hard',
)
_STUB_OTHER = re.compile(
    r"\bdonn[ée]es (?:fictives|factices|de d[ée]monstration|d['’]exemple|simul[ée]es)\b|\br[ée]ponse (?:simul[ée]e|factice|fictive)\b|\b(?:datos|resultados?|respuesta) (?:de (?:ejemplo|muestra|demostraci[óo]n)|fictici[oa]s?|simulad[oa]s?)\b"
    r"|\b(?:dados|resultados?|resposta) (?:de (?:exemplo|demonstra[çc][ãa]o)|fict[íi]ci[oa]s?|simulad[oa]s?)\b|\b(?:dati|risultati|risposta) (?:fittizi|di esempio|simulat[ia]|dimostrativi|fittizia)\b"
    r"|\b(?:Beispiel|Demo|Platzhalter|Dummy|Muster|Mock)-?(?:daten|antwort|ergebnisse?|ausgabe)\b|\b(?:simulierte|fiktive|erfundene) (?:Antwort|Daten|Ergebnisse|Werte)\b|\b(?:voorbeeld|demo)(?:gegevens|data)\b"
    r"|(?:ダミー|サンプル|モック|デモ)(?:データ|応答|結果|の値)|(?:더미|샘플|모의) (?:데이터|응답)|(?:тестовые|демонстрационные|вымышленные|фиктивные) данные",
    re.IGNORECASE,
)
_STUB_WORDS = (
    "mock", "stub", "dummy", "demo", "fict",  "placeh", "fake", "simul", "lorem", "ampl", "mplement", "canned", "hard", "todo", "test", "ould ", '"foo', ' doe"', "asdf",
)  # fmt: skip
_STUB_WORDS_ZH = (
    "模拟", "示例", "占位", "未实现", "尚未",
)  # fmt: skip
_STUB_LENGTH = 500  # a stub says so early on
CONTENT_ARGUMENTS = frozenset(
    [
        "content",
        "contents",
        "new",
        "new_str",
        "new_string",
        "text",
        "body",
        "file_text",
        "code",
        "old",
        "old_str",
        "old_string",
        "message",
    ]
)


def stub(site: Site, thread: Thread) -> tuple[tuple[int, int], str] | None:
    head = site.text[:_STUB_LENGTH]
    lower = head.lower()
    words = _STUB_WORDS if head.isascii() else _STUB_WORDS + _STUB_WORDS_ZH
    other = thread.language != "English"
    for word in words:
        if word in lower:
            break
    else:
        if not other:
            return None
    if '"' in head and (sample := _sample_rows(site, head, thread)) is not None:
        return sample
    match = (
        _STUB.search(head)
        or (_STUB_SAYS.search(head) if any(map(lower.__contains__, _SAYS_WORDS)) else None)
        or (_STUB_OTHER.search(head) if other else None)
    )
    if match is None or match.group().lower() in thread.users.lower():
        return None
    if site.key.decode().lower().find(match.group().lower()) >= 0 or _is_listing(site):
        return None
    return match.span(), quote(site.text, *match.span())


_SAMPLE_VALUE = re.compile(
    r'"(?:test|sample|dummy|fake|mock|demo|foo|example)[ _-]?(?:user|customer|name|item|product|order|company|bar|person|account|client|title)\s?\d*"'
    r'|"(?:john|jane) (?:doe|smith)"|"[\w.+-]+@(?:example|test|foo|bar|dummy|sample)\.(?:com|org|net)"|"(?:lorem ipsum[^"]*|foo|bar|baz|foobar|asdf|qwerty)"|"123 main st[^"]*"|"123-?456-?7890"',
    re.IGNORECASE,
)
_NUMBERED = re.compile(  # "Sample Paper Title 1", "Example Hotel B"
    r'"(sample|example|dummy|fake|mock|demo|placeholder)[ _-](?:[a-z]+[ _-]){1,3}(?:\d{1,2}|[a-d])"',
    re.IGNORECASE,
)
_NUMBERED_WORDS = ('"sample', '"example', '"dummy', '"fake', '"mock', '"demo', '"placeholder')


def _sample_rows(site: Site, head: str, thread: Thread) -> tuple[tuple[int, int], str] | None:
    """Rows of sample values that the user did not speak of."""
    hits = [
        m for m in _SAMPLE_VALUE.finditer(head) if m.group().strip('"').lower() not in thread.users.lower()
    ]
    if len(hits) < 2 and any(map(head.lower().__contains__, _NUMBERED_WORDS)):
        asked = f"{thread.users} {site.call.name}".lower()
        hits = [m for m in _NUMBERED.finditer(head) if m.group(1).lower() not in asked]
    if len({m.group().lower() for m in hits}) < 2 or _is_listing(site):
        return None
    return (hits[0].start(), hits[-1].end()), quote(site.text, hits[0].start(), hits[-1].end())


def _is_listing(site: Site) -> bool:
    """Files, search hits and diffs show content that others wrote."""
    bare = site.call.name.rsplit("__", 1)[-1]
    if _SHOWS.search(bare) is not None or not _DOCUMENTS.isdisjoint(words_of(bare)):
        return True
    if not CONTENT_ARGUMENTS.isdisjoint(site.call.arguments):
        return False  # it wrote a file
    return any(
        isinstance(value, str)
        and (
            _SOURCE.search(value) is not None
            if name in ("path", "file_path", "file", "filename")
            else name in ("command", "cmd") and _SHOWS_FILES.match(value) is not None
        )
        for name, value in site.call.arguments.items()
    ) and not _OWN_WORD.match(site.text)


_DOCUMENTS = frozenset("doc docs documentation wiki kb knowledge faq help guide manual handbook".split())
_SOURCE = re.compile(
    r"\.(?:py|pyi|ipynb|[jt]sx?|mjs|java|kt|go|rs|rb|php|c|h|cc|cpp|hpp|cs|swift|scala|lua|pl|r|jl|sh|sql|md|rst|html?|css|vue|svelte|ya?ml|toml)\Z"
)
_SHOWS_FILES = re.compile(r"\s*(?:cat|head|tail|sed -n|grep|egrep|rg|git (?:show|diff|log|grep)|nl|awk)\s")
_OWN_WORD = re.compile(
    r"\W*(?:mock|stub|dummy|placeholder|fake|simulated|not (?:yet )?implemented|NotImplementedError)",
    re.IGNORECASE,
)
_SHOWS = re.compile(
    r"read_\w*file|read_multiple|grep|diff|git_(?:show|log)|^cat$|view_file|search_(?:files|code)"
)
