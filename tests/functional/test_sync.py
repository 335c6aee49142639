"""Synchronization: what is asked of Spotify, and what happens when Spotify does not play along."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from browser import Browser

LOGIN_AGAIN = {"detail": "Please login again."}
TOPS = "/v1/me/top/*"


@pytest.fixture
def fresh(fresh_server):
    """A browser on a server of the test's own: what it learns about Spotify stays in this test."""
    with Browser(fresh_server) as browser:
        yield browser


def queries(calls: list[dict]) -> set[str]:
    return {entry["query"] for entry in calls}


def test_answer(browser, alice):
    browser.log_in(alice)
    answer = browser.sync()
    assert answer.status_code == 200
    data = answer.json()
    assert data["time_range"] == "medium_term"
    assert len(data["artists"]) == len(data["tracks"]) == 10, "the default limit"
    assert data["genres"]
    assert isinstance(data["emotion_paragraph"], str) and isinstance(data["top_emotions"], list)
    assert isinstance(data["user"], str) and isinstance(data["image"], str)
    assert not data.get("stale", False)


@pytest.mark.parametrize("limit", [1, 7, 50])
def test_limits(browser, sim, alice, limit):
    browser.log_in(alice)
    data = browser.sync(limit=limit).json()
    if limit < 50:
        assert len(data["artists"]) == len(data["tracks"]) == limit
    else:
        assert 20 <= len(data["artists"]) <= 50 and 20 <= len(data["tracks"]) <= 50


@pytest.mark.parametrize("limit", ["0", "51", "-1", "abc", "", "1.5", "99999999999999999999"])
def test_limits_out_of_bounds(browser, sim, alice, limit):
    browser.log_in(alice)
    sim.forget_journal()
    answer = browser.sync(limit=limit)
    assert answer.status_code == 422
    assert answer.json()["detail"][0]["loc"] == ["query", "limit"]
    assert sim.journal() == []


@pytest.mark.parametrize("time_range", ["short_term", "medium_term", "long_term"])
def test_ranges(browser, sim, alice, time_range):
    user = browser.log_in(alice)
    sim.forget_journal()
    data = browser.sync(time_range=time_range, limit=5).json()
    assert data["time_range"] == time_range
    calls = sim.calls("/v1/me/top/")
    assert sorted(entry["path"] for entry in calls) == ["/v1/me/top/artists", "/v1/me/top/tracks"]
    assert all(f"time_range={time_range}" in query for query in queries(calls))
    shown = browser.dashboard(user, time_range=time_range).json()
    assert shown["artists"][:5] == data["artists"]


def test_own_id_may_be_named(browser, alice):
    user = browser.log_in(alice)
    assert browser.sync(spotify_id=user, limit=1).status_code == 200


def test_each_sync_is_history(browser, alice):
    user = browser.log_in(alice)
    browser.settle(user)
    before = browser.get("/history", params={"spotify_id": user, "limit": 100}).json()
    browser.sync(time_range="long_term")
    after = browser.get("/history", params={"spotify_id": user, "limit": 100}).json()
    assert len(after) == len(before) + 1 and after[1:] == before
    assert after[0]["time_range"] == "long_term"


# Tokens


def test_an_expired_access_token_is_refreshed_once(fresh, sim, alice):
    fresh.log_in(alice)
    sim.expire(alice)
    sim.forget_journal()
    assert fresh.sync().json().get("stale", False) is False
    assert len(sim.refreshes()) == 1


def test_a_token_known_to_be_expired_is_not_tried(fresh, sim, alice):
    sim.settings(expires_in=1)
    fresh.log_in(alice)
    sim.settings(expires_in=3600)
    sim.forget_journal()
    assert fresh.sync().status_code == 200
    assert len(sim.refreshes()) == 1
    assert all(entry["status"] == 200 for entry in sim.calls("/v1/")), "Spotify had to say 401 first"
    assert fresh.sync().status_code == 200
    assert len(sim.refreshes()) == 1


def test_one_refresh_for_concurrent_syncs(fresh, sim, alice):
    fresh.log_in(alice)
    sim.expire(alice)
    sim.fail({"route": "/api/token", "times": None, "delay_ms": 150})
    sim.forget_journal()
    ranges = ["short_term", "medium_term", "long_term"] * 2
    with ThreadPoolExecutor(len(ranges)) as pool:
        answers = list(pool.map(lambda time_range: fresh.sync(time_range=time_range), ranges))
    assert [answer.status_code for answer in answers] == [200] * len(ranges)
    assert not any(answer.json().get("stale") for answer in answers)
    assert len(sim.refreshes()) == 1


def test_a_rotated_refresh_token_replaces_the_old_and_survives_a_restart(make_server, sim, alice):
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(alice)
        used = []
        for _ in range(2):
            sim.expire(alice)
            sim.forget_journal()
            assert browser.sync(limit=3).status_code == 200
            used += [entry["body"] for entry in sim.refreshes()]
        server.check_stopped_well()
        browser.move_to(make_server.adopt(server.again()))
        sim.expire(alice)
        sim.forget_journal()
        assert browser.sync(limit=3).status_code == 200
        used += [entry["body"] for entry in sim.refreshes()]
    assert len(used) == len(set(used)) == 3


