"""HTTP itself: request ids, CORS, connections, limits and the end of a server's life."""

import json
import signal
from concurrent.futures import ThreadPoolExecutor

import pytest

from browser import Browser, client_of
from foreign_spotify import ForeignSpotify
from wire import Wire, get

GOOD_ORIGIN = "http://localhost:3000"


# Ids and answers for anyone


def test_request_ids(anyone):
    given = anyone.get("/healthz", headers={"X-Request-ID": "abc-123_x.Y"})
    assert given.headers["x-request-id"] == "abc-123_x.Y"
    made = {anyone.get("/healthz").headers["x-request-id"] for _ in range(5)}
    assert len(made) == 5 and all(len(value) >= 8 for value in made)
    for status, path in ((404, "/nothing"), (401, "/api/me"), (422, "/history"), (307, "/login")):
        answer = anyone.get(path, headers={"X-Request-ID": "seen"})
        assert answer.status_code == status and answer.headers["x-request-id"] == "seen"


@pytest.mark.parametrize("value", ["x" * 1000, "<script>", "two words", "a\tb", '"quoted"'])
def test_unacceptable_request_ids_are_replaced(anyone, value):
    seen = anyone.get("/healthz", headers={"X-Request-ID": value}).headers["x-request-id"]
    assert seen and seen != value


def test_health(anyone):
    assert anyone.get("/healthz").json() == {"status": "ok"}
    ready = anyone.get("/readyz")
    assert ready.status_code == 200
    assert "storage" in ready.text or "sqlite" in ready.text, "each dependency is named"


