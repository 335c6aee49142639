"""The live player: asked with GET /api/currently-playing/{id}, watched with its /events, and what was played."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import quote

import httpx
import pytest

from browser import Browser, client_of
from processes import Deadline

LOOKS = "/v1/me/player/currently-playing"
UNKNOWN = {"is_playing": False, "error": "No refresh token"}


def path_of(user: str) -> str:
    return "/api/currently-playing/" + quote(user, safe="")


def order(sim, listener: str, **what) -> dict:
    """Steers the listener's player; returns what it then does."""
    return sim._call("POST", f"/_sim/listeners/{quote(listener, safe='')}/player", json=what)


class Events:
    """A stream of server-sent events, read as it comes."""

    def __init__(self, response: httpx.Response):
        self.response = response
        self._lines = response.iter_lines()
        self.last_id = None
        self.comments = 0

    def next(self, seconds: float = 20) -> dict | None:
        """The next event's data; None when the stream has ended."""
        deadline = Deadline(seconds)
        data = None
        for line in self._lines:
            if line.startswith("data: "):
                data = json.loads(line.removeprefix("data: "))
            elif line.startswith("id: "):
                self.last_id = line.removeprefix("id: ")
            elif line.startswith(":"):
                self.comments += 1
            elif not line and data is not None:
                return data
            assert not deadline.passed, f"no event within {seconds} s"
        return None

    def until(self, condition, seconds: float = 20) -> dict:
        """The first event that fits."""
        deadline = Deadline(seconds)
        while not deadline.passed:
            event = self.next(deadline.left)
            assert event is not None, "the stream ended"
            if condition(event):
                return event
        raise AssertionError(f"no such event within {seconds} s")


@contextmanager
def events_of(client: httpx.Client, user: str, **headers):
    with client.stream("GET", path_of(user) + "/events", headers=headers, timeout=25) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].split(";")[0] == "text/event-stream"
        assert response.headers["cache-control"] == "no-store"
        assert response.headers["x-accel-buffering"] == "no"
        yield Events(response)


@pytest.fixture
def quick(make_server):
    """A server that looks every second."""
    return make_server(PLAYER_POLL_SECONDS="1")


@pytest.fixture
def viewer(quick, alice):
    with Browser(quick) as browser:
        browser.log_in(alice)
        yield browser


@pytest.fixture
def fresh_browser(make_server, alice):
    """Somebody whose player nobody has asked about, at a server of their own."""
    with Browser(make_server()) as browser:
        browser.log_in(alice)
        yield browser


def test_what_plays(browser, sim, alice):
    user = browser.log_in(alice)
    playing = order(sim, alice, action="play", position_ms=30_000, duration_ms=200_000)
    answer = browser.get(path_of(user))
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
    value = answer.json()
    track = value["track"]
    assert value["is_playing"] is True and set(value) == {"is_playing", "track"}
    assert track["id"] == playing["track_id"] and track["name"] == playing["name"]
    assert track["duration_ms"] == 200_000 and 30_000 <= track["progress_ms"] < 60_000
    assert track["artists"] and track["album"] and track["image"].startswith(sim.url)
    assert track["external_url"].endswith(track["id"])
    assert client_of(browser.server).head(path_of(user)).status_code == 200


def test_every_kind_of_item(make_server, sim, people):
    """Each at a user of its own, so that nothing is remembered of the one before."""
    kinds = [{"item": "ad"}, {"item": "episode"}, {"item": "local"}, {"item": "unknown"}]
    seen = {}
    server = make_server()
    for listener, kind in zip(people, kinds):
        order(sim, listener["id"], action="play", **kind)
        with Browser(server) as browser:
            user = browser.log_in(listener["id"])
            seen[kind["item"]] = browser.get(path_of(user)).json()
    ad = seen["ad"]
    assert ad["is_playing"] is True and ad["is_ad"] is True and ad["track"]["duration_ms"] == 30_000
    assert 0 <= ad["track"]["progress_ms"] <= 30_000 and set(ad["track"]) == {"progress_ms", "duration_ms"}
    episode = seen["episode"]["track"]
    assert episode["name"] and episode["album"] and episode["image"] and episode["id"]
    local = seen["local"]["track"]
    assert local["id"] is None and local["image"] is None and local["name"]
    assert seen["unknown"] == {"is_playing": False}


