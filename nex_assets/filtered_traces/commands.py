"""What a command line or a database query does: whether it only looks."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re
from functools import lru_cache

_READ_COMMANDS = frozenset(
    "ls cat head tail less more grep egrep rg find fd wc sort uniq cut awk diff file stat du df ps top free env printenv echo pwd whoami id date uname which type tree jq nl od xxd hexdump strings md5sum sha256sum nc ping dig host curl lsof netstat history man cd test true [ export".split()
)
_SUB_READ = frozenset(
    "get describe logs log status diff show blame branch remote list ls info search ps images inspect top version help explain tag rev-parse config view".split()
)
_WITH_SUB = frozenset(
    "git kubectl docker helm npm pip pip3 systemctl gh aws gcloud az terraform brew apt cargo poetry conda crictl oc podman".split()
)
_NO_TEXT = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"")
_QUERY = re.compile(r"\s*(?:select|with|show|explain|describe|pragma)\b", re.IGNORECASE)
_QUERY_WRITES = re.compile(
    r"\b(?:insert|update|delete|drop|alter|create|truncate|merge|grant|replace)\b", re.IGNORECASE
)
_REDIRECTS = re.compile(
    r"(?<![0-9&<-])>{1,2}(?!&)(?!\s*/dev/null)|\btee\b|\s-i\b|\s-[oO]\b|-delete\b|\s-X\s*(?:POST|PUT|PATCH|DELETE)|\s(?:-d|--data\S*)\s"
)


@lru_cache(maxsize=4_096)
def command_reads(command: str) -> bool:
    """Tell whether a command line or a database query only looks: every part of it is known to."""
    if _QUERY.match(command):
        return _QUERY_WRITES.search(command) is None
    bare = _NO_TEXT.sub("''", command)
    if len(command) > 2_000 or _REDIRECTS.search(bare):
        return False
    parts = [part.split() for part in re.split(r"&&|\|\||[;|\n]", bare)]
    return bool(parts) and all(
        _part_reads([w for w in part if "=" not in w or w.startswith("-")]) for part in parts if part
    )


def _part_reads(words: list[str]) -> bool:
    words = words[1:] if words[:1] == ["sudo"] else words
    if not words:
        return True
    name = words[0].rsplit("/", 1)[-1]
    if name in _WITH_SUB:
        return next((word for word in words[1:] if not word.startswith("-")), "help") in _SUB_READ
    return name in _READ_COMMANDS or words[-1] in ("--version", "--help", "-V")
