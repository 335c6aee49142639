"""Genres of artists for whom Spotify names none: found behind the answers, one artist at a time."""

import json
import re
import time
from collections import Counter
from datetime import datetime
from urllib.parse import parse_qs

import httpx
import pytest

from browser import Browser
from processes import Deadline

NO_MODEL = {"MODELS_DIR": "/nonexistent"}
FEW_ARTISTS = "eulisgarut48"
RANGES = ("short_term", "medium_term", "long_term")
# Of the listener's genres those that everybody writes alike.
PLAIN = {"ambient", "dangdut", "degung", "indonesian pop", "keroncong", "pop sunda"}
PATIENCE = 40.0


@pytest.fixture
def make_browser(make_server, sim):
    """Somebody who has just logged in, at a server that looks for genres which Spotify does not name."""
    opened = []

    def make(**settings: str) -> Browser:
        sim.settings(genres="empty")
        server = make_server(**({"GENRE_SOURCE": "auto"} | NO_MODEL | settings))
        browser = Browser(server)
        opened.append(browser)
        browser.user = browser.log_in(FEW_ARTISTS)
        return browser

    yield make
    for browser in opened:
        browser.client.close()
    sim.settings(genres=None)


def start_anew(make_server, browser: Browser):
    """On the same data, after the power was cut."""
    browser.server.kill()
    browser.move_to(make_server.adopt(browser.server.again()))


def artists_of(browser: Browser) -> dict[str, dict]:
    return {
        artist["id"]: artist
        for time_range in RANGES
        for artist in browser.dashboard(browser.user, time_range=time_range).json()["artists"]
    }


def genres_of(browser: Browser) -> dict[str, list[str]]:
    """By the names of artists that have some."""
    return {artist["name"]: artist["genres"] for artist in artists_of(browser).values() if artist["genres"]}


def wait_until(fulfilled):
    """Genres come without anybody being told."""
    deadline = Deadline(PATIENCE)
    while not (outcome := fulfilled()):
        assert not deadline.passed, "the genres did not come"
        time.sleep(0.05)
    return outcome


def asked(sim) -> list[str]:
    """The artists that Last.fm was asked for, in order."""
    return [parse_qs(entry["query"])["artist"][0] for entry in sim.journal("lastfm")]


def lastfm_tags(sim, artist: str) -> set[str]:
    """What at least a tenth of those who tagged the artist call them."""
    query = {"method": "artist.gettoptags", "artist": artist, "api_key": "lastfm-demo", "format": "json"}
    answer = httpx.get(sim.url + "/lastfm/2.0/", params=query, trust_env=False).json()
    tags = answer.get("toptags", {}).get("tag", [])
    return {tag["name"] for tag in (tags if isinstance(tags, list) else [tags]) if tag["count"] >= 10}


def plain_genres(sim, names) -> dict[str, set[str]]:
    """What is to be shown, as far as it is PLAIN."""
    found = {name: lastfm_tags(sim, name) & PLAIN for name in names}
    return {name: genres for name, genres in found.items() if genres}


def shown_plainly(browser: Browser) -> dict[str, set[str]]:
    shown = {name: set(genres) & PLAIN for name, genres in genres_of(browser).items()}
    return {name: genres for name, genres in shown.items() if genres}


def check_agreement(browser: Browser):
    """Dashboards, top genres and artists say the same."""
    for time_range in RANGES:
        data = browser.dashboard(browser.user, time_range=time_range).json()
        top = browser.get("/top-genres", params={"spotify_id": browser.user, "time_range": time_range}).json()
        assert top["genres"] == data["genres"]
        counts = Counter(genre for artist in data["artists"] for genre in artist["genres"])
        assert {genre["name"]: genre["count"] for genre in data["genres"]} == dict(counts)


@pytest.fixture
def spotifys(server) -> dict[str, list[str]]:
    """What Spotify would call the artists."""
    with Browser(server) as browser:
        browser.user = browser.log_in(FEW_ARTISTS)
        return genres_of(browser)


def test_genres_arrive_without_a_sync(make_browser, sim, spotifys):
    browser = make_browser()
    sim.forget_journal()
    names = [artist["name"] for artist in artists_of(browser).values()]
    synced = [browser.dashboard(browser.user, time_range=each).json()["synced_at"] for each in RANGES]
    wanted = plain_genres(sim, names)
    assert len(wanted) > 5
    wait_until(lambda: shown_plainly(browser) == wanted)
    for name, genres in genres_of(browser).items():
        assert set(genres) <= set(spotifys[name]), f"{name}: {genres} is more than they play"
    wait_until(lambda: (check_agreement(browser), browser.dashboard(browser.user).json()["genres"])[1])
    assert sim.calls("/v1/me/top/") == [], "nobody synced"
    assert synced == [
        browser.dashboard(browser.user, time_range=each).json()["synced_at"] for each in RANGES
    ]
    sim.settings(genres="array")
    for time_range in RANGES:
        browser.sync(limit=20, time_range=time_range)
    assert genres_of(browser) == spotifys, "Spotify's word counts more"


