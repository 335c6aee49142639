"""GET /api/dashboard/{id}: members, freshness, conditional requests, and who may see it."""

from datetime import datetime

import pytest

from browser import Browser, client_of

PENDING = "Vibe analysis is getting ready..."
NO_DATA = {"detail": "No data found. Please login again."}
RANGES = ("short_term", "medium_term", "long_term")


@pytest.mark.parametrize("time_range", RANGES)
def test_members(browser, people, alice, time_range):
    user = browser.log_in(alice)
    answer = browser.dashboard(user, time_range=time_range)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    data = answer.json()
    assert data["user"] == people[0]["display_name"]
    assert isinstance(data["image"], str)
    assert data["time_range"] == time_range
    pending = data["emotion_paragraph"] == PENDING
    assert pending or data["emotion_paragraph"].startswith("Shades of ")
    assert len(data["top_emotions"]) == (0 if pending else 3)
    assert len(data["artists"]) == 20 and len(data["tracks"]) == 20
    assert data["stale"] is False
    datetime.fromisoformat(data["synced_at"].replace("Z", "+00:00"))
    for artist in data["artists"]:
        assert {"id", "name", "genres", "popularity", "image"} <= set(artist)
        assert isinstance(artist["genres"], list) and isinstance(artist["image"], str)
        assert type(artist["popularity"]) is int and 0 <= artist["popularity"] <= 100
    for track in data["tracks"]:
        assert {"id", "name", "artists", "album", "popularity", "preview_url", "image", "duration_ms"} <= set(
            track
        )
        assert all(isinstance(name, str) for name in track["artists"])
        assert {"name", "type", "total_tracks"} <= set(track["album"])
        assert track["album"]["type"] == track["album"]["type"].lower()
        assert type(track["duration_ms"]) is int and track["duration_ms"] > 0
        assert track["preview_url"] is None or isinstance(track["preview_url"], str)


def test_genres_follow_from_the_artists(browser, alice):
    data = browser.dashboard(browser.log_in(alice)).json()
    counted: dict[str, list[str]] = {}
    for artist in data["artists"]:
        for genre in artist["genres"]:
            counted.setdefault(genre, []).append(artist["name"])
    assert {genre["name"]: genre["count"] for genre in data["genres"]} == {
        name: len(who) for name, who in counted.items()
    }
    counts = [genre["count"] for genre in data["genres"]]
    assert counts == sorted(counts, reverse=True)
    assert data["genre_artists_map"] == counted


def test_default_range_is_medium_term(browser, alice):
    user = browser.log_in(alice)
    browser.settle(user)
    assert browser.dashboard(user).json() == browser.dashboard(user, time_range="medium_term").json()


def test_etag_and_not_modified(browser, sim, alice):
    user = browser.log_in(alice)
    browser.settle(user)
    sim.forget_journal()
    full = browser.dashboard(user, time_range="short_term")
    tag = full.headers["etag"]
    assert tag.startswith('"') and tag.endswith('"') and len(tag) > 10, "a strong validator"
    assert {part.strip() for part in full.headers["cache-control"].split(",")} == {"private", "no-cache"}
    assert browser.dashboard(user, time_range="short_term").headers["etag"] == tag
    assert browser.dashboard(user, time_range="long_term").headers["etag"] != tag
    path = f"/api/dashboard/{user}?time_range=short_term"
    for value in (tag, "W/" + tag, f'"other", {tag}', "*"):
        same = browser.get(path, headers={"If-None-Match": value})
        assert same.status_code == 304, value
        assert same.headers["etag"] == tag and same.content == b""
    changed = browser.get(path, headers={"If-None-Match": '"other"'})
    assert changed.status_code == 200 and changed.content == full.content
    assert sim.journal() == [], "warm dashboards ask nobody"


def test_not_modified_is_not_for_strangers(server, browser, anyone, alice):
    user = browser.log_in(alice)
    tag = browser.dashboard(user).headers["etag"]
    answer = anyone.get(f"/api/dashboard/{user}", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.json()) == (404, NO_DATA)


def test_a_sync_that_changes_the_data_changes_the_etag(browser, alice):
    user = browser.log_in(alice)
    browser.settle(user)
    before = browser.dashboard(user)
    browser.sync(time_range="medium_term", limit=5)
    after = browser.dashboard(user)
    assert after.headers["etag"] != before.headers["etag"]
    answer = browser.get(f"/api/dashboard/{user}", headers={"If-None-Match": before.headers["etag"]})
    assert answer.status_code == 200


def test_head(browser, alice):
    user = browser.log_in(alice)
    browser.settle(user)
    full = browser.get(f"/api/dashboard/{user}", headers={"Accept-Encoding": "identity"})
    head = browser.client.head(f"/api/dashboard/{user}", headers={"Accept-Encoding": "identity"})
    assert head.status_code == 200 and head.content == b""
    assert head.headers["content-length"] == full.headers["content-length"] == str(len(full.content))
    assert head.headers["etag"] == full.headers["etag"]


