"""Tells what a server's answer means: `isError` alone cannot (28% of runtime errors are silent)."""

from __future__ import annotations

import functools
import json
import re

from nex_resources.mcp.catalogue import Server
from nex_resources.records import ErrorKind

SEEN = 4000  # characters at either end of a result that the patterns see
_INVALID = re.compile(
    r"validation error|invalid arguments|input validation|missing required|-32602|required property", re.I
)


@functools.lru_cache(maxsize=256)
def _patterns(sources: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for source in sources)


def classify(server: Server, text: str, is_error: bool) -> ErrorKind | None:
    """Return the error kind of a result that arrived, or None where it is a success.

    `invalid_arguments` where the server says that it could not accept the arguments, `tool_error`
    where it marks any other error, `silent_error` where only the text says so. In a server's patterns
    `^` and `$` are the ends of the whole text: a file that has "Error" on some line is no error.
    """
    head = text if len(text) <= 2 * SEEN else f"{text[:SEEN]}\n{text[-SEEN:]}"
    if is_error:
        return "invalid_arguments" if _INVALID.search(head) else "tool_error"
    if any(pattern.search(head) for pattern in _patterns(server.silent)) or _says_failure(head):
        return "silent_error"
    return None


def _says_failure(head: str) -> bool:
    """Whether the text is a JSON object that reports its own failure."""
    if not head.startswith("{") or not head.rstrip().endswith("}"):
        return False
    try:
        value = json.loads(head)
    except ValueError:
        return False
    if value.get("success") is False or value.get("ok") is False:
        return True
    return bool(value.get("error")) and not set(value) - {
        "error",
        "message",
        "details",
        "code",
        "status",
        "traceback",
    }
