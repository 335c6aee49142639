"""Clients that send or hold too much: headers, lines, chunks, requests, connections. All of it is bounded."""

import resource
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from browser import Browser
from conftest import skip_or_fail
from processes import Deadline, binary, patience
from rude import (
    MEGABYTE,
    NO_MODEL,
    connect,
    descriptors,
    harmless,
    hold,
    post,
    reset,
    resident,
    serves,
    server_without_model,
)
from wire import Wire, get

CLOSE = "Connection: close"
IDLE_CONNECTIONS = 10_000
FILES_NEEDED = IDLE_CONNECTIONS + 1_000


@pytest.fixture(scope="module")
def _module_server(_simulator, tmp_path_factory):
    yield from server_without_model(_simulator, tmp_path_factory.mktemp("server"))


# Too much


def test_many_headers(server):
    with harmless(server, 16 * MEGABYTE):
        for lines, expected in (
            (["A: b"] * 50, 200),
            (["A:"] * 3_000, 431),
            (["A: b"] * 200_000, 431),
            (["Cookie: " + "a=b; " * 2_000], 200),
            (["Cookie: a=b"] * 200, 431),
        ):
            with Wire(server.port) as wire:
                wire.send_what_is_taken(get("/healthz", *lines).encode())
                assert wire.reply().status == expected, lines[0]


def test_lines_without_an_end(server):
    """Sent on and on: refused early, and a bounded amount more is read."""
    with harmless(server, 16 * MEGABYTE):
        for start in (b"", b"GET /", b"GET /healthz HTTP/1.1\r\nX: ", b"GET /healthz HTTP/1.1\r\n" + b"A: b\r\n"):
            with Wire(server.port) as wire:
                wire.send_what_is_taken(start + b"x" * 4 * MEGABYTE)
                first = wire.rest().split(b"\r\n", 1)[0]
                assert first == b"" or first.split(b" ")[1] in (b"400", b"414", b"431"), first


def test_empty_lines_before_a_request(server):
    with harmless(server, 16 * MEGABYTE):
        with Wire(server.port) as wire:
            wire.send_what_is_taken(b"\r\n" * 500_000 + get("/healthz", CLOSE).encode())
            first = wire.rest().split(b"\r\n", 1)[0]
            assert first == b"" or first.split(b" ")[1] in (b"200", b"400", b"431"), first


CHUNKS = {
    "one of too much": b"200000\r\n" + b" " * 0x200000 + b"\r\n0\r\n\r\n",
    "many": b"1000\r\n" + b" " * 0x1000 + b"\r\n",
    "of one byte": b"1\r\n \r\n",
    "with long extensions": b"1;" + b"x" * 5_000 + b"\r\n \r\n",
    "of impossible size": b"ffffffffffffffff\r\n",
    "of a size that never ends": b"0" * 100_000,
    "and trailers": b"0\r\n" + b"A: b\r\n" * 50_000,
}


@pytest.mark.parametrize("kind", CHUNKS)
def test_huge_chunked_bodies(server, kind):
    chunk = CHUNKS[kind]
    with harmless(server, 24 * MEGABYTE):
        for _ in range(3):
            with Wire(server.port) as wire:
                wire.send_what_is_taken(post("Transfer-Encoding: chunked").encode())
                wire.send_what_is_taken(chunk * max(1, 8 * MEGABYTE // len(chunk)))
                wire.send_what_is_taken(b"0\r\n\r\n" + get("/x", CLOSE).encode())
                first = wire.rest().split(b"\r\n", 1)[0]
                assert first == b"" or first.split(b" ")[1] in (b"400", b"413", b"422"), first


def test_a_flood_of_pipelined_requests(server):
    """One connection asks without a pause; it is answered in order, and others get their turn."""
    count = 20_000
    with harmless(server, 32 * MEGABYTE), ThreadPoolExecutor(1) as pool:
        with Wire(server.port, deadline=30) as wire:
            sent = pool.submit(wire.send, get("/healthz", "X-Request-ID: flood") * count)
            for number in range(count):
                assert wire.reply().body == b'{"status":"ok"}'
                if number % 4_000 == 0:
                    serves(server)
            sent.result(timeout=10)


# Many


@contextmanager
def open_files(count: int):
    """Lets this process have that many, until it ends."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        skip_or_fail(f"{count} descriptors are needed, the hard limit (ulimit -Hn) is {hard}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, count), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_ten_thousand_idle_connections(make_server):
    """They cost memory by the kilobyte, leave the server quick, and are all still good at the end."""
    server = make_server()
    serves(server)
    with open_files(FILES_NEEDED), harmless(server, 100 * MEGABYTE):
        before = resident(server)
        clients = [connect(server) for _ in range(IDLE_CONNECTIONS)]
        question = get("/healthz").encode()
        for client in clients:
            client.sendall(question)
        assert all(b"200 OK" in client.recv(4096) for client in clients)
        each = (resident(server) - before) / IDLE_CONNECTIONS
        assert each < 10 * 1024, f"{each:.0f} bytes for an idle connection"
        for _ in range(50):
            serves(server)
        for client in clients[::50]:
            client.sendall(question)
            assert b"200 OK" in client.recv(4096)
        for client in clients:
            client.close()


@pytest.fixture
def few_descriptors(tmp_path, monkeypatch):
    """A program that may have 512 descriptors, so that its limit of connections is near."""
    wrapper = tmp_path / "personalify"
    wrapper.write_text(f'#!/bin/sh\nulimit -n 512 && exec "{binary()}" "$@"\n')
    wrapper.chmod(wrapper.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PERSONALIFY_BINARY", str(wrapper))


def test_a_flood_of_connections(few_descriptors, make_server):
    """Beyond the limit they are closed; who is in is served, calls to Spotify included; all comes back."""
    server = make_server(TRUSTED_PROXIES="127.0.0.1", **NO_MODEL)  # a proxy may have all of them
    with Browser(server) as browser, Wire(server.port) as early:
        browser.log_in()
        with harmless(server, 32 * MEGABYTE):
            kept = hold(server, 400)
            assert 100 < len(kept) < 300
            assert descriptors(server) <= 512 - 100, "some are left for files and calls"
            early.send(get("/healthz"))
            assert early.reply().status == 200
            for client in kept:
                client.sendall(get("/healthz").encode())
            assert browser.sync().status_code == 200
            for client in kept:
                assert b"200 OK" in client.recv(4096)
            for number, client in enumerate(kept):
                reset(client) if number % 2 else client.close()
        with Browser(server) as later:
            later.log_in()


def test_one_address_does_not_get_all_connections(few_descriptors, make_server):
    server = make_server(THREADS="1")
    serves(server)
    with harmless(server, 32 * MEGABYTE):
        kept = hold(server, 300)
        assert len(kept) == 256 // 4 * 3
        with socket.socket() as other:
            other.settimeout(10)
            other.bind(("127.0.0.2", 0))
            other.connect(("127.0.0.1", server.port))
            other.sendall(get("/healthz").encode())
            assert b"200 OK" in other.recv(4096)
        kept.pop().close()
        deadline = Deadline(patience(10))
        while not (again := hold(server, 1)):
            assert not deadline.passed, "a place that is free again is not given"
        kept += again
        for client in kept:
            client.close()
