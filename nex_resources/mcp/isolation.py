"""Tries to leave the workspace by each server's own tools, and says what stopped it."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec

from nex_resources.mcp.catalogue import Call, Catalogue, Server
from nex_resources.mcp.host import McpHost
from nex_resources.mcp.pool import McpPool
from nex_resources.mcp.probe import seed_of
from nex_resources.records import ErrorKind, ToolCall, qualified


class Attempt(msgspec.Struct, frozen=True):
    """One attempt. `stopped_by`: `guard` (we refused), `server` (it did), `sandbox` (carried out, with no
    effect on the host), or `nothing`, which is a hole."""

    server: str
    tool: str
    confined: bool
    stopped_by: str
    text: str


class Outside:
    """A folder of the host that servers must neither read nor change."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.secret = f"canary-{secrets.token_hex(8)}"
        folder.mkdir(parents=True)
        for name in ("secret.txt", "secret.csv", "secret.py", "secret.md"):
            (folder / name).write_text(f"# {self.secret}\n{self.secret},1\n")

    def listing(self) -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in sorted(self.folder.rglob("*")) if p.is_file()}


async def attempts(
    catalogue: Catalogue, name: str, home: Path, cache: Path, confined: bool
) -> AsyncIterator[Attempt]:
    """Make the `escapes` of server `name`, confined with our guard off or unconfined with it on."""
    server = msgspec.structs.replace(catalogue[name], guard=not confined)
    outside = Outside(home / f"outside-{secrets.token_hex(4)}")
    pool = McpPool(Catalogue({name: server}), home, cache, confine=confined)
    async with pool, pool.host({name: seed_of(server.probe)}) as host:
        if server.probe:
            for call in server.probe.setup:
                await host.call(ToolCall("setup", qualified(name, call.tool), call.arguments))
        for call in server.escapes:
            yield await _try(server, host, call, outside, confined)


async def _try(server: Server, host: McpHost, call: Call, outside: Outside, confined: bool) -> Attempt:
    before = outside.listing()
    arguments = _outward(call.arguments, str(outside.folder))
    result = await host.call(ToolCall("escape", qualified(server.name, call.tool), arguments))
    harmed = outside.listing() != before or outside.secret in result.text
    stopped_by = "nothing" if harmed else _who(result.error)
    return Attempt(server.name, call.tool, confined, stopped_by, result.text[:200])


def _who(error: ErrorKind | None) -> str:
    if error == "refused":
        return "guard"
    return "server" if error else "sandbox"


def _outward(value: object, folder: str) -> dict[str, object]:
    """Put the outer folder's path where the catalogue says `{outside}`."""
    text = msgspec.json.encode(value).decode().replace("{outside}", folder)
    filled: dict[str, object] = msgspec.json.decode(text)
    return filled
