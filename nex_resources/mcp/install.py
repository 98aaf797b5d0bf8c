"""Each server in an environment of its own: SDK 1.x and 2.x servers cannot share one.

An environment is keyed by package and pins and lies in a cache that clones and tests share. It
counts as installed once its marker file, written last, is there.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from nex_resources.mcp.catalogue import Server

MARKER = ".installed.json"


class MissingError(Exception):
    """A server cannot be started for want of something; the text says of what and how to get it."""


class InstallError(Exception):
    """Installing a server failed; the text holds the command and the end of what it printed."""


def cache_dir() -> Path:
    """Where installed servers lie: `$NEX_CACHE/servers`, or `~/.cache/nex/servers`."""
    root = os.environ.get("NEX_CACHE")
    return (Path(root) if root else Path.home() / ".cache" / "nex") / "servers"


def prefix(server: Server, cache: Path) -> Path:
    """Return the folder of `server`'s environment, whether installed or not."""
    key = msgspec.json.encode([server.kind, server.requirement, server.pins, sys.version_info[:2]])
    return cache / f"{server.name}-{hashlib.blake2b(key, digest_size=5).hexdigest()}"


def bin_dir(server: Server, cache: Path) -> Path:
    return prefix(server, cache) / ("node_modules/.bin" if server.kind == "node" else "bin")


def missing(server: Server, cache: Path) -> str | None:
    """Say why `server` cannot be started here, or None if it can."""
    if absent := server.missing_credentials(os.environ):
        return f"{server.name}: set {', '.join(absent)} in the environment to use this server"
    for program, package in server.programs.items():
        if shutil.which(program) is None:
            return f"{server.name}: needs the program `{program}`; install it with: apt-get install {package}"
    if server.kind == "node" and shutil.which("node") is None:
        return f"{server.name}: needs Node.js; install it with: apt-get install nodejs npm"
    if server.requirement and not (prefix(server, cache) / MARKER).exists():
        return (
            f"{server.name}: package {server.requirement} is not installed; "
            f"install it with: python -m nex_resources.mcp install {server.name}"
        )
    return None


def installed(server: Server, cache: Path) -> bool:
    return not server.requirement or (prefix(server, cache) / MARKER).exists()


def install(server: Server, cache: Path) -> Path:
    """Install `server` unless it is there, and return its folder. Safe to call from many processes."""
    folder = prefix(server, cache)
    if not server.requirement:
        return folder
    if server.kind == "node" and shutil.which("npm") is None:
        raise MissingError(f"{server.name}: needs Node.js; install it with: apt-get install nodejs npm")
    cache.mkdir(parents=True, exist_ok=True)
    with _locked(folder.with_suffix(".lock")):
        if not (folder / MARKER).exists():
            shutil.rmtree(folder, ignore_errors=True)
            (_install_node if server.kind == "node" else _install_python)(server, folder)
            _link_scratch(server, folder)
            frozen = _frozen(server, folder)
            (folder / MARKER).write_bytes(
                msgspec.json.encode({"requirement": server.requirement, "frozen": frozen})
            )
    return folder


def _install_python(server: Server, folder: Path) -> None:
    uv = [sys.executable, "-m", "uv"]
    _run(server, [*uv, "venv", "--quiet", "--python", sys.executable, str(folder)])
    packages = [server.requirement, *server.pins]
    _run(
        server,
        [
            *uv,
            "pip",
            "install",
            "--quiet",
            "--compile-bytecode",
            "--python",
            str(folder / "bin" / "python"),
            *packages,
        ],
    )


def _install_node(server: Server, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "package.json").write_text('{"private": true}')
    flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    _run(server, ["npm", "install", *flags, "--prefix", str(folder), server.requirement, *server.pins])


def _link_scratch(server: Server, folder: Path) -> None:
    """An installation is read-only in the sandbox; what a server writes there goes to /tmp."""
    for pattern in server.scratch:
        parent, _, name = pattern.rpartition("/")
        for found in folder.glob(parent):
            if not (found / name).exists():  # a name with a dot is taken for a file
                (found / name).symlink_to(f"/tmp/{name}" if "." in name else "/tmp")


def _frozen(server: Server, folder: Path) -> list[str]:
    """List what really was installed, transitive packages included."""
    if server.kind == "node":
        return sorted(str(p.parent.relative_to(folder)) for p in folder.glob("node_modules/*/package.json"))
    command = [sys.executable, "-m", "uv", "pip", "freeze", "--python", str(folder / "bin" / "python")]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()


def _run(server: Server, command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    if done.returncode:
        tail = (done.stdout + done.stderr).strip()[-2000:]
        raise InstallError(
            f"{server.name}: cannot install {server.requirement}; `{' '.join(command)}` said:\n{tail}"
        )


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
