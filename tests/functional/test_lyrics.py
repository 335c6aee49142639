"""The words of songs: searching for them, and what is read on pages of every kind."""

import json

import pytest

from browser import client_of
from lyrics_walks import FORMS, NOT_FOUND, PROLIFIC, artist_named, check_analysis, lyrics_of, sections_of, words_of


# Shapes


def test_shapes(anyone, sim):
    song = sim.songs(kind="lyrics", track="true", limit=1)[0]
    artist = artist_named(anyone, song["artist"])
    assert set(artist) == {"id", "name", "image"} and artist["image"].startswith("https://")
    suggestions = anyone.get("/api/genius/autocomplete", params={"q": song["artist"]}).json()
    assert set(suggestions) == {"results"}
    assert all(set(each) == {"id", "name", "image_url"} for each in suggestions["results"])
    songs = anyone.get(f"/api/genius/artist-songs/{artist['id']}").json()
    assert set(songs) == {"songs", "cut_off"} and songs["songs"]
    assert all(set(each) == {"id", "title", "image", "album", "date"} for each in songs["songs"])
    lyrics = lyrics_of(anyone, song).json()
    assert set(lyrics) - {"synced"} == {"track_info", "lyrics", "emotion_analysis", "sections", "source"}
    about = lyrics["track_info"]
    assert set(about) == {"lyrics", "title", "artist", "url"}
    assert (about["title"], about["artist"]) == (song["title"], song["artist"])
    assert about["lyrics"] == lyrics["lyrics"] and about["url"].endswith("-lyrics")


def check_like(ours: list, recorded: list, where: str):
    """Every one of ours has the type of a recorded one, and all their members, in all depths."""
    kinds = [float if type(value) is int else type(value) for value in recorded]
    if not kinds:
        return
    for value in ours:
        assert isinstance(value, int) and float in kinds or type(value) in kinds, f"{where}: {value!r}"
    for name in {name for value in recorded if isinstance(value, dict) for name in value}:
        of_ours = [value for value in ours if isinstance(value, dict)]
        assert all(name in value for value in of_ours), f"{where}: no {name}"
        recorded_members = [value[name] for value in recorded if name in value]
        check_like([value[name] for value in of_ours], recorded_members, f"{where}.{name}")
    check_like(
        [each for value in ours if isinstance(value, list) for each in value],
        [each for value in recorded if isinstance(value, list) for each in value],
        where + "[]",
    )


def test_answers_are_like_the_recorded_ones(anyone, sim, shared):
    song = sim.songs(kind="lyrics", track="true", limit=1)[0]
    artist = artist_named(anyone, song["artist"])["id"]
    paths = {
        "genius_search": f"/api/genius/search-artist?q={song['artist']}",
        "genius_search_none": "/api/genius/search-artist?q=",
        "genius_search_422": "/api/genius/search-artist",
        "genius_auto": "/api/genius/autocomplete?q=a",
        "genius_songs": f"/api/genius/artist-songs/{artist}",
        "genius_songs_404": "/api/genius/artist-songs/1",
        "genius_songs_422": "/api/genius/artist-songs/abc",
        "genius_lyrics": f"/api/genius/lyrics/{song['genius_id']}",
        "genius_lyrics_404": "/api/genius/lyrics/1",
    }
    for name, path in paths.items():
        answer = anyone.get(path)
        status = (shared / "golden" / f"{name}.status").read_text().split()[1]
        assert str(answer.status_code) == status, name
        recorded = json.loads((shared / "golden" / f"{name}.body").read_text())
        check_like([answer.json()], [recorded], name)
        if status in ("404", "422"):
            assert answer.json() == recorded


@pytest.mark.parametrize("route", ["search-artist", "autocomplete"])
def test_a_search_needs_a_question(anyone, sim, route):
    missing = {"type": "missing", "loc": ["query", "q"], "msg": "Field required", "input": None}
    answer = anyone.get("/api/genius/" + route)
    assert (answer.status_code, answer.json()) == (422, {"detail": [missing]})
    for blank in ("", "   "):
        answer = anyone.get("/api/genius/" + route, params={"q": blank})
        assert answer.status_code == 200 and list(answer.json().values()) == [[]]
    assert sim.journal() == [], "nothing was asked for"


@pytest.mark.parametrize("route", ["artist-songs", "lyrics"])
@pytest.mark.parametrize("id", ["abc", "1.5", "99999999999999999999"])
def test_numbers_that_are_none(anyone, sim, route, id):
    answer = anyone.get(f"/api/genius/{route}/{id}")
    assert answer.status_code == 422 and answer.json()["detail"][0]["loc"][0] == "path"
    assert sim.journal() == []


# Searching


def test_an_unknown_artist_has_no_songs(anyone):
    for id in (1, 0, -5):
        answer = anyone.get(f"/api/genius/artist-songs/{id}")
        assert answer.status_code == 200 and answer.json()["songs"] == [] and not answer.json()["cut_off"]


