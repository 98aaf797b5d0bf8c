"""Hallucination in calls: tools that were not offered, arguments that do not exist, values out of nowhere."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.schema import unknown_arguments
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding, Severity, Trace

_ID_NAME = re.compile(
    r"(?:^|_|[a-z])(?:id|ids|key|uuid|number|no|code|sku|ref|reference|hash|sha|email)$", re.IGNORECASE
)
_ID_VALUE = re.compile(
    r"#?[A-Za-z]{0,8}[-_#]?\d{3,}[A-Za-z0-9]{0,6}"  # W1023, order_00412, #778
    r"|[A-Za-z]{2,12}(?:[-_][A-Za-z]{1,12})*[-_]\d{2,}"  # user-smith-42, INV-07
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    r"|[0-9a-f]{7,64}"
    r"|[\w.+-]+@[\w-]+\.[\w.]+"
)
_PATH_NAME = re.compile(r"(?:path|file|filename|filepath|uri)s?$", re.IGNORECASE)
_ABSENT = re.compile(
    r"no such file|not found|does ?n[o']t exist|not exist|enoent|cannot find|could not find|no file|unknown file|"
    r"不存在|未找到|找不到|没有找到|存在しません|見つかりません|찾을 수 없|존재하지|nicht gefunden|nicht vorhanden|existiert nicht|existe pas|introuvable|"
    r"no existe|no se (?:ha )?encontr|non (?:è stato )?trovato|non esiste|não existe|não (?:foi )?encontrado|niet gevonden|bestaat niet|не найден|не существует|nie istnieje",
    re.IGNORECASE,
)


_COMPOUND = re.compile(r"[A-Za-z]{1,12}(?:[-_][A-Za-z0-9]{1,16}){1,4}")  # ORD-20240817-5521, team_8f3a91
_STANDARD = re.compile(
    r"(?:cve|ghsa|iso|rfc|din|pep|en|ieee|arxiv|doi|utf|gpt|claude|llama|us|eu|ap)[-_]", re.IGNORECASE
)
_CHOSEN = re.compile(  # the caller's own keys, and names of what is known beyond the task
    r"idempot|request|correlation|trace|session|nonce|dedup|client_?ref|thread|run_?id|model|dataset|package|language|region|zone|currency|series|version|color|colour|zip|postal|country",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:19|20)\d\d(?:[01]\d(?:[0-3]\d)?)?")
_READ_FILE = re.compile(r"\s*(?:cat|head|tail|less|more|nl|wc|jq)\s[^|;&<>$*?`()\n]*\Z")
_NOT_THERE = re.compile(
    r"^(?:[\w/]+: )?(?:cannot (?:open|access) )?['‘]?([\w./-]+)['’]?(?: for reading)?: No such file",
    re.MULTILINE,
)


def detect(trace: Trace, context: Context) -> list[Finding]:
    """Find calls to tools, arguments, identifiers and files that nothing supports."""
    found: list[Finding] = []
    for thread in context.view.threads:
        for site in thread.sites:
            found += _site(thread, site)
    return found


def _site(thread: Thread, site: Site) -> list[Finding]:
    if site.tool is None and (thread.tools or _said_unknown(site)):
        why = f"{site.call.name!r} was not offered"
        return [finding("unknown_tool", "drop", site.trajectory, site.message, site.where, None, why)]
    if site.tool is not None:
        extra = unknown_arguments(site.call.arguments, site.tool.input_schema)
        if extra:
            why = f"{site.call.name} has no argument {', '.join(map(repr, extra))}"
            return [_at(site, "unknown_argument", "drop", why)]
    return _values(thread, site)


def _opened(thread: Thread, site: Site) -> list[Finding]:
    """The file that a failed command only reads and that is not there: a path with folders and an ending."""
    command = site.call.arguments.get("command", site.call.arguments.get("cmd"))
    if not isinstance(command, str) or "/" not in command or _READ_FILE.match(command) is None:
        return []
    absent = _NOT_THERE.search(site.text)
    path = absent.group(1) if absent is not None else ""
    name = path.rsplit("/", 1)[-1]
    if "/" not in path or "." not in name or path not in command or _path_seen(thread, site.message, path):
        return []
    return [_at(site, "invented_file", "drop", path)]


def _declared(site: Site, value: str) -> bool:
    """Tell whether the tool's own description or schema names the value."""
    return site.tool is not None and (
        value in site.tool.description or value in str(site.tool.input_schema.get("properties"))
    )


@lru_cache(maxsize=4_096)
def _names_own_id(name: str) -> bool:
    """Tell whether an argument is the key of something in the tool's world, not one that the caller may choose."""
    return _ID_NAME.search(name) is not None and _CHOSEN.search(name) is None


