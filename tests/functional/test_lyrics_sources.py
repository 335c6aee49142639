"""Where words come from: once for everybody, what is remembered, and what happens while a source is away."""

import re
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from browser import Browser, client_of
from lyrics_walks import NO_MODEL, artist_named, check_away, lyrics_of, opened_anew, words_of
from processes import Deadline


# Once


def test_a_second_request_asks_nobody(model, fresh_server, sim):
    song = sim.songs(kind="lyrics", track="true", limit=1)[0]
    with client_of(fresh_server) as anyone:
        first = lyrics_of(anyone, song)
        sim.forget_journal()
        assert lyrics_of(anyone, song).content == first.content
        assert sim.journal() == []


@pytest.mark.timeout(120)
def test_a_hundred_first_requests_are_one(model, fresh_server, sim):
    song = sim.songs(kind="lyrics", form="header_inside", renamed="false", limit=1)[0]
    url = f"{fresh_server.url}/api/genius/lyrics/{song['genius_id']}"
    sim.forget_journal()
    with ThreadPoolExecutor(100) as pool:
        answers = list(pool.map(lambda _: httpx.get(url, timeout=40, trust_env=False), range(100)))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    (page,) = sim.journal("genius_web")
    (about,) = sim.journal("genius_api")
    assert page["path"] == "/genius" + song["path"]
    assert about["path"] == f"/genius-api/songs/{song['genius_id']}"
    assert sim.journal("lrclib") == [], "chosen at Genius, found at Genius"


def test_what_was_found_survives_kill_9(model, make_server, sim, alice):
    song = sim.songs(kind="lyrics", lrclib="none", track="true", limit=1)[0]
    other = sim.songs(kind="none", lrclib="both", limit=1)[0]
    nothing = sim.songs(kind="instrumental", track="false", limit=1)[0]
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(alice)

        def ask() -> list[bytes]:
            return [
                lyrics_of(browser.client, song).content,
                browser.get("/api/lyrics", params={"track": other["track_id"]}).content,
                lyrics_of(browser.client, nothing, 404).content,
            ]

        before = ask()
        server.kill()
        browser.move_to(make_server.adopt(server.again()))
        sim.forget_journal()
        assert ask() == before
        for service in ("genius_api", "genius_web", "lrclib"):
            assert sim.journal(service) == [], service


# When Genius can't be asked

PAGE_FAULTS = {
    "status 403": {"status": 403},
    "status 429": {"status": 429, "retry_after": "none"},
    "status 429, Retry-After: 1": {"status": 429, "retry_after": "1"},
    "status 503": {"status": 503},
    "status 500": {"status": 500},
    "block page with 200": {"status": 200},
    "reset before the answer": {"reset": "before"},
    "reset amid the answer": {"reset": "amid"},
    "cut short": {"truncate": 300},
    "empty": {"empty_body": True},
    "another page": {"html_instead": True},
    "16 MiB": {"huge": 16},
    "gzip bomb": {"gzip_bomb": True},
}
CLOSING = ("status 403", "status 429", "status 503", "block page with 200")


