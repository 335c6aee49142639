"""GET /top-genres, /top-data and /history: reading what is stored."""

import pytest

RANGES = {"short_term", "medium_term", "long_term"}


@pytest.fixture
def user(browser, alice) -> str:
    return browser.log_in(alice)


def top_data(browser, user: str, **parameters) -> dict:
    answer = browser.get("/top-data", params={"spotify_id": user, "time_range": "short_term"} | parameters)
    assert answer.status_code == 200
    return answer.json()


def test_top_genres(browser, user):
    for time_range in RANGES:
        answer = browser.get("/top-genres", params={"spotify_id": user, "time_range": time_range})
        assert set(answer.json()) == {"genres"}
        assert answer.json()["genres"] == browser.dashboard(user, time_range=time_range).json()["genres"]


def test_top_data_by_popularity(browser, user):
    for parameters in ({}, {"sort": "popularity"}):
        data = top_data(browser, user, **parameters)
        assert len(data["artists"]) == len(data["tracks"]) == 10
        for members in (data["artists"], data["tracks"]):
            popularity = [member["popularity"] for member in members]
            assert popularity == sorted(popularity, reverse=True)
    full = browser.dashboard(user, time_range="short_term").json()
    best = sorted((artist["popularity"] for artist in full["artists"]), reverse=True)[:10]
    assert [artist["popularity"] for artist in data["artists"]] == best, "sorted first, then cut"
    assert data["genres"] == full["genres"]
    assert data["user"] == full["user"] and data["image"] == full["image"]


def test_top_data_by_name(browser, user):
    data = top_data(browser, user, sort="name", limit=20)
    for members in (data["artists"], data["tracks"]):
        names = [member["name"] for member in members]
        assert len(names) == 20
        assert names in (sorted(names), sorted(names, key=str.casefold))


@pytest.mark.parametrize("limit", [1, 3, 1000])
def test_top_data_limit(browser, user, limit):
    data = top_data(browser, user, limit=limit)
    assert len(data["artists"]) == len(data["tracks"]) == min(limit, 20)


def test_nothing_stored(browser, user):
    genres = browser.get("/top-genres", params={"spotify_id": "nobody", "time_range": "short_term"})
    assert (genres.status_code, genres.json()) == (
        200,
        {"error": "No cached data found for this user/time_range"},
    )
    data = browser.get("/top-data", params={"spotify_id": "nobody", "time_range": "short_term"})
    assert (data.status_code, data.json()) == (200, {"message": "No cached data found."})
    history = browser.get("/history", params={"spotify_id": "nobody"})
    assert (history.status_code, history.json()) == (200, [])


def history(browser, user: str, **parameters) -> list[dict]:
    answer = browser.get("/history", params={"spotify_id": user} | parameters)
    assert answer.status_code == 200
    return answer.json()


def test_history_of_a_login(make_server, alice):
    from browser import Browser

    with Browser(make_server()) as browser:
        user = browser.log_in(alice)
        entries = history(browser, user)
        assert {entry["time_range"] for entry in entries} == RANGES and len(entries) == 3
        for entry in entries:
            assert set(entry) == {"time_range", "data", "last_synced"}
            data = entry["data"]
            assert data["time_range"] == entry["time_range"]
            assert {
                "user",
                "image",
                "artists",
                "tracks",
                "genres",
                "emotion_paragraph",
                "top_emotions",
            } <= set(data)
            shown = browser.dashboard(user, time_range=entry["time_range"]).json()
            assert data["artists"] == shown["artists"] and data["tracks"] == shown["tracks"]


def test_history_is_newest_first_and_paged(browser, user):
    for time_range in ("short_term", "long_term", "short_term"):
        assert browser.sync(time_range=time_range, limit=2).status_code == 200
    browser.settle(user)
    entries = history(browser, user, limit=100)
    times = [entry["last_synced"] for entry in entries]
    assert times == sorted(times, reverse=True)
    assert [entry["time_range"] for entry in entries[:3]] == ["short_term", "long_term", "short_term"]
    assert history(browser, user, limit=2) == entries[:2]
    older = history(browser, user, limit=100, before=entries[1]["last_synced"])
    assert older == [entry for entry in entries if entry["last_synced"] < entries[1]["last_synced"]]


def test_history_needs_the_own_session(browser, anyone, user):
    assert history(browser, user)
    answer = anyone.get("/history", params={"spotify_id": user})
    assert (answer.status_code, answer.json()) == (200, [])
