"""How much memory servers hold, with their children."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection
from pathlib import Path

PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident_mb(roots: Collection[int]) -> dict[int, float]:
    """Return the resident MiB of each process of `roots` with its descendants and its process group, by
    one look at all processes; nothing where there is no /proc. Shared pages count for each holder."""
    found = _processes()
    held = dict.fromkeys(found.keys() & set(roots), 0.0)
    for pid, (_, group, pages) in found.items():
        owner = group if group in held else _ancestor(pid, found, held)
        if owner in held:
            held[owner] += pages * PAGE / (1 << 20)
    return held


def _processes() -> dict[int, tuple[int, int, int]]:
    """Return parent, process group and resident pages of every process."""
    found = {}
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                fields = (entry / "stat").read_text(errors="replace").rpartition(")")[2].split()
                found[int(entry.name)] = int(fields[1]), int(fields[2]), int(fields[21])
    return found


def _ancestor(pid: int, found: dict[int, tuple[int, int, int]], roots: Collection[int]) -> int:
    while pid in found and pid not in roots:
        pid = found[pid][0]
    return pid