def test_unknown_user(browser, anyone, alice):
    browser.log_in(alice)
    for client in (browser.client, anyone):
        answer = client.get("/api/dashboard/nobody-of-that-name")
        assert (answer.status_code, answer.json()) == (404, NO_DATA)


def test_sharing(make_server, sim, alice, bob):
    server = make_server()
    with Browser(server) as owner, Browser(server) as visitor, client_of(server) as nobody:
        user = owner.log_in(alice)
        visitor.log_in(bob)
        owner.settle(user)
        path = f"/api/dashboard/{user}?time_range=short_term"
        own = owner.get(path).json()
        sim.forget_journal()
        assert nobody.get(path).status_code == visitor.get(path).status_code == 404
        for public, status in ((True, 200), (False, 404), (True, 200)):
            answer = owner.put("/api/me/sharing", json={"public": public})
            assert (answer.status_code, answer.json()) == (200, {"public": public})
            assert owner.get("/api/me").json()["public"] is public
            for client in (nobody, visitor.client):
                seen = client.get(path)
                assert seen.status_code == status
                if public:
                    assert seen.json() == own
        assert nobody.get(f"/api/profile/{user}").json()["user"] == own["user"]
        assert sim.journal() == [], "a visitor makes no calls"
        for route in ("/sync/top-data", "/api/user-profile"):
            assert visitor.get(route, params={"spotify_id": user}).status_code == 404, (
                "sharing lets look, not act"
            )
        server.check_stopped_well()
        again = make_server.adopt(server.again())
        with client_of(again) as later:
            assert later.get(path).status_code == 200, "the choice survives a restart"


def test_profiles_public(make_server, alice, bob):
    server = make_server(PROFILES_PUBLIC="true")
    with Browser(server) as owner, client_of(server) as nobody:
        user = owner.log_in(alice)
        path = f"/api/dashboard/{user}"
        assert nobody.get(path).status_code == 200, "not chosen: the operator's word counts"
        assert nobody.get("/history", params={"spotify_id": user}).json() == [], "history stays private"
        owner.put("/api/me/sharing", json={"public": False})
        answer = nobody.get(path)
        assert (answer.status_code, answer.json()) == (404, NO_DATA), "the user's own no always wins"
        owner.log_in(alice)
        assert nobody.get(path).status_code == 404, "and survives a new login"


def test_sharing_needs_a_session(anyone):
    answer = anyone.put("/api/me/sharing", json={"public": True})
    assert answer.status_code == 401 and answer.json() == {"detail": "Please login again."}


def test_stored_data_after_a_restart(make_server, sim, alice):
    server = make_server()
    with Browser(server) as browser:
        user = browser.log_in(alice)
        browser.settle(user)
        before = {time_range: browser.dashboard(user, time_range=time_range).json() for time_range in RANGES}
        server.check_stopped_well()
        browser.move_to(make_server.adopt(server.again()))
        sim.forget_journal()
        for time_range in RANGES:
            assert browser.dashboard(user, time_range=time_range).json() == before[time_range]
        assert sim.journal() == []


def test_own_dashboard_syncs_when_nothing_is_stored(make_server, sim, alice):
    """After a login whose sync failed, looking at the dashboard is enough."""
    sim.fail({"route": "/v1/me/top/*", "times": None, "status": 404, "body": "{}"})
    with Browser(make_server()) as browser:
        user = browser.log_in(alice)
        sim.heal()
        answer = browser.dashboard(user, time_range="long_term")
        assert answer.status_code == 200 and len(answer.json()["artists"]) == 20


def test_a_visitor_never_causes_a_sync(make_server, sim, alice):
    sim.fail({"route": "/v1/me/top/*", "times": None, "status": 404, "body": "{}"})
    server = make_server()
    with Browser(server) as owner, client_of(server) as nobody:
        user = owner.log_in(alice)
        owner.put("/api/me/sharing", json={"public": True})
        sim.heal()
        sim.forget_journal()
        answer = nobody.get(f"/api/dashboard/{user}")
        assert (answer.status_code, answer.json()) == (404, NO_DATA)
        assert sim.journal() == []


def test_every_listener(make_server, people):
    """The new one without a single play, the nameless one with a strange id, and everybody else."""
    server = make_server()
    for person in people:
        with Browser(server) as browser:
            user = browser.log_in(person["id"])
            assert user == person["id"]
            assert browser.get("/api/me").json()["display_name"] == (person["display_name"] or user)
            for time_range in RANGES:
                data = browser.dashboard(user, time_range=time_range).json()
                assert len(data["artists"]) in (0, 20) and len(data["tracks"]) in (0, 20)
                assert bool(data["artists"]) == bool(data["genres"])
            assert browser.sync(limit=50).status_code == 200
