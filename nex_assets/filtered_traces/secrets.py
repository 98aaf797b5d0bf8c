"""Secrets and personal data: found by shape, in any field of a trace.

Scanning is cheap because most text has none of the marks: literal prefixes are looked for first, and digit
shapes are found in a copy of the text in which every digit is `0` and every
capital `A`. A synthetic world's own customers are data, not leaks: `allowed_sources` lists the servers whose
results (and what quotes them) may hold personal data.
"""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import product
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
    (
        "webhook",
        ("/services/T", "/webhook"),
        re.compile(
            r"https://[\w.-]{0,80}/(?:services/T[A-Z0-9]{6,14}/B[A-Z0-9]{6,14}/[A-Za-z0-9]{16,40}|api/webhooks/\d{15,22}/[\w-]{40,100}"
            r"|webhook/[0-9a-f-]{30,100}[\w/@-]{0,120})"
        ),
    ),
    (
        "service_key",
        ("SG.", "AccountKey=", "shpat_", "AGE-SECRET-KEY-", "whsec_", "xapp-", ":AA"),
        re.compile(
            r"\bSG\.[\w-]{16,32}\.[\w-]{30,60}|AccountKey=([A-Za-z0-9+/]{40,100}={0,2})|\b(?:shpat_|whsec_|xapp-)[A-Za-z0-9-]{20,160}"
            r"|\bAGE-SECRET-KEY-1[A-Z0-9]{50,70}|\b\d{8,10}:AA[\w-]{30,40}"
        ),
    ),
    (
        "command_password",
        (" -p", " -u ", " --pass"),
        re.compile(
            r"\b(?:mysql\w*|mariadb|sshpass|redis-cli|mongo\w*)\b[^\n|;&]{0,80}?\s(?:-p|-a|--password[= ])\s?[\"']?(?=[^\s\"']{0,60}[0-9!@#$%^&*])([^\s\"']{6,80})"
            r"|\bcurl\b[^\n|;&]{0,120}?\s(?:-u|--user)\s+[\"']?[\w.@-]{1,60}:([^\s\"']{6,80})"
        ),
    ),
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
    r"(?<![\w.+\\-])[A-Za-z0-9][\w.+-]{0,63}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){0,4}\.[A-Za-z]{2,20}(?![\w@])"
)
_RESERVED = re.compile(
    r"@(?:[\w-]+\.)*(?:example|test|invalid|localhost|local|noreply\.github)(?:\.(?:com|org|net))?$|^(?:no-?reply|git|support|info|contact|admin|hello|sales|help)@",
    re.IGNORECASE,
)
_SHAPES: tuple[tuple[str, bytes, re.Pattern[str]], ...] = (
    ("card", b"0000000000000000", re.compile(r"(?<![\d.-])[3-6]\d{15}(?![\d.-]\d|\d)")),
    ("card", b"0000 0000 0000 0000", re.compile(r"(?<!\d)[3-6]\d{3}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)")),
    ("card", b"0000-0000-0000-0000", re.compile(r"(?<!\d)[3-6]\d{3}-\d{4}-\d{4}-\d{4}(?!\d)")),
    ("social_security", b"000-00-0000", re.compile(r"(?<![\d-])(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\d-])")),
    ("phone", b"000-000-0000", re.compile(r"(?<![\d-])(?:\+?1[-. ])?[2-9]\d{2}-[2-9]\d{2}-\d{4}(?![\d-])")),
    ("phone", b"(000) 000-0000", re.compile(r"(?:\+?1[-. ])?\([2-9]\d{2}\) [2-9]\d{2}-\d{4}(?![\d-])")),
    ("phone", b"000.000.0000", re.compile(r"(?<![\d.])[2-9]\d{2}\.[2-9]\d{2}\.\d{4}(?![\d.])")),
    ("phone", b"+0", re.compile(r"(?<![\w+])\+[1-9]\d{0,2}[ -]?\(?\d{1,4}\)?(?:[ -]?\d{2,4}){2,4}(?![\d-])")),
    ("health_number", b"000 000 0000", re.compile(r"(?<![A-Za-z])NHS\b[^\n\d]{0,20}\d{3} \d{3} \d{4}(?!\d)")),
    ("national_id", b"00000000000000000", re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])")),
    ("phone", b"00000000000", re.compile(r"(?<![\d.A-Za-z_-])1[3-9]\d{9}(?![\dA-Za-z_-]|\.\d)")),
)  # fmt: skip
_IBAN = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Za-z0-9])")
_DIGITS = bytes(
    ord("0") if chr(c).isdigit() else ord("A") if "A" <= chr(c) <= "Z" else c for c in range(128)
) + bytes(range(128, 256))


_RUN = bytes(ord("a") if chr(c).isalnum() or chr(c) in "_-" else 0x20 for c in range(256))
_TOKEN = b"a" * 20  # every credential recognized by a prefix has a run of 20 or more
_WORDS = ("secret", "token", "pwd")
_PASS = ("passw", "passp")
_KEYS = ("api_key", "apikey", "api-key", "access_key", "access-key", "accesskey")
_WORDS_ZH = ("密码", "口令", "密钥")


class Suspects(NamedTuple):
    """Which patterns can match a text at all."""

    secrets: tuple[tuple[str, re.Pattern[str]], ...]
    shapes: tuple[tuple[str, re.Pattern[str]], ...]
    email: bool

    def __bool__(self) -> bool:
        return bool(self.secrets or self.shapes or self.email)


