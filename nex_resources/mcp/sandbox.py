"""A server in namespaces of its own: a file system that holds the rollout's files and no others of
the host's, a network with loopback only, processes that die with it.

Linux only, and only where the kernel lets us (as root, or with user namespaces). Elsewhere servers
run unconfined, and what protects the host is `paths`: the guard on arguments, and each server's own
checks. In the sandbox the workspace really lies at `/workspace`, so that nothing is translated.
"""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

WORKSPACE, HOME, TMP = "/workspace", "/private/home", "/tmp"

# $1 the new root (an empty folder), $2 workspace, $3 home, $4 tmp; then what is bound read-only, one
# path a word, up to `--`; then the command. Pivoting detaches the host's tree for good; dropping
# capabilities keeps the server from mounting it again.
SCRIPT = r"""
set -e
P=$PATH; PATH=/usr/sbin:/usr/bin:/sbin:/bin
R=$1; W=$2; H=$3; T=$4; shift 4
ip link set lo up 2>/dev/null || true
mount -t tmpfs -o mode=755 sandbox "$R"
mkdir -p "$R/workspace" "$R/private/home" "$R/tmp" "$R/proc" "$R/dev" "$R/old"
mount --bind "$W" "$R/workspace"; mount --bind "$H" "$R/private/home"; mount --bind "$T" "$R/tmp"
while [ "$1" != -- ]; do
  if [ -e "$R$1" ]; then :  # within something shown already
  elif [ -L "$1" ]; then ln -s "$(readlink "$1")" "$R$1"
  elif [ -d "$1" ]; then mkdir -p "$R$1"; mount --rbind "$1" "$R$1"; mount -o remount,bind,ro "$R$1"
  elif [ -e "$1" ]; then mkdir -p "$R${1%/*}"; cp -L "$1" "$R$1"; fi
  shift
done
shift
for d in null zero full random urandom; do : > "$R/dev/$d"; mount --bind "/dev/$d" "$R/dev/$d"; done
mkdir "$R/dev/shm"; ln -s /proc/self/fd "$R/dev/fd"
mount -t proc proc "$R/proc"
cd "$R"; pivot_root . old; umount -l /old; rmdir /old
mount -o remount,ro /
mount -t tmpfs shm /dev/shm
cd /workspace
exec setpriv --no-new-privs --bounding-set=-all --inh-caps=-all -- env PATH="$P" "$@"
"""

SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/opt")
SETTINGS = (
    "passwd", "group", "nsswitch.conf", "hosts", "ld.so.cache", "localtime", "mime.types", "magic",
    "alternatives", "fonts", "ssl", "ca-certificates", "chromium", "chromium.d", "xdg",
)  # fmt: skip


@functools.cache
def available() -> bool:
    """Whether servers can be confined here: tried once, by confining `true`."""
    if sys.platform != "linux" or not all(map(shutil.which, ("unshare", "setpriv", "mount", "pivot_root"))):
        return False
    return _flags() is not None


@functools.cache
def _flags() -> tuple[str, ...] | None:
    namespaces = ("--mount", "--pid", "--ipc", "--fork", "--kill-child", "--net")
    for user in ((), ("--user", "--map-root-user")):
        mounts = "mount -t tmpfs trial /mnt && mount -t proc proc /proc"
        trial = ["unshare", *user, *namespaces, "/bin/sh", "-c", mounts]
        if subprocess.run(trial, capture_output=True, check=False).returncode == 0:
            return (*user, *namespaces)
    return None


def confine(argv: Sequence[str], root: Path, readable: Sequence[Path], network: bool) -> list[str]:
    """Wrap `argv` so that it sees `root`'s `work`, `home` and `tmp` as `/workspace`, HOME and `/tmp`,
    the system and `readable` read-only, and a network only if `network`."""
    mount_point = root / "root"
    mount_point.mkdir(parents=True, exist_ok=True)
    flags = [flag for flag in _flags() or () if not (network and flag == "--net")]
    etc = [f"/etc/{name}" for name in (*SETTINGS, *(["resolv.conf"] if network else []))]
    folders = [str(root / name) for name in ("work", "home", "tmp")]
    shown = [*SYSTEM, *etc, *dict.fromkeys(map(str, readable))]
    return [
        shutil.which("unshare") or "unshare",
        *flags,
        "/bin/sh",
        "-c",
        SCRIPT,
        "sh",
        str(mount_point),
        *folders,
        *shown,
        "--",
        *argv,
    ]


def interpreter() -> list[Path]:
    """The folders that Python environments made by ours point back to."""
    return [Path(sys.base_prefix)] if not Path(sys.base_prefix).is_relative_to("/usr") else []


def interpreter_name() -> dict[str, str]:
    """What models see in tracebacks instead of where this machine keeps its Python."""
    return {str(folder): "/usr" for folder in interpreter()}
