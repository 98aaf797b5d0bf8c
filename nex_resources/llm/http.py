"""One HTTP client per endpoint: requests, Server-Sent Events, and every failure told apart."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import msgspec

from nex_resources.llm.retry import RETRIED_STATUS, Failed

LONGEST_LINE = 2**23
"""Bytes of one SSE line: the last event of a Responses stream holds the whole answer."""


class Endpoint:
    """A server's base URL with a connection pool, made once and shared by all rollouts of an event loop.

    `seconds` bounds one request in all, `idle` the silence between two pieces of a response. `concurrency`
    bounds the requests in flight.
    """

    def __init__(
        self,
        base_url: str,
        headers: Mapping[str, str],
        seconds: float = 600.0,
        idle: float = 120.0,
        concurrency: int = 256,
    ):
        self.base_url = base_url.rstrip("/")
        self._headers = {"Content-Type": "application/json", **headers}
        self._timeout = aiohttp.ClientTimeout(total=seconds, sock_connect=15.0, sock_read=idle)
        self._concurrency = concurrency
        self._session: aiohttp.ClientSession | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def _client(self) -> aiohttp.ClientSession:
        loop = asyncio.get_running_loop()
        if self._session is None or self._session.closed or self._loop is not loop:
            connector = aiohttp.TCPConnector(limit=self._concurrency, keepalive_timeout=30.0)
            self._session = aiohttp.ClientSession(
                connector=connector, headers=self._headers, timeout=self._timeout, read_bufsize=LONGEST_LINE
            )
            self._loop = loop
        return self._session

    async def post(self, path: str, body: bytes) -> bytes:
        """Return the body of a successful response. Raises `Failed`."""
        try:
            async with self._client().post(self.base_url + path, data=body) as response:
                data = await response.read()
                if response.status >= 400:
                    raise failure(response.status, response.headers, data)
                return data
        except (aiohttp.ClientError, TimeoutError, ConnectionError) as error:
            raise _broken(error) from error

    async def stream(self, path: str, body: bytes) -> AsyncGenerator[tuple[str, bytes], None]:
        """Yield the (event, data) pairs of a Server-Sent Events response. Raises `Failed`."""
        try:
            async with self._client().post(self.base_url + path, data=body) as response:
                if response.status >= 400:
                    raise failure(response.status, response.headers, await response.read())
                event = ""
                async for line in response.content:
                    line = line.rstrip(b"\r\n")
                    if line.startswith(b"event:"):
                        event = line[6:].strip().decode()
                    elif line.startswith(b"data:"):
                        yield event, line[5:].strip()
                        event = ""
        except (aiohttp.ClientError, TimeoutError, ConnectionError, ValueError) as error:
            raise _broken(error) from error

    async def close(self) -> None:
        """Close the pool. Connections of another, finished event loop are dropped."""
        session, self._session = self._session, None
        if session is not None and self._loop is asyncio.get_running_loop():
            await session.close()


TAIL = 1.0
"""Seconds that a server gets to end a response whose last event has been read."""


async def drain(events: AsyncGenerator[tuple[str, bytes], None]) -> None:
    """Read what little follows the last event of interest, so that its connection can be used again. A server
    that does not end the response within `TAIL` loses the connection, and nothing else."""
    with contextlib.suppress(TimeoutError, Failed):
        async with asyncio.timeout(TAIL):
            async for _ in events:
                pass


def _broken(error: Exception) -> Failed:
    if isinstance(error, TimeoutError):
        return Failed("timeout", "the model server gave no answer in time", retry=True)
    if isinstance(error, ValueError):  # a line longer than the buffer
        return Failed("malformed", f"the response could not be read: {error}", retry=True)
    return Failed(
        "connection", f"the connection to the model server broke: {error or type(error).__name__}", True
    )


_KINDS = {
    401: "auth",
    403: "auth",
    404: "not_found",
    408: "timeout",
    413: "context_length",
    429: "rate_limit",
}
_TOO_LONG = ("context_length", "context length", "prompt is too long", "maximum context", "context window")


def failure(status: int, headers: Mapping[str, str], data: bytes) -> Failed:
    """Return the failure that an HTTP error response stands for."""
    message = error_text(data)
    kind = _KINDS.get(status, "server" if status >= 500 else "bad_request")
    if status == 400 and any(words in message.lower() for words in _TOO_LONG):
        kind = "context_length"
    retry = status >= 500 or status in RETRIED_STATUS
    return Failed(kind, f"HTTP {status}: {message}", retry, retry_after(headers), status)


_FINAL = frozenset(
    {
        "authentication_error",
        "billing_error",
        "context_length_exceeded",
        "insufficient_quota",
        "invalid_prompt",
        "invalid_request_error",
        "not_found_error",
        "permission_error",
        "request_too_large",
    }
)
"""Types and codes of errors that come within an answer, after status 200, and that no retry mends."""


def broken_off(data: bytes) -> Failed:
    """Return the failure that an error within an answer stands for."""
    message = error_text(data)
    body: Any = msgspec.json.decode(data)
    error = body.get("error") if isinstance(body, dict) and isinstance(body.get("error"), dict) else body
    names = {error.get("type"), error.get("code")} if isinstance(error, dict) else set()
    if "context_length_exceeded" in names or any(words in message.lower() for words in _TOO_LONG):
        return Failed("context_length", message, retry=False)
    if names & _FINAL:
        return Failed("bad_request", f"the answer broke off: {message}", retry=False)
    return Failed("server", f"the answer broke off: {message}", retry=True)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds that `retry-after-ms` or `Retry-After` (seconds, or a date) ask to wait."""
    try:
        if "retry-after-ms" in headers:
            return max(0.0, float(headers["retry-after-ms"]) / 1000)
        value = headers.get("Retry-After", "")
        if not value:
            return None
        if value.replace(".", "", 1).isdigit():
            return float(value)
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def error_text(data: bytes) -> str:
    """Return what an error body says, from whichever shape the server uses, at most 500 characters."""
    try:
        body: Any = msgspec.json.decode(data)
    except msgspec.DecodeError:
        return data[:500].decode(errors="replace")
    error = body.get("error", body) if isinstance(body, dict) else body
    text = error.get("message") if isinstance(error, dict) else error
    return str(text if text else body)[:500]


def decode(data: bytes, kind: Any) -> Any:
    """Decode a response body as `kind`; a body of another shape is a failure worth a retry."""
    try:
        return msgspec.json.decode(data, type=kind)
    except msgspec.DecodeError as error:
        raise Failed("malformed", f"not the JSON that was expected: {error}", retry=True) from error