def test_root(anyone):
    for accept in ({}, {"Accept": "application/json"}, {"Accept": "*/*"}):
        answer = anyone.get("/", headers=accept)
        assert answer.json() == {"status": "ok", "message": "Personalify Backend API"}
    page = anyone.get("/", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    assert "accept" in page.headers.get("vary", "").lower()


@pytest.mark.parametrize(
    "path",
    ["/", "/healthz", "/readyz", "/api/me", "/openapi.json", "/docs", "/history", "/nothing", "/login"],
)
def test_head_is_get_without_a_body(anyone, path):
    full, head = anyone.get(path), anyone.head(path)
    assert head.status_code == full.status_code and head.content == b""
    assert head.headers.get("content-type") == full.headers.get("content-type")


def test_security_headers(anyone):
    page = anyone.get("/", headers={"Accept": "text/html"})
    assert page.headers["x-content-type-options"] == "nosniff"
    policy = page.headers["content-security-policy"]
    assert "default-src" in policy and "unsafe-eval" not in policy
    assert "server" not in page.headers or not any(c.isdigit() for c in page.headers["server"])


# CORS


def preflight(client, origin: str, method: str = "POST", headers: str = "content-type,authorization"):
    return client.options(
        "/auth/refresh",
        headers={
            "Origin": origin,
            "Access-Control-Request-Method": method,
            "Access-Control-Request-Headers": headers,
        },
    )


@pytest.mark.parametrize("origin", [GOOD_ORIGIN, "http://127.0.0.1:3000"])
def test_preflight(anyone, origin):
    answer = preflight(anyone, origin)
    assert answer.status_code in (200, 204)
    assert answer.headers["access-control-allow-origin"] == origin
    assert answer.headers["access-control-allow-credentials"] == "true"
    methods = {part.strip() for part in answer.headers["access-control-allow-methods"].split(",")}
    assert {"GET", "POST", "PUT", "DELETE"} <= methods
    allowed = answer.headers["access-control-allow-headers"].lower()
    assert "content-type" in allowed and "authorization" in allowed
    assert int(answer.headers["access-control-max-age"]) > 0
    assert "origin" in answer.headers["vary"].lower()


@pytest.mark.parametrize(
    "origin",
    [
        "https://evil.example",
        "http://localhost:3001",
        "http://localhost:3000.evil.example",
        "https://localhost:3000",
        "null",
        "",
    ],
)
def test_other_origins(anyone, origin):
    for answer in (preflight(anyone, origin), anyone.get("/healthz", headers={"Origin": origin})):
        assert "access-control-allow-origin" not in answer.headers
        assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", ["/healthz", "/api/me", "/nothing", "/history"])
def test_answers_to_a_good_origin(anyone, path):
    answer = anyone.get(path, headers={"Origin": GOOD_ORIGIN})
    assert answer.headers["access-control-allow-origin"] == GOOD_ORIGIN
    assert answer.headers["access-control-allow-credentials"] == "true"
    assert "origin" in answer.headers["vary"].lower()


def test_configured_origins(make_server):
    with client_of(make_server(CORS_ORIGINS="https://app.example.org, https://beta.example.org")) as client:
        for origin, allowed in (
            ("https://app.example.org", True),
            ("https://beta.example.org", True),
            (GOOD_ORIGIN, False),
        ):
            answer = client.get("/healthz", headers={"Origin": origin})
            assert ("access-control-allow-origin" in answer.headers) is allowed


# Connections


def test_keep_alive(server):
    with Wire(server.port) as wire:
        for _ in range(3):
            wire.send(get("/healthz"))
            assert wire.reply().status == 200


def test_pipelining(server):
    paths = ["/healthz", "/nothing", "/api/me", "/", "/healthz"]
    with Wire(server.port) as wire:
        wire.send("".join(get(path, f"X-Request-ID: n{number}") for number, path in enumerate(paths)))
        replies = [wire.reply() for _ in paths]
        assert [reply.status for reply in replies] == [200, 404, 401, 200, 200]
        assert [reply.headers["x-request-id"] for reply in replies] == [
            f"n{number}" for number in range(len(paths))
        ]


def test_pipelining_behind_a_body(server):
    body = '{"name":"Pipe","email":"pipe@example.org"}'
    post = (
        "POST /request-access HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    )
    chunked = (
        "POST /request-access HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Transfer-Encoding: chunked\r\n\r\n{len(body):x}\r\n{body}\r\n0\r\n\r\n"
    )
    with Wire(server.port) as wire:
        wire.send(post + chunked + get("/healthz"))
        assert [wire.reply().status for _ in range(3)] == [200, 200, 200]


def test_head_leaves_the_connection_usable(server):
    with Wire(server.port) as wire:
        wire.send("HEAD /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" + get("/healthz"))
        assert int(wire.reply(head_only=True).headers["content-length"]) > 1000
        assert wire.reply().body == b'{"status":"ok"}'


@pytest.mark.parametrize(
    "request_text",
    [get("/healthz", "Connection: close"), get("/healthz", version="1.0")],
    ids=["close", "1.0"],
)
def test_close(server, request_text):
    with Wire(server.port) as wire:
        wire.send(request_text)
        assert wire.reply().status == 200
        assert wire.rest() == b""


def test_byte_by_byte(server):
    with Wire(server.port) as wire:
        for byte in get("/healthz").encode():
            wire.send(bytes([byte]))
        assert wire.reply().status == 200


def test_a_request_that_gives_up_harms_nobody(server):
    for _ in range(20):
        with Wire(server.port) as wire:
            wire.send(get("/openapi.json") * 3)
    with Wire(server.port) as wire:
        wire.send(get("/healthz"))
        assert wire.reply().status == 200


def test_expect_100_continue(server):
    body = '{"name":"Waiting","email":"waiting@example.org"}'
    with Wire(server.port) as wire:
        wire.send(
            "POST /request-access HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Expect: 100-continue\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        assert wire.reply().status == 100
        wire.send(body)
        assert wire.reply().status == 200


def test_oversized_head(server):
    with Wire(server.port) as wire:
        wire.send_what_is_taken(get("/healthz", "X-Filler: " + "x" * 200_000).encode())
        assert b" 431 " in wire.rest().split(b"\r\n", 1)[0]


def test_oversized_target(server):
    with Wire(server.port) as wire:
        wire.send_what_is_taken(get("/healthz?" + "x" * 200_000).encode())
        assert wire.rest().split(b" ", 2)[1] in (b"414", b"431")


BAD_REQUESTS = {
    "garbage": "this is no HTTP\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(80) + b"\r\n\r\n",
    "two lengths": "POST /request-access HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
    "length and chunks": "POST /request-access HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "negative length": "POST /request-access HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
    "bad chunk": "POST /request-access HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    "space before colon": "GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n",
    "no host": "GET /healthz HTTP/1.1\r\n\r\n",
}


@pytest.mark.parametrize("name", BAD_REQUESTS)
def test_bad_requests_are_answered_400_and_closed(server, name):
    """What follows on such a connection is never taken for a request: that is how requests are smuggled."""
    with Wire(server.port) as wire:
        data = BAD_REQUESTS[name]
        wire.send_what_is_taken(
            (data.encode() if isinstance(data, str) else data) + get("/openapi.json").encode()
        )
        seen = wire.rest()
        assert seen.split(b" ", 2)[1:2] in ([b"400"], []), seen[:200]
        assert b"openapi" not in seen


def test_half_a_request_is_not_waited_for(make_server):
    server = make_server(HTTP_HEADER_TIMEOUT_SECONDS="1", HTTP_BODY_TIMEOUT_SECONDS="1")
    halves = [
        "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow",
        "GET /hea",
        'POST /request-access HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"name"',
    ]

    def until_closed(text: str) -> bytes:
        with Wire(server.port, deadline=40) as wire:
            wire.send(text)
            return wire.rest()

    with ThreadPoolExecutor(len(halves)) as pool:
        for seen in pool.map(until_closed, halves):
            assert seen == b"" or b" 408 " in seen.split(b"\r\n", 1)[0]


# The end


def test_sigterm_lets_a_request_in_flight_finish(make_server):
    with ForeignSpotify() as spotify:
        server = make_server(accounts_url=spotify.accounts_url, api_url=spotify.api_url)
        with Browser(server) as browser, Wire(server.port) as idle, ThreadPoolExecutor(1) as pool:
            browser.log_in()
            idle.send(get("/healthz"))
            assert idle.reply().status == 200
            gate = spotify.hold("/v1/me/top/tracks")
            answer = pool.submit(browser.sync)
            assert gate.arrived.wait(timeout=20)
            server.signal(signal.SIGTERM)
            assert idle.rest() == b"", "an idle connection is closed first"
            with pytest.raises((ConnectionError, AssertionError, TimeoutError)):
                with Wire(server.port, deadline=3) as late:
                    late.send(get("/healthz"))
                    late.reply()
            gate.release.set()
            assert answer.result(timeout=20).status_code == 200
            assert server.wait() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_idle_server_ends_at_once(make_server, number):
    server = make_server()
    server.signal(number)
    assert server.wait(10) == 0


def test_many_connections(server):
    wires = [Wire(server.port) for _ in range(200)]
    try:
        for wire in wires:
            wire.send(get("/healthz"))
        assert all(wire.reply().status == 200 for wire in wires)
    finally:
        for wire in wires:
            wire.__exit__()


def test_json_is_utf8_without_a_surprise(anyone):
    answer = anyone.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    json.loads(answer.content.decode("utf-8"))
