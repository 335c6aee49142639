"""The web login: the way to Spotify, the way back, and everything that can be wrong with the way back."""

import re
from urllib.parse import quote, urlsplit

import httpx
import pytest

from browser import Browser, client_of, consent, cookies_of, query_of

SCOPES = {
    "user-top-read",
    "user-read-recently-played",
    "user-read-private",
    "user-read-email",
    "user-read-currently-playing",
    "user-read-playback-state",
}


def test_login_sends_the_browser_to_spotify(server, sim, browser):
    response = browser.start_login()
    url = response.headers["location"]
    assert url.startswith(sim.url + "/authorize?")
    query = query_of(url)
    assert query["response_type"] == "code"
    assert query["client_id"] == "demo-client"
    assert set(query["scope"].split()) == SCOPES
    assert query["redirect_uri"] == server.url + "/callback"
    assert query["code_challenge_method"] == "S256"
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", query["code_challenge"])
    assert len(query["state"]) >= 22
    assert "secret" not in url


def test_state_is_random_and_bound_by_a_short_lived_cookie(browser):
    first, second = browser.start_login(), browser.start_login()
    states = {query_of(response.headers["location"])["state"] for response in (first, second)}
    challenges = {query_of(response.headers["location"])["code_challenge"] for response in (first, second)}
    assert len(states) == len(challenges) == 2
    ((name, cookie),) = cookies_of(first).items()
    assert name.startswith("login_")
    assert cookie["httponly"] and cookie["samesite"].lower() == "lax"
    assert 0 < int(cookie["max-age"]) <= 600
    assert "secure" not in cookie  # plain http on loopback


def test_login_cookie_is_secure_behind_a_trusted_https_proxy(make_server):
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "198.51.100.7"}
    for trusted, expected in (({"TRUSTED_PROXIES": "127.0.0.1"}, True), ({}, False)):
        with client_of(make_server(**trusted)) as client:
            ((_, cookie),) = cookies_of(client.get("/login", headers=forwarded)).items()
            assert bool(cookie.get("secure")) is expected


def test_a_complete_login(server, sim, browser, alice):
    walk = browser.walk(alice)
    user = browser.get("/api/me").json()["spotify_id"]
    assert walk.location == f"/dashboard/{quote(user, safe='')}?time_range=short_term"
    set_now = cookies_of(walk.landing)
    session, identity = set_now["access_token"], set_now["spotify_id"]
    for cookie in (session, identity):
        assert cookie["httponly"] and cookie["samesite"].lower() == "lax" and cookie["path"] == "/"
        assert int(cookie["max-age"]) > 86400
    assert len(session["value"]) >= 43  # 256 random bits
    assert any(
        name.startswith("login_") and morsel["value"] == "" or morsel.get("max-age") == "0"
        for name, morsel in set_now.items()
    ), "the state cookie is not taken back"
    for time_range in ("short_term", "medium_term", "long_term"):
        asked = [entry for entry in sim.calls("/v1/me/top/") if f"time_range={time_range}" in entry["query"]]
        assert sorted(entry["path"] for entry in asked) == ["/v1/me/top/artists", "/v1/me/top/tracks"]
        assert all("limit=20" in entry["query"] for entry in asked)
    sim.forget_journal()
    for time_range in ("short_term", "medium_term", "long_term"):
        assert browser.dashboard(user, time_range=time_range).status_code == 200
    assert sim.calls("/v1/me/top/") == [], "the login had synced all ranges already"


def test_the_code_is_exchanged_with_pkce_and_credentials(sim, browser, alice):
    browser.log_in(alice)
    (exchange,) = sim.calls("/api/token")
    form = query_of("?" + exchange["body"])
    assert form["grant_type"] == "authorization_code"
    assert 43 <= len(form["code_verifier"]) <= 128
    assert exchange["headers"]["content-type"].startswith("application/x-www-form-urlencoded")
    assert (
        exchange["headers"].get("authorization", "").startswith("Basic ")
        or form["client_secret"] == "demo-secret"
    )
    assert exchange["status"] == 200


def test_spotify_tokens_stay_on_the_server(sim, browser, alice):
    walk = browser.walk(alice)
    spotify_tokens = {entry["headers"]["authorization"].partition(" ")[2] for entry in sim.calls("/v1/me")}
    assert spotify_tokens
    seen = str(walk.landing.headers) + walk.landing.text + browser.get("/api/me").text
    assert not any(token in seen for token in spotify_tokens)


def test_two_tabs_log_in_side_by_side(browser, alice):
    first, second = browser.start_login(), browser.start_login()
    for response in (second, first):
        landing = browser.come_back(consent(response.headers["location"], alice))
        assert query_of(landing.headers["location"]).get("error") is None


def test_refusal(sim, browser, alice):
    walk = browser.walk(alice, decision="deny")
    assert walk.location == "/?error=access_denied"
    assert "access_token" not in cookies_of(walk.landing)
    assert sim.calls("/api/token") == []
    assert browser.get("/api/me").status_code == 401


