"""Secrets and personal data: found by shape, in any field of a trace.

Scanning is cheap because most text has none of the marks: literal prefixes are looked for first, and digit
shapes are found in a copy of the text in which every digit is `0`. A synthetic world's own customers are
data, not leaks: `allowed_sources` lists the servers whose results (and what quotes them) may hold
personal data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_resources.records import Finding, Message, Trace, split_qualified


class Leak(NamedTuple):
    """A secret or a piece of personal data at [start, end) of a text; `label` names its type."""

    kind: str
    label: str
    start: int
    end: int


# label: (marks, one of which has to be there, pattern; group 1, if any, is the secret)
_SECRETS: tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...] = (
    (
        "private_key",
        ("-----BEGIN",),
        re.compile(
            r"-----BEGIN [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----"
            r"(?:[\s\S]{0,8000}?-----END [A-Z ]{0,20}PRIVATE KEY(?: BLOCK)?-----|[\s\S]{0,4000})"
        ),
    ),
    ("aws_access_key", ("AKIA", "ASIA"), re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b")),
    (
        "github_token",
        ("ghp_", "gho_", "ghs_", "ghu_", "github_pat_"),
        re.compile(r"\b(?:gh[opsu]_[A-Za-z0-9]{30,80}|github_pat_[A-Za-z0-9_]{40,120})"),
    ),
    (
        "api_key",
        ("sk-", "sk_", "rk_", "pk_"),
        re.compile(r"\b(?:sk|rk|pk)[-_](?:(?:live|test|proj|ant|or|svcacct)[-_])?(?=[\w-]*\d)[A-Za-z0-9_-]{20,200}"),
    ),
    ("slack_token", ("xox",), re.compile(r"\bxox[abeoprs]-[A-Za-z0-9-]{10,100}")),
    ("google_key", ("AIza", "ya29."), re.compile(r"\bAIza[0-9A-Za-z_-]{30,60}|\bya29\.[0-9A-Za-z_-]{20,200}")),
    ("gitlab_token", ("glpat-",), re.compile(r"\bglpat-[A-Za-z0-9_-]{16,60}")),
    ("hugging_face_token", ("hf_",), re.compile(r"\bhf_[A-Za-z0-9]{30,60}")),
    ("package_token", ("pypi-", "npm_"), re.compile(r"\bpypi-[A-Za-z0-9_-]{40,250}|\bnpm_[A-Za-z0-9]{30,60}")),
    ("jwt", ("eyJ",), re.compile(r"\beyJ[\w-]{8,500}\.eyJ[\w-]{8,2000}\.[\w-]{8,1000}")),
    ("url_password", ("://",), re.compile(r"://[^\s:/@\"'<>]{0,80}:([^\s@/\"'<>]{3,100})@")),
    (
        "bearer_token",
        ("earer ", "asic "),
        re.compile(r"\b[Bb]earer\s{1,4}([\w.~+/-]{20,500}=*)|\b[Bb]asic\s{1,4}(?=\S*[A-Z0-9])([A-Za-z0-9+/]{20,200}={0,2})(?!\w)"),
    ),
    (
        "password",
        ("assw", "ecret", "oken", "api_key", "apikey", "API_KEY", "ASSW", "ECRET", "TOKEN", "apiKey", "pwd", "PWD",
         "ccess_key", "密码", "口令", "密钥"),
        re.compile(
            r"(?:\b|_)(?:pass(?:word|wd|phrase)?|pwd|secret(?:[_-]?(?:access[_-]?)?key)?|api[_-]?key|access[_-]?key|"
            r"auth[_-]?token|access[_-]?token|token|client[_-]?secret)\b[\"']?"
            r"\s{0,4}(?:[:=]|\bis\b)>?\s{0,4}[\"']?(?=[^\s\"']{0,60}[0-9!@#$%^&*])(?=[^\s\"']{0,60}[A-Za-z])"
            r"([^\s\"',;{}()<>\[\]]{8,120})"
            r"|(?:密码|口令|密钥)\s{0,2}(?:[:：=]|是|为)\s{0,2}([A-Za-z0-9!@#$%^&*_.-]{6,80})",
            re.IGNORECASE,
        ),
    ),
)  # fmt: skip
_FAKE = re.compile(
    r"x{4,}|\*{3,}|example|placeholder|your[_-]|redacted|<|\$\{|changeme|dummy|\.\.\.|os\.environ|getenv|process\.env",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,20}(?![\w@])"
)
_RESERVED = re.compile(
    r"@(?:[\w-]+\.)*(?:example|test|invalid|localhost|local|noreply\.github)(?:\.(?:com|org|net))?$|^(?:no-?reply|git|support|info|contact|admin|hello|sales|help)@",
    re.IGNORECASE,
)
_SHAPES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("card", "0000000000000000", re.compile(r"(?<![\d.-])[3-6]\d{15}(?![\d.-]\d|\d)")),
    ("card", "0000 0000 0000 0000", re.compile(r"(?<!\d)[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)")),
    ("card", "0000-0000-0000-0000", re.compile(r"(?<!\d)[3-6]\d{3}-\d{4}-\d{4}-\d{4}(?!\d)")),
    ("social_security", "000-00-0000", re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")),
    ("phone", "000-000-0000", re.compile(r"(?<![\d-])(?:\+?1[-. ])?[2-9]\d{2}-[2-9]\d{2}-\d{4}(?![\d-])")),
    ("phone", "(000) 000-0000", re.compile(r"(?:\+?1[-. ])?\([2-9]\d{2}\) [2-9]\d{2}-\d{4}(?![\d-])")),
    ("phone", "000.000.0000", re.compile(r"(?<![\d.])[2-9]\d{2}\.[2-9]\d{2}\.\d{4}(?![\d.])")),
    ("phone", "+0", re.compile(r"(?<![\w+])\+[1-9]\d{0,2}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}(?![\d-])")),
    ("national_id", "00000000000000000", re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])")),
    ("phone", "00000000000", re.compile(r"(?<![\d.\w-])1[3-9]\d{9}(?![\w-]|\.\d)")),
)  # fmt: skip
_DIGITS = bytes(ord("0") if chr(c).isdigit() else c for c in range(128)) + bytes(range(128, 256))


def scan(text: str) -> list[Leak]:
    """Return the secrets and personal data in `text`, in order, none inside another."""
    found = list(_secrets(text))
    if "@" in text:
        found += [
            Leak("personal_data", "email", *m.span())
            for m in _EMAIL.finditer(text)
            if not _RESERVED.search(m.group())
        ]
    shape = text.encode("utf-8", "replace").translate(_DIGITS)
    for label, mark, pattern in _SHAPES:
        if mark.encode() in shape:
            found += [
                Leak("personal_data", label, *m.span())
                for m in pattern.finditer(text)
                if label not in _VALID or _VALID[label](m.group())
            ]
    return _disjoint(found)


def _secrets(text: str) -> Iterator[Leak]:
    for label, marks, pattern in _SECRETS:
        if not any(mark in text for mark in marks):
            continue
        for match in pattern.finditer(text):
            group = next((i for i in range(1, (pattern.groups or 0) + 1) if match.group(i)), 0)
            if not _FAKE.search(match.group(group)):
                yield Leak("secret", label, *match.span(group))


def _luhn(text: str) -> bool:
    digits = [int(c) for c in text if c.isdigit()]
    total = sum(digits[-1::-2]) + sum(sum(divmod(2 * d, 10)) for d in digits[-2::-2])
    return total % 10 == 0 and len(set(digits)) > 1


def _national(text: str) -> bool:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(c) * w for c, w in zip(text[:17], weights, strict=True))
    return "10X98765432"[total % 11] == text[17].upper()


_VALID = {"card": _luhn, "national_id": _national}


def _disjoint(found: list[Leak]) -> list[Leak]:
    found.sort(key=lambda leak: (leak.kind != "secret", leak.start, -leak.end))
    kept: list[Leak] = []
    for leak in found:
        if all(leak.start >= other.end or leak.end <= other.start for other in kept):
            kept.append(leak)
    return sorted(kept, key=lambda leak: leak.start)


def fields(message: Message) -> Iterator[tuple[str, str, str]]:
    """Yield (where, text, server) of all text of a message; arguments as JSON."""
    if message.text:
        yield "text", message.text, ""
    for position, block in enumerate(message.thinking):
        yield f"thinking.{position}", block.text, ""
    for position, result in enumerate(message.results):
        yield f"results.{position}.text", result.text, split_qualified(result.name)[0]


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find secrets and personal data in prompts, turns, arguments and results."""
    found: list[Finding] = []
    for thread in context.view.threads:
        world = _world_data(thread.index, context)
        for index, message in enumerate(thread.messages):
            for where, text, server in fields(message):
                found += _leaks(text, world, (thread.index, index, where), server, context)
        for site in thread.sites:
            at = (thread.index, site.message, f"{site.where}.arguments")
            found += _leaks(site.key.decode(), world, at, "", context)
    return found


def _leaks(text: str, world: str, at: tuple[int, int, str], server: str, context: Context) -> list[Finding]:
    found = []
    for leak in scan(text):
        value = text[leak.start : leak.end]
        allowed = context.allowed_sources.get(leak.kind, ())
        if server in allowed or "*" in allowed or (allowed and value in world):
            continue
        trajectory, message, where = at
        span = (leak.start, leak.end)
        found.append(finding(leak.kind, "drop", trajectory, message, where, span, leak.label))
    return found


def _world_data(index: int, context: Context) -> str:
    """What the allowed servers returned, and the user's words: both may be quoted."""
    allowed = {server for servers in context.allowed_sources.values() for server in servers}
    if not allowed:
        return ""
    parts = [thread.users for thread in context.view.threads]
    parts += [
        site.text
        for site in context.view.sites
        if split_qualified(site.call.name)[0] in allowed or "*" in allowed
    ]
    return "\n".join(parts)
