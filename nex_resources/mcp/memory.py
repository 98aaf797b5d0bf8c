"""How much memory a server and its children hold."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

PROC = Path("/proc")
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident_mb(group: int) -> float:
    """Return the resident MiB of process group `group`; 0 where there is no /proc to read it from."""
    pages = 0
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, IndexError):
                after_name = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(after_name[2]) == group:
                    pages += int(after_name[21])
    return pages * PAGE / (1 << 20)
