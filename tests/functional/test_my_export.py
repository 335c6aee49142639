"""/api/me/export: everything that is held of somebody, in one file."""

import io
import json
import zipfile
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from browser import Browser, client_of

RANGES = ("short_term", "medium_term", "long_term")


def export(browser: Browser) -> zipfile.ZipFile:
    answer = browser.get("/api/me/export")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["cache-control"] == "no-store"
    today = datetime.now(UTC).date()
    named = answer.headers["content-disposition"]
    assert named.startswith('attachment; filename="personalify-export-') and named.endswith('.zip"')
    assert abs((datetime.fromisoformat(named[-15:-5]).date() - today).days) <= 1
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert archive.testzip() is None
    return archive


@pytest.fixture
def listener(fresh_server, alice):
    with Browser(fresh_server) as browser:
        browser.user = browser.log_in(alice)
        browser.settle(browser.user)
        yield browser


def test_holds_what_the_api_shows(listener, alice):
    with Browser(listener.server) as elsewhere:
        elsewhere.log_in(alice)
    listener.settle(listener.user)
    assert listener.put("/api/me/sharing", json={"public": True}).status_code == 200
    shown = {time_range: listener.dashboard(listener.user, time_range=time_range).json() for time_range in RANGES}
    archive = export(listener)
    assert set(archive.namelist()) == {
        "README.txt",
        "profile.json",
        "sessions.json",
        "history.ndjson",
        "jobs.json",
        *(f"tops/{time_range}.json" for time_range in RANGES),
    }

    def read(name):
        return json.loads(archive.read(name))

    for time_range in RANGES:
        assert read(f"tops/{time_range}.json") == shown[time_range]
    lines = archive.read("history.ndjson").decode().splitlines()
    history = listener.get("/history", params={"spotify_id": listener.user, "limit": 100}).json()
    assert [json.loads(line) for line in lines] == history and len(history) == 6
    assert read("sessions.json") == listener.get("/api/me/sessions").json()["sessions"]
    me = listener.get("/api/me").json()
    profile = read("profile.json")
    for name in ("spotify_id", "display_name", "image", "public", "reauthorize_by"):
        assert profile[name] == me[name]
    assert profile["public"] is True and profile["spotify_tokens_held"] is True
    assert profile["first_login_at"] <= profile["authorized_at"]
    for job in read("jobs.json"):
        assert listener.get(f"/api/jobs/{job['id']}").json() == job
    text = archive.read("README.txt").decode()
    for name in ("profile.json", "sessions.json", "history.ndjson", "jobs.json"):
        assert name in text


def test_holds_no_secret(listener, sim):
    secrets = {listener.session}
    for entry in sim.journal():
        secrets.add(entry["headers"].get("authorization", "").rpartition(" ")[2])
    archive = export(listener)
    for name in archive.namelist():
        for secret in secrets - {""}:
            assert secret.encode() not in archive.read(name)


def test_a_long_history(listener):
    """More entries than one reading takes."""
    for _ in range(25):
        assert listener.sync(limit=20).status_code == 200
    lines = export(listener).read("history.ndjson").decode().splitlines()
    times = [json.loads(line)["last_synced"] for line in lines]
    assert len(times) == 28 and times == sorted(times, reverse=True) and len(set(times)) == 28


def test_needs_a_session_and_shows_nobody_else(fresh_server, listener, bob):
    with client_of(fresh_server) as nobody, Browser(fresh_server) as other:
        answer = nobody.get("/api/me/export")
        assert (answer.status_code, answer.json()) == (401, {"detail": "Please login again."})
        other.log_in(bob)
        archive = export(other)
        for name in archive.namelist():
            assert listener.user.encode() not in archive.read(name)


def test_the_headers_alone(listener):
    answer = listener.client.head("/api/me/export")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/zip"


def test_many_at_once(listener):
    """Some are told to come back; those that are answered are whole."""
    with ThreadPoolExecutor(12) as pool:

        def once(_):
            with client_of(listener.server, cookies=listener.client.cookies) as client:
                return client.get("/api/me/export")

        answers = list(pool.map(once, range(36)))
    whole = [answer for answer in answers if answer.status_code == 200]
    assert whole
    for answer in whole:
        assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
    for answer in answers:
        if answer.status_code != 200:
            assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0
    assert listener.get("/api/me/export").status_code == 200, "the places are given back"


def test_is_limited(make_server, alice):
    with Browser(make_server(RATE_LIMIT="on")) as browser:
        browser.log_in(alice)
        statuses = [browser.get("/api/me/export").status_code for _ in range(6)]
        assert statuses == [200] * 5 + [429]
