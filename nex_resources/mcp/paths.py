"""The rollout's own view of its files: `/workspace`, wherever the slot's folder really lies.

Models see the same paths in every rollout, on every machine; arguments are translated on their way
out and results on their way back. Paths that lead out of the workspace are refused before a server
sees them. In SQL and other code, paths are refused where they stand written out; what computes a path
is the sandbox's affair.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

VIRTUAL = "/workspace"
_MENTION = re.compile(rf"(?:(?<=file://)|(?<![\w./-])){VIRTUAL}(?![\w-])")
_PATHLIKE = re.compile(r"path|file|dir|folder|repo|root|uri|url|source|dest|output|target|cwd", re.I)

_CODE = re.compile(r"sql|query|statement|code|script|command|expression", re.I)
_WRITTEN = re.compile(r"(?<![\w./~:\\-])(?:~|\.\.)?/[\w.@%+~/-]*")


class EscapeError(Exception):
    """An argument names a path outside the workspace."""


def to_real(value: Any, workspace: Path) -> Any:
    """Replace `/workspace` by the slot's folder in every string of a JSON value."""
    if isinstance(value, str):
        return _MENTION.sub(str(workspace), value) if VIRTUAL in value else value
    if isinstance(value, dict):
        return {key: to_real(item, workspace) for key, item in value.items()}
    return [to_real(item, workspace) for item in value] if isinstance(value, list) else value


def to_virtual(value: Any, names: Mapping[str, str]) -> Any:
    """Replace each path of this machine by its name in `names` (real path → what models see, the longest
    first where one lies in another) in every string of a JSON value."""
    if isinstance(value, str):
        for real, name in names.items():
            value = value.replace(real, name)
        return value
    if isinstance(value, dict):
        return {to_virtual(key, names): to_virtual(item, names) for key, item in value.items()}
    return [to_virtual(item, names) for item in value] if isinstance(value, list) else value


def check(arguments: Any, workspace: Path, key: str = "", code: bool = True) -> None:
    """Raise EscapeError where a string of `arguments` (already real) is a path outside `workspace`.

    Strings under a key that speaks of paths are judged as paths; others only where they are absolute
    and begin with a folder that this machine has. With `code`, so is every path written in a string
    under a key that speaks of code.
    """
    if isinstance(arguments, dict):
        for name, item in arguments.items():
            check(item, workspace, name, code)
    elif isinstance(arguments, list):
        for item in arguments:
            check(item, workspace, key, code)
    elif isinstance(arguments, str):
        written = _WRITTEN.findall(arguments) if code and _CODE.search(key) else []
        for path in [_as_path(arguments, key), *(_as_path(word, "") for word in written)]:
            if path is not None:
                _inside(path, workspace, key)


def _as_path(text: str, key: str) -> str | None:
    if not text or len(text) > 4096 or "\n" in text or "\0" in text:
        return None
    if text.startswith("file:"):
        return unquote(urlparse(text).path)
    if text.startswith("~"):
        return text if "/" in text or text == "~" or _PATHLIKE.search(key) else None
    if text.startswith("/"):
        first = text.split("/", 2)[1]
        return text if _PATHLIKE.search(key) or (first and Path("/", first).exists()) else None
    # A relative path may still lead out, by `..` or over a link.
    return text if ".." in text.split("/") or _PATHLIKE.search(key) else None


def _inside(path: str, workspace: Path, key: str) -> None:
    # A tilde is the server's private HOME at best and the host's at worst.
    real = (workspace / path).resolve()
    if path.startswith("~") or not real.is_relative_to(workspace.resolve()):
        raise EscapeError(f"{key or 'argument'}: {path!r} lies outside {VIRTUAL}")
