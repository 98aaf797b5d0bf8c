"""A real server of the SDK, for the transports: `python sdk_server.py streamable-http|sse|stdio PORT`."""

import asyncio
import sys

from mcp.server.mcpserver import Image, MCPServer

server = MCPServer("sdk")


@server.tool()
def add(a: int, b: int) -> int:
    """Add two numbers."""
    return a + b


@server.tool()
async def slow(seconds: float) -> str:
    """Sleep."""
    await asyncio.sleep(seconds)
    return "slept"


@server.tool()
def fail() -> str:
    """Raise."""
    raise ValueError("no such order")


@server.tool()
def picture() -> Image:
    """Return a picture."""
    return Image(data=b"hello", format="png")


@server.tool()
def big(size: int) -> str:
    """Return that many characters."""
    return "z" * size


transport = sys.argv[1]
if transport == "stdio":
    server.run("stdio")
else:
    server.run(transport, host="127.0.0.1", port=int(sys.argv[2]))
