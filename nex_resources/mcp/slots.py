"""Slots: a place for one server process with folders of its own, and who may have which."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from nex_resources.mcp.catalogue import Server
from nex_resources.mcp.launch import Folders
from nex_resources.mcp.session import Session


@dataclass(frozen=True)
class Limits:
    """What the pool may use. Seconds and MiB."""

    processes: int = 16  # slots at once, all servers together
    per_server: int = 8
    starts: int = 2  # servers starting at once: a start is CPU, a call hardly any
    spares: int = 1  # fresh processes kept ready for each server that is restarted between rollouts
    start_attempts: int = 3
    quarantine: float = 60.0  # after that many failed starts
    backoff: float = 0.25  # before the second attempt; doubles
    restarts: int = 2  # within one lease
    memory_mb: int = 1024  # resident memory of one server and its children
    memory_every: float = 2.0  # between looks at it
    health: float = 30.0  # between checks of idle servers
    message_mb: int = 64  # one JSON-RPC message
    log_kb: int = 1024  # stderr of one server process


@dataclass(eq=False)
class Slot:
    """One place. `users` is 0 or 1 but for shared servers. `fresh` while its process served nobody."""

    server: Server
    folders: Folders
    session: Session | None = None
    users: int = 0
    fresh: bool = True
    used_at: float = 0.0
    restarts: int = 0
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    recycling: asyncio.Task[None] | None = None

    def reset(self) -> None:
        """Empty the folders, for the next rollout."""
        self.folders.reset(self.session.launch.mounts if self.session else ())

    @property
    def names(self) -> dict[str, str]:
        """What models see instead of paths of this machine."""
        return self.session.launch.names if self.session else self.folders.names

    @property
    def confined(self) -> bool:
        return self.session is not None and self.session.launch.confined

    @property
    def shared(self) -> bool:
        return self.server.reset == "share"


class Slots:
    """Hands out slots, all that a rollout needs at once or none, so that no two can block each other.

    Those who wait are served in the order they came, save that one whose servers are free overtakes
    one whose are not.
    """

    def __init__(self, limits: Limits, home: Path):
        self.limits = limits
        self.home = home  # slots' folders are made in it
        self.all: list[Slot] = []
        self._waiting: list[tuple[Sequence[Server], asyncio.Future[list[Slot]]]] = []
        self._made = 0
        self.evicted: list[Slot] = []  # for the pool to close

    async def take(self, servers: Sequence[Server]) -> list[Slot]:
        """Wait for a slot of each of `servers`. Raises ValueError where the limits can never allow it."""
        if len(servers) > self.limits.processes:
            raise ValueError(
                f"a rollout that needs {len(servers)} servers at once ({', '.join(s.name for s in servers)}) "
                f"exceeds the pool's limit of {self.limits.processes} processes; raise Limits.processes"
            )
        if (slots := self._grant(servers)) is not None:
            return slots
        future: asyncio.Future[list[Slot]] = asyncio.get_running_loop().create_future()
        entry = (servers, future)
        self._waiting.append(entry)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():
                self.give(future.result())
            raise
        finally:
            self._waiting = [item for item in self._waiting if item is not entry]

    def give(self, slots: Iterable[Slot]) -> None:
        """Take slots back, and serve those who wait."""
        for slot in slots:
            slot.users -= 1
            slot.used_at = time.monotonic()
        for servers, future in list(self._waiting):
            if not future.done() and (granted := self._grant(servers)) is not None:
                future.set_result(granted)

    def free(self) -> list[Slot]:
        return [slot for slot in self.all if slot.users == 0]

    def _grant(self, servers: Sequence[Server]) -> list[Slot] | None:
        found = [self._find(server) for server in servers]
        new = sum(slot is None for slot in found)
        evictable = [slot for slot in self.free() if slot not in found]
        over = len(self.all) + new - self.limits.processes
        if over > len(evictable) or any(
            slot is None and self._count(server) >= self.limits.per_server
            for slot, server in zip(found, servers, strict=True)
        ):
            return None
        for slot in sorted(evictable, key=lambda slot: slot.used_at)[: max(over, 0)]:
            self.all.remove(slot)
            self.evicted.append(slot)
        slots = [slot or self._make(server) for slot, server in zip(found, servers, strict=True)]
        for slot in slots:
            slot.users += 1
        return slots

    def _find(self, server: Server) -> Slot | None:
        """A slot that may be had now: a shared one, else the free one that is likeliest to be warm."""
        mine = [slot for slot in self.all if slot.server is server]
        if server.reset == "share":
            return min(mine, key=lambda slot: slot.users, default=None)
        return max((s for s in mine if s.users == 0), key=_warmth, default=None)

    def _count(self, server: Server) -> int:
        return sum(slot.server is server for slot in self.all)

    def _make(self, server: Server) -> Slot:
        self._made += 1
        slot = Slot(server, Folders(self.home / f"{server.name}-{self._made}"))
        self.all.append(slot)
        return slot


def _warmth(slot: Slot) -> tuple[bool, bool, float]:
    alive = slot.session is not None and not slot.session.dead
    return alive and slot.recycling is None, slot.recycling is not None, slot.used_at
