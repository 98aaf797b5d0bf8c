"""Concurrency within one turn: results in the order of the calls, serial tools alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from itertools import groupby
from typing import TypeVar

A = TypeVar("A")
B = TypeVar("B")


async def in_order(
    work: Callable[[A], Awaitable[B]], items: Sequence[A], alone: Sequence[bool], at_once: int
) -> list[B]:
    """Run `work` on each item and return the results in the items' order.

    Items marked `alone` run one at a time, with nothing beside them; runs of others between them are
    concurrent, `at_once` at most. The first exception cancels what still runs, and is raised.
    """
    results: list[B] = []
    for serial, group in groupby(zip(items, alone, strict=True), key=lambda pair: pair[1]):
        batch = [item for item, _ in group]
        if serial or len(batch) == 1:
            results += [await work(item) for item in batch]
        else:
            results += await _together(work, batch, at_once)
    return results


async def _together(work: Callable[[A], Awaitable[B]], items: Sequence[A], at_once: int) -> list[B]:
    gate = asyncio.Semaphore(at_once)

    async def gated(item: A) -> B:
        async with gate:
            return await work(item)

    tasks = [asyncio.ensure_future(gated(item)) for item in items]
    try:
        return list(await asyncio.gather(*tasks))
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
