"""Changes that the task does not call for: by the plan where there is one, else by the form of the request."""

# ruff: noqa: E501, SIM905 (wordings and scripts are easier to read unbroken)

from __future__ import annotations

import re

from nex_assets.filtered_traces.commands import acts
from nex_assets.filtered_traces.context import Context
from nex_assets.filtered_traces.effects import WRITES, consequential, words_of
from nex_assets.filtered_traces.kinds import finding
from nex_assets.filtered_traces.request import bars_changes, only_asks
from nex_assets.filtered_traces.view import Site, Thread
from nex_resources.records import Finding


def unrequested(site: Site, planned: set[str], context: Context) -> Finding | None:
    if site.tool is None or site.tool.effect != "write" or site.failed or site.call.name in planned:
        return None
    if site.tool.kind in ("agent", "builtin"):
        return None
    return finding_at(site, "unrequested_write", f"{site.call.name} is no part of the task")


def _only_asked(thread: Thread) -> bool:
    """Every turn of the user asks for information, or for a look and no change: a "yes" to what was offered is
    no question."""
    turns = [message.text for message in thread.messages if message.role == "user"]
    return bool(turns) and all(only_asks(one) or bars_changes(one) for one in turns)


def uncalled_change(site: Site, thread: Thread) -> Finding | None:
    """A question was asked, and something was changed that others notice or that cannot be taken back."""
    if site.failed or site.result is None or not site.may_write or not _only_asked(thread):
        return None
    words = words_of(site.call.name)
    runs = not _RUNS.isdisjoint(words)
    if runs:  # what it does is in its arguments
        said = next((one for one in site.call.arguments.values() if isinstance(one, str)), "")
        said = next(iter(acts(said)), "")
        words = [word for word in re.findall(r"[a-z]+", said[:40].lower()) if word not in _RUNS][:2]
    word = consequential(words) or _changes_data(site) or _edits(site, thread)
    if not word and not runs and site.tool is not None and site.tool.effect == "write":
        word = next((one for one in words if one in _LASTING), "") if _SCRATCH.isdisjoint(words) else ""
    if (
        not word
        or not _HANDS.isdisjoint(words_of(site.call.name))
        or _wrote_before(site, thread)
        or (site.tool is not None and site.tool.kind in ("agent", "builtin"))
    ):
        return None
    return finding_at(
        site, "unrequested_write", f"{site.call.name} ({word}): the user only asked for information"
    )


def _wrote_before(site: Site, thread: Thread) -> bool:
    """Tell whether an earlier call is known to have changed something, so that this one may tidy up after it."""
    return any(
        s.message < site.message and s.may_write and not s.failed and _is_known_change(s)
        for s in thread.sites
    )


def _is_known_change(site: Site) -> bool:
    """A call that changes something by its tool's effect or name or, where it runs a command, by the command."""
    words = words_of(site.call.name)
    if not _RUNS.isdisjoint(words):
        said = next((one for one in site.call.arguments.values() if isinstance(one, str)), "")
        parts = [re.findall(r"[a-z]+", part[:60].lower())[:4] for part in acts(said[:2_000])]
        return any(not _CHANGING.isdisjoint(part) for part in parts) or ">" in said or "\n" in said
    return (site.tool is not None and site.tool.effect == "write") or not WRITES.isdisjoint(words)


_LASTING = WRITES - frozenset(  # the others are as often a means to find something out
    "open click type fill press drag login logout sync import run exec execute eval start build make python code repl notebook shell bash sh command terminal".split()
)
_HANDS = frozenset("browser page tab mouse keyboard computer screen playwright puppeteer selenium".split())
_CHANGING = WRITES | frozenset(
    "branch worktree checkout switch stash tag init new up apply scale tee chmod chown ln python node".split()
)
_SQL = re.compile(r"\s*(ALTER|DROP|DELETE|UPDATE|INSERT|TRUNCATE|GRANT|REVOKE)\s", re.IGNORECASE)
_IN_PLACE = re.compile(
    r"\bsed\s+(?:-\w+\s+)*-i|\bperl\s+-\w*i|\bgit\s+(?:commit|push|merge|rm|branch\s+-[dD]|reset\s+--hard)\b"
)
_ASKS_WHY = re.compile(
    r"\bwhy\b|wrong|fail|error|broken|bug\b|crash|fix|为什么|错|失败|修", re.IGNORECASE
)  # whoever asks so may want it mended


def _changes_data(site: Site) -> str:
    """The verb of a statement that changes a database."""
    for name in ("sql", "query", "statement", "command", "script"):
        value = site.call.arguments.get(name)
        if isinstance(value, str) and (found := _SQL.match(value)) is not None:
            return found.group(1).lower()
    return ""


def _edits(site: Site, thread: Thread) -> str:
    """An edit of what was there before: of a file in place, or of its text."""
    if _ASKS_WHY.search(thread.users) and not bars_changes(thread.users):
        return ""
    arguments = site.call.arguments
    path = next(
        (
            arguments[name]
            for name in ("path", "file_path", "file", "filename")
            if isinstance(arguments.get(name), str)
        ),
        "",
    )
    replaces = any(name.startswith("old") for name in arguments) and any(
        name.startswith("new") for name in arguments
    )
    if path and not path.startswith("/tmp") and (replaces or _overwrites(site, path, thread)):
        return "edit"
    line = arguments.get("command", arguments.get("cmd", ""))
    if isinstance(line, str) and (found := _IN_PLACE.search(line)) is not None and "/tmp" not in line:
        return found.group()
    return ""


def _overwrites(site: Site, path: str, thread: Thread) -> bool:
    """Tell whether a call writes the whole of a file that had been read before."""
    return any(isinstance(site.call.arguments.get(name), str) for name in _WHOLE) and any(
        s.message < site.message and not s.failed and not s.may_write and path in s.call.arguments.values()
        for s in thread.sites
    )


_WHOLE = ("content", "contents", "text", "file_text", "new_content")
_SCRATCH = frozenset(
    "write save file note notes memo memory todo draft log scratch temp plan cache report chart image export session context query search filter view unit units timezone locale active cursor job sandbox thread conversation".split()
)
_RUNS = frozenset(
    "kubectl docker helm systemctl git gh bash shell run exec execute command terminal cmd cli".split()
)


def finding_at(site: Site, kind: str, why: str) -> Finding:
    return finding(kind, "drop", site.trajectory, site.message, f"{site.where}.arguments", None, why)