def test_silence_pause_and_private_sessions(viewer, sim, alice):
    with events_of(viewer.client, alice) as events:
        assert events.next()["is_playing"] is True
        order(sim, alice, action="pause")
        paused = events.next()
        assert paused["is_playing"] is False and paused["track"]["id"]
        order(sim, alice, action="resume")
        assert events.until(lambda event: event["is_playing"])["track"]["id"] == paused["track"]["id"]
        order(sim, alice, private=True)
        assert events.next() == {"is_playing": False}
        order(sim, alice, private=False)
        assert events.next()["track"]["id"] == paused["track"]["id"]
        order(sim, alice, action="stop")
        assert events.next() == {"is_playing": False}


def test_a_skip_and_a_seek_are_told(viewer, sim, alice):
    order(sim, alice, action="play", duration_ms=200_000)
    with events_of(viewer.client, alice) as events:
        first = events.next()["track"]["id"]
        order(sim, alice, action="skip")
        second = events.next()["track"]
        assert second["id"] != first
        order(sim, alice, action="seek", position_ms=second["duration_ms"] // 2)
        sought = events.next()["track"]
        assert sought["id"] == second["id"] and sought["progress_ms"] >= second["duration_ms"] // 2


def test_the_end_of_a_track_is_told(make_server, sim, alice):
    """The usual look would come after an hour."""
    with Browser(make_server(PLAYER_POLL_SECONDS="3600")) as browser:
        browser.log_in(alice)
        ending = order(sim, alice, action="play", duration_ms=1_000_000, position_ms=995_000)["track_id"]
        sim.forget_journal()
        with events_of(browser.client, alice) as events:
            told = [events.next()["track"]["id"]]
            if told[0] == ending:  # else this machine took all of five seconds to get here
                told.append(events.next()["track"]["id"])
                first, last = (sim.calls(LOOKS)[at]["time"] for at in (0, -1))
                assert last > first, "Spotify was asked again"
            assert told[-1] != ending


def test_a_new_login_is_seen_at_once(viewer, sim, alice):
    with events_of(viewer.client, alice) as events:
        assert events.next()["track"]
        sim.revoke(alice)
        sim.expire(alice)
        assert "error" in events.next()
        viewer.log_in(alice)
        assert "error" not in viewer.get(path_of(alice)).json(), "not even until the next look"
        assert events.next()["track"]


def test_an_id_that_went_to_somebody_else_shows_nothing_of_before(quick, sim, alice, bob):
    with Browser(quick) as former, Browser(quick) as newcomer:
        former.log_in(alice)
        former.put("/api/me/sharing", json={"public": True})
        before = order(sim, alice, action="play", duration_ms=1_000_000)["track_id"]
        with client_of(quick) as anyone, events_of(anyone, alice) as watching:
            assert watching.next()["track"]["id"] == before
            for old, new in ((alice, "another-name"), (bob, alice)):
                sim._call("PUT", f"/_sim/listeners/{quote(old, safe='')}", json={"id": new})
            order(sim, alice, action="pause")
            assert newcomer.log_in(alice) == alice
            while (event := watching.next()) is not None:
                assert event["track"]["id"] == before, "only of the former one"
            assert anyone.get(path_of(alice)).json() == UNKNOWN, "the newcomer does not share"
        assert newcomer.get(path_of(alice)).json()["is_playing"] is False


def test_asking_for_the_headers_of_events_watches_nothing(fresh_browser, sim, alice):
    sim.forget_journal()
    answer = fresh_browser.client.head(path_of(alice) + "/events")
    assert answer.status_code == 200 and answer.headers["content-type"] == "text/event-stream"
    assert fresh_browser.get("/api/me").status_code == 200
    assert sim.calls(LOOKS) == []


def test_progress_that_spotify_hides(viewer, sim, alice):
    order(sim, alice, action="play", position_ms=50_000, duration_ms=200_000)
    before = viewer.get(path_of(alice)).json()["track"]
    order(sim, alice, hide_progress=True)
    with events_of(viewer.client, alice) as events:
        events.next()
        order(sim, alice, action="pause")  # only this is news
        paused = events.next()
        assert paused["is_playing"] is False and paused["track"]["id"] == before["id"]
        assert paused["track"]["progress_ms"] >= before["progress_ms"]


def test_all_share_one_look(fresh_browser, sim, alice):
    assert fresh_browser.put("/api/me/sharing", json={"public": True}).status_code < 300
    sim.forget_journal()
    sim.settings(latency_ms=300)
    with client_of(fresh_browser.server) as anyone, ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: anyone.get(path_of(alice)).json(), range(20)))
    assert len({answer["track"]["id"] for answer in answers}) == 1
    assert len(sim.calls(LOOKS)) <= 2
    assert "additional_types=track%2Cepisode" in sim.calls(LOOKS)[0]["query"].replace(",", "%2C")


