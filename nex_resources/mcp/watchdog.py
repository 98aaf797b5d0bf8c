"""Kills a pool's processes when the pool's own process is gone, even by SIGKILL.

Run as a file, with the standard library only: `python watchdog.py MARK`, its stdin a pipe whose
other end only the pool holds. At end of file it kills every process whose environment carries the
pool's mark (children of servers inherit it, in whatever process group they are), and the process
groups that the pool named on stdin, one number a line, where there is no /proc to search.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

PROC = Path("/proc")


def marked(mark: str, variable: str = "NEX_POOL") -> list[int]:
    """Return the processes of this machine that carry the mark, ourselves left out."""
    wanted = f"{variable}={mark}".encode()
    found = []
    for entry in PROC.iterdir() if PROC.is_dir() else ():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError):
                value = (entry / "environ").read_bytes().split(b"\0")
                if any(item == wanted or item.startswith(wanted + b"/") for item in value):
                    found.append(int(entry.name))
    return found


def sweep(mark: str) -> int:
    """Kill all that carry the mark, until none is left; return how many were killed."""
    killed = set()
    for _ in range(20):
        alive = marked(mark)
        if not alive:
            break
        killed.update(alive)
        for pid in alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.02)
    return len(killed)


def main() -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    groups = set()
    for line in sys.stdin:
        groups.add(int(line))
    sweep(sys.argv[1])
    if not PROC.is_dir():
        for group in groups:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    main()