def test_all_songs_of_an_artist_and_of_nobody_else(anyone, sim):
    name = sim.songs(track="false", kind="lyrics", limit=1)[0]["artist"]
    songs = anyone.get(f"/api/genius/artist-songs/{artist_named(anyone, name)['id']}").json()
    own = {song["genius_id"]: song for song in sim.songs(artist=name, limit=1000) if song["genius_id"]}
    wanted = {id: song["title"] for id, song in own.items()}
    assert {song["id"]: song["title"] for song in songs["songs"]} == wanted
    assert len(songs["songs"]) == len(wanted) > 30 and not songs["cut_off"], "each once"


def test_no_more_than_500_songs(anyone, sim):
    artist = artist_named(anyone, PROLIFIC)
    sim.forget_journal()
    answer = anyone.get(f"/api/genius/artist-songs/{artist['id']}")
    songs = answer.json()["songs"]
    assert len({song["id"] for song in songs}) == len(songs) == 500 and answer.json()["cut_off"]
    asked = len(sim.calls("/genius-api/artists/"))
    assert 10 <= asked <= 20
    again = anyone.get(f"/api/genius/artist-songs/{artist['id']}")
    assert again.content == answer.content and len(sim.calls("/genius-api/artists/")) == asked


def test_suggestions(fresh_server, sim):
    with client_of(fresh_server) as anyone:
        for q in ("a", "la", "e", "orkes", "the"):
            results = anyone.get("/api/genius/autocomplete", params={"q": q}).json()["results"]
            assert len(results) <= 8 and len({each["id"] for each in results}) == len(results)
        sim.forget_journal()
        answers = [
            anyone.get("/api/genius/autocomplete", params={"q": q}).content
            for q in ("Lentera Biru", "lentera biru", "  Lentera   BIRU ")
        ]
        assert len(set(answers)) == 1
        anyone.get("/api/genius/search-artist", params={"q": "lentera biru"})
        assert len(sim.calls("/genius-api/search")) == 1, "equal questions are asked once"


def test_accounts_that_sing_nothing_are_no_artists(anyone, sim):
    translation = sim.songs(kind="translation", limit=1)[0]
    for q in (translation["title"], translation["artist"]):
        found = anyone.get("/api/genius/search-artist", params={"q": q}).json()["artists"]
        assert translation["artist"] not in [artist["name"] for artist in found]


# What is on a page


def pages(sim) -> list[dict]:
    """A song of every form, and of every form one with a menu of translations and one that has moved."""
    found = []
    for form in FORMS:
        for more in ({}, {"translated": "true"}, {"renamed": "true"}):
            wanted = {"translated": "false", "renamed": "false"} | more
            try:
                found += sim.songs(kind="lyrics", form=form, limit=1, **wanted)
            except AssertionError:
                assert more, form
    assert {song["form"] for song in found} == set(FORMS)
    assert any(song["is_translated"] for song in found) and any(song["old_path"] for song in found)
    return found + sim.songs(kind="translation", limit=1)


@pytest.mark.timeout(120)
def test_every_page_is_read(model, anyone, sim):
    for song in pages(sim):
        text = sim.song(song["genius_id"])["page_text"]
        answer = lyrics_of(anyone, song).json()
        assert answer["source"] == "genius"
        assert answer["lyrics"] == words_of(text), song
        assert "[" not in answer["lyrics"]
        sections = [(section["heading"], section["text"]) for section in answer["sections"]]
        assert sections == sections_of(text), song
        assert any(heading for heading, _ in sections)
        check_analysis(answer)


@pytest.mark.parametrize(
    "kind, detail",
    [
        ("instrumental", "This song is an instrumental."),
        ("tagged_instrumental", "This song is an instrumental."),
        ("unreleased", "The lyrics of this song are not available yet."),
        ("list", "Lyrics not found!"),
    ],
)
def test_songs_without_words(anyone, sim, kind, detail):
    song = next(song for song in sim.songs(kind=kind) if song["lrclib"] in (None, "instrumental"))
    answer = lyrics_of(anyone, song, 404)
    assert answer.json() == {"detail": detail}
    sim.forget_journal()
    assert lyrics_of(anyone, song, 404).content == answer.content
    assert sim.journal() == [], "what is not there is remembered, too"


def test_songs_that_do_not_exist(anyone, sim):
    for id in (1, 0, -7, 2**63 - 1):
        answer = anyone.get(f"/api/genius/lyrics/{id}")
        assert (answer.status_code, answer.json()) == (404, NOT_FOUND), id


def test_other_letters(model, anyone, sim):
    def is_plain(song):
        return (song["artist"] + song["title"]).isascii()

    songs = [song for song in sim.songs(kind="lyrics", limit=10_000) if not is_plain(song)]
    assert songs, "all names are plain ASCII"
    by_language = {song["language"]: song for song in songs}
    for song in by_language.values():
        text = sim.song(song["genius_id"])["page_text"]
        answer = lyrics_of(anyone, song).json()
        about = answer["track_info"]
        assert (about["title"], about["artist"]) == (song["title"], song["artist"])
        assert answer["lyrics"] == words_of(text)
        assert artist_named(anyone, song["artist"])["name"] == song["artist"]