@pytest.mark.parametrize("fault", PAGE_FAULTS)
def test_pages_that_cannot_be_had(make_server, sim, fault):
    known = sim.songs(kind="lyrics", lrclib="both", track="true", limit=1)[0]
    unknown = sim.songs(kind="lyrics", lrclib="none", track="true", renamed="false", limit=1)[0]
    server = make_server(**NO_MODEL)
    sim.fail({"route": "/genius/*"} | PAGE_FAULTS[fault])
    with client_of(server) as anyone:
        answer = lyrics_of(anyone, known).json()
        assert answer["source"] == "lrclib"
        assert answer["lyrics"] == sim.song(known["track_id"])["plain_lyrics"]
        assert (answer["track_info"]["title"], answer["track_info"]["artist"]) == (
            known["title"],
            known["artist"],
        )
        for _ in range(2):
            check_away(lyrics_of(anyone, unknown, 503))
        closed = anyone.get("/readyz")
        assert closed.status_code == 200 and closed.json()["status"] == "ready"
        if fault in CLOSING:
            assert len(sim.journal("genius_web")) == 1, "was asked although it is closed"
            assert re.fullmatch(r"closed for \d+ s", closed.json()["services"]["genius-pages"])
        assert closed.json()["services"]["lrclib"] == "ok"
    sim.heal()
    if "Retry-After" not in fault:
        server = opened_anew(make_server, server)
    with client_of(server) as anyone:
        deadline = Deadline(20)
        answer = anyone.get(f"/api/genius/lyrics/{unknown['genius_id']}")
        while answer.status_code == 503 and not deadline.passed:
            time.sleep(0.05)  # a second is what was asked for
            answer = anyone.get(f"/api/genius/lyrics/{unknown['genius_id']}")
        assert answer.status_code == 200, answer.text
        assert answer.json()["source"] == "genius"
        assert answer.json()["lyrics"] == words_of(sim.song(unknown["genius_id"])["page_text"])
        sim.forget_journal()
        assert lyrics_of(anyone, known).json()["source"] == "lrclib", "what was found is kept"
        assert sim.journal() == []


API_FAULTS = {
    "status 401": {"status": 401},
    "status 403": {"status": 403},
    "status 429": {"status": 429, "retry_after": "2"},
    "status 500": {"status": 500},
    "status 503": {"status": 503, "retry_after": "2"},
    "broken JSON": {"bad_json": True},
    "HTML instead": {"html_instead": True},
    "empty": {"empty_body": True},
    "cut short": {"truncate": 20},
    "reset": {"reset": "before"},
    "no response in it": {"omit": ["response"]},
    "of another type": {"wrong_type": ["response"]},
}


def genius_routes(artist: int, song: int) -> tuple[str, ...]:
    return (
        "/api/genius/search-artist?q=lentera",
        "/api/genius/autocomplete?q=biru",
        f"/api/genius/artist-songs/{artist}",
        f"/api/genius/lyrics/{song}",
    )


@pytest.mark.parametrize("fault", API_FAULTS)
def test_a_catalogue_that_cannot_be_asked(make_server, sim, anyone, fault):
    song = sim.songs(kind="lyrics", track="true", limit=1)[0]
    routes = genius_routes(artist_named(anyone, song["artist"])["id"], song["genius_id"])
    server = make_server(**NO_MODEL)
    sim.fail({"route": "/genius-api/*"} | API_FAULTS[fault])
    with client_of(server) as client:
        for route in routes:
            check_away(client.get(route))
    sim.heal()
    with client_of(opened_anew(make_server, server)) as client:
        for route in routes:
            answer = client.get(route)
            assert answer.status_code == 200 and next(iter(answer.json().values())), route


def test_without_a_token(make_server, sim, alice):
    track = sim.songs(kind="lyrics", lrclib="both", track="true", limit=1)[0]
    with Browser(make_server(GENIUS_ACCESS_TOKEN="", **NO_MODEL)) as browser:
        browser.log_in(alice)
        sim.forget_journal()
        for route in genius_routes(1, track["genius_id"]):
            check_away(browser.get(route))
        answer = browser.get("/api/lyrics", params={"track": track["track_id"]})
        assert answer.status_code == 200 and answer.json()["source"] == "lrclib"
        only_genius = sim.songs(kind="lyrics", lrclib="none", track="true", limit=1)[0]
        for _ in range(2):  # who is not connected is no source: LRCLIB's word counts, and is remembered
            answer = browser.get("/api/lyrics", params={"track": only_genius["track_id"]})
            assert (answer.status_code, answer.json()) == (404, {"detail": "Lyrics not found!"})
        assert sim.journal("genius_api") == sim.journal("genius_web") == []


def test_a_wrong_token(make_server):
    with client_of(make_server(GENIUS_ACCESS_TOKEN="wrong", **NO_MODEL)) as client:
        for route in genius_routes(1, 1):
            check_away(client.get(route))
        assert client.get("/readyz").json()["services"]["genius-api"].startswith("closed for ")
