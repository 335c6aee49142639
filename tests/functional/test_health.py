"""`personalify health`: how a container's engine learns whether the service is ready."""

import socket
import threading

import pytest

from processes import run_to_end


def health(folder, *arguments: str, **settings: str):
    return run_to_end(["health", *arguments], settings, folder)


def test_a_service_that_is_ready(server, tmp_path):
    done = health(tmp_path, "--url", server.url)
    assert (done.returncode, done.stdout, done.stderr) == (0, "ready\n", "")


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_without_an_address_it_asks_where_the_settings_make_it_listen(server, tmp_path, address):
    assert health(tmp_path, LISTEN=address, PORT=str(server.port)).returncode == 0
    (tmp_path / "site.env").write_text(f"LISTEN={address}\nPORT={server.port}\n")
    assert health(tmp_path, "--config", str(tmp_path / "site.env")).returncode == 0


def test_nobody_listens(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        done = health(tmp_path, PORT=str(taken.getsockname()[1]))
    assert done.returncode == 1 and done.stdout == ""
    assert "is not ready" in done.stderr


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nfull", "503 Service Unavailable: full"),
        (b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404 Not Found"),
        (b"", "is not ready"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "SSH-2.0"),
    ],
)
def test_an_answer_that_is_none_or_bad(tmp_path, answer, told):
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve():
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        other = threading.Thread(target=serve, daemon=True)
        other.start()
        done = health(tmp_path, "--url", f"http://127.0.0.1:{listener.getsockname()[1]}/")
        other.join(timeout=10)
    assert done.returncode == 1 and told in done.stderr, done.stderr


def test_a_service_that_hangs_is_given_up(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        done = health(tmp_path, "--url", f"http://127.0.0.1:{listener.getsockname()[1]}")
    assert done.returncode == 1 and "is not ready" in done.stderr


@pytest.mark.parametrize("url", ["https://127.0.0.1", "127.0.0.1:8000", "http://", "nonsense"])
def test_addresses_that_cannot_be_asked(tmp_path, url):
    done = health(tmp_path, "--url", url)
    assert done.returncode == 2 and url in done.stderr