def test_watchers_share_what_is_told(viewer, sim, alice):
    viewer.put("/api/me/sharing", json={"public": True})
    with client_of(viewer.server) as anyone, events_of(viewer.client, alice) as one:
        with events_of(anyone, alice) as other:
            assert one.next()["track"] and other.next()["track"]
            sim.forget_journal()
            order(sim, alice, action="skip")
            assert one.next() == other.next()
            assert one.last_id == other.last_id


def test_resuming(viewer, sim, alice):
    with events_of(viewer.client, alice) as events:
        events.next()
        known = events.last_id
        with events_of(viewer.client, alice, **{"Last-Event-ID": known}) as again:
            order(sim, alice, action="skip")
            assert events.next() == again.next(), "the known state is not repeated"
    with events_of(viewer.client, alice, **{"Last-Event-ID": known}) as late:
        assert late.next()["track"], "something was missed"


def test_the_invisible_looks_unknown(browser, anyone, alice):
    user = browser.log_in(alice)
    for client, asked in ((browser.client, "nobody"), (anyone, "nobody"), (anyone, user)):
        assert client.get(path_of(asked)).json() == UNKNOWN
        with events_of(client, asked) as events:
            assert events.next() == UNKNOWN and events.last_id is None
            assert events.next() is None, "the end"


def test_public_profiles_keep_listening_private(make_server, alice):
    server = make_server(PROFILES_PUBLIC="true")
    with Browser(server) as browser, client_of(server) as anyone:
        user = browser.log_in(alice)
        assert anyone.get(f"/api/profile/{user}").json()["spotify_id"] == user
        assert anyone.get(path_of(user)).json() == UNKNOWN
        browser.put("/api/me/sharing", json={"public": True})
        assert "error" not in anyone.get(path_of(user)).json()


def test_streams_end_with_the_right_to_watch(viewer, sim, alice):
    viewer.put("/api/me/sharing", json={"public": True})
    with client_of(viewer.server) as anyone, Browser(viewer.server) as second:
        second.log_in(alice)
        session = second.session
        with (
            events_of(anyone, alice) as foreign,
            events_of(second.client, alice) as own,
            events_of(viewer.client, alice) as kept,
        ):
            for events in (foreign, own, kept):
                assert events.next()["track"]
            viewer.put("/api/me/sharing", json={"public": False})
            with client_of(viewer.server) as elsewhere:
                elsewhere.post("/logout", headers={"Authorization": "Bearer " + session})
            assert foreign.until(lambda event: event == UNKNOWN) and foreign.next() is None
            assert own.until(lambda event: event == UNKNOWN) and own.next() is None
            order(sim, alice, action="skip")
            assert kept.next()["track"], "the own one goes on"


