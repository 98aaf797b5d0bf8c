"""Kills a pool's processes when the pool's own process is gone, even by SIGKILL.

Run as a file, with the standard library only: `python watchdog.py MARK`, its stdin a pipe whose
other end only the pool holds. At end of file it kills every process whose environment carries the
pool's mark: children of servers inherit it, in whatever process group they are.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from pathlib import Path

PROC = Path("/proc")
LOOK = 0.005  # seconds between two looks at a process that has no environment yet
LOOKS = 10
QUIET = 3  # looks in a row that must find nobody before a sweep believes it
SWEEP = 10.0  # seconds after which a sweep gives up on what cannot be killed
KERNEL_THREAD = 0x00200000  # PF_KTHREAD, of the flags in /proc/PID/stat


def marked(mark: str, variable: str = "NEX_POOL") -> list[int]:
    """Return the processes of this machine that carry the mark, ourselves left out.

    A process inside `exec` has an empty environment for a moment, when its parent already takes it for
    started: such ones are looked at again.
    """
    wanted = f"{variable}={mark}".encode()
    found, unclear = [], _processes()
    for look in range(LOOKS):
        if look:
            time.sleep(LOOK)
        again = []
        for pid in unclear:
            environment = _environment(pid)
            if environment is not None and _carries(environment, wanted):
                found.append(pid)
            elif environment == b"" and _has_program(pid):
                again.append(pid)
        unclear = again
        if not unclear:
            break
    return sorted(found)


def _processes() -> list[int]:
    names = (entry.name for entry in (PROC.iterdir() if PROC.is_dir() else ()))
    return [int(name) for name in names if name.isdigit() and int(name) != os.getpid()]


def _environment(pid: int) -> bytes | None:
    try:
        return (PROC / str(pid) / "environ").read_bytes()
    except OSError:  # it is gone, or another user's
        return None


def _carries(environment: bytes, wanted: bytes) -> bool:
    return any(item == wanted or item.startswith(wanted + b"/") for item in environment.split(b"\0"))


def _has_program(pid: int) -> bool:
    """Whether `pid` is neither dead (a zombie) nor a thread of the kernel: those have no environment."""
    try:
        fields = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return False
    return fields[0] not in "ZX" and not int(fields[6]) & KERNEL_THREAD


def sweep(mark: str) -> int:
    """Kill all that carry the mark, until none is left; return how many were killed."""
    killed: set[int] = set()
    quiet, until = 0, time.monotonic() + SWEEP
    while quiet < QUIET and time.monotonic() < until:
        alive = marked(mark)
        quiet = 0 if alive else quiet + 1  # a fork may slip past one look
        killed.update(alive)
        for pid in alive:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(LOOK)
    return len(killed)


def main() -> None:
    for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)
    sys.stdin.buffer.read()  # returns when the pool's process is gone
    sweep(sys.argv[1])


if __name__ == "__main__":
    main()
