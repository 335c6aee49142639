"""Bytes on a socket, for what an HTTP client library would hide."""

import socket
from dataclasses import dataclass


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


class Wire:
    """One connection. Every read has the deadline given to the constructor, in seconds."""

    def __init__(self, port: int, deadline: float = 10):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=deadline)
        self._input = self._socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._input.close()
        self._socket.close()

    def send(self, data: bytes | str):
        self._socket.sendall(data.encode() if isinstance(data, str) else data)

    def send_what_is_taken(self, data: bytes):
        """For a peer that may stop reading and close."""
        try:
            self._socket.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass

    def reply(self, head_only: bool = False) -> Reply:
        line = self._input.readline()
        assert line.startswith(b"HTTP/1.1 "), f"no response: {line!r}"
        status = int(line.split()[1])
        headers = {}
        while (line := self._input.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode("latin-1").partition(":")
            headers[name.strip().lower()] = value.strip()
        if head_only or status in (204, 304) or status < 200:
            return Reply(status, headers, b"")
        if headers.get("transfer-encoding", "").lower() == "chunked":
            body = b""
            while size := int(self._input.readline().split(b";")[0], 16):
                body += self._input.read(size)
                self._input.readline()
            self._input.readline()
            return Reply(status, headers, body)
        return Reply(status, headers, self._input.read(int(headers["content-length"])))

    def rest(self) -> bytes:
        """Until the peer closes; a reset counts as closed."""
        data = b""
        try:
            while part := self._input.read1(65536):
                data += part
        except ConnectionResetError:
            pass
        return data


def get(path: str, *headers: str, version: str = "1.1") -> str:
    lines = [f"GET {path} HTTP/{version}", "Host: 127.0.0.1", *headers]
    return "\r\n".join(lines) + "\r\n\r\n"
