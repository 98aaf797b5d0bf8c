"""A small MCP server over stdio, standard library only, with tools that misbehave on demand.

Speaks the handshake of protocol 2025-06-18. Starts in tens of milliseconds, which the SDK's do not.
Arguments: `--start MODE` with crash, hang or slow; state of the `process` tools lies in a variable.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

START = sys.argv[sys.argv.index("--start") + 1] if "--start" in sys.argv else ""
COUNT = 0
WITHDRAWN = set()
NAMES = """
echo count hang die garbage flood big sleep image silent jsonrpc withdraw child read write env hoard
""".split()  # noqa: SIM905


def send(**message):
    sys.stdout.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
    sys.stdout.flush()


def text(value, **more):
    return {"content": [{"type": "text", "text": value}], "isError": False, **more}


def call(name, arguments):
    global COUNT
    if name in WITHDRAWN:
        return text(f"Unknown tool: {name}", isError=True)
    if name == "echo":
        return text(str(arguments.get("text", "")))
    if name == "count":
        COUNT += 1
        return text(str(COUNT))
    if name == "hang":
        time.sleep(3600)
    if name == "die":
        os._exit(3)
    if name == "garbage":
        print("this is not JSON-RPC {", flush=True)
        return None
    if name == "flood":
        for _ in range(int(arguments["mb"])):
            sys.stderr.write("x" * (1 << 20))
        return text("flooded")
    if name == "big":
        return text("y" * int(arguments["bytes"]))
    if name == "sleep":
        time.sleep(float(arguments["seconds"]))
        return text("slept")
    if name == "image":
        return {"content": [{"type": "image", "data": "aGVsbG8=", "mimeType": "image/png"}]}
    if name == "silent":
        return text("Error: the disk is full")
    if name == "withdraw":
        WITHDRAWN.add("echo")
        send(method="notifications/tools/list_changed")
        return text("echo is gone")
    if name == "child":
        child = subprocess.Popen(["sleep", "3600"], start_new_session=True)
        return text(str(child.pid))
    if name == "hoard":
        hoard = "x" * (int(arguments["mb"]) << 20)
        time.sleep(3600)
        return text(str(len(hoard)))
    if name == "read":
        return text(Path(arguments["path"]).read_text())
    if name == "write":
        Path(arguments["path"]).write_text(arguments["text"])
        return text("written")
    if name == "env":
        return text(json.dumps(dict(os.environ)))
    raise KeyError(name)


def answer(request):
    method, params = request["method"], request.get("params", {})
    if method == "initialize":
        return {
            "protocolVersion": "2025-06-18",
            "capabilities": {"tools": {"listChanged": True}},
            "serverInfo": {"name": "faulty", "version": "1"},
        }
    if method == "tools/list":
        schema = {"type": "object", "additionalProperties": True}
        names = [name for name in NAMES if name not in WITHDRAWN]
        return {"tools": [{"name": name, "description": name, "inputSchema": schema} for name in names]}
    if method == "tools/call":
        return call(params["name"], params.get("arguments") or {})
    return {}


def main():
    if START == "crash":
        sys.exit("no licence key found")
    time.sleep({"hang": 3600, "slow": 1.5}.get(START, 0))
    for line in sys.stdin:
        request = json.loads(line)
        if "id" not in request:
            continue
        if request["method"] == "tools/call" and request["params"]["name"] == "jsonrpc":
            send(id=request["id"], error={"code": -32602, "message": "no such thing"})
            continue
        result = answer(request)
        if result is not None:
            send(id=request["id"], result=result)


main()
