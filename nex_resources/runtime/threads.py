"""Threads for synchronous tools: started on demand, used again, and no reason for a process not to end."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

Job = tuple[asyncio.AbstractEventLoop, asyncio.Future[Any], Callable[[], Any]]


class DaemonThreads:
    """At most `most` threads. Unlike an executor's, they are daemons: a tool that never returns keeps its
    thread, but its call can time out and the process can end."""

    def __init__(self, most: int):
        self._most = most
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._idle = threading.Semaphore(0)
        self._started = 0

    async def run(self, work: Callable[[], Any]) -> Any:
        """Return what `work` returns, or raise what it raises. A cancelled wait does not stop the work."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Any] = loop.create_future()
        self._jobs.put((loop, future, work))
        if not self._idle.acquire(blocking=False) and self._started < self._most:
            self._started += 1
            threading.Thread(target=self._serve, name=f"tool-{self._started}", daemon=True).start()
        return await future

    def _serve(self) -> None:
        while True:
            loop, future, work = self._jobs.get()
            outcome: tuple[Any, BaseException | None]
            try:
                outcome = work(), None
            except BaseException as error:  # handed on, whatever it is
                outcome = None, error
            self._idle.release()  # before the outcome is told: who waits for it may have the next job
            with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                loop.call_soon_threadsafe(_settle, future, *outcome)
            del loop, future, work, outcome


def _settle(future: asyncio.Future[Any], value: Any, error: BaseException | None) -> None:
    if future.done():  # cancelled: its call timed out
        return
    if error is None:
        future.set_result(value)
    elif isinstance(error, StopIteration):  # which a future cannot hold
        future.set_exception(RuntimeError(f"StopIteration: {error}"))
    else:
        future.set_exception(error)
