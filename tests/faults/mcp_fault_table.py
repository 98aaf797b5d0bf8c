"""The fault table, measured: `python tests/faults/mcp_fault_table.py` from the root.

Each fault in a pool of its own: what stands in the trace, after how long, whether the next rollout works
on the same pool, and what processes are left.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "mcp"))
from mcp_testing import call, faulty

from nex_resources.mcp import Catalogue, Limits, McpPool, UnavailableError


@dataclass(frozen=True)
class Fault:
    """One way to fail: a call of the misbehaving server, and the error kind it must give (None: none,
    `unavailable`: the rollout cannot begin). Seconds."""

    title: str
    tool: str
    error: str | None
    arguments: dict[str, Any] = field(default_factory=dict)
    timeout: float = 60.0
    start: str = ""
    start_timeout: float = 60.0
    limits: dict[str, Any] = field(default_factory=dict)


FAULTS = [
    Fault("killed in mid-call", "die", "connection_closed"),
    Fault("hanging", "hang", "timeout", timeout=1.0),
    Fault("garbage on stdout", "garbage", "protocol_error", timeout=1.0),
    Fault("JSON-RPC error", "jsonrpc", "protocol_error"),
    Fault("silent error", "silent", "silent_error"),
    Fault("path outside", "read", "refused", {"path": "/etc/passwd"}),
    Fault("flooding stderr", "flood", None, {"mb": 5}),
    Fault("20 MB result", "big", None, {"bytes": 20_000_000}),
    Fault("result over the limit", "big", "protocol_error", {"bytes": 3_000_000}, limits={"message_mb": 1}),
    Fault(
        "hoarding memory",
        "hoard",
        "connection_closed",
        {"mb": 400},
        limits={"memory_mb": 200, "memory_every": 0.05},
    ),
    Fault("tools withdrawn after listing", "echo", "tool_error", {"text": "x"}),
    Fault("slow start", "echo", None, {"text": "x"}, start="slow"),
    Fault("crash at start", "echo", "unavailable", start="crash"),
    Fault("no handshake", "echo", "unavailable", start="hang", start_timeout=0.5),
]


@dataclass(frozen=True)
class Observed:
    """What came of a fault: the error's kind and text, seconds, whether the pool served the next
    rollout, and processes left."""

    error: str | None
    text: str
    seconds: float
    healthy: bool
    left: int


async def observe(fault: Fault, home: Path) -> Observed:
    """Let `fault` happen in one rollout, and run another after it."""
    bad = faulty("bad", *(["--start", fault.start] if fault.start else []), start_timeout=fault.start_timeout)
    catalogue = Catalogue({"bad": bad, "good": faulty("good")})
    limits = Limits(**({"backoff": 0.01} | fault.limits))
    async with McpPool(catalogue, home / "pool", limits=limits) as pool:
        began = time.monotonic()
        try:
            async with pool.host({"bad": None}, files=home / "rollout") as host:
                if fault.title.startswith("tools withdrawn"):
                    await host.call(call("bad__withdraw"))
                began = time.monotonic()
                result = await host.call(call(f"bad__{fault.tool}", **fault.arguments), fault.timeout)
                error, text, seconds = result.error, result.text, time.monotonic() - began
        except UnavailableError as failure:
            error, text, seconds = "unavailable", str(failure), time.monotonic() - began
        after = "good" if fault.start else "bad"
        async with pool.host({after: None}) as host:
            tool = "read" if fault.title.startswith("tools withdrawn") else "echo"
            again = await host.call(call(f"{after}__count"))
            healthy = again.error is None and f"{after}__{tool}" in {t.name for t in host.tools()}
    return Observed(error, text, seconds, healthy, len(pool.leaked()))


async def main() -> int:
    table = Table("fault", "in the trace", "seconds", "next rollout", "processes left", "text", box=None)
    failed = 0
    for fault in FAULTS:
        with tempfile.TemporaryDirectory() as home:
            seen = await observe(fault, Path(home))
        good = (seen.error, seen.healthy, seen.left) == (fault.error, True, 0)
        failed += not good
        works = "works" if seen.healthy else "FAILS"
        text = seen.text.replace("\n", " ")[:70]
        table.add_row(fault.title, seen.error or "none", f"{seen.seconds:.2f}", works, str(seen.left), text)
    Console(width=170).print(table)
    print(f"{len(FAULTS)} faults, {failed} not as they should be")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
