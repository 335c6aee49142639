"""The log's shapes and levels, and whose failure a line is about. What it may not say is in test_access_log.py."""

import json
import os
import pty
import re
import subprocess

import pytest

from browser import Browser, client_of
from processes import binary, clean_environment, server_settings

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"
TRACEPARENT = f"00-{TRACE}-00f067aa0ba902b7-01"


def lines_of(server) -> list[dict]:
    """Its lines so far; all there will be once it has ended."""
    return [json.loads(line) for line in server.output().splitlines() if line.startswith("{")]


def events(server, name: str) -> list[dict]:
    return [line for line in lines_of(server) if line["event"] == name]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (TRACEPARENT, TRACE),
        (f"01-{TRACE}-00f067aa0ba902b7-01-more", TRACE),
        (f"00-{TRACE}-00f067aa0ba902b7-01-more", None),
        (f"00-{TRACE.upper()}-00f067aa0ba902b7-01", None),
        (f"00-{'0' * 32}-00f067aa0ba902b7-01", None),
        (f"ff-{TRACE}-00f067aa0ba902b7-01", None),
        ("hello", None),
    ],
)
def test_a_valid_trace_is_told_in_the_access_line(make_server, header, told):
    server = make_server(ACCESS_LOG="on")
    with client_of(server) as client:
        client.get("/healthz", headers={"traceparent": header, "X-Request-ID": "asked-1"})
        client.get("/healthz", headers={"X-Request-ID": "asked-2"})
    server.check_stopped_well()
    first, second = (line for line in events(server, "request") if line["route"] == "/healthz")
    assert first["request_id"] == "asked-1" and first.get("trace_id") == told
    assert second["request_id"] == "asked-2" and "trace_id" not in second


def test_an_upstream_failure_names_service_request_and_trace(make_server, sim, people):
    server = make_server()
    with Browser(server) as browser:
        user = browser.log_in(people[0]["id"])
        sim.fail({"route": "/v1/*", "times": None, "status": 500})
        headers = {"X-Request-ID": "asked-recent", "traceparent": TRACEPARENT}
        answer = browser.get("/api/spotify/recently-played", params={"spotify_id": user}, headers=headers)
        assert answer.status_code in (200, 503)
        browser.client.headers["X-Request-ID"] = "asked-sync"
        browser.sync(limit=3)
        journal = sim.journal()
    server.check_stopped_well()
    (recent,) = [line for line in events(server, "upstream.failed") if line["request_id"] == "asked-recent"]
    assert recent["service"] == "spotify-api" and recent["trace_id"] == TRACE
    synced = [line for line in events(server, "task.failed") if line.get("request_id") == "asked-sync"]
    assert [line["service"] for line in synced] == ["spotify-api"], lines_of(server)
    for entry in journal:  # traces are ours: other services are not told
        assert "traceparent" not in entry["headers"] and "x-request-id" not in entry["headers"]


def test_a_closed_service_is_told_and_again_when_it_opens(make_server, sim, people):
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(people[0]["id"])
        sim.fail({"route": "/v1/me/top/*", "times": 1, "status": 429, "retry_after": "1"})
        browser.sync(limit=3)
        server.wait_for(re.compile('"upstream.open_again"'), 20)
    server.check_stopped_well()
    (closed,) = events(server, "upstream.closed")
    assert closed["service"] == "spotify-api" and "429" in closed["why"] and closed["until"].endswith("Z")
    assert [line["service"] for line in events(server, "upstream.open_again")] == ["spotify-api"]


def test_refused_calls_are_no_lines(make_server, sim, people):
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(people[0]["id"])
        sim.fail({"route": "/v1/me/top/*", "times": None, "status": 429, "retry_after": "600"})
        for _ in range(20):
            browser.sync(limit=3)
        ready = browser.get("/readyz").json()
    server.check_stopped_well()
    assert len(events(server, "upstream.closed")) == 1
    assert len(events(server, "task.failed")) <= 2, "those that were under way when it closed"
    assert re.fullmatch(r"closed for \d+ s", ready["services"]["spotify-api"])
    assert "429" in ready["closed"]["spotify-api"]["reason"]
    assert ready["closed"]["spotify-api"]["until"].endswith("Z")


