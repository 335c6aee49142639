"""A Spotify that this program never met, serving recorded answers: known by its base URLs alone."""

from collections import Counter

import pytest

from browser import Browser
from foreign_spotify import DEFAULT_PROFILE, ForeignSpotify

PREFIXES = [("", ""), ("/mirror/accounts", "/mirror/web/api")]


@pytest.fixture(params=PREFIXES, ids=["plain", "prefixed"])
def spotify(request, shared):
    accounts, api = request.param
    with ForeignSpotify(shared / "data" / "spotify", accounts, api) as spotify:
        yield spotify


@pytest.fixture
def recorded_browser(spotify, make_server):
    with Browser(make_server(accounts_url=spotify.accounts_url, api_url=spotify.api_url)) as browser:
        yield browser


def widest(images: list[dict]) -> str:
    return max(images, key=lambda image: image["width"] or 0)["url"] if images else ""


def expected_artist(artist: dict) -> dict:
    return {
        "id": artist["id"],
        "name": artist["name"],
        "genres": artist.get("genres") or [],
        "popularity": artist.get("popularity") or 0,
        "image": widest(artist["images"]),
    }


def expected_track(track: dict) -> dict:
    album = track["album"]
    return {
        "id": track["id"],
        "name": track["name"],
        "artists": [artist["name"] for artist in track["artists"]],
        "album": {
            "name": album["name"],
            "type": album["album_type"].lower(),
            "total_tracks": album.get("total_tracks", 0),
        },
        "popularity": track.get("popularity", 0),
        "preview_url": track.get("preview_url"),
        "image": widest(album["images"]),
        "duration_ms": track["duration_ms"],
    }


def without_repetitions(members: list[dict]) -> list[dict]:
    """The recording names one track twice; showing it twice or once are both faithful."""
    first = {}
    for member in members:
        first.setdefault(member["id"], member)
    return list(first.values())


def test_dashboard_from_recorded_answers(recorded_browser, spotify):
    user = recorded_browser.log_in()
    assert user == DEFAULT_PROFILE["id"]
    data = recorded_browser.dashboard(user, time_range="short_term").json()
    assert data["user"] == DEFAULT_PROFILE["display_name"]
    assert data["image"] == "https://images.example/portrait-300"
    assert data["artists"] == [expected_artist(artist) for artist in spotify.tops["artists"]["items"]]
    tracks = [expected_track(track) for track in spotify.tops["tracks"]["items"]]
    assert without_repetitions(data["tracks"]) == without_repetitions(tracks)
    assert len(data["tracks"]) in (len(tracks), len(without_repetitions(tracks)))
    counts = Counter(genre for artist in data["artists"] for genre in artist["genres"])
    assert [(genre["name"], genre["count"]) for genre in data["genres"]] == counts.most_common()


def test_sync_from_recorded_answers(recorded_browser, spotify):
    recorded_browser.log_in()
    spotify.requests.clear()
    data = recorded_browser.sync(limit=3).json()
    assert [artist["name"] for artist in data["artists"]] == [
        artist["name"] for artist in spotify.tops["artists"]["items"][:3]
    ]
    assert len(data["tracks"]) == 3
    assert len(spotify.requests) == 2, "`next` leads to a foreign host and is not needed"


def test_every_call_keeps_the_prefix(recorded_browser, spotify):
    recorded_browser.log_in()
    recorded_browser.sync()
    accounts = (spotify.accounts_prefix + "/authorize", spotify.accounts_prefix + "/api/token")
    assert {method for method, _ in spotify.requests} == {"GET", "POST"}
    for _, target in spotify.requests:
        assert target.startswith((*accounts, spotify.api_prefix + "/v1/me")), target


def test_refresh_without_a_new_refresh_token(recorded_browser, spotify):
    recorded_browser.log_in()
    for _ in range(2):
        spotify.access_tokens.clear()
        spotify.requests.clear()
        answer = recorded_browser.sync(limit=2)
        assert answer.status_code == 200 and not answer.json().get("stale", False)
        assert sum(method == "POST" for method, _ in spotify.requests) == 1


def test_one_refresh_is_shared(recorded_browser, spotify):
    """A refresh held open: whoever needs a token meanwhile waits for that one."""
    from concurrent.futures import ThreadPoolExecutor

    recorded_browser.log_in()
    spotify.access_tokens.clear()
    spotify.requests.clear()
    gate = spotify.hold("/api/token")
    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(recorded_browser.sync, time_range="short_term")
        assert gate.arrived.wait(timeout=20)
        second = pool.submit(recorded_browser.sync, time_range="long_term")
        gate.release.set()
        assert first.result(timeout=30).status_code == second.result(timeout=30).status_code == 200
    assert sum(method == "POST" for method, _ in spotify.requests) == 1
