"""A loopback model server with prepared JSON answers, which keeps what it was asked."""

import asyncio
import json
import re

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class WireServer:
    """Answers the n-th request with the n-th of `answers` (JSON values, or lists of SSE data)."""

    def __init__(self, *answers):
        self.answers = list(answers)
        self.requests, self.heads = [], []
        self.connections = 0

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()

    async def _serve(self, reader, writer):
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head.decode())
                self.requests.append(json.loads(await reader.readexactly(int(LENGTH.search(head)[1]))))
                answer = self.answers.pop(0)
                if isinstance(answer, list):
                    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                    writer.write("".join(f"data: {json.dumps(piece)}\n\n" for piece in answer).encode())
                    await writer.drain()
                    break
                data = json.dumps(answer).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data) + data)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
