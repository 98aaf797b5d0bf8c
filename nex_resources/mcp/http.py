"""The two HTTP transports: streamable HTTP, and the legacy one over server-sent events."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlparse

from nex_resources.mcp.launch import Launch
from nex_resources.mcp.stdio import StdioProcess

CONNECT = 10.0  # seconds for anything but waiting for a result
IDLE = 3600.0  # a call's own timeout is the session's affair


@contextlib.asynccontextmanager
async def connect(launch: Launch) -> AsyncIterator[tuple[Any, Any]]:
    """Connect to `launch.url` by the server's transport, with its headers; yield the SDK's streams."""
    if launch.server.transport == "sse":
        from mcp.client.sse import sse_client

        async with sse_client(launch.url, dict(launch.headers), CONNECT, IDLE) as streams:
            yield streams
        return
    import httpx2
    from mcp.client.streamable_http import streamable_http_client

    timeout = httpx2.Timeout(CONNECT, read=IDLE)
    async with (
        httpx2.AsyncClient(headers=dict(launch.headers), timeout=timeout) as client,
        streamable_http_client(launch.url, http_client=client) as streams,
    ):
        yield streams


@contextlib.asynccontextmanager
async def connect_when_up(launch: Launch, process: StdioProcess) -> AsyncIterator[tuple[Any, Any]]:
    """Connect to a server that we started ourselves, once its port is open. The session's own
    `start_timeout` ends the wait; a process that ends first raises ConnectionError."""
    where = urlparse(launch.url)
    while True:
        if process.exited.is_set():
            raise ConnectionError(f"the process of {launch.server.name} ended before it served {launch.url}")
        try:
            _, writer = await asyncio.open_connection(where.hostname, where.port)
        except OSError:
            await asyncio.sleep(0.05)
            continue
        writer.close()
        break
    async with connect(launch) as streams:
        yield streams
