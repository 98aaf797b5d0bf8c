"""What a server is started with: its words filled in, a minimal environment, folders of its own."""

from __future__ import annotations

import os
import shutil
import socket
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nex_resources.mcp import sandbox
from nex_resources.mcp.catalogue import Server
from nex_resources.mcp.install import MissingError, bin_dir, missing, prefix

SYSTEM_PATH = "/usr/local/bin:/usr/bin:/bin"
POOL_MARK = "NEX_POOL"  # in every server's environment, and so in its children's: by it they are found


@dataclass(frozen=True)
class Folders:
    """A slot's folders: the rollout's `workspace`, a private `home` and `tmp`, and the `log` of stderr."""

    root: Path

    @property
    def workspace(self) -> Path:
        return self.root / "work"

    @property
    def home(self) -> Path:
        return self.root / "home"

    @property
    def tmp(self) -> Path:
        return self.root / "tmp"

    @property
    def log(self) -> Path:
        return self.root / "stderr.log"

    @property
    def names(self) -> dict[str, str]:
        """What models see instead of these folders."""
        return {str(self.workspace): sandbox.WORKSPACE, str(self.root): "/private"}

    def reset(self, keep: Collection[Path] = ()) -> None:
        """Empty workspace, home and tmp, but for `keep` and what leads there. The folders stay: a server
        may have one as its directory."""
        for folder in (self.workspace, self.home, self.tmp):
            folder.mkdir(parents=True, exist_ok=True)
            empty(folder, keep)


@dataclass(frozen=True)
class Launch:
    """A server ready to start: by `argv` where it is a process, at `url` where it is reached by HTTP.

    `confined` ones see their workspace at `/workspace`; for others paths are translated."""

    server: Server
    folders: Folders
    argv: tuple[str, ...]
    env: dict[str, str]
    url: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    confined: bool = False
    names: dict[str, str] = field(default_factory=dict)  # path of this machine → what models see for it
    mounts: tuple[Path, ...] = ()  # in `folders`: where a running sandbox shows other folders of the host


def empty(folder: Path, keep: Collection[Path] = ()) -> None:
    """Remove all that `folder` holds but `keep` and what leads there, read-only things included, and
    never what a link points at."""
    for entry in os.scandir(folder):
        path = Path(entry.path)
        if path in keep:
            continue
        if any(kept.is_relative_to(path) for kept in keep):
            empty(path, keep)
        elif entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, onerror=_make_writable)
        else:
            Path(entry.path).unlink(missing_ok=True)


def _make_writable(function: object, path: str, _: object) -> None:
    Path(path).parent.chmod(0o700)
    Path(path).chmod(0o700, follow_symlinks=False) if not Path(path).is_symlink() else None
    if Path(path).is_dir() and not Path(path).is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        Path(path).unlink(missing_ok=True)


def prepare(server: Server, folders: Folders, cache: Path, mark: str, confined: bool = False) -> Launch:
    """Fill in `server`'s command. Raises MissingError with the command that installs what is wanting."""
    if reason := missing(server, cache):
        raise MissingError(reason)
    if server.confined and not confined:
        raise MissingError(
            f"{server.name}: runs code, and this machine lets us make no namespaces to confine it"
        )
    words = {
        "workspace": sandbox.WORKSPACE if confined else str(folders.workspace),
        "home": sandbox.HOME if confined else str(folders.home),
        "tmp": sandbox.TMP if confined else str(folders.tmp),
        "prefix": str(prefix(server, cache)),
        "bin": str(bin_dir(server, cache)),
        "python": sys.executable,
    }
    if any("{port}" in word for word in (*server.command, server.url, *server.env.values())):
        words["port"] = "8000" if confined and not server.network else str(_free_port())
    argv = [_fill(word, words) for word in server.command]
    if argv and (bin_dir(server, cache) / argv[0]).exists():
        argv[0] = str(bin_dir(server, cache) / argv[0])
    shown = _shown(server, cache) if confined else []
    return Launch(
        server,
        folders,
        tuple(sandbox.confine(argv, folders.root, shown, server.network) if confined else argv),
        _environment(server, words, mark),
        _fill(server.url, words),
        tuple((key, os.path.expandvars(value)) for key, value in server.headers.items()),
        confined,
        folders.names | {str(prefix(server, cache)): f"/opt/{server.name}", **sandbox.interpreter_name()},
        tuple(_mounts(folders, shown)),
    )


def _mounts(folders: Folders, shown: Collection[Path]) -> Iterator[Path]:
    """Yield where in `folders` a sandbox shows what lies in the host's /tmp: to remove the place of a
    mount from outside would end it inside."""
    for path in shown:
        if path.is_relative_to(sandbox.TMP):
            yield folders.tmp / path.relative_to(sandbox.TMP)


def _shown(server: Server, cache: Path) -> list[Path]:
    """Return what a confined server may read beside the system: interpreter, installation, programs."""
    named = [Path(word) for word in server.command if word.startswith("/") and Path(word).exists()]
    return [*sandbox.interpreter(), *named, *([prefix(server, cache)] if server.package else [])]


def _environment(server: Server, words: dict[str, str], mark: str) -> dict[str, str]:
    """Nothing of the host's but the variables the catalogue names."""
    env = {
        "PATH": f"{words['bin']}:{SYSTEM_PATH}" if server.package else SYSTEM_PATH,
        "HOME": words["home"],
        "TMPDIR": words["tmp"],
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONUNBUFFERED": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONHASHSEED": "0",  # some describe a tool by a set, whose order would change with each start
        "GIT_CONFIG_NOSYSTEM": "1",
        POOL_MARK: mark,
    }
    env |= {key: _fill(value, words) for key, value in server.env.items()}
    return env | {name: os.environ[name] for name in server.credentials if name in os.environ}


def _fill(word: str, words: dict[str, str]) -> str:
    for key, value in words.items():
        word = word.replace(f"{{{key}}}", value)
    return word


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def limited(argv: Sequence[str], open_files: int = 1024, file_mb: int = 512) -> list[str]:
    """Wrap `argv` so that it starts under resource limits; the shell is replaced by the server."""
    script = f'ulimit -c 0; ulimit -n {open_files}; ulimit -f {file_mb * 2048}; exec "$@"'
    return ["/bin/sh", "-c", script, "sh", *argv]