def test_an_answer_without_a_refresh_token_keeps_the_old(fresh, sim, alice):
    sim.settings(rotate_refresh=False)
    fresh.log_in(alice)
    sim.settings(refresh_token_in_answer=False)
    bodies = []
    for _ in range(2):
        sim.expire(alice)
        sim.forget_journal()
        assert fresh.sync(limit=3).status_code == 200
        bodies += [entry["body"] for entry in sim.refreshes()]
    assert len(bodies) == 2 and len(set(bodies)) == 1


def test_401_once_then_good(fresh, sim, alice):
    fresh.log_in(alice)
    sim.forget_journal()
    sim.fail(
        {
            "route": "/v1/me/top/artists",
            "times": 1,
            "status": 401,
            "body": '{"error":{"status":401,"message":"The access token expired"}}',
        }
    )
    answer = fresh.sync()
    assert answer.status_code == 200 and not answer.json().get("stale", False)
    assert len(sim.refreshes()) == 1


def test_401_twice_needs_a_login(fresh, sim, alice):
    user = fresh.log_in(alice)
    sim.forget_journal()
    sim.fail(
        {
            "route": TOPS,
            "times": None,
            "status": 401,
            "body": '{"error":{"status":401,"message":"The access token expired"}}',
        }
    )
    answer = fresh.sync()
    assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN)
    assert len(sim.refreshes()) == 1, "one refresh, one repetition"
    assert fresh.dashboard(user).status_code == 200


def test_invalid_grant_needs_a_new_login_but_keeps_session_and_data(fresh, sim, alice):
    user = fresh.log_in(alice)
    shown = fresh.dashboard(user, time_range="short_term").json()
    sim.revoke(alice)
    sim.expire(alice)
    sim.forget_journal()
    for _ in range(2):
        answer = fresh.sync()
        assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN)
    assert len(sim.refreshes()) == 1, "invalid_grant is final: never tried again"
    assert fresh.get("/api/me").json()["reconnect_needed"] is True
    assert fresh.dashboard(user, time_range="short_term").json()["artists"] == shown["artists"]
    assert fresh.log_in(alice) == user
    assert fresh.get("/api/me").json()["reconnect_needed"] is False
    assert fresh.sync().status_code == 200


def test_reconnect_needed_survives_a_restart(make_server, sim, alice):
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(alice)
        sim.revoke(alice)
        sim.expire(alice)
        assert browser.sync().status_code == 401
        server.check_stopped_well()
        browser.move_to(make_server.adopt(server.again()))
        assert browser.get("/api/me").json()["reconnect_needed"] is True
        sim.forget_journal()
        assert browser.sync().status_code == 401
        assert sim.journal() == []


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 400, "body": '{"error":"invalid_client"}'},
        {"status": 500, "body": '{"error":"server_error"}'},
        {"status": 503, "body": "upstream request timeout"},
        {"status": 502, "html_instead": True},
        {"status": 429, "body": "Too many requests", "retry_after": "none"},
        {"reset": "before"},
        {"truncate": 20},
    ],
    ids=["invalid_client", "500", "503", "502 html", "429", "reset", "truncated"],
)
def test_other_trouble_with_a_refresh_costs_nobody_the_login(make_server, sim, alice, fault):
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(alice)
        sim.settings(rotate_refresh=False)
        sim.expire(alice)
        sim.fail({"route": "/api/token", "times": None} | fault)
        answer = browser.sync()
        assert answer.status_code in (500, 502, 503, 504) or answer.json().get("stale") is True, answer.text
        assert browser.get("/api/me").json()["reconnect_needed"] is False
        sim.heal()
        server.check_stopped_well()  # a new life: no breaker remembers the trouble
        browser.move_to(make_server.adopt(server.again()))
        answer = browser.sync()
        if "429" not in str(fault.get("status")):
            assert answer.status_code == 200 and not answer.json().get("stale", False)
        assert browser.get("/api/me").json()["reconnect_needed"] is False


# Refusals and limits


@pytest.mark.parametrize(
    "body, message",
    [
        ("User not registered in the Developer Dashboard", "User not registered in the Developer Dashboard"),
        ('{"error":{"status":403,"message":"Insufficient client scope"}}', "Insufficient client scope"),
    ],
    ids=["text", "json"],
)
def test_403_is_passed_on_with_its_message(fresh, sim, alice, body, message):
    fresh.log_in(alice)
    sim.forget_journal()
    sim.fail({"route": TOPS, "times": None, "status": 403, "body": body})
    answer = fresh.sync()
    assert answer.status_code == 403 and message in answer.text
    assert len(sim.calls("/v1/me/top/artists")) <= 1, "a refusal is not repeated"
    assert sim.refreshes() == [], "refreshing does not help"


