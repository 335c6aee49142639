"""Many listeners to one stream of events, an asyncio protocol each: 10,000 that wait cost nothing."""

import asyncio
import resource
from collections.abc import Callable

from peers import Request
from wire import get

OnEvent = Callable[["Watcher", str], None]


class Watcher(asyncio.Protocol):
    """One EventSource: decodes chunks, finds events, tells their data. Heartbeats are comments, no events."""

    def __init__(self, request: bytes, on_event: OnEvent):
        self.open = asyncio.get_running_loop().create_future()  # done with the head of a 200, or fails
        self.closed = False
        self._request = request
        self._on_event = on_event
        self._wire = bytearray()
        self._text = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport) -> None:
        self._transport = transport
        transport.write(self._request)

    def connection_lost(self, problem) -> None:
        self.closed = True
        if not self.open.done():
            self.open.set_exception(ConnectionError(f"closed before its answer: {problem}"))

    def close(self) -> None:
        if self._transport:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._wire += data
        if not self.open.done() and not self._take_head():
            return
        while (chunk := self._take_chunk()) is not None:
            self._text += chunk
        *events, self._text = self._text.split(b"\n\n")
        for event in events:
            lines = [line[5:].strip() for line in event.split(b"\n") if line.startswith(b"data:")]
            if lines:
                self._on_event(self, b"\n".join(lines).decode())

    def _take_head(self) -> bool:
        head, end, rest = bytes(self._wire).partition(b"\r\n\r\n")
        if not end:
            return False
        if b" 200 " in head.split(b"\r\n", 1)[0] and b"transfer-encoding: chunked" in head.lower():
            self._wire = bytearray(rest)
            self.open.set_result(None)
            return True
        self.open.set_exception(ConnectionError(f"no stream: {bytes(self._wire)[:500]!r}"))
        self.close()
        return False

    def _take_chunk(self) -> bytes | None:
        size, end, _ = self._wire.partition(b"\r\n")
        if not end or len(self._wire) < (whole := len(size) + 2 + int(size.split(b";")[0], 16) + 2):
            return None
        chunk = bytes(self._wire[len(size) + 2 : whole - 2])
        del self._wire[:whole]
        return chunk


async def watch(port: int, request: Request, number: int, on_event: OnEvent) -> list[Watcher]:
    """Connects so many watchers, a hundred at a time; all have the head of their stream when this returns."""
    loop = asyncio.get_running_loop()
    text = get(request.path, *request.headers, "Accept: text/event-stream").encode()
    watchers: list[Watcher] = []
    while len(watchers) < number:
        some = min(100, number - len(watchers))
        made = await asyncio.gather(*(
            loop.create_connection(lambda: Watcher(text, on_event), "127.0.0.1", port) for _ in range(some)
        ))
        fresh = [protocol for _, protocol in made]
        await asyncio.wait_for(asyncio.gather(*(watcher.open for watcher in fresh)), 30)
        watchers += fresh
    return watchers


def allow_open_files(number: int) -> None:
    """Raises the limit for this process and those it starts, as far as the system lets it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft >= number:
        return
    if hard < number:
        raise SystemExit(f"this needs {number} open files; the system's limit is {hard} (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (number, hard))
