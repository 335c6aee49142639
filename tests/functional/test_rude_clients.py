"""Clients that dribble, stall, reset and never read: bounded, survived, and nothing kept of them."""

import socket
import time
from contextlib import ExitStack

import pytest

from browser import Browser
from processes import Deadline, patience
from rude import (
    MEGABYTE,
    connect,
    descriptors,
    harmless,
    post,
    read_all,
    reset,
    resident,
    serves,
    server_without_model,
    settles,
)
from wire import Wire, get


@pytest.fixture(scope="module")
def _module_server(_simulator, tmp_path_factory):
    yield from server_without_model(_simulator, tmp_path_factory.mktemp("server"))


# Slow


class Dribbler:
    """Sends a byte whenever it is told to, and notices when it is cut off."""

    def __init__(self, server, head: str, drop: bytes):
        self.socket = connect(server)
        self.socket.sendall(head.encode())
        self.socket.setblocking(False)
        self.drop = drop
        self.seen = b""

    def goes_on(self) -> bool:
        try:
            self.socket.send(self.drop)
        except BlockingIOError:
            pass
        except OSError:
            return False
        try:
            part = self.socket.recv(4096)
            self.seen += part
            return part != b"" and b" 408 " not in self.seen
        except BlockingIOError:
            return True
        except OSError:
            return False


def test_dribbling_does_not_buy_time(make_server):
    """Each byte comes in time, the request never does: the deadline is for the whole of it."""
    server = make_server(HTTP_HEADER_TIMEOUT_SECONDS="1", HTTP_BODY_TIMEOUT_SECONDS="1")
    heads = {
        "in a header": ("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ", b"x"),
        "of headers": ("GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n", b"A: b\r\n"),
        "before the request": ("", b"\r\n"),
        "in the body": (post("Content-Length: 100000"), b" "),
        "in chunks": (post("Transfer-Encoding: chunked"), b"1\r\n \r\n"),
    }
    with harmless(server, 16 * MEGABYTE):
        left = [Dribbler(server, *head) for head in heads.values() for _ in range(20)]
        deadline = Deadline(patience(20))
        while left:
            assert not deadline.passed, f"{len(left)} still dribble, the first {left[0].drop!r}"
            still = []
            for dribbler in left:
                if dribbler.goes_on():
                    still.append(dribbler)
                else:
                    dribbler.socket.close()
            left = still
            serves(server)
            time.sleep(0.05)  # the pace of the bytes: they must not fill the limits of size first


def test_idle_connections_are_closed(make_server):
    server = make_server(HTTP_IDLE_TIMEOUT_SECONDS="1")
    with ExitStack() as stack:
        before = descriptors(server)
        silent = [stack.enter_context(Wire(server.port)) for _ in range(100)]
        kept = [stack.enter_context(Wire(server.port)) for _ in range(100)]
        for wire in kept:
            wire.send(get("/healthz"))
            assert wire.reply().status == 200
        assert all(wire.rest() == b"" for wire in silent + kept)
        settles(server, before)


def test_clients_that_never_read(server):
    """Each asks for far more than the sockets hold, and takes nothing of it."""
    asked = get("/openapi.json").encode() * 500
    with harmless(server, 48 * MEGABYTE):
        before = resident(server)
        clients = [connect(server, receive_buffer=4096) for _ in range(50)]
        for client in clients:
            client.setblocking(False)
            try:
                client.send(asked)
            except BlockingIOError:
                pass
        for _ in range(20):
            serves(server)
        assert resident(server) - before < 48 * MEGABYTE
        for number, client in enumerate(clients):
            reset(client) if number % 2 else client.close()


def test_announced_bodies_take_no_memory(server):
    """A megabyte each is announced, and none of it comes."""
    with harmless(server, 24 * MEGABYTE):
        before = resident(server)
        clients = [connect(server) for _ in range(500)]
        for client in clients:
            client.sendall(post("Content-Length: 1000000", '{"name":"').encode())
        serves(server)
        assert resident(server) - before < 24 * MEGABYTE, "memory is for what came, not for what was announced"
        for client in clients:
            client.close()


# Gone


STAGES = {
    "connected": "",
    "in the request line": "GET /hea",
    "in a header": "GET /healthz HTTP/1.1\r\nHost: 127",
    "before the body": post("Content-Length: 50"),
    "in the body": post("Content-Length: 50", '{"name'),
    "in a chunk": post("Transfer-Encoding: chunked", "ff\r\n{"),
    "between chunks": post("Transfer-Encoding: chunked", "1\r\n{\r\n"),
    "before it may continue": post("Content-Length: 50\r\nExpect: 100-continue"),
    "asked": get("/healthz"),
    "asked for much": get("/openapi.json") * 30,
    "asked for the database": get("/api/me", "Cookie: access_token=nobody") * 5,
    "refused": "nonsense\r\n\r\n" + "x" * 5000,
}


@pytest.mark.parametrize("stage", STAGES)
def test_leaving_at_every_stage(server, stage):
    data = STAGES[stage].encode()
    with harmless(server, 32 * MEGABYTE):
        for _ in range(15):
            for leave in (socket.socket.close, reset):
                client = connect(server)
                client.sendall(data)
                leave(client)


@pytest.mark.parametrize("stage", STAGES)
def test_half_closed_at_every_stage(server, stage):
    """Who has stopped sending still gets what it asked for, and a half request ends the connection."""
    data = STAGES[stage].encode()
    with harmless(server, 32 * MEGABYTE):
        for _ in range(5):
            client = connect(server)
            client.sendall(data)
            client.shutdown(socket.SHUT_WR)
            seen = read_all(client)
            client.close()
            if stage.startswith("asked"):
                assert seen.count(b"HTTP/1.1 ") == data.count(b"GET "), seen[:300]
            else:
                assert b"HTTP/1.1 200" not in seen


def test_event_streams_of_clients_that_left(server, alice):
    """Nobody waits for the next event of a stream whose reader has gone."""
    with Browser(server) as browser:
        user = browser.log_in(alice)
        token = browser.client.cookies["access_token"]
        with harmless(server, 16 * MEGABYTE):
            streams = [connect(server) for _ in range(60)]
            for stream in streams:
                path = f"/api/currently-playing/{user}/events"
                stream.sendall(get(path, f"Cookie: access_token={token}").encode())
            for stream in streams:
                seen = b""
                while b"data: " not in seen:
                    assert (part := stream.recv(4096)), seen
                    seen += part
            for number, stream in enumerate(streams):
                reset(stream) if number % 2 else stream.close()
