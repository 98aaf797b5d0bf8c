"""A server as a child process: newline-delimited JSON-RPC over its stdin and stdout.

Differs from the SDK's own transport where a pool needs it: no variable of the host reaches the
child, a long line costs time linear in its length and is parsed off the loop, lines that are no
JSON-RPC are counted instead of logged with a traceback, stderr is drained into a capped file, and at
the end the whole process group is gone.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import anyio
import mcp_types as types
from mcp.shared.message import SessionMessage

from nex_resources.mcp.launch import POOL_MARK, Launch, limited
from nex_resources.mcp.watchdog import sweep

CHUNK = 1 << 18
INLINE = 1 << 17  # bytes: longer lines are parsed in a thread
Streams = tuple[Any, Any]


class StdioProcess:
    """The child of one session. Use as an async context manager that yields the SDK's two streams."""

    def __init__(
        self, launch: Launch, max_message: int = 64 << 20, max_log: int = 1 << 20, grace: float = 1.0
    ):
        self.launch = launch
        self.max_message = max_message  # bytes of one line; a longer one is answered with an error
        self.max_log = max_log
        self.grace = grace  # seconds to leave by itself, and again after SIGTERM
        self.noise = 0  # lines on stdout that were no JSON-RPC
        self.last_noise = ""
        self.exited = asyncio.Event()
        self.process: asyncio.subprocess.Process | None = None

    @contextlib.asynccontextmanager
    async def connect(self) -> AsyncIterator[Streams]:
        """Start the child; at exit stop it and its group, however the exit came about."""
        process = await asyncio.create_subprocess_exec(
            *limited(self.launch.argv),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self.launch.env,
            cwd=self.launch.folders.workspace,
            start_new_session=True,
            limit=CHUNK,
        )
        self.process = process
        to_session, from_server = anyio.create_memory_object_stream[SessionMessage | Exception](0)
        to_server, from_session = anyio.create_memory_object_stream[SessionMessage](0)
        tasks = [
            asyncio.create_task(self._read(process, to_session)),
            asyncio.create_task(self._write(process, from_session)),
            asyncio.create_task(self._log(process, self.launch.folders.log)),
        ]
        try:
            yield from_server, to_server
        finally:
            await _shielded(self._stop(process, tasks))
            for stream in (to_session, from_server, to_server, from_session):
                stream.close()

    @property
    def pid(self) -> int:
        return self.process.pid if self.process else 0

    async def _read(self, process: asyncio.subprocess.Process, sink: Any) -> None:
        assert process.stdout
        try:
            async for line in _lines(process.stdout, self.max_message):
                if message := await self._parse(line):
                    await sink.send(message)
        except (anyio.ClosedResourceError, anyio.BrokenResourceError, ConnectionError):
            pass
        finally:
            self.exited.set()
            sink.close()

    async def _parse(self, line: bytes | int) -> SessionMessage | None:
        if isinstance(line, int):  # too long: its head was not kept either
            self._noted(f"a message of more than {self.max_message} bytes ({line}) was dropped")
            return None
        try:
            if len(line) > INLINE:
                return await asyncio.to_thread(_message, line)
            return _message(line)
        except ValueError:
            if line.strip():
                self._noted(line[:200].decode(errors="replace"))
            return None

    def _noted(self, text: str) -> None:
        self.noise += 1
        self.last_noise = text

    async def _write(self, process: asyncio.subprocess.Process, source: Any) -> None:
        assert process.stdin
        with contextlib.suppress(ConnectionError, anyio.ClosedResourceError, RuntimeError):
            async for item in source:
                data = item.message.model_dump_json(by_alias=True, exclude_unset=True)
                process.stdin.write(data.encode() + b"\n")
                await process.stdin.drain()

    async def _log(self, process: asyncio.subprocess.Process, path: Path) -> None:
        assert process.stderr
        dropped = 0
        with path.open("ab", buffering=0) as file:
            room = self.max_log - file.tell()
            while chunk := await process.stderr.read(CHUNK):
                file.write(chunk[: max(room, 0)])
                dropped += max(len(chunk) - max(room, 0), 0)
                room -= len(chunk)
            if dropped:
                file.write(f"\n[{dropped} more bytes of stderr were dropped]\n".encode())

    async def _stop(self, process: asyncio.subprocess.Process, tasks: list[asyncio.Task[None]]) -> None:
        """Close stdin, wait, SIGTERM, wait, SIGKILL; then SIGKILL the group for what the child left."""
        assert process.stdin
        process.stdin.close()
        for sign in (None, signal.SIGTERM, signal.SIGKILL):
            if sign:
                kill_group(process.pid, sign)
            with contextlib.suppress(TimeoutError):
                # A grandchild may hold the pipes open: wait for the child, not for end of file.
                await asyncio.wait_for(_exit(process), self.grace)
                break
        kill_group(process.pid, signal.SIGKILL)
        if not self.launch.confined:  # a namespace takes all with it; here some may have left the group
            await asyncio.to_thread(sweep, self.launch.env[POOL_MARK])
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        process._transport.close()  # type: ignore[attr-defined]  # the pipes, which nothing public closes


def kill_group(pid: int, sign: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, sign)


async def _exit(process: asyncio.subprocess.Process) -> None:
    while process.returncode is None:  # noqa: ASYNC110 - process.wait() waits for the pipes too
        await asyncio.sleep(0.01)


async def _shielded(work: Any) -> None:
    """Run `work` to its end even where this task is cancelled meanwhile; the cancellation then goes on."""
    task = asyncio.ensure_future(work)
    with anyio.CancelScope(shield=True):
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError:
            await task
            raise


def _message(line: bytes) -> SessionMessage:
    return SessionMessage(types.jsonrpc_message_adapter.validate_json(line, by_name=False))


_ID = re.compile(rb'"id"\s*:\s*(\d+|"[^"]{1,80}")')


async def _lines(stream: asyncio.StreamReader, limit: int) -> AsyncIterator[bytes | int]:
    """Yield lines; for one longer than `limit`, an error response to its request, or its length.

    Chunks are joined once per line, so that the cost stays linear."""
    parts: list[bytes] = []
    size, head = 0, b""
    while chunk := await stream.read(CHUNK):
        *whole, rest = chunk.split(b"\n")
        for piece in whole:
            size += len(piece)
            yield b"".join([*parts, piece]) if size <= limit else _too_long(head or piece[:400], size, limit)
            parts, size, head = [], 0, b""
        size += len(rest)
        if size <= limit:
            parts.append(rest)
        elif parts or not head:  # keep no more than what names the request
            head = head or b"".join([*parts, rest])[:400]
            parts = []


def _too_long(head: bytes, size: int, limit: int) -> bytes | int:
    found = _ID.search(head)
    if not found:
        return size
    text = f"the result is too large: {size} bytes, of which at most {limit} are accepted"
    error = b'{"code":-32010,"message":"' + text.encode() + b'"}'
    return b'{"jsonrpc":"2.0","id":' + found[1] + b',"error":' + error + b"}"