def _possible(label: str, long: bool, email: bool, dash: bool, option: bool) -> bool:
    """A password in an address needs an `@`, one in a command an option, a key block dashes, every other
    credential a long run; passwords in plain words are looked for apart."""
    needs = {"password": False, "url_password": email, "command_password": option, "private_key": dash}
    return needs.get(label, long)


_POSSIBLE = {
    there: tuple(secret for secret in _SECRETS if _possible(secret[0], *there))
    for there in product((False, True), repeat=4)
}
_PASSWORD = tuple((label, pattern) for label, _, pattern in _SECRETS if label == "password")


def suspects(text: str, lowered: str | None = None) -> Suspects:
    """Find out, in a few passes that run in C, which patterns are worth trying."""
    raw = text.encode("utf-8", "replace")
    lower = text.lower() if lowered is None else lowered
    email, dash = "@" in text, "-" in text  # to look for one character costs next to nothing
    long = _TOKEN in raw.translate(_RUN)
    secrets = tuple(
        (label, pattern)
        for label, marks, pattern in _POSSIBLE[long, email, dash, dash and " -" in text]
        if any(mark in text for mark in marks)
    )
    if _speaks_of_passwords(text, lower):
        secrets += _PASSWORD
    return Suspects(secrets, _shapes(raw.translate(_DIGITS)), email)


def _speaks_of_passwords(text: str, lower: str) -> bool:
    if "pass" in lower and any(word in lower for word in _PASS):
        return True
    if any(word in lower for word in _WORDS) or ("key" in lower and any(word in lower for word in _KEYS)):
        return True
    return not text.isascii() and any(word in text for word in _WORDS_ZH)


# Each shape holds one of these.
_PARTS = (b"0000000000", b"000 0000", b"000.0000")
_DASHED = (b"000-0000", b"-00-0000")


def _shapes(shape: bytes) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return the patterns of personal numbers that can match."""
    if not (
        any(part in shape for part in _PARTS)
        or (b"-" in shape and any(part in shape for part in _DASHED))
        or (b"+" in shape and b"+0" in shape)
    ):
        return ()
    found = tuple((label, pattern) for label, mark, pattern in _SHAPES if mark in shape)
    return (*found, ("iban", _IBAN)) if b"AA00" in shape else found


def scan(text: str, known: Suspects | None = None) -> list[Leak]:
    """Return the secrets and personal data in `text`, in order, none inside another. `known` are the
    suspects of a longer text that holds this one."""
    tried = suspects(text) if known is None else known
    found = [leak for label, pattern in tried.secrets for leak in _secret(label, pattern, text)]
    if tried.email:
        found += [
            Leak("personal_data", "email", *m.span())
            for m in _EMAIL.finditer(text)
            if not _RESERVED.search(m.group())
        ]
    for label, pattern in tried.shapes:
        found += [
            Leak("personal_data", label, *m.span())
            for m in pattern.finditer(text)
            if label not in _VALID or _VALID[label](m.group())
        ]
    return _disjoint(found) if found else found


def _secret(label: str, pattern: re.Pattern[str], text: str) -> Iterator[Leak]:
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


def _iban(text: str) -> bool:
    """ISO 13616: the number with its first four characters last, letters as numbers, is 1 modulo 97."""
    bare = text.replace(" ", "")
    if not 15 <= len(bare) <= 34 or sum(map(str.isdigit, bare)) < 10:
        return False
    return int("".join(str(int(c, 36)) for c in bare[4:] + bare[:4])) % 97 == 1


def _nhs(text: str) -> bool:
    """The tenth digit of a number of the NHS checks the nine before it."""
    digits = [int(c) for c in text if c.isdigit()][-10:]
    return (11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11) % 11 == digits[-1]


_VALID = {"health_number": _nhs, "card": _luhn, "national_id": _national, "iban": _iban}


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
    tried = _anywhere(context)
    if not tried:
        return []
    pieces = _pieces(context)
    world = _world_data(context)
    return [
        found for at, text, server in pieces for leak in scan(text, tried)
        if (found := _leak(leak, text, world, at, server, context)) is not None
    ]  # fmt: skip


def _anywhere(context: Context) -> Suspects:
    """The suspects of all text of a trace; what other detectors joined and lowered already is used again."""
    parts = []
    for thread in context.view.threads:
        text, lower = (thread.evidence, thread.said), (thread.evidence_lower, thread.said.lower())
        parts.append(suspects("\n".join(text), "\n".join(lower)))
    secrets = dict(one for part in parts for one in part.secrets)
    shapes = tuple(dict.fromkeys(one for part in parts for one in part.shapes))
    return Suspects(tuple(secrets.items()), shapes, any(part.email for part in parts))


Place = tuple[int, int, str]


def _pieces(context: Context) -> Iterator[tuple[Place, str, str]]:
    """Yield (place, text, server) of all that a trace holds."""
    for thread in context.view.threads:
        for index, message in enumerate(thread.messages):
            for where, text, server in fields(message):
                yield (thread.index, index, where), text, server
        for site in thread.sites:
            yield (thread.index, site.message, f"{site.where}.arguments"), site.key.decode(), ""


def _leak(leak: Leak, text: str, world: str, at: Place, server: str, context: Context) -> Finding | None:
    allowed = context.allowed_sources.get(leak.kind, ())
    if server in allowed or "*" in allowed or (allowed and text[leak.start : leak.end] in world):
        return None
    trajectory, message, where = at
    return finding(leak.kind, "drop", trajectory, message, where, (leak.start, leak.end), leak.label)


def _world_data(context: Context) -> str:
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