def test_what_is_no_genre_is_left_out(make_browser, sim):
    tags = ["seen live", "Pop", "female vocalists", "rnb", "indonesian", "favorites", "Hip-Hop", "2010s"]
    body = {"toptags": {"tag": [{"name": tag, "count": 100 - i} for i, tag in enumerate(tags)]}}
    sim.fail({"route": "/lastfm/*", "status": 200, "body": json.dumps(body)})
    browser = make_browser()
    shown = wait_until(lambda: genres_of(browser))
    assert {tuple(genres) for genres in shown.values()} == {("pop", "r&b", "hip hop")}


def test_musicbrainz_without_a_key_and_never_in_a_hurry(make_browser, sim, spotifys):
    browser = make_browser(LASTFM_API_KEY="")
    wait_until(lambda: genres_of(browser) and len(sim.journal("musicbrainz")) >= 5)
    for name, genres in genres_of(browser).items():
        assert set(genres) <= set(spotifys[name])
    requests = [entry for entry in sim.journal("musicbrainz") if entry["status"]]
    assert {entry["status"] for entry in requests} == {200}, "too fast"
    times = [datetime.fromisoformat(entry["time"]) for entry in requests]
    pauses = [(late - early).total_seconds() for early, late in zip(times, times[1:], strict=False)]
    assert min(pauses) > 0.9, pauses
    assert all(entry["headers"]["user-agent"] for entry in requests)
    assert sim.journal("lastfm") == []
    check_agreement(browser)


def test_nobody_is_asked(make_browser, sim):
    browser = make_browser(GENRE_SOURCE="none")
    assert not {"lastfm", "musicbrainz"} & set(browser.get("/readyz").json()["services"])
    assert genres_of(browser) == {}
    for time_range in RANGES:
        assert browser.dashboard(browser.user, time_range=time_range).json()["genres"] == []
    assert sim.journal("lastfm") == sim.journal("musicbrainz") == []


@pytest.mark.parametrize(
    "fault",
    [{"status": 500, "times": 1}, {"reset": "before", "times": 1}, {"reset": "amid", "times": 1}],
    ids=["status 500", "reset before the answer", "reset amid the answer"],
)
def test_one_failure_is_made_up_for(make_browser, make_server, sim, fault):
    sim.fail({"route": "/lastfm/*"} | fault)
    browser = make_browser()
    if fault.get("reset") == "amid":  # is not repeated at once, but after a minute
        browser.server.wait_for(re.compile(r"genres\.fill"), PATIENCE)
        start_anew(make_server, browser)
    wait_until(lambda: genres_of(browser))
    first = asked(sim)[0]
    wait_until(lambda: asked(sim).count(first) > 1)


ERROR_29 = json.dumps({"error": 29, "message": "Rate Limit Exceeded"})


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 429, "retry_after": "none"},
        {"status": 429, "retry_after": "1"},
        {"status": 200, "body": ERROR_29},
        {"status": 500},
        {"reset": "before"},
        {"bad_json": True},
    ],
    ids=["status 429", "status 429, Retry-After: 1", "error 29 in a 200", "status 500", "reset", "broken JSON"],
)
def test_failures_only_delay(make_browser, make_server, sim, fault):
    sim.fail({"route": "/lastfm/*"} | fault)
    browser = make_browser()
    browser.server.wait_for(re.compile(r"genres\.fill"), PATIENCE)
    artists = artists_of(browser)
    assert len(artists) > 5 and genres_of(browser) == {}
    ready = browser.get("/readyz")
    assert ready.status_code == 200 and ready.json()["status"] == "ready"
    if fault.get("status") == 429 and fault["retry_after"] == "none" or "body" in fault:
        assert ready.json()["services"]["lastfm"].startswith("closed for ")
    (failed,) = set(asked(sim))
    if "reset" not in fault:  # kept connections that are reset are each tried, as HTTP has it
        assert len(asked(sim)) <= 2, "whoever fails is left alone"
    sim.heal()
    sim.forget_journal()
    start_anew(make_server, browser)  # a minute's rest ends with it
    wait_until(lambda: genres_of(browser) and failed in asked(sim))  # not remembered as having none


def test_filling_goes_on_after_kill_9(make_browser, make_server, sim):
    browser = make_browser()
    names = [artist["name"] for artist in artists_of(browser).values()]
    wait_until(lambda: len(sim.journal("lastfm")) >= 4)
    browser.server.kill()
    before = asked(sim)
    assert len(before) < len(names), "all was done before anybody could cut the power"
    browser.move_to(make_server.adopt(browser.server.again()))
    wait_until(lambda: set(asked(sim)) == set(names))
    times = Counter(asked(sim))
    assert sum(times.values()) <= len(names) + 1, "only what was not written is asked for again"
    wanted = plain_genres(sim, names)
    wait_until(lambda: shown_plainly(browser) == wanted)
