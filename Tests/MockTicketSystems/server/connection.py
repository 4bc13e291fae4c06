"""HTTP/1.1 on one socket: keep-alive, bodies by length or in chunks, everything bounded."""

import asyncio
import socket
import struct
from collections.abc import Callable
from http import HTTPStatus

from server.messages import Reply, Request

HEAD_LIMIT = 64 * 1024
BODY_LIMIT = 64 * 1024 * 1024
REASONS = {status.value: status.phrase for status in HTTPStatus}
RESET = struct.pack("ii", 1, 0)


class BadMessage(Exception):
    """What came is no HTTP this server takes; `args` are the status and the reason."""


class Outcome:
    """How a request ends: its reply, `delay` seconds from now, and the `ending`: whole, truncated, silent or reset."""

    __slots__ = ("reply", "delay", "ending")

    def __init__(self, reply: Reply | None, delay: float = 0.0, ending: str = "whole") -> None:
        self.reply, self.delay, self.ending = reply, delay, ending


class Head:
    """The parsed lines before a body, and as much of a chunked body as has come."""

    __slots__ = ("method", "target", "headers", "keep", "length", "body")

    def __init__(self, raw: bytes) -> None:
        try:
            lines = raw.decode("latin-1").split("\r\n")
            self.method, self.target, version = lines[0].split(" ")
        except ValueError:
            raise BadMessage(400, "request line") from None
        if version not in ("HTTP/1.1", "HTTP/1.0") or not self.target:
            raise BadMessage(505 if version.startswith("HTTP/") else 400, "version")
        self.headers: dict[str, str] = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if not colon or name != name.strip():
                raise BadMessage(400, "header line")
            self.headers[name.lower()] = value.strip()
        wish = self.headers.get("connection", "").lower()
        self.keep = wish != "close" if version == "HTTP/1.1" else wish == "keep-alive"
        self.length = self.body_length()
        self.body = bytearray()
        if self.target.startswith("http://"):
            self.target = "/" + self.target[7:].partition("/")[2]

    def body_length(self) -> int | None:
        """Bytes of the body; None: it comes in chunks."""
        if "transfer-encoding" in self.headers:
            if self.headers["transfer-encoding"].lower() != "chunked" or "content-length" in self.headers:
                raise BadMessage(400, "transfer-encoding")
            return None
        length = self.headers.get("content-length", "0")
        if not (length.isascii() and length.isdigit()):
            raise BadMessage(400, "content-length")
        if int(length) > BODY_LIMIT:
            raise BadMessage(413, "body")
        return int(length)


class Connection(asyncio.Protocol):
    """Answers the requests of one client in their order. `answer` must not block."""

    def __init__(self, answer: Callable[[Request], Outcome]) -> None:
        self.answer = answer
        self.buffer = bytearray()
        self.head: Head | None = None
        self.busy = False
        self.ended = False

    def connection_made(self, transport) -> None:
        self.transport = transport
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def connection_lost(self, error) -> None:
        self.ended = True

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        self.advance()
        if self.busy and len(self.buffer) > HEAD_LIMIT:
            self.transport.pause_reading()

    def advance(self) -> None:
        """Answers whatever is complete."""
        while not (self.busy or self.ended):
            try:
                request = self.next_request()
            except BadMessage as bad:
                self.ended = True
                self.write(Reply(bad.args[0], bad.args[1].encode(), "text/plain"), keep=False)
                return
            if request is None:
                return
            self.busy = True
            outcome, keep = self.answer(request), self.head.keep
            self.head = None
            if outcome.delay:
                loop = asyncio.get_running_loop()
                loop.call_later(outcome.delay, self.resume, request, outcome, keep)
            else:
                self.finish(request, outcome, keep)

    def next_request(self) -> Request | None:
        if self.head is None and not self.read_head():
            return None
        head = self.head
        if head.length is None:
            if not self.read_chunks(head):
                return None
            body = bytes(head.body)
        else:
            if len(self.buffer) < head.length:
                return None
            body = bytes(self.buffer[:head.length])
            del self.buffer[:head.length]
        return Request(head.method, head.target, head.headers, body)

    def read_head(self) -> bool:
        end = self.buffer.find(b"\r\n\r\n")
        if (len(self.buffer) if end < 0 else end) > HEAD_LIMIT:
            raise BadMessage(431, "head")
        if end < 0:
            return False
        self.head = Head(bytes(self.buffer[:end]).lstrip(b"\r\n"))
        del self.buffer[:end + 4]
        if self.head.headers.get("expect", "").lower() == "100-continue":
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        return True

    def read_chunks(self, head: Head) -> bool:
        """Moves complete chunks from the buffer to the body; True when the last one has come."""
        while True:
            end = self.buffer.find(b"\r\n")
            if end < 0:
                if len(self.buffer) > HEAD_LIMIT:
                    raise BadMessage(400, "chunk")
                return False
            try:
                size = int(bytes(self.buffer[:end]).partition(b";")[0], 16)
            except ValueError:
                raise BadMessage(400, "chunk") from None
            if size < 0 or len(head.body) + size > BODY_LIMIT:
                raise BadMessage(413, "body")
            if size == 0:
                return self.read_trailers(end)
            if len(self.buffer) < end + 2 + size + 2:
                return False
            head.body += self.buffer[end + 2:end + 2 + size]
            del self.buffer[:end + 2 + size + 2]

    def read_trailers(self, end: int) -> bool:
        # The lines after the last chunk end with an empty one; which may be the first.
        stop = self.buffer.find(b"\r\n\r\n", end)
        if stop < 0:
            return False
        del self.buffer[:stop + 4]
        return True

    def resume(self, request: Request, outcome: Outcome, keep: bool) -> None:
        self.finish(request, outcome, keep)
        self.advance()

    def finish(self, request: Request, outcome: Outcome, keep: bool) -> None:
        self.busy = False
        if self.transport.is_closing():
            return
        if outcome.ending == "reset":
            self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            self.ended = True
            self.transport.abort()
        elif outcome.ending == "silent":
            self.ended = True
            self.transport.close()
        else:
            self.write(outcome.reply, keep, request.method == "HEAD", outcome.ending == "truncated")
            self.transport.resume_reading()

    def write(self, reply: Reply, keep: bool, is_head: bool = False, truncated: bool = False) -> None:
        lines = [f"HTTP/1.1 {reply.status} {REASONS.get(reply.status, 'Status')}"]
        if reply.status not in (204, 304):
            lines.append(f"Content-Length: {len(reply.body)}")
            if reply.body and reply.type:
                lines.append(f"Content-Type: {reply.type}")
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        keep = keep and not truncated
        if not keep:
            lines.append("Connection: close")
        body = b"" if is_head or reply.status in (204, 304) else reply.body
        if truncated:
            body = body[:len(body) // 2]
        head = "\r\n".join(lines).encode("utf-8", "replace")
        self.transport.write(head + b"\r\n\r\n" + body)
        if not keep:
            self.ended = True
            self.transport.close()
