"""DELETE /api/me: what was held of a user is gone, everywhere and for good."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest

from browser import Browser, bearer, client_of, cookies_of
from processes import Deadline
from test_emotions import events_of as job_events_of
from test_player import events_of

CONFIRMED = {"X-Confirm": "delete-my-account"}
LOGIN_AGAIN = {"detail": "Please login again."}
RANGES = ("short_term", "medium_term", "long_term")


def erase(browser: Browser, **headers):
    return browser.client.delete("/api/me", headers=CONFIRMED | headers)


def rows_with(folder: Path, text: str) -> list[str]:
    """Where a database of the folder holds the text, in whatever table."""
    found = []
    with closing(sqlite3.connect(f"file:{folder / 'personalify.db'}?mode=ro", uri=True)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        assert len(tables) > 10
        for table in tables:
            for row in database.execute(f"SELECT * FROM {table}"):
                raw = [value if isinstance(value, bytes) else str(value).encode() for value in row]
                if any(text.encode() in value for value in raw):
                    found.append(f"{table}: {row}"[:300])
    return found


def files_with(folder: Path, text: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


@pytest.fixture
def busy(make_server, sim, alice, bob):
    """A server with two users, and the browser of the one who will leave."""
    server = make_server(ACCESS_LOG="on")
    with Browser(server) as other:
        other.log_in(bob)
    with Browser(server) as browser:
        browser.user = browser.log_in(alice)
        browser.settle(browser.user)
        for time_range in RANGES:
            assert browser.sync(time_range=time_range, limit=20).status_code == 200
            assert browser.dashboard(browser.user, time_range=time_range).status_code == 200
        browser.get("/api/currently-playing/" + quote(browser.user, safe=""))
        yield browser


def test_has_to_be_confirmed(busy):
    for headers in ({}, {"X-Confirm": "yes"}, {"X-Confirm": ""}):
        answer = busy.client.delete("/api/me", headers=headers)
        assert answer.status_code == 400
        assert "X-Confirm: delete-my-account" in answer.json()["detail"]
    assert busy.get("/api/me").json()["spotify_id"] == busy.user
    assert len(busy.get("/history", params={"spotify_id": busy.user}).json()) == 6


def test_needs_a_session(busy):
    with client_of(busy.server) as nobody:
        for headers in ({}, bearer("A" * 43), {"Cookie": f"spotify_id={busy.user}"}):
            answer = nobody.delete("/api/me", headers=CONFIRMED | headers)
            assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN)
    assert busy.get("/api/me").status_code == 200


def test_nothing_is_left(busy, alice, bob):
    server, user = busy.server, busy.user
    assert rows_with(server.folder / "data", user) and files_with(server.folder, user)
    with Browser(server) as phone:
        phone.log_in(alice)
        answer = erase(busy)
        assert answer.status_code == 204 and answer.content == b""
        gone = cookies_of(answer)
        for name in ("access_token", "spotify_id"):
            assert gone[name]["value"] == "" and gone[name]["max-age"] == "0"
        assert phone.get("/api/me").status_code == 401, "every session is over"
        assert phone.get(f"/api/dashboard/{quote(user, safe='')}").status_code == 404
        assert erase(phone).status_code == 401
    assert rows_with(server.folder / "data", user) == []
    assert files_with(server.folder, user) == [], "nor between the rows"
    assert rows_with(server.folder / "data", bob), "others stay"
    server.check_stopped_well()
    assert files_with(server.folder, user) == []
    assert user not in server.output()


def test_a_login_begins_anew(busy, alice):
    assert busy.put("/api/me/sharing", json={"public": True}).status_code == 200
    assert erase(busy).status_code == 204
    with Browser(busy.server) as again:
        assert again.log_in(alice) == busy.user
        assert again.get("/api/me").json()["public"] is None
        assert len(again.get("/history", params={"spotify_id": busy.user}).json()) == 3, "of the login's own syncs"


def test_streams_end(make_server, sim, alice):
    server = make_server(PLAYER_POLL_SECONDS="1")
    with Browser(server) as browser, Browser(server) as elsewhere:
        user = browser.log_in(alice)
        elsewhere.log_in(alice)
        with events_of(elsewhere.client, user) as events:
            assert events.next()["is_playing"] is True
            assert erase(browser).status_code == 204
            while events.next() is not None:
                pass
        answer = browser.get("/api/currently-playing/" + quote(user, safe=""))
        assert answer.json() == {"is_playing": False, "error": "No refresh token"}


def test_a_sync_under_way_brings_nothing_back(make_server, sim, alice):
    server = make_server()
    with Browser(server) as browser, Browser(server) as elsewhere, ThreadPoolExecutor() as pool:
        user = browser.log_in(alice)
        elsewhere.log_in(alice)
        sim.forget_journal()
        sim.fail({"route": "/v1/me/top/*", "delay_ms": 3000, "times": 2})
        syncing = pool.submit(elsewhere.sync, time_range="short_term", limit=20)
        deadline = Deadline(10)
        while len(sim.calls("/v1/me/top/")) < 2:
            assert not deadline.passed
        assert erase(browser).status_code == 204
        assert rows_with(server.folder / "data", user) == []
        with Browser(server) as again:  # comes before Spotify's slow answer
            again.log_in(alice)
            assert syncing.result().status_code == 401
            history = again.get("/history", params={"spotify_id": user}).json()
            assert len(history) == 3, "the slow sync was for somebody who is gone"


def test_a_sync_after_which_nobody_comes_back(make_server, sim, alice):
    server = make_server()
    with Browser(server) as browser, ThreadPoolExecutor() as pool:
        user = browser.log_in(alice)
        token = browser.session
        sim.forget_journal()
        sim.fail({"route": "/v1/me/top/*", "delay_ms": 1500, "times": 2})
        with client_of(server, headers=bearer(token)) as app:
            syncing = pool.submit(app.get, "/sync/top-data", params={"time_range": "long_term"})
            deadline = Deadline(10)
            while len(sim.calls("/v1/me/top/")) < 2:
                assert not deadline.passed
            assert erase(browser).status_code == 204
            assert syncing.result().status_code == 401
        assert rows_with(server.folder / "data", user) == []
        assert files_with(server.folder, user) == []


def test_a_running_job_brings_nothing_back(make_server, sim, alice):
    server = make_server(
        EMOTION_ENGINE="huggingface",
        HF_INFERENCE_URL=sim.url,
        HUGGING_FACE_API_KEY="hf_demo",
        ANALYZE_WAIT_SECONDS="0",
    )
    sim.fail({"route": "/hf-inference/*", "delay_ms": 1500})
    with Browser(server) as browser, Browser(server) as elsewhere, ThreadPoolExecutor() as pool:
        user = browser.log_in(alice)
        elsewhere.log_in(alice)
        answer = browser.analyze(user)
        assert answer.status_code == 202
        job = answer.headers["location"]
        watching = pool.submit(job_events_of, elsewhere, job)
        deadline = Deadline(20)
        while not sim.journal("huggingface"):
            assert not deadline.passed
        assert erase(browser).status_code == 204
        assert watching.result()[-1][1]["state"] in ("queued", "running"), "it ends without an end"
        sim.heal()
        with Browser(server) as again:
            again.log_in(alice)
            assert again.get(job).status_code == 404
            while again.analyze(user, time_range="long_term").status_code == 202:
                pass  # the worker goes on with the jobs of others
    server.check_stopped_well()


def test_two_at_once(busy, alice):
    with Browser(busy.server) as phone, ThreadPoolExecutor() as pool:
        phone.log_in(alice)
        answers = [pool.submit(erase, browser) for browser in (busy, phone)]
        statuses = sorted(answer.result().status_code for answer in answers)
        assert statuses == [204, 401]


def test_a_page_of_another_origin_may_ask(busy):
    with client_of(busy.server) as page:
        answer = page.options(
            "/api/me",
            headers={
                "Origin": "http://localhost:3000",
                "Access-Control-Request-Method": "DELETE",
                "Access-Control-Request-Headers": "x-confirm",
            },
        )
    assert "DELETE" in answer.headers["access-control-allow-methods"]
    assert answer.headers["access-control-allow-headers"] == "x-confirm"