def test_a_closed_source_of_lyrics_fills_no_log(make_server, sim):
    server = make_server()
    sim.fail({"route": "/genius-api/*", "times": None, "status": 403})
    with client_of(server) as client:
        for number in range(20):
            client.get("/api/genius/search-artist", params={"q": f"name {number}"})
        ready = client.get("/readyz").json()
    server.check_stopped_well()
    assert "403" in ready["closed"]["genius-api"]["reason"], ready
    assert len(events(server, "upstream.closed")) == 1
    about = [line for line in lines_of(server) if line.get("service") == "genius-api"]
    assert len(about) <= 3, about
    assert all("request_id" in line for line in about if line["event"] == "upstream.failed")


def test_readiness_names_its_parts(make_server):
    server = make_server()
    with client_of(server) as client:
        ready = client.get("/readyz").json()
        assert ready["status"] == "ready" and ready["checks"] == {"storage": "ok"}
        assert ready["parts"].keys() == {"emotion_model", "workers", "disk", "key"}
        assert ready["parts"]["workers"] == "ok" and ready["parts"]["key"] == "ok"
        assert ready["parts"]["emotion_model"] in ("loaded", "available", "not installed")
        assert ready["services"]["spotify-api"] == ready["services"]["lrclib"] == "ok"
        (server.folder / "data" / "secret.key").unlink()
        assert "secret.key is gone" in client.get("/readyz").json()["parts"]["key"]


def test_a_missing_model_is_told(make_server, tmp_path):
    server = make_server(MODELS_DIR=str(tmp_path / "nothing"))
    with client_of(server) as client:
        assert client.get("/readyz").json()["parts"]["emotion_model"] == "not installed"
        client.post("/analyze-lyrics", json={"lyrics": "I love you"})
        ready = client.get("/readyz")
        assert ready.status_code == 200 and ready.json()["parts"]["emotion_model"] == "failed: see the log"


def test_a_key_that_was_lost_is_told(make_server, people):
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(people[0]["id"])
    server.check_stopped_well()
    (server.folder / "data" / "secret.key").unlink()
    again = make_server.adopt(server.again())
    with client_of(again) as client:
        assert client.get("/readyz").json()["parts"]["key"].startswith("new: ")
    again.check_stopped_well()
    assert len(events(again, "key.new")) == 1


def test_lines_for_reading(make_server):
    server = make_server(ACCESS_LOG="on", LOG_FORMAT="console")
    with client_of(server) as client:
        client.get("/healthz", headers={"X-Request-ID": "asked-1"})
    server.check_stopped_well()
    line = next(line for line in server.output().splitlines() if "route=/healthz" in line)
    assert re.match(r"\d\d:\d\d:\d\d\.\d{3} info    request  method=GET  route=/healthz  status=200", line)
    assert "request_id=asked-1" in line and not lines_of(server)


def test_least_level(make_server):
    server = make_server(ACCESS_LOG="on", LOG_LEVEL="warning")
    with client_of(server) as client:
        client.get("/healthz")
    server.check_stopped_well()
    assert not lines_of(server)


def test_a_terminal_is_for_reading(tmp_path):
    master, terminal = pty.openpty()
    arguments = [str(binary()), "serve", "--port", "0", "--data-dir", str(tmp_path / "data")]
    settings = server_settings("http://127.0.0.1:9", "http://127.0.0.1:9")
    environment = clean_environment(settings)
    nowhere = subprocess.DEVNULL
    child = subprocess.Popen(
        arguments, env=environment, stdin=nowhere, stdout=subprocess.PIPE, stderr=terminal, cwd=tmp_path
    )
    os.close(terminal)
    try:
        assert any(b"listening on" in line for line in child.stdout), "from then on it can be told to stop"
        with os.fdopen(master, "rb", buffering=0) as seen:
            line = seen.read(4096).decode()
        assert re.match(r"\d\d:\d\d:\d\d\.\d{3} info    [a-z.]+  \w+=", line), line
    finally:
        child.terminate()
        child.stdout.close()
        assert child.wait(timeout=20) == 0
