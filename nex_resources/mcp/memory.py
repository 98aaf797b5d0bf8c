"""How much memory servers hold, with their children."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Collection
from pathlib import Path

PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")
_PSS = re.compile(r"^Pss:\s+(\d+) kB", re.M)


def over(roots: Collection[int], limit_mb: float) -> dict[int, float]:
    """Return those processes of `roots` that hold more than `limit_mb` MiB together with their
    descendants and their process group, and how much; nothing where there is no /proc.

    What processes share counts once: a browser's ten would otherwise seem three times their size. As
    that costs milliseconds a process, only those are asked whose resident memory is over the limit.
    """
    found = _processes()
    members: dict[int, list[int]] = {pid: [] for pid in found.keys() & set(roots)}
    for pid, (_, group, _) in found.items():
        owner = group if group in members else _ancestor(pid, found, members)
        if owner in members:
            members[owner].append(pid)
    suspects = {root: pids for root, pids in members.items() if sum(found[pid][2] for pid in pids) > limit_mb}
    held = {root: sum(_proportional(pid, found[pid][2]) for pid in pids) for root, pids in suspects.items()}
    return {root: megabytes for root, megabytes in held.items() if megabytes > limit_mb}


def _processes() -> dict[int, tuple[int, int, float]]:
    """Return parent, process group and resident MiB of every process."""
    found = {}
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
                found[int(entry.name)] = int(fields[1]), int(fields[2]), int(fields[21]) * PAGE / (1 << 20)
    return found


def _ancestor(pid: int, found: dict[int, tuple[int, int, float]], roots: Collection[int]) -> int:
    while pid in found and pid not in roots:
        pid = found[pid][0]
    return pid


def _proportional(pid: int, resident: float) -> float:
    """Return the MiB of `pid`, what it shares divided among the holders; `resident` where it is not told."""
    with contextlib.suppress(OSError):
        if told := _PSS.search((PROC / str(pid) / "smaps_rollup").read_text()):
            return int(told[1]) / 1024
    return resident
