"""A loopback model server with prepared JSON answers, which keeps what it was asked."""

import asyncio
import json
import re

LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)


class WireServer:
    """Answers the n-th request with the n-th of `answers` (JSON values, or lists of SSE data)."""

    def __init__(self, *answers, keep=False):
        self.keep = keep  # the connection, after a stream
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
                    texts = [piece if isinstance(piece, str) else json.dumps(piece) for piece in answer]
                    data = "".join(f"data: {text}\n\n" for text in texts).encode()
                    if self.keep:
                        writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
                        writer.write(b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data))
                        continue
                    writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + data)
                    await writer.drain()
                    break
                data = json.dumps(answer).encode()
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(data) + data)
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
