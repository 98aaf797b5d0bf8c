"""A loopback server that speaks three wire formats and misbehaves on demand.

`FaultServer(wire, [fault, …])` answers the n-th request with the n-th fault, and every later one well. It
notes when each request came and what it said. Answers are one text or one call of `add`, streamed where
asked.
"""

import asyncio
import contextlib
import json
import re
import time
from email.utils import formatdate

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
PATHS = {"chat": "/v1/chat/completions", "anthropic": "/v1/messages", "responses": "/v1/responses"}
ARGUMENTS = {"a": 1, "b": 2}
OTHER_SHAPE = {
    "chat": {"choices": [{"message": {"content": ["not", "parts"]}, "finish_reason": "stop"}]},
    "anthropic": {"content": [{"type": "tool_use", "input": {}, "id": 7}, "text"]},
    "responses": {"output": [{"type": "message", "content": ["text"]}]},
}
HANG = 60  # seconds: whoever waits for this has not noticed


class FaultServer:
    def __init__(self, wire, faults=(), text="fine", call=False):
        self.wire, self.faults, self.text, self.call = wire, list(faults), text, call
        self.requests, self.times = [], []
        self._over = asyncio.Event()

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        self.url = f"http://127.0.0.1:{port}" + ("" if self.wire == "anthropic" else "/v1")
        return self

    async def __aexit__(self, *_):
        self._over.set()
        self._server.close()
        await asyncio.sleep(0)

    async def _hang(self):
        """Say nothing more, until the test is over."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._over.wait(), HANG)

    async def _serve(self, reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                body = await reader.readexactly(int(LENGTH.search(head)[1]))
                assert head.split()[1].decode() == PATHS[self.wire]
                self.times.append(time.monotonic())
                self.requests.append(json.loads(body))
                fault = self.faults.pop(0) if self.faults else "none"
                if not await self._answer(writer, self.requests[-1], fault):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, writer, request, fault):
        """Write one response; return whether the connection stays open."""
        if fault == "hang":
            await self._hang()
            return False
        if fault == "drop":
            return False
        if fault == "429_date":
            later = formatdate(time.time() + 2, usegmt=True)  # whole seconds: 1 to 2 from now
            fault = (429, {"Retry-After": later})
        if isinstance(fault, tuple):
            status, headers = fault
            return await self._send(
                writer, status, json.dumps({"error": {"message": f"told {status}"}}), headers
            )
        if fault == "other_shape":
            return await self._send(writer, 200, json.dumps(OTHER_SHAPE[self.wire]))
        if fault == "malformed_json":
            return await self._send(writer, 200, '{"choices": [{"message"')
        if not request.get("stream"):
            answer = whole(self.wire, *self._content(fault))
            return await self._send(writer, 200, json.dumps(answer))
        return await self._stream(writer, fault)

    def _content(self, fault):
        if fault == "empty":
            return "", None
        if fault == "bad_arguments":
            return "", "{'a': 1, 'b': 2"
        return ("", json.dumps(ARGUMENTS)) if self.call else (self.text, None)

    async def _send(self, writer, status, text, headers=None):
        data = text.encode()
        fields = {"Content-Type": "application/json", "Content-Length": len(data), **(headers or {})}
        lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in fields.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode() + data)
        await writer.drain()
        return True

    async def _stream(self, writer, fault):
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n")
        events = pieces(self.wire, *self._content(fault))
        if fault in ("cut_sse", "stall_sse", "error_sse", "final_sse"):
            events = events[: len(events) // 2]
        if fault in ("error_sse", "final_sse"):
            kind = "invalid_request_error" if fault == "final_sse" else "overloaded_error"
            events = [*events, broken(self.wire, kind)]
        for event in events:
            data = sse(event).encode()
            for part in (data[:9], data[9:]):  # packets do not respect event borders
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(0)
        if fault in ("stall_sse", "open_sse"):
            await self._hang()
        return False


def sse(event):
    if event == "[DONE]":
        return "data: [DONE]\n\n"
    name = f"event: {event['type']}\n" if "type" in event else ""
    return f"{name}data: {json.dumps(event)}\n\n"


def whole(wire, text, arguments):
    if wire == "chat":
        message = {"role": "assistant", "content": text or None}
        if arguments is not None:
            function = {"name": "add", "arguments": arguments}
            message["tool_calls"] = [{"id": "c1", "type": "function", "function": function}]
        usage = {"prompt_tokens": 30, "completion_tokens": 7, "prompt_tokens_details": {"cached_tokens": 10}}
        finish = "stop" if arguments is None else "tool_calls"
        return {"choices": [{"message": message, "finish_reason": finish}], "usage": usage}
    if wire == "anthropic":
        content = [{"type": "thinking", "thinking": "hm", "signature": "sig"}]
        content += [{"type": "text", "text": text}] if text else []
        if arguments is not None:
            try:
                value = json.loads(arguments)
            except ValueError:
                value = arguments
            content.append({"type": "tool_use", "id": "c1", "name": "add", "input": value})
        usage = {"input_tokens": 20, "output_tokens": 7, "cache_read_input_tokens": 10}
        return {
            "content": content,
            "stop_reason": "end_turn" if arguments is None else "tool_use",
            "usage": usage,
        }
    output = [{"type": "reasoning", "id": "rs1", "summary": [], "encrypted_content": "opaque"}]
    if text:
        output.append({"type": "message", "content": [{"type": "output_text", "text": text}]})
    if arguments is not None:
        output.append({"type": "function_call", "call_id": "c1", "name": "add", "arguments": arguments})
    usage = {"input_tokens": 30, "output_tokens": 7, "input_tokens_details": {"cached_tokens": 10}}
    return {"status": "completed", "output": output, "usage": usage}


def pieces(wire, text, arguments):
    """Return the events of a streamed answer; text and arguments come in pieces of two characters."""
    answer = whole(wire, text, arguments)
    if wire == "chat":
        choice = answer["choices"][0]
        deltas = [{"role": "assistant", "content": ""}] + [{"content": two} for two in split(text)]
        if arguments is not None:
            start = {"index": 0, "id": "c1", "function": {"name": "add", "arguments": ""}}
            deltas.append({"tool_calls": [start]})
            deltas += [
                {"tool_calls": [{"index": 0, "function": {"arguments": two}}]} for two in split(arguments)
            ]
        events = [{"choices": [{"delta": delta}]} for delta in deltas]
        events.append({"choices": [{"delta": {}, "finish_reason": choice["finish_reason"]}]})
        return [*events, {"choices": [], "usage": answer["usage"]}, "[DONE]"]
    if wire == "anthropic":
        events = [
            {
                "type": "message_start",
                "message": {"usage": {"input_tokens": 20, "cache_read_input_tokens": 10}},
            }
        ]
        for index, block in enumerate(answer["content"]):
            events += block_events(index, block, arguments)
        end = {"stop_reason": answer["stop_reason"]}
        events.append({"type": "message_delta", "delta": end, "usage": {"output_tokens": 7}})
        return [*events, {"type": "message_stop"}]
    deltas = [{"type": "response.output_text.delta", "delta": two} for two in split(text or arguments or "")]
    return [{"type": "response.created"}, *deltas, {"type": "response.completed", "response": answer}]


def block_events(index, block, arguments):
    empty = {"thinking": {"thinking": ""}, "text": {"text": ""}, "tool_use": {"input": {}}}[block["type"]]
    start = {**{k: v for k, v in block.items() if k != "signature"}, **empty}
    yield {"type": "content_block_start", "index": index, "content_block": start}
    if block["type"] == "thinking":
        deltas = [{"type": "thinking_delta", "thinking": block["thinking"]}]
        deltas.append({"type": "signature_delta", "signature": block["signature"]})
    elif block["type"] == "text":
        deltas = [{"type": "text_delta", "text": two} for two in split(block["text"])]
    else:
        deltas = [{"type": "input_json_delta", "partial_json": two} for two in split(arguments)]
    for delta in deltas:
        yield {"type": "content_block_delta", "index": index, "delta": delta}
    yield {"type": "content_block_stop", "index": index}


def broken(wire, kind):
    """Return the event by which a server tells, amid an answer, that there will be no more of it."""
    error = {"type": kind, "message": "no more"}
    if wire == "responses":
        return {"type": "error", "code": kind, "message": "no more"}
    return {"error": error} if wire == "chat" else {"type": "error", "error": error}


def split(text):
    return [text[i : i + 2] for i in range(0, len(text), 2)]