def test_429_short(fresh, sim, alice):
    fresh.log_in(alice)
    fresh.sync(limit=4)
    sim.fail({"route": TOPS, "times": None, "status": 429, "body": "Too many requests", "retry_after": "2"})
    answer = fresh.sync()
    assert answer.status_code == 200
    assert answer.json()["stale"] is True and answer.json()["artists"]


@pytest.mark.parametrize("retry_after", ["date", "none"])
def test_429_other_forms(fresh, sim, alice, retry_after):
    fresh.log_in(alice)
    sim.fail(
        {
            "route": TOPS,
            "times": None,
            "status": 429,
            "retry_after": retry_after,
            "body": '{"error":{"status":429,"message":"API rate limit exceeded"}}',
        }
    )
    answer = fresh.sync()
    assert answer.status_code == 200 and answer.json()["stale"] is True


def test_a_quota_ban_of_hours_is_kept_over_a_restart(make_server, sim, alice):
    server = make_server()
    with Browser(server) as browser:
        user = browser.log_in(alice)
        sim.fail(
            {
                "route": TOPS,
                "times": None,
                "status": 429,
                "retry_after": "48925",
                "body": '{"error":{"status":429,"message":"Too many requests","reason":"QUOTA_EXCEEDED"}}',
            }
        )
        answer = browser.sync()
        assert answer.status_code == 200 and answer.json()["stale"] is True
        sim.heal()
        sim.forget_journal()
        assert browser.sync(time_range="long_term").json()["stale"] is True
        assert sim.calls("/v1/me/top/") == [], "closed: fail fast, do not ask"
        server.check_stopped_well()
        browser.move_to(make_server.adopt(server.again()))
        assert browser.sync().json()["stale"] is True
        assert browser.dashboard(user).status_code == 200
        assert sim.calls("/v1/me/top/") == [], "the ban was forgotten over the restart"


def test_429_without_stored_data_is_503(fresh, sim, alice):
    sim.fail(
        {"route": TOPS, "times": None, "status": 429, "retry_after": "48925", "body": "Too many requests"}
    )
    user = fresh.log_in(alice)
    answer = fresh.sync()
    assert answer.status_code == 503
    assert 0 < int(answer.headers["retry-after"]) <= 48925
    assert isinstance(answer.json()["detail"], str)
    assert fresh.dashboard(user).status_code in (404, 503)


def test_the_servers_own_budget(make_server, sim, alice):
    """Calls per 30 s are bounded before Spotify has to say so; a login takes seven or so."""
    with Browser(make_server(SPOTIFY_CALL_BUDGET="12")) as browser:
        browser.log_in(alice)
        sim.forget_journal()
        for _ in range(10):
            answer = browser.sync()
            assert answer.status_code in (200, 503)
            if answer.status_code == 503 or answer.json().get("stale"):
                break
        else:
            pytest.fail("ten syncs went through a budget of twelve calls")
        assert len(sim.calls("/v1/")) <= 12
        if answer.status_code == 503:
            assert int(answer.headers["retry-after"]) > 0


# Shapes of data


def test_development_mode(fresh, sim, alice):
    sim.settings(mode="development")
    user = fresh.log_in(alice)
    data = fresh.sync().json()
    assert data["artists"] and data["tracks"]
    assert all(artist["popularity"] == 0 for artist in data["artists"])
    assert all(track["popularity"] == 0 for track in data["tracks"])
    assert all(isinstance(artist["genres"], list) for artist in data["artists"])
    assert isinstance(data["genres"], list)
    profile = fresh.get("/api/user-profile").json()
    assert profile["id"] == user and profile["country"] is profile["product"] is profile["email"] is None
    assert profile["followers"] is None


@pytest.mark.parametrize(
    "fault",
    [
        {"gzip": True},
        {"extra_keys": True},
        {"omit": ["genres", "popularity", "images"]},
        {"null": ["genres", "popularity", "images"]},
        {"wrong_type": ["popularity"]},
    ],
    ids=lambda fault: next(iter(fault)),
)
def test_odd_but_usable_answers(fresh, sim, alice, fault):
    fresh.log_in(alice)
    sim.fail({"route": TOPS, "times": None} | fault)
    answer = fresh.sync()
    assert answer.status_code == 200 and not answer.json().get("stale", False)
    data = answer.json()
    assert len(data["artists"]) == len(data["tracks"]) == 10
    for artist in data["artists"]:
        assert isinstance(artist["genres"], list) and isinstance(artist["image"], str)
        assert 0 <= artist["popularity"] <= 100


def test_one_hiccup_is_retried(fresh, sim, alice):
    fresh.log_in(alice)
    sim.forget_journal()
    sim.fail({"route": "/v1/me/top/tracks", "times": 1, "status": 503, "body": "upstream request timeout"})
    answer = fresh.sync()
    assert answer.status_code == 200 and not answer.json().get("stale", False)
    assert [entry["status"] for entry in sim.calls("/v1/me/top/tracks")] == [503, 200]
