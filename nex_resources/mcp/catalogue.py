"""The curated catalogue: `configs/mcp_servers.yaml`, typed and checked."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec
import yaml

from nex_resources.records import ErrorKind

Kind = Literal["python", "node", "world", "remote", "program"]
Transport = Literal["stdio", "http", "sse"]
State = Literal["none", "workspace", "process", "service"]
Reset = Literal["share", "workspace", "restart"]
Effect = Literal["read", "write", "unknown"]


class CatalogueError(ValueError):
    """The catalogue is wrong: the text names the file, the key and what is allowed there."""


class Tools(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tools a server is expected to list, by effect. `varying` ones are not deterministic; they
    stand in `read` or `write` as well."""

    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()
    varying: tuple[str, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        return frozenset(self.read) | frozenset(self.write)

    def effect(self, tool: str) -> Effect:
        if tool in self.write:
            return "write"
        return "read" if tool in self.read else "unknown"


class Call(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A call that the probe makes. `expect` is a regular expression found in a good call's text, or the
    error kind of a bad one."""

    tool: str
    arguments: dict[str, Any] = {}
    expect: str = ""


class Probe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`files` are written into the workspace first (path → text); `setup` calls come before `good`."""

    good: Call
    bad: Call | None = None
    files: dict[str, str] = {}
    commands: tuple[tuple[str, ...], ...] = ()
    setup: tuple[Call, ...] = ()


class Server(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One server. Words of `command`, `env` and `url` may hold `{workspace}`, `{home}`, `{prefix}` (its
    installation), `{bin}` (the programs in it), `{tmp}`, `{python}` (ours) and `{port}` (a free
    one; always 8000 in a sandbox, whose network is its own).

    `reset` says what gives the next rollout a clean server: `share` nothing (it has no state),
    `workspace` emptying its workspace, `restart` a fresh process. Seconds for the timeouts.
    """

    kind: Kind
    domain: str
    licence: str
    command: tuple[str, ...] = ()
    package: str = ""
    version: str = ""
    pins: tuple[str, ...] = ()  # further requirements of its environment
    transport: Transport = "stdio"
    url: str = ""
    headers: dict[str, str] = {}  # values may hold ${VARIABLE}
    env: dict[str, str] = {}
    credentials: tuple[str, ...] = ()  # names of variables, never values
    scratch: tuple[str, ...] = ()  # folders it insists on writing to in its prefix (globs): put in /tmp
    programs: dict[str, str] = {}  # program on PATH → Debian package that has it
    tags: tuple[str, ...] = ()
    state: State = "none"
    reset: Reset = "share"
    guard: bool = True  # refuse path arguments outside the workspace before they are sent
    network: bool = False  # needs more than loopback
    confined: bool = False  # runs code or commands: starts only where it can be sandboxed
    tools: Tools = Tools()
    silent: tuple[str, ...] = ()  # patterns of text that means failure though isError is false (`classify`)
    probe: Probe | None = None
    escapes: tuple[Call, ...] = ()  # calls that try to leave the workspace, to a folder `{outside}`
    start_timeout: float = 60.0
    call_timeout: float = 30.0
    note: str = ""
    name: str = ""  # the key it stands under

    @property
    def requirement(self) -> str:
        """The pinned package, as its registry writes it; empty for servers that need no installation."""
        if not self.package:
            return ""
        return f"{self.package}{'@' if self.kind == 'node' else '=='}{self.version}"

    def missing_credentials(self, environment: Iterable[str]) -> list[str]:
        present = set(environment)
        return [name for name in self.credentials if name not in present]


class Catalogue:
    """The servers by name, in the order of the file."""

    def __init__(self, servers: dict[str, Server], path: Path | None = None):
        self.servers = servers
        self.path = path

    @classmethod
    def load(cls, path: Path) -> Catalogue:
        """Read and check `path`. Raises CatalogueError with file, key path and what is allowed."""
        try:
            raw = yaml.safe_load(path.read_text())
        except (OSError, yaml.YAMLError) as error:
            raise CatalogueError(f"{path}: cannot be read as YAML: {error}") from error
        if not isinstance(raw, dict) or not isinstance(raw.get("servers"), dict) or set(raw) != {"servers"}:
            raise CatalogueError(f"{path}: expected one key, `servers`, that maps names to servers")
        return cls({str(name): _server(path, str(name), body) for name, body in raw["servers"].items()}, path)

    def __getitem__(self, name: str) -> Server:
        try:
            return self.servers[name]
        except KeyError:
            near = difflib.get_close_matches(name, self.servers, n=3)
            hint = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(self.servers)}"
            raise CatalogueError(
                f"{self.path or 'catalogue'}: servers.{name}: no such server; {hint}"
            ) from None

    def __iter__(self) -> Iterator[Server]:
        return iter(self.servers.values())

    def __len__(self) -> int:
        return len(self.servers)

    def tagged(self, *tags: str) -> list[Server]:
        """Return the servers that carry every one of `tags`."""
        return [server for server in self if set(tags) <= set(server.tags)]


def _server(path: Path, name: str, body: Any) -> Server:
    where = f"{path}: servers.{name}"
    if not re.fullmatch(r"[a-z][a-z0-9_-]*", name) or "__" in name:
        raise CatalogueError(f"{where}: a name is lower-case letters, digits, - and _ (no double _)")
    try:
        server = msgspec.convert({**body, "name": name} if isinstance(body, dict) else body, Server)
    except msgspec.ValidationError as error:
        raise CatalogueError(_explain(where, str(error))) from error
    _check(where, server)
    return server


def _explain(where: str, message: str) -> str:
    text, _, key = message.partition(" - at `$")
    where += re.sub(r"\[(\d+)\]", r".\1", key.rstrip("`"))
    if found := re.search(r"unknown field `(.*)`", text):
        fields = [field for struct in (Server, Tools, Probe, Call) for field in struct.__struct_fields__]
        near = difflib.get_close_matches(found[1], fields, n=1)
        text += f"; did you mean `{near[0]}`?" if near else f"; known: {', '.join(Server.__struct_fields__)}"
    return f"{where}: {text}"


def _check(where: str, server: Server) -> None:
    if server.kind in ("python", "node") and not (server.package and server.version):
        raise CatalogueError(f"{where}: kind {server.kind} needs `package` and a pinned `version`")
    if server.kind == "remote" and not server.url:
        raise CatalogueError(f"{where}: kind remote needs `url`")
    if server.kind != "remote" and not server.command:
        raise CatalogueError(f"{where}: kind {server.kind} needs `command`")
    if server.reset == "share" and server.state != "none":
        raise CatalogueError(f"{where}.reset: a server with state {server.state!r} cannot be shared")
    for index, pattern in enumerate(server.silent):
        try:
            re.compile(pattern)
        except re.error as error:
            raise CatalogueError(f"{where}.silent.{index}: not a regular expression: {error}") from error
    if stray := set(server.tools.varying) - server.tools.names:
        raise CatalogueError(f"{where}.tools.varying: {sorted(stray)} are in neither `read` nor `write`")
    if server.probe and server.probe.bad and server.probe.bad.expect not in ERROR_KINDS:
        raise CatalogueError(f"{where}.probe.bad.expect: one of {', '.join(sorted(ERROR_KINDS))}")


ERROR_KINDS = frozenset(ErrorKind.__args__)  # type: ignore[attr-defined]