@pytest.mark.parametrize(
    "error", ["temporarily_unavailable", "<script>alert(1)</script>", "x\r\nSet-Cookie: a=b", ""]
)
def test_any_other_error_from_spotify_is_one_of_ours(browser, error):
    state = query_of(browser.start_login().headers["location"])["state"]
    response = browser.get("/callback", params={"error": error, "state": state})
    if error == "":
        assert response.status_code in (303, 422)
        return
    assert response.status_code == 303
    assert re.fullmatch(
        r"/\?error=(access_denied|token_error|server_error|state_error)", response.headers["location"]
    )


def test_state_missing_wrong_or_foreign(server, sim, browser, alice):
    callback = consent(browser.start_login().headers["location"], alice)
    code, state = query_of(callback)["code"], query_of(callback)["state"]
    with Browser(server) as stranger:
        stranger.start_login()  # has a login of its own under way
        foreign = stranger.come_back(callback)
        assert foreign.headers["location"] == "/?error=state_error"
        assert "access_token" not in cookies_of(foreign)
        assert stranger.get("/api/me").status_code == 401
    for parameters in (
        {"code": code},
        {"code": code, "state": "made-up"},
        {"code": code, "state": ""},
        {"code": code, "state": state[:-1]},
        {"code": code, "state": "x" * 5000},
    ):
        response = browser.get("/callback", params=parameters)
        assert response.status_code == 303 and response.headers["location"] == "/?error=state_error"
    assert sim.calls("/api/token") == [], "a code was spent without a good state"


def test_state_works_once(sim, browser, alice):
    walk = browser.walk(alice)
    assert walk.error is None
    again = browser.come_back(walk.callback_url)
    assert again.headers["location"] == "/?error=state_error"
    assert len(sim.calls("/api/token")) == 1
    assert browser.get("/api/me").status_code == 200, "the session that was there stays"


def test_a_code_that_spotify_does_not_know(browser):
    state = query_of(browser.start_login().headers["location"])["state"]
    response = browser.get("/callback", params={"code": "made-up", "state": state})
    assert response.status_code == 303 and response.headers["location"] == "/?error=token_error"


def test_neither_code_nor_error(browser):
    response = browser.get("/callback")
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["query", "code"]


def test_landing_on_a_path_of_the_frontend(browser, alice):
    walk = browser.walk(alice, redirect="/history?from=login")
    assert walk.location == "/history?from=login"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/\t/evil.example",
        "/a\r\nX-Evil: 1",
    ],
)
def test_landing_anywhere_else_is_refused(browser, target):
    response = browser.get("/login", params={"redirect": target})
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["query", "redirect"]


def test_frontend_url_makes_locations_absolute(make_server, alice):
    with Browser(make_server(FRONTEND_URL="http://127.0.0.1:3100")) as browser:
        denied = browser.walk(alice, decision="deny")
        assert denied.location == "http://127.0.0.1:3100/?error=access_denied"
        walk = browser.walk(alice)
        assert re.fullmatch(
            r"http://127\.0\.0\.1:3100/dashboard/[^/?]+\?time_range=short_term", walk.location
        )
        assert browser.walk(alice, redirect="/there").location == "http://127.0.0.1:3100/there"
        assert browser.get("/logout").headers["location"] == "http://127.0.0.1:3100/?error=logged_out"


def test_redirect_uri_on_port_3000_names_the_frontend(make_server, alice):
    with Browser(make_server(SPOTIFY_REDIRECT_URI="http://127.0.0.1:3000/callback")) as browser:
        walk = browser.walk(alice)
        assert query_of(walk.authorize_url)["redirect_uri"] == "http://127.0.0.1:3000/callback"
        assert walk.location.startswith("http://127.0.0.1:3000/dashboard/")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example"])
def test_redirect_uri_never_comes_from_a_foreign_host_header(anyone, host):
    response = anyone.get("/login", headers={"Host": host})
    assert "evil.example" not in query_of(response.headers.get("location", "")).get("redirect_uri", "")
    assert "evil.example" not in response.headers.get("location", "")


def test_the_simulator_refuses_what_spotify_refuses(sim, server, browser):
    good = browser.start_login().headers["location"]
    for bad in (good.replace("demo-client", "someone"), good.replace("127.0.0.1%3A", "localhost%3A")):
        assert bad != good
        page = httpx.get(bad, trust_env=False)
        assert page.status_code == 400 and "INVALID_CLIENT" in page.text


def test_a_second_login_is_the_same_user(server, browser, alice):
    first = browser.log_in(alice)
    with Browser(server) as elsewhere:
        assert elsewhere.log_in(alice) == first
        assert elsewhere.session != browser.session
    assert browser.get("/api/me").json()["spotify_id"] == first


def test_different_listeners_are_different_users(server, browser, alice, bob):
    with Browser(server) as other:
        assert browser.log_in(alice) != other.log_in(bob)


def test_errors_on_the_way_back_leak_nothing(browser, alice):
    walk = browser.walk(alice)
    code = query_of(walk.callback_url)["code"]
    assert code not in walk.location
    assert urlsplit(walk.location).netloc == ""
