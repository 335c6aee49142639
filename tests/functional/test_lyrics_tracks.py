"""The words of what a listener plays."""

import pytest

from browser import Browser
from lyrics_walks import NOT_FOUND, NO_MODEL, check_analysis, check_away, opened_anew, words_of


@pytest.fixture
def listener(browser, alice):
    browser.user = browser.log_in(alice)
    return browser


# The words of what is played


def track_lyrics(browser: Browser, id: str, status: int = 200) -> dict:
    answer = browser.get("/api/lyrics", params={"track": id})
    assert answer.status_code == status, answer.text[:300]
    return answer.json()


def test_needs_a_session(anyone, sim):
    for id in (sim.songs(track="true", limit=1)[0]["track_id"], "nobodys"):
        answer = anyone.get("/api/lyrics", params={"track": id})
        assert (answer.status_code, answer.json()) == (401, {"detail": "Please login again."})
    assert sim.journal() == []


def test_tracks_that_are_none(listener, sim):
    sim.forget_journal()
    for id in ("not an id", "", "%", "spotify:track:abc", "a" * 65, "ünïcode"):
        assert isinstance(track_lyrics(listener, id, 400)["detail"], str)
    assert listener.get("/api/lyrics").status_code == 422
    assert sim.journal() == []
    track_lyrics(listener, "0000000000000000000000", 404)


def test_a_top_track(model, listener, sim):
    tracks = listener.dashboard(listener.user, time_range="short_term").json()["tracks"]
    track, song = next(
        (track, song)
        for track in tracks
        if (song := sim.song(track["id"]))["lrclib"] == "both" and song["duration_ms"]
    )
    sim.forget_journal()
    answer = track_lyrics(listener, track["id"])
    assert sim.journal("spotify") == [], "it is stored"
    assert answer["track"] == {"id": track["id"], "title": track["name"], "artists": track["artists"]}
    assert (answer["state"], answer["source"], answer["url"]) == ("found", "lrclib", "")
    assert answer["lyrics"] == song["plain_lyrics"]
    assert [line["text"] for line in answer["synced"] if line["text"]] == [
        line for line in song["plain_lyrics"].split("\n") if line
    ]
    times = [line["at_ms"] for line in answer["synced"]]
    assert times == sorted(times) and 0 <= times[0] and times[-1] <= song["duration_ms"] + 10_000
    check_analysis(answer)
    assert track_lyrics(listener, track["id"]) == answer


def test_a_track_that_only_spotify_knows(model, listener, sim):
    mine = {
        track["id"]
        for time_range in ("short_term", "medium_term", "long_term")
        for track in listener.dashboard(listener.user, time_range=time_range).json()["tracks"]
    }
    others = [song for song in sim.songs(lrclib="plain", track="true") if song["track_id"] not in mine]
    song = others[0]
    sim.forget_journal()
    answer = track_lyrics(listener, song["track_id"])
    assert [entry["path"] for entry in sim.journal("spotify")] == ["/v1/tracks/" + song["track_id"]]
    assert answer["track"]["title"] == song["title"] and answer["track"]["artists"][0] == song["artist"]
    assert answer["lyrics"] == sim.song(song["track_id"])["plain_lyrics"]
    assert "synced" not in answer
    check_analysis(answer)
    sim.fail({"route": "/v1/tracks/*", "status": 500})
    answer = listener.get("/api/lyrics", params={"track": others[1]["track_id"]})
    check_away(answer)
    sim.heal()
    track_lyrics(listener, others[1]["track_id"])


def test_who_knows_a_track(listener, sim):
    only_genius = sim.songs(kind="lyrics", lrclib="none", track="true", limit=1)[0]
    answer = track_lyrics(listener, only_genius["track_id"])
    assert (answer["state"], answer["source"]) == ("found", "genius")
    assert answer["url"] .endswith("/genius" + only_genius["path"])
    assert answer["lyrics"] == words_of(sim.song(only_genius["track_id"])["page_text"])
    only_lrclib = sim.songs(kind="none", lrclib="synced", limit=1)[0]
    answer = track_lyrics(listener, only_lrclib["track_id"])
    assert (answer["state"], answer["source"]) == ("found", "lrclib") and answer["synced"]
    instrumental = sim.songs(lrclib="instrumental", limit=1)[0]
    answer = track_lyrics(listener, instrumental["track_id"])
    assert answer["state"] == "instrumental"
    assert answer["lyrics"] == "" and answer["sections"] == [] and "synced" not in answer
    assert answer["emotion_analysis"]["emotions"] == []
    unreleased = sim.songs(kind="unreleased", lrclib="none", track="true", limit=1)[0]
    assert track_lyrics(listener, unreleased["track_id"])["state"] == "unreleased"
    nowhere = sim.songs(kind="none", lrclib="none", limit=1)[0]
    assert track_lyrics(listener, nowhere["track_id"], 404) == NOT_FOUND


@pytest.mark.parametrize("fault", [{"status": 403}, {"status": 429, "retry_after": "1"}, {"reset": "before"}])
def test_a_track_while_lrclib_is_away(make_server, sim, alice, fault):
    only_lrclib = sim.songs(kind="none", lrclib="both", limit=1)[0]
    at_both = sim.songs(kind="lyrics", lrclib="both", track="true", limit=1)[0]
    server = make_server(**NO_MODEL)
    with Browser(server) as browser:
        browser.log_in(alice)
        sim.fail({"route": "/lrclib/*"} | fault)
        assert track_lyrics(browser, at_both["track_id"])["source"] == "genius"
        check_away(browser.get("/api/lyrics", params={"track": only_lrclib["track_id"]}))
        sim.heal()
        browser.move_to(opened_anew(make_server, server))
        answer = track_lyrics(browser, only_lrclib["track_id"])
        assert (answer["state"], answer["source"]) == ("found", "lrclib"), "nothing was remembered as missing"