def _is_compound(name: str, value: str, thread: Thread, message: int) -> bool:
    """An identifier of several parts, in an identifier's place, of which no part with digits was seen."""
    if not _names_own_id(name):
        return False
    if _COMPOUND.fullmatch(value) is None or _STANDARD.match(value):
        return False
    parts = [
        part
        for part in re.split("[-_]", value.lower())[1:]
        if sum(map(str.isdigit, part)) >= 3 and _DATE.fullmatch(part) is None
    ]
    return bool(parts) and not any(thread.seen_before(message, part) for part in parts)


def _said_unknown(site: Site) -> bool:
    return site.result is not None and site.result.error == "unknown_tool"


def _values(thread: Thread, site: Site) -> list[Finding]:
    found = _opened(thread, site) if site.failed else []
    for name, value in _leaves(site.call.arguments):
        if _names_path(name):
            if site.failed and _ABSENT.search(site.text) and not _path_seen(thread, site.message, value):
                found.append(_at(site, "invented_file", "drop", value))
        elif (
            _is_identifier(name, value)
            or (
                5 < len(value) <= 64
                and ("-" in value or "_" in value)
                and _is_compound(name, value, thread, site.message)
            )
        ) and not (_value_seen(thread, site.message, value) or _declared(site, value)):
            severity: Severity = "drop" if site.failed or _ID_NAME.search(name) else "flag"
            if severity == "drop" and _confirmed(thread, site, value):
                severity = "flag"  # it was known from elsewhere
            if site.may_write and not site.failed and not _names_existing(name, site):
                severity = "flag"  # the caller may choose the key of what it creates
            found.append(_at(site, "invented_value", severity, f"{name}={value}"))
    return found


def _at(site: Site, kind: str, severity: Severity, why: str) -> Finding:
    return finding(kind, severity, site.trajectory, site.message, f"{site.where}.arguments", None, why)


@lru_cache(maxsize=4_096)
def _names_path(name: str) -> bool:
    return _PATH_NAME.search(name) is not None


def _confirmed(thread: Thread, site: Site, value: str) -> bool:
    """Another call of the same turn returned the value."""
    needle = value.lower()
    return any(
        other is not site and needle not in other.key.decode().lower() and needle in other.text.lower()
        for other in thread.sites_at(site.message)
    )


def _names_existing(name: str, site: Site) -> bool:
    bare = site.call.name.rsplit("__", 1)[-1].lower()
    return not re.match(
        r"(?:create|add|insert|new|register|open|write|save|generate|put|set|make|import)", bare
    )


def _leaves(arguments: dict[str, Any], name: str = "") -> Iterator[tuple[str, str]]:
    """Yield (argument name, string value) of all scalars, as deep as they lie."""
    for key, value in arguments.items():
        values = value if isinstance(value, list) else (value,)
        for item in values:
            if isinstance(item, dict):
                yield from _leaves(item, key)
            elif isinstance(item, str):
                yield key, item
            elif isinstance(item, int) and not isinstance(item, bool):
                yield key, str(item)


_OPAQUE = re.compile(r"[A-Za-z0-9_-]{12,64}")
_TURN = re.compile(r"[A-Za-z](?=\d)|\d(?=[A-Za-z])|[a-z](?=[A-Z])")


def _is_opaque(value: str) -> bool:
    """Letters and digits that change so often that nobody means anything by them."""
    return _OPAQUE.fullmatch(value) is not None and any(
        len(part) >= 12 and len(_TURN.findall(part)) >= 6 and any(map(str.isdigit, part))
        for part in re.split("[_-]", value)
    )


def _is_identifier(name: str, value: str) -> bool:
    if not 3 <= len(value) <= 64 or value.isalpha():
        return False
    if len(value) >= 12 and _is_opaque(value):
        return True
    if not _ID_VALUE.fullmatch(value):
        return False
    if value.isdigit():
        return len(value) >= 4 and _ID_NAME.search(name) is not None and "code" not in name.lower()
    return any(map(str.isdigit, value)) or "@" in value


def _value_seen(thread: Thread, message: int, value: str) -> bool:
    needle = value.lower()
    if thread.seen_before(message, needle):
        return True
    core = needle.lstrip("#")
    digits = re.sub(r"\D", "", core)
    return (
        (core != needle and thread.seen_before(message, core))
        or (len(digits) >= 5 and thread.seen_before(message, digits))
        or _composed(thread, message, core)
        or (len(core) >= 8 and core in re.sub(r"[^a-z0-9]", "", thread.users.lower()))
    )


def _composed(thread: Thread, message: int, value: str) -> bool:
    """Tell whether the value is put together from parts that were all seen, as OPS-4411 from a project and a number."""
    parts = re.split("[-_]", value)
    return len(parts) > 1 and all(len(part) > 1 and thread.seen_before(message, part) for part in parts)


def _path_seen(thread: Thread, message: int, path: str) -> bool:
    """A path is supported by its own text, or by its file name alone."""
    name = path.rstrip("/").rsplit("/", 1)[-1].lower()
    return thread.seen_before(message, path.lower()) or (bool(name) and thread.seen_before(message, name))
