"""Warm sessions for many rollouts at once: started rarely, leased, reset, and really gone at the end."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from pathlib import Path

from nex_resources.mcp import sandbox, watchdog
from nex_resources.mcp.cassette import Cassettes
from nex_resources.mcp.catalogue import Catalogue, Server
from nex_resources.mcp.host import McpHost
from nex_resources.mcp.install import MissingError, cache_dir
from nex_resources.mcp.launch import Launch, prepare
from nex_resources.mcp.memory import over
from nex_resources.mcp.results import ResultLimits
from nex_resources.mcp.session import Session, StartError
from nex_resources.mcp.slots import Limits, Slot, Slots
from nex_resources.mcp.stdio import StdioProcess
from nex_resources.records import split_qualified

Seed = Callable[[Path], None]


class UnavailableError(Exception):
    """A server cannot be had: it is not installed, or it is quarantined after failed starts."""


class McpPool:
    """Sessions with the servers of `catalogue`, leased to rollouts.

    Use as an async context manager, all in one event loop. Slots lie in `home`; installed servers in
    `cache`. Nothing starts before it is asked for.
    `confine` third-party servers in namespaces (None: where this machine can). `cassettes` says whether
    rollouts are recorded or replayed (`taping`).
    """

    def __init__(
        self,
        catalogue: Catalogue,
        home: Path,
        cache: Path | None = None,
        limits: Limits | None = None,
        results: ResultLimits | None = None,
        confine: bool | None = None,
        cassettes: Cassettes | None = None,
    ):
        self.catalogue = catalogue
        self.limits = limits or Limits()
        self.confine = sandbox.available() if confine is None else confine
        self.results = results or ResultLimits()
        self.cassettes = cassettes or Cassettes()
        self.cache = cache or cache_dir()
        self.mark = uuid.uuid4().hex
        self.home = home.resolve() / f"pool-{self.mark[:8]}"
        self.starts = 0  # processes started so far
        self.quarantined: dict[str, tuple[float, str]] = {}  # server → (until, why)
        self._slots = Slots(self.limits, self.home)
        self._starting = asyncio.Semaphore(self.limits.starts)
        self._tasks: set[asyncio.Task[None]] = set()
        self._watchdog: subprocess.Popen[bytes] | None = None

    async def __aenter__(self) -> McpPool:
        self.home.mkdir(parents=True)
        command = [sys.executable, "-S", "-E", watchdog.__file__, self.mark]
        self._watchdog = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: ASYNC220
        self._spawn(self._look_after())
        self._spawn(self._watch_memory())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        sessions = [slot.session for slot in [*self._slots.all, *self._slots.evicted] if slot.session]
        await asyncio.gather(*(session.close() for session in sessions), return_exceptions=True)
        await asyncio.to_thread(self._end_watchdog)
        shutil.rmtree(self.home, ignore_errors=True)

    def _end_watchdog(self) -> None:
        """Close its pipe: it kills what still carries our mark, and leaves."""
        if self._watchdog and self._watchdog.stdin:
            self._watchdog.stdin.close()
            self._watchdog.wait()

    def leaked(self) -> list[int]:
        """Return the processes alive that were started under this pool, servers' children included."""
        return watchdog.marked(self.mark)

    @contextlib.asynccontextmanager
    async def host(
        self,
        prepare: Mapping[str, Seed | None],
        tools: Sequence[str] | None = None,
        files: Path | None = None,
    ) -> AsyncIterator[McpHost]:
        """Lease the servers of `prepare`, and those that `tools` name besides, for one rollout.

        Each server's workspace is emptied and then filled by its callable. `tools` are the qualified
        names offered (None: all). Large results and stderr go to `files`, the rollout's directory.
        Raises UnavailableError where a server cannot be had, LookupError where it lacks a tool of `tools`.
        """
        seeds: dict[str, Seed | None] = dict(prepare)
        for tool in tools or ():
            seeds.setdefault(split_qualified(tool)[0], None)
        servers = [self.catalogue[name] for name in seeds]
        for server in servers:
            self._check_quarantine(server)
        slots = await self._slots.take(servers)
        logs = {slot: _size(slot.folders.log) for slot in slots}
        try:
            self._close_evicted()
            await _all(self._ready(slot, seeds[slot.server.name]) for slot in slots)
            yield McpHost({slot.server.name: slot for slot in slots}, tools, files, self.results, self.revive)
        finally:
            if files:
                for slot, start in logs.items():
                    _keep_log(slot, start, files)
            for slot in slots:
                self._after(slot)
            self._slots.give(slots)
            self._close_evicted()

    async def warm(self, wanted: Mapping[str, int]) -> None:
        """Start so many processes of each server ahead of need."""
        leases = [server for name, count in wanted.items() for server in [self.catalogue[name]] * count]
        async with contextlib.AsyncExitStack() as stack:
            for server in leases:
                await stack.enter_async_context(self._warm(server))

    @contextlib.asynccontextmanager
    async def _warm(self, server: Server) -> AsyncIterator[None]:
        slots = await self._slots.take([server])
        try:
            async with slots[0].lock:
                slots[0].reset()
                await self._ensure(slots[0])
            yield
        finally:
            self._slots.give(slots)

    async def _ready(self, slot: Slot, seed: Seed | None) -> None:
        """Bring a slot just taken into its initial state, with a live session."""
        if slot.recycling:
            await asyncio.gather(slot.recycling, return_exceptions=True)
            slot.recycling = None
        async with slot.lock:
            if slot.server.reset == "restart" and not slot.fresh:
                await self._stop(slot)
            if not slot.shared or slot.session is None:
                slot.reset()
            if seed:
                await asyncio.to_thread(seed, slot.folders.workspace)
            slot.restarts = 0
            if slot.session and slot.session.suspect and not await slot.session.healthy():
                await self._stop(slot)
            await self._ensure(slot)
            if slot.session and slot.session.tools_changed:
                await slot.session.refresh_tools()
            slot.fresh = False

    async def _ensure(self, slot: Slot) -> None:
        """Start the slot's server unless it runs, with back-off. Raises UnavailableError."""
        if slot.session and not slot.session.dead:
            return
        await self._stop(slot)
        reason = ""
        for attempt in range(self.limits.start_attempts):
            if attempt:
                await asyncio.sleep(self.limits.backoff * 2 ** (attempt - 1))
            try:
                async with self._starting:
                    self.starts += 1
                    slot.session = await self._session(slot).start()
            except MissingError as error:
                raise UnavailableError(str(error)) from error
            except (StartError, OSError) as error:
                reason = str(error)
            else:
                slot.fresh = True
                return
        until = asyncio.get_running_loop().time() + self.limits.quarantine
        self.quarantined[slot.server.name] = (until, reason)
        raise UnavailableError(f"{reason} ({self.limits.start_attempts} attempts)")

    def _session(self, slot: Slot) -> Session:
        mark = f"{self.mark}/{slot.folders.root.name}"
        # Our own worlds write nowhere but in their workspace, and need our source and environment.
        confined = self.confine and slot.server.kind not in ("world", "remote")
        launch = prepare(slot.server, slot.folders, self.cache, mark, confined)
        return Session(launch, self._process(launch))

    def _process(self, launch: Launch) -> StdioProcess | None:
        if not launch.argv:
            return None
        return StdioProcess(launch, self.limits.message_mb << 20, self.limits.log_kb << 10)

    async def revive(self, slot: Slot) -> bool:
        """Restart a server that died during a lease, where its state lies in the workspace (which is
        kept) and it did not die too often. Returns whether there is a live session."""
        async with slot.lock:
            if slot.session and not slot.session.dead:
                return True
            if slot.server.state == "process" or slot.restarts >= self.limits.restarts:
                return False
            slot.restarts += 1
            with contextlib.suppress(UnavailableError):
                await self._ensure(slot)
                return True
            return False

    async def _stop(self, slot: Slot) -> None:
        """End the slot's server. The session stays where it is, dead, until another takes its place: a
        shared one may be looked at meanwhile."""
        if slot.session:
            await slot.session.close()

    def _after(self, slot: Slot) -> None:
        """After a lease: keep a fresh process ready in the place of one that may not be used again."""
        stale = slot.server.reset == "restart" and not slot.shared
        if not stale or slot.users > 1:
            return
        spares = sum(
            s.server is slot.server and (s.fresh or s.recycling is not None) for s in self._slots.all
        )
        slot.recycling = self._spawn(self._recycle(slot, start=spares < self.limits.spares))

    async def _recycle(self, slot: Slot, start: bool) -> None:
        async with slot.lock:
            await self._stop(slot)
            if start and slot in self._slots.all:
                slot.reset()
                with contextlib.suppress(UnavailableError):
                    await self._ensure(slot)

    def _check_quarantine(self, server: Server) -> None:
        until, reason = self.quarantined.get(server.name, (0.0, ""))
        if asyncio.get_running_loop().time() < until:
            raise UnavailableError(f"{server.name} is quarantined: {reason}")
        self.quarantined.pop(server.name, None)

    async def _look_after(self) -> None:
        """Every `health` seconds stop idle servers that answer no ping."""
        while True:
            await asyncio.sleep(self.limits.health)
            for slot in [slot for slot in self._slots.free() if slot.session and not slot.recycling]:
                async with slot.lock:
                    if slot.session and slot.users == 0 and not await slot.session.healthy():
                        await self._stop(slot)

    async def _watch_memory(self) -> None:
        """Every `memory_every` seconds kill servers that hold too much memory, in the midst of a call
        too: better one rollout loses its server than the machine its memory."""
        while True:
            await asyncio.sleep(self.limits.memory_every)
            sessions = [slot.session for slot in self._slots.all if slot.session and not slot.session.dead]
            by_pid = {s.process.pid: s for s in sessions if s.process and s.process.pid}
            if not by_pid:
                continue
            for pid, held in (await asyncio.to_thread(over, by_pid, self.limits.memory_mb)).items():
                by_pid[pid].kill(f"it held {held:.0f} MiB, more than the {self.limits.memory_mb} allowed")

    def _close_evicted(self) -> None:
        while self._slots.evicted:
            slot = self._slots.evicted.pop()
            self._spawn(self._discard(slot))

    async def _discard(self, slot: Slot) -> None:
        async with slot.lock:
            await self._stop(slot)
        await asyncio.to_thread(shutil.rmtree, slot.folders.root, True)

    def _spawn(self, work: Awaitable[None]) -> asyncio.Task[None]:
        task = asyncio.ensure_future(work)
        assert isinstance(task, asyncio.Task)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task


async def _all(work: Iterable[Awaitable[None]]) -> None:
    """Wait for all, the failed included, and raise the first failure: no start is left half done."""
    for outcome in await asyncio.gather(*work, return_exceptions=True):
        if isinstance(outcome, BaseException):
            raise outcome


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _keep_log(slot: Slot, start: int, files: Path) -> None:
    """Copy what the server wrote to stderr since `start` into the rollout's directory."""
    if _size(slot.folders.log) > start:
        target = files / "stderr" / f"{slot.server.name}.log"
        target.parent.mkdir(parents=True, exist_ok=True)
        with slot.folders.log.open("rb") as log:
            log.seek(start)
            target.write_bytes(log.read())
