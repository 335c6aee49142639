"""What rude clients are made of, and what a server looks like from outside while they are there."""

import os
import socket
import struct
from contextlib import contextmanager

from processes import Deadline, Server, patience, sanitized, server_settings
from wire import Wire, get

MEGABYTE = 1024 * 1024

# The emotion model opens files when a login has its titles read: here descriptors are counted.
NO_MODEL = {"MODELS_DIR": "/nonexistent"}


def server_without_model(simulator, folder):
    """For a module's `_module_server`."""
    server = Server(folder, server_settings(simulator.url, simulator.url, **NO_MODEL))
    yield server
    server.check_stopped_well()


def descriptors(server) -> int:
    return len(os.listdir(f"/proc/{server.pid}/fd"))


def resident(server) -> int:
    """Bytes of memory the process has; 0 where a sanitizer keeps what was freed."""
    if sanitized():
        return 0
    with open(f"/proc/{server.pid}/status") as status:
        for line in status:
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    raise AssertionError("no VmRSS")


def serves(server):
    with Wire(server.port) as wire:
        wire.send(get("/healthz"))
        assert wire.reply().status == 200


def settles(server, before: int, seconds: float = 20):
    """Everything that connections took is given back; asking is what passes the time."""
    deadline = Deadline(patience(seconds))
    while descriptors(server) > before:
        assert not deadline.passed, f"{descriptors(server)} descriptors are open, {before} were before"
        for client in hold(server, 1):
            client.close()


@contextmanager
def harmless(server, memory: int):
    """Others are served during and after; descriptors come back; memory grows by no more than `memory`."""
    serves(server)
    files, bytes_before = descriptors(server), resident(server)
    yield
    settles(server, files)
    serves(server)
    assert server.running
    grown = resident(server) - bytes_before
    assert grown <= memory, f"{grown / MEGABYTE:.1f} MB more than before"
    assert "request.threw" not in server.output()


def connect(server, receive_buffer: int | None = None) -> socket.socket:
    client = socket.socket()
    client.settimeout(10)
    if receive_buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    client.connect(("127.0.0.1", server.port))
    return client


def hold(server, count: int) -> list[socket.socket]:
    """That many connections; those that the server closed at once are left out."""
    opened = [connect(server) for _ in range(count)]
    kept = []
    for client in opened:
        client.sendall(get("/healthz").encode())
        try:
            answered = client.recv(4096) != b""
        except ConnectionError:
            answered = False
        kept.append(client) if answered else client.close()
    return kept


def reset(client: socket.socket):
    """Closes with a RST."""
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    client.close()


def read_all(client: socket.socket, seconds: float = 20) -> bytes:
    client.settimeout(seconds)
    data = b""
    try:
        while part := client.recv(65536):
            data += part
    except ConnectionError:
        pass
    return data


def post(headers: str, body: str = "") -> str:
    return (
        "POST /request-access HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"{headers}\r\n\r\n{body}"
    )
