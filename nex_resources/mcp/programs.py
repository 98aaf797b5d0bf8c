"""The programs that servers need beside their package: which are absent, and how to get them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable

from nex_resources.mcp.catalogue import Server
from nex_resources.mcp.install import InstallError

NODE = {"node": "nodejs", "npm": "npm"}


def absent(servers: Iterable[Server]) -> list[str]:
    """Return the Debian packages of the programs that `servers` need and this machine lacks."""
    wanted: dict[str, str] = {}
    for server in servers:
        wanted |= server.programs | (NODE if server.kind == "node" else {})
    return sorted({package for program, package in wanted.items() if shutil.which(program) is None})


def install_programs(packages: list[str]) -> str:
    """Install Debian `packages` and return "" or, where that is not ours to do (no root, no apt), what to
    type. Raises InstallError with the end of what apt-get said."""
    command = ["apt-get", "install", "-y", "--no-install-recommends", *packages]
    if shutil.which("apt-get") is None:
        return f"install these programs by your system's own means (Debian's names): {' '.join(packages)}"
    if os.geteuid() != 0:
        return f"to have them all, run first: sudo {' '.join(command)}"
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], command):
        done = subprocess.run(step, capture_output=True, text=True, check=False, env=environment)
        if done.returncode and step is command:
            raise InstallError(f"`{' '.join(step)}` said:\n{(done.stdout + done.stderr).strip()[-2000:]}")
    return ""
