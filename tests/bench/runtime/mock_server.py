"""A tiny chat-completions server for the bench: `python mock_server.py` prints the port it listens on.

The model name `mock-k<K>-l<ms>` asks for K tool calls, then a final answer, each after `ms` milliseconds. How
far a conversation is follows from the request itself (its `tool` messages). Where the client offers a tool
`final_answer`, the answer is a call of it. `GET /stats` counts requests since the last `POST /reset`.
"""

import asyncio
import json
import re

MODEL = re.compile(r"mock-k(\d+)-l(\d+)")
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
stats = {"requests": 0, "in_flight": 0, "most_in_flight": 0, "connections": 0}


def reply(request):
    """Return (seconds to wait, response) for one request."""
    steps, latency = map(int, MODEL.fullmatch(request["model"]).groups())
    messages = request["messages"]
    done = sum(message["role"] == "tool" for message in messages)
    done = done or sum(message["role"] == "assistant" for message in messages)
    names = [tool["function"]["name"] for tool in request.get("tools") or ()]
    if done < steps:
        message, finish = called("add", {"a": done, "b": 1}), "tool_calls"
    elif "final_answer" in names:
        message, finish = called("final_answer", {"answer": "done"}), "tool_calls"
    else:
        message, finish = {"role": "assistant", "content": "done"}, "stop"
    usage = {
        "prompt_tokens": 40 * len(messages),
        "completion_tokens": 20,
        "total_tokens": 40 * len(messages) + 20,
    }
    choice = {"index": 0, "message": message, "finish_reason": finish, "logprobs": None}
    body = {"id": "c", "object": "chat.completion", "created": 1, "model": request["model"]}
    return latency / 1000, {**body, "choices": [choice], "usage": usage}


def called(name, arguments):
    function = {"name": name, "arguments": json.dumps(arguments)}
    call = {"id": f"call_{stats['requests']}", "type": "function", "function": function}
    return {"role": "assistant", "content": None, "tool_calls": [call]}


async def answer(method, path, body):
    if path == "/stats":
        return dict(stats)
    if path == "/reset":
        stats.update(requests=0, most_in_flight=0, connections=0)
        return {}
    stats["requests"] += 1
    stats["in_flight"] += 1
    stats["most_in_flight"] = max(stats["most_in_flight"], stats["in_flight"])
    seconds, response = reply(json.loads(body))
    if seconds:
        await asyncio.sleep(seconds)
    stats["in_flight"] -= 1
    return response


async def serve(reader, writer):
    stats["connections"] += 1
    try:
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            method, path, _ = head.split(b"\r\n", 1)[0].decode().split()
            length = LENGTH.search(head)
            body = await reader.readexactly(int(length[1])) if length else b""
            data = json.dumps(await answer(method, path, body)).encode()
            writer.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(data)
                + data
            )
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 0, backlog=2048, limit=2**22)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
