"""What the tests of the MCP client side share: a server that misbehaves on demand, and calls."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec

from nex_resources.mcp import Server
from nex_resources.records import ToolCall

ROOT = Path(__file__).parents[2]
FAULTY = Path(__file__).parent / "servers" / "faulty.py"


def call(name: str, **arguments: Any) -> ToolCall:
    return ToolCall("call_1", name, arguments)


async def eventually(look: Callable[[], Any], expected: Any, seconds: float = 30.0) -> None:
    """Look until `look()` gives what is `expected`; fail with what it gave last."""
    until = time.monotonic() + seconds
    while (found := look()) != expected and time.monotonic() < until:  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    assert found == expected


def faulty(name: str = "faulty", *arguments: str, **fields: Any) -> Server:
    """Describe the misbehaving server; `fields` override."""
    base = {"kind": "program", "domain": "test", "licence": "Apache-2.0", "silent": ["^Error:"]}
    base |= {
        "state": "workspace",
        "reset": "workspace",
        "start_timeout": 60,
        "call_timeout": 10,
        "name": name,
    }
    base["command"] = [str(Path(sys.base_prefix, "bin", "python3")), str(FAULTY), *arguments]
    return msgspec.convert(base | fields, Server)
