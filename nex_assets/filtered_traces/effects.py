"""Whether a tool reads or writes, guessed from the words of its name where its effect is not known."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from functools import lru_cache

from nex_resources.records import split_qualified

READS = frozenset(
    "get list read search find query fetch show describe count status log diff view lookup check calculate calc compute convert validate browse inspect select analyze analyse compare summarize summarise peek head tail think glob grep ls stat stats explain retrieve preview look see scan detect measure estimate history info details help ping whoami translate cat tree available forecast current monitor poll verify review".split()
)
WRITES = frozenset(
    "create add insert update set delete remove write edit modify send post put patch cancel refund return exchange book reserve schedule pay transfer charge submit append apply replace rename move copy commit push merge deploy publish upload save store close open reopen assign approve reject grant revoke reset clear drop truncate kill start stop restart run exec execute shell bash sh command terminal python eval install uninstall mkdir touch rm mv cp make build order buy purchase subscribe unsubscribe enable disable archive restore block unblock lock unlock notify mail email message reply comment invite share upsert import sync click type fill press drag register login logout repl code notebook".split()
)
_SPLIT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")


_READ_COMMANDS = frozenset(
    "ls cat head tail less more grep egrep rg find fd wc sort uniq cut awk diff file stat du df ps top free env printenv echo pwd whoami id date uname which type tree jq nl od xxd hexdump strings md5sum sha256sum nc ping dig host curl lsof netstat history man cd test true [ export".split()
)
_SUB_READ = frozenset(
    "get describe logs log status diff show blame branch remote list ls info search ps images inspect top version help explain tag rev-parse config view".split()
)
_WITH_SUB = frozenset("git kubectl docker helm npm pip pip3 systemctl gh aws gcloud az terraform brew apt cargo poetry conda crictl oc podman".split())
_NO_TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_QUERY = re.compile(r"\s*(?:select|with|show|explain|describe|pragma)\b", re.IGNORECASE)
_QUERY_WRITES = re.compile(r"\b(?:insert|update|delete|drop|alter|create|truncate|merge|grant|replace)\b", re.IGNORECASE)
_REDIRECTS = re.compile(r"(?<![0-9&<-])>{1,2}(?!&)(?!\s*/dev/null)|\btee\b|\s-i\b|\s-[oO]\b|-delete\b|\s-X\s*(?:POST|PUT|PATCH|DELETE)|\s(?:-d|--data\S*)\s")


@lru_cache(maxsize=4_096)
def command_reads(command: str) -> bool:
    """Tell whether a command line or a database query only looks: every part of it is known to."""
    if _QUERY.match(command):
        return _QUERY_WRITES.search(command) is None
    bare = _NO_TEXT.sub("''", command)
    if len(command) > 2_000 or _REDIRECTS.search(bare):
        return False
    parts = [part.split() for part in re.split(r"&&|\|\||[;|\n]", bare)]
    return bool(parts) and all(_part_reads([w for w in part if "=" not in w or w.startswith("-")]) for part in parts if part)


def _part_reads(words: list[str]) -> bool:
    words = words[1:] if words[:1] == ["sudo"] else words
    if not words:
        return True
    name = words[0].rsplit("/", 1)[-1]
    if name in _WITH_SUB:
        return next((word for word in words[1:] if not word.startswith("-")), "help") in _SUB_READ
    return name in _READ_COMMANDS or words[-1] in ("--version", "--help", "-V")


# Changes that others notice or that cannot be taken back; notes, drafts and scratch files are none.
_CONSEQUENTIAL = frozenset(
    "delete remove drop destroy purge wipe cancel close refund return exchange book reserve order buy purchase pay transfer charge send submit post publish deploy merge push approve reject grant revoke reset kill terminate restart reboot stop scale disable archive subscribe unsubscribe invite share notify mail email message reply uninstall evict drain rollback".split()
)


def consequential(words: list[str]) -> str:
    """Return the word among those of a tool's name or of a command that stands for such a change, before any
    word that stands for a look; or an empty string."""
    for word in words:
        if word in _CONSEQUENTIAL:
            return word
        if word in READS:
            return ""
    return ""


def words_of(name: str) -> list[str]:
    """Split a tool's name into lower-case words: `getOrder`, `orders.get` and `retail__get_order` alike."""
    return [word.lower() for word in _SPLIT.findall(split_qualified(name)[1])]


@lru_cache(maxsize=16_384)
def looks_up(name: str) -> bool:
    """Tell whether a tool's name says that it searches what others wrote."""
    return not _SEARCHES.isdisjoint(words_of(name))


_SEARCHES = frozenset("search find lookup docs doc wiki kb knowledge explain define dictionary faq help grep".split())


@lru_cache(maxsize=16_384)
def seems_to_write(name: str) -> bool:
    """Tell whether the first telling word of a tool's name stands for a change; unknown names count as one."""
    words = words_of(name)
    if words[:1] == ["open"] and {"file", "page", "url", "document", "doc", "path"} & set(words):
        return False
    for word in words:
        if word in READS:
            return False
        if word in WRITES:
            return True
    return True