FAULTS = [
    {"status": 500},
    {"status": 503, "retry_after": "1"},
    {"status": 429, "retry_after": "48925"},
    {"status": 429, "retry_after": "none"},
    {"status": 403, "body": "User not registered in the Developer Dashboard"},
    {"html_instead": True},
    {"bad_json": True},
    {"empty_body": True},
    {"truncate": 40},
    {"reset": "before"},
    {"delay_ms": 60_000},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "-".join(f"{k}={v}" for k, v in fault.items()))
def test_trouble_is_told_in_the_answer(fresh_browser, sim, alice, fault):
    sim.fail({"route": LOOKS, **fault})
    answer = fresh_browser.get(path_of(alice), timeout=5)
    assert answer.status_code == 200, answer.text
    value = answer.json()
    assert value["is_playing"] is False and value["error"] and "track" not in value


def test_the_last_good_state_bridges_trouble(viewer, sim, alice):
    with events_of(viewer.client, alice) as events:
        good = events.next()
        sim.fail({"route": LOOKS, "status": 502, "times": 2})
        order(sim, alice, action="skip")
        assert viewer.get(path_of(alice)).json()["track"]["id"]
        following = events.next()
        assert "error" not in following and following["track"]["id"] != good["track"]["id"]


def test_a_revoked_consent(fresh_browser, sim, alice):
    sim.revoke(alice)
    sim.expire(alice)
    value = fresh_browser.get(path_of(alice)).json()
    assert value["is_playing"] is False and value["error"]
    assert fresh_browser.get("/api/me").json()["reconnect_needed"] is True


def test_an_expired_token_is_renewed(fresh_browser, sim, alice):
    sim.expire(alice)
    sim.forget_journal()
    assert fresh_browser.get(path_of(alice)).json()["track"]
    assert len(sim.refreshes()) == 1


def test_a_spent_budget_fails_nothing(make_server, sim, alice):
    """Of forty calls the login takes some; the player gets at most twenty in half a minute."""
    server = make_server(SPOTIFY_CALL_BUDGET="40", PLAYER_POLL_SECONDS="1")
    with Browser(server) as browser:
        browser.log_in(alice)
        order(sim, alice, action="play", duration_ms=1_000_000)
        sim.forget_journal()
        with events_of(browser.client, alice) as events:
            assert events.next()["track"]
            deadline = Deadline(25)
            while len(sim.calls(LOOKS)) < 15 and not deadline.passed:
                assert "error" not in browser.get(path_of(alice)).json()
            for _ in range(200):
                value = browser.get(path_of(alice)).json()
                assert "error" not in value and value["track"]["progress_ms"] <= 1_000_000
        assert len(sim.calls(LOOKS)) <= 20


def test_recently_played(browser, sim, alice):
    user = browser.log_in(alice)
    plays = browser.get("/api/spotify/recently-played", params={"spotify_id": user}).json()
    assert len(plays) == 50
    assert set(plays[0]) == {
        "played_at",
        "track_name",
        "artist_name",
        "image_url",
        "spotify_url",
        "album_name",
        "album_type",
        "total_tracks",
    }
    times = [play["played_at"] for play in plays]
    assert times == sorted(times, reverse=True)
    assert browser.get("/api/spotify/recently-played", params={"limit": 3}).json() == plays[:3]
    assert plays[0]["album_type"] in ("album", "single", "compilation") and plays[0]["total_tracks"] > 0


def test_recently_played_is_ones_own(browser, anyone, alice):
    user = browser.log_in(alice)
    browser.put("/api/me/sharing", json={"public": True})
    assert anyone.get("/api/spotify/recently-played", params={"spotify_id": user}).status_code == 401
    assert browser.get("/api/spotify/recently-played", params={"spotify_id": "nobody"}).status_code == 404
    for limit in ("0", "51", "some"):
        assert browser.get("/api/spotify/recently-played", params={"limit": limit}).status_code == 422
