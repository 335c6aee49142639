"""GET /api/profile/{id} and GET /api/user-profile, also for people whom Spotify knows little about."""

from urllib.parse import quote

import pytest

from browser import Browser, client_of, cookies_of
from foreign_spotify import DEFAULT_PROFILE, ForeignSpotify

UNKNOWN = {"error": "No refresh token", "user": None, "image": None}


def test_profile(browser, sim, people, alice):
    user = browser.log_in(alice)
    answer = browser.get(f"/api/profile/{user}")
    assert answer.status_code == 200
    assert answer.json() == {
        "user": people[0]["display_name"],
        "image": browser.get("/api/me").json()["image"],
        "spotify_id": user,
    }
    sim.forget_journal()
    assert browser.get(f"/api/profile/{user}").json() == answer.json()
    assert sim.journal() == [], "cached"


def test_profile_of_nobody(browser, anyone, alice):
    user = browser.log_in(alice)
    for client, asked in ((browser.client, "nobody"), (anyone, "nobody"), (anyone, user)):
        answer = client.get(f"/api/profile/{asked}")
        assert (answer.status_code, answer.json()) == (200, UNKNOWN)


def test_user_profile(browser, people, alice):
    user = browser.log_in(alice)
    for parameters in ({}, {"spotify_id": user}):
        value = browser.get("/api/user-profile", params=parameters).json()
        assert set(value) == {"display_name", "id", "followers", "country", "product", "image_url", "email"}
        assert value["id"] == user and value["display_name"] == people[0]["display_name"]
        assert isinstance(value["followers"], int) and len(value["country"]) == 2
        assert value["product"] in ("premium", "free", "open") and "@" in value["email"]


def log_in(make_server, spotify: ForeignSpotify) -> Browser:
    return Browser(make_server(accounts_url=spotify.accounts_url, api_url=spotify.api_url))


def test_hardly_anything_known(make_server):
    """Development mode and a listener without name, portrait or account id."""
    profile = {"id": "quiet", "display_name": None, "images": [], "type": "user"}
    with ForeignSpotify(profile=profile) as spotify, log_in(make_server, spotify) as browser:
        assert browser.log_in() == "quiet"
        me = browser.get("/api/me").json()
        assert me["display_name"] == "quiet" and me["image"] == ""
        assert browser.get("/api/profile/quiet").json() == {
            "user": "quiet",
            "image": "",
            "spotify_id": "quiet",
        }
        value = browser.get("/api/user-profile").json()
        assert {name for name, member in value.items() if member is None} >= {
            "followers",
            "country",
            "product",
            "email",
        }
        data = browser.dashboard("quiet").json()
        assert data["artists"] == data["tracks"] == data["genres"] == [] and data["genre_artists_map"] == {}


@pytest.mark.parametrize("user", ["rani/senja é?&#%41", "a b+c", "..", "ünïcödé-ユーザー", "31\"quoted'<b>"])
def test_ids_of_any_characters(make_server, user):
    profile = DEFAULT_PROFILE | {"id": user, "account_id": "AnyCharacters"}
    with ForeignSpotify(profile=profile) as spotify, log_in(make_server, spotify) as browser:
        walk = browser.walk()
        assert (
            walk.location == f"/dashboard/{quote(user, safe='')}?time_range=short_term"
            or walk.location.lower() == f"/dashboard/{quote(user, safe='')}?time_range=short_term".lower()
        )
        assert "access_token" in cookies_of(walk.landing)
        assert browser.get("/api/me").json()["spotify_id"] == user
        if user != "..":  # clients resolve dot segments away, whatever the encoding
            assert browser.dashboard(user).status_code == 200
            assert browser.get(f"/api/profile/{quote(user, safe='')}").json()["spotify_id"] == user
        assert browser.get("/history", params={"spotify_id": user}).status_code == 200
        assert browser.sync(spotify_id=user).status_code == 200


def test_a_changed_id_is_the_same_person(make_server):
    """Spotify's account_id links a user whose id was changed; data and sessions follow."""
    with ForeignSpotify(profile=DEFAULT_PROFILE | {"id": "old.name"}) as spotify:
        server = make_server(accounts_url=spotify.accounts_url, api_url=spotify.api_url)
        with Browser(server) as first, Browser(server) as second, client_of(server) as nobody:
            assert first.log_in() == "old.name"
            first.put("/api/me/sharing", json={"public": True})
            spotify.profile = DEFAULT_PROFILE | {"id": "new.name"}
            assert second.log_in() == "new.name"
            assert first.get("/api/me").json()["spotify_id"] == "new.name"
            assert second.get("/api/me").json()["public"] is True
            assert nobody.get("/api/dashboard/old.name").status_code == 404
            assert len(second.get("/history", params={"spotify_id": "new.name"}).json()) >= 4
