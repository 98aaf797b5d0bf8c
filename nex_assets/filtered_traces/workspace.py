"""The workspace: which paths an agent may touch, and what its prompt confines it to."""

# ruff: noqa: E501 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import posixpath
import re
from functools import lru_cache

from nex_assets.filtered_traces.view import Site, Thread

COMMAND_LINES = frozenset(["args", "arguments", "argv", "command", "cmd", "subcommand"])
_ROOT = re.compile(
    r"\b(?:outside|inside|within|under|work(?:s|ing)? (?:only )?(?:in|inside|under|on))\s+(?:of\s+)?[`'\"]?(/[\w.-]+(?:/[\w.-]+)*)|"
    r"\b(?:workspace|work(?:ing)? director(?:y|ies)|workdir|project|repo(?:sitory)?|sandbox|root|checkout|folder)\b[^.\n/]{0,40}?\s[`'\"]?(/[\w.-]+(?:/[\w.-]+)*)"
)
_CONFINED = re.compile(
    r"\b(?:never|only|outside|must not|do not|don['’]t|stay|within|inside|confined|restricted|limited|not allowed|forbidden)\b|不要|禁止|只能|以外",
    re.IGNORECASE,
)
_PATH_NAME = re.compile(
    r"(?:^|_|[a-z])(?:path|file|filename|dir|directory|cwd|folder|root|dest|destination|target|source)$",
    re.IGNORECASE,
)
_FILE_COMMAND = re.compile(  # on files of others; logs, programs and the system's settings are not meant
    r"(?:^|[|;&(]\s*|\bsudo\s+)(?:cat|less|head|tail|ls|cp|mv|rm|touch|mkdir|tee|find|grep)\b(?:\s+(?!/)[^\s|;&]+)*\s+(/(?:home|root|opt|srv|mnt|data|Users|media)/[\w./-]+)"
)
_SHARED = ("/tmp", "/dev/", "/var/tmp", "/usr/lib", "/usr/include", "/usr/share")


def leaves_workspace(site: Site, name: str, value: str, thread: Thread) -> bool:
    """A path that leaves the directory to which the prompt confines the agent, or that climbs out of its own."""
    if name in COMMAND_LINES:
        confined = bool(_workspace(thread)[0])
        return confined and any(_is_outside(site, found, thread) for found in _FILE_COMMAND.findall(value))
    if not value.startswith(("/", "~/")) or len(value) > 400 or not _PATH_NAME.search(name):
        return False
    path = posixpath.normpath(value)
    if ".." in value and path.split("/")[1:2] != value.split("/")[1:2] and value not in thread.users:
        return True
    return _is_outside(site, path, thread)


def _is_outside(site: Site, path: str, thread: Thread) -> bool:
    root, only_writes = _workspace(thread)
    if not root or path == root or path.startswith((f"{root}/", *_SHARED)) or root.startswith(f"{path}/"):
        return False
    if only_writes and not site.may_write:
        return False
    return "site-packages" not in path and path.rsplit("/", 1)[-1] not in thread.users


def _workspace(thread: Thread) -> tuple[str, bool]:
    """The directory that the system prompt confines the agent to, or an empty string; and whether the agent may
    still look elsewhere."""
    return _confines(next((m.text for m in thread.messages[:1] if m.role == "system"), ""))


@lru_cache(maxsize=64)
def _confines(prompt: str) -> tuple[str, bool]:
    if "/" not in prompt or (found := _ROOT.search(prompt)) is None:
        return "", False
    around = prompt[max(0, found.start() - 100) : found.end() + 200]
    root: str = found.group(1) or found.group(2)
    return root.rstrip("/.") if _CONFINED.search(around) else "", _READS_TOO.search(around) is None


_READS_TOO = re.compile(
    r"\b(?:read|access|look|leave|stay|confined|restricted|touch|outside|work only|only work)\b|不要|禁止|只能|以外",
    re.IGNORECASE,
)
