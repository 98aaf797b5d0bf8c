"""One session with one server, owned by one task.

The owner task alone enters and leaves the transport and the SDK's session, so that no cancel scope
crosses tasks; others only await calls through it.
"""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator
from typing import Any

import mcp_types as types
import msgspec
from mcp.client.session import ClientSession
from mcp.shared.exceptions import MCPError

from nex_resources.mcp import http
from nex_resources.mcp.launch import Launch
from nex_resources.mcp.stdio import StdioProcess, kill_group
from nex_resources.records import ErrorKind


class StartError(Exception):
    """A server did not come up; the text says which, why, and where its stderr lies."""


class Outcome(msgspec.Struct, frozen=True):
    """What a call came to: a result, or an error of the connection with its text."""

    result: types.CallToolResult | None
    error: ErrorKind | None
    text: str
    seconds: float


class Session:
    """A live session. `dead` once the connection is gone; `suspect` after a call that timed out."""

    def __init__(self, launch: Launch, process: StdioProcess | None = None):
        self.launch = launch
        self.server = launch.server
        self.process = process or (StdioProcess(launch) if launch.argv else None)
        self.tools: list[types.Tool] = []
        self.info: types.Implementation | None = None
        self.protocol_version = ""
        self.start_seconds = 0.0
        self.calls = 0
        self.suspect = False
        self.tools_changed = False
        self.failure = ""
        self._client: ClientSession | None = None
        self._stop = asyncio.Event()
        self._owner: asyncio.Task[None] | None = None

    @property
    def dead(self) -> bool:
        gone = self.process is not None and self.process.exited.is_set()
        return gone or self._owner is None or self._owner.done()

    @property
    def _noise(self) -> int:
        """Lines on stdout that were no messages; servers reached by HTTP may print what they like."""
        return self.process.noise if self.process and self.server.transport == "stdio" else 0

    async def start(self) -> Session:
        """Connect, shake hands and list the tools, within the server's `start_timeout`.
        Raises StartError; nothing is left running then."""
        began = time.monotonic()
        ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._owner = asyncio.create_task(self._own(ready), name=f"mcp:{self.server.name}")
        try:
            await asyncio.wait_for(asyncio.shield(ready), self.server.start_timeout)
        except TimeoutError:
            await self._abort()
            raise StartError(self._why(f"did not answer within {self.server.start_timeout:g} s")) from None
        except asyncio.CancelledError:
            await self._abort()
            raise
        except Exception as error:
            await self._abort()
            raise StartError(self._why(f"failed at start: {error or type(error).__name__}")) from error
        self.start_seconds = time.monotonic() - began
        return self

    async def _abort(self) -> None:
        assert self._owner
        self._owner.cancel()
        await asyncio.gather(self._owner, return_exceptions=True)

    def _why(self, what: str) -> str:
        log = self.launch.folders.log
        text = log.read_text(errors="replace").strip()[-400:] if log.exists() else ""
        noise = f"; stdout said {self.process.last_noise!r}" if self.process and self.process.noise else ""
        return f"server {self.server.name} {what}{noise}" + (f"; stderr ended: {text}" if text else "")

    async def _own(self, ready: asyncio.Future[None]) -> None:
        try:
            async with (
                self._transport() as (read, write),
                ClientSession(
                    read, write, message_handler=self._notice, elicitation_callback=elicit_defaults
                ) as client,
            ):
                hello = await client.initialize()
                self.info, self.protocol_version = hello.server_info, hello.protocol_version
                self._client = client
                self.tools = await list_all(client)
                ready.set_result(None)
                await self._stop.wait()
        except Exception as error:
            self.failure = self.failure or str(_root(error))
            if not ready.done():
                ready.set_exception(_root(error))
        finally:
            if not ready.done():
                ready.cancel()

    @contextlib.asynccontextmanager
    async def _transport(self) -> AsyncIterator[tuple[Any, Any]]:
        """Start the process where there is one, and connect: to it, or to the URL it serves."""
        if self.process is None:
            async with http.connect(self.launch) as streams:
                yield streams
        elif self.server.transport == "stdio":
            async with self.process.connect() as streams:
                yield streams
        else:
            async with self.process.connect(), http.connect_when_up(self.launch, self.process) as streams:
                yield streams

    async def _notice(self, message: Any) -> None:
        if isinstance(message, types.ToolListChangedNotification):
            self.tools_changed = True

    async def call(self, tool: str, arguments: dict[str, Any], timeout: float) -> Outcome:
        """Call `tool` by its own name. Never raises but for cancellation; seconds in, seconds out."""
        began = time.monotonic()
        noise = self._noise
        self.calls += 1
        try:
            if self._client is None or self.dead:
                raise MCPError(types.CONNECTION_CLOSED, self.failure or "the server's process has ended")
            async with asyncio.timeout(timeout + 1.0):  # should the SDK's own timeout not fire
                result = await self._client.call_tool(tool, arguments, read_timeout_seconds=timeout)
            return Outcome(result, None, "", time.monotonic() - began)
        except Exception as error:
            kind, text = self._explain(error, timeout, noise)
            return Outcome(None, kind, text, time.monotonic() - began)

    def _explain(self, error: Exception, timeout: float, noise: int) -> tuple[ErrorKind, str]:
        timed_out = isinstance(error, TimeoutError) or getattr(error, "code", None) == types.REQUEST_TIMEOUT
        if timed_out:
            self.suspect = True
            if self.process and self._noise > noise:
                return "protocol_error", (
                    f"{self.server.name} answered with what is not JSON-RPC ({self.process.last_noise!r}) "
                    f"and gave no result within {timeout:g} s"
                )
            return "timeout", f"{self.server.name} gave no result within {timeout:g} s"
        if isinstance(error, MCPError) and error.code == types.CONNECTION_CLOSED:
            why = self.failure or error.message
            return "connection_closed", f"{self.server.name} ended during the call: {why}"
        if isinstance(error, MCPError):
            return "protocol_error", f"{error.message} (JSON-RPC error {error.code})"
        return "protocol_error", f"{self.server.name} sent an invalid result: {error}"

    async def healthy(self, timeout: float = 2.0) -> bool:
        """Whether the server answers a ping. Clears `suspect` if it does."""
        if self._client is None or self.dead:
            return False
        try:
            async with asyncio.timeout(timeout):
                await self._client.send_ping()
        except MCPError as error:  # an answer, if only that it knows no ping
            alive = error.code not in (types.CONNECTION_CLOSED, types.REQUEST_TIMEOUT)
        except Exception:
            alive = False
        else:
            alive = True
        self.suspect = not alive
        return alive

    async def refresh_tools(self) -> None:
        if self._client and not self.dead:
            self.tools_changed = False
            self.tools = await list_all(self._client)

    def kill(self, why: str) -> None:
        """End the server's process at once; calls in flight fail, and say `why`."""
        self.failure = why
        if self.process:
            kill_group(self.process.pid, signal.SIGKILL)

    async def close(self) -> None:
        """End the session and its processes; returns when they are gone."""
        self._stop.set()
        if self._owner:
            await asyncio.gather(self._owner, return_exceptions=True)


async def elicit_defaults(context: Any, params: types.ElicitRequestParams) -> types.ElicitResult:
    """Answer a server that asks the user: nobody is there, so a form is accepted with the defaults that
    it states, and declined where a required field has none."""
    schema = getattr(params, "requested_schema", None) or {}
    fields = schema.get("properties", {})
    content = {name: field["default"] for name, field in fields.items() if "default" in field}
    if not fields or set(schema.get("required", ())) - set(content):
        return types.ElicitResult(action="decline")
    return types.ElicitResult(action="accept", content=content)


async def list_all(client: ClientSession) -> list[types.Tool]:
    """List the tools, all pages."""
    page = await client.list_tools()
    tools = list(page.tools)
    while page.next_cursor:
        page = await client.list_tools(params=types.PaginatedRequestParams(cursor=page.next_cursor))
        tools += page.tools
    return tools


def _root(error: BaseException) -> BaseException:
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
