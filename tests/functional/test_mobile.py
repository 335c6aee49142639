"""The mobile app's login: no cookies, a deep link instead, with or without its own PKCE."""

import base64
import hashlib
import re

import pytest

from browser import Browser, bearer, client_of, cookies_of, query_of

VERIFIER = "pKce-verifier_for.tests~0123456789ABCDEFGHIJKLMNOPQ"
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()


def test_challenge_vector():
    assert CHALLENGE == "kIHAk5X3aW12e0ikHghcehJn-6OpfWWrEE5FFghjF6c"


def test_deep_link_carries_a_session(server, browser, anyone, alice):
    walk = browser.walk(alice, mobile="true")
    assert walk.location.startswith("personalify://callback?")
    query = query_of(walk.location)
    assert set(query) == {"spotify_id", "access_token"}
    assert not {"access_token", "spotify_id"} & set(cookies_of(walk.landing)), (
        "a mobile callback set a session cookie"
    )
    me = anyone.get("/api/me", headers=bearer(query["access_token"]))
    assert me.json()["spotify_id"] == query["spotify_id"]
    assert browser.get("/api/me").status_code == 401, "the browser the app opened is not logged in"
    shown = anyone.get(f"/api/dashboard/{query['spotify_id']}", headers=bearer(query["access_token"]))
    assert shown.status_code == 200


def test_old_app_passes_the_session_as_a_query_parameter(browser, anyone, alice):
    token = query_of(browser.walk(alice, mobile="true").location)["access_token"]
    assert anyone.get("/sync/top-data", params={"access_token": token, "limit": 5}).status_code == 200
    user = anyone.get("/api/me", headers=bearer(token)).json()["spotify_id"]
    for path in ("/api/me", f"/api/dashboard/{user}", "/api/user-profile"):
        assert anyone.get(path, params={"access_token": token}).status_code in (401, 404), (
            f"{path} took it too"
        )


@pytest.mark.parametrize("decision, error", [("deny", "access_denied")])
def test_refusal_goes_to_the_app(browser, alice, decision, error):
    assert (
        browser.walk(alice, decision=decision, mobile="true").location
        == f"personalify://callback?error={error}"
    )


def test_token_error_goes_to_the_app(browser):
    state = query_of(browser.start_login(mobile="true").headers["location"])["state"]
    response = browser.get("/callback", params={"code": "made-up", "state": state})
    assert response.headers["location"] == "personalify://callback?error=token_error"


def test_a_stolen_callback_gives_no_session(server, browser, alice):
    from browser import consent

    callback = consent(browser.start_login(mobile="true").headers["location"], alice)
    with Browser(server) as thief:
        location = thief.come_back(callback).headers["location"]
        assert "error=state_error" in location and "access_token" not in location


def test_code_is_exchanged_for_a_session(server, browser, anyone, alice):
    walk = browser.walk(alice, mobile="true", code_challenge=CHALLENGE)
    query = query_of(walk.location)
    assert walk.location.startswith("personalify://callback?") and set(query) == {"spotify_id", "code"}
    assert query_of(walk.authorize_url)["code_challenge"] != CHALLENGE, (
        "Spotify gets the server's own challenge"
    )
    answer = anyone.post("/auth/token", json={"code": query["code"], "code_verifier": VERIFIER})
    assert answer.status_code == 200
    token = answer.json()
    assert token["spotify_id"] == query["spotify_id"] and token["expires_in"] > 0
    assert len(token["access_token"]) >= 43
    assert answer.headers.get("cache-control") == "no-store"
    assert "access_token" not in cookies_of(answer)
    assert anyone.get("/api/me", headers=bearer(token["access_token"])).status_code == 200
    again = anyone.post("/auth/token", json={"code": query["code"], "code_verifier": VERIFIER})
    assert again.status_code == 400 and isinstance(again.json()["detail"], str)


def test_wrong_verifier_or_code(browser, anyone, alice):
    code = query_of(browser.walk(alice, mobile="true", code_challenge=CHALLENGE).location)["code"]
    for body in (
        {"code": code, "code_verifier": VERIFIER[:-1] + "x"},
        {"code": "made-up", "code_verifier": VERIFIER},
    ):
        answer = anyone.post("/auth/token", json=body)
        assert answer.status_code == 400 and isinstance(answer.json()["detail"], str)
    spent = anyone.post("/auth/token", json={"code": code, "code_verifier": VERIFIER})
    assert spent.status_code == 400, "one guess is all there is"


def test_refresh_with_bearer(browser, anyone, alice):
    query = query_of(browser.walk(alice, mobile="true").location)
    answer = anyone.post(
        "/auth/refresh", headers=bearer(query["access_token"]), json={"spotify_id": query["spotify_id"]}
    )
    assert answer.status_code == 200
    assert set(answer.json()) == {"access_token", "expires_in"}
    assert anyone.get("/api/me", headers=bearer(answer.json()["access_token"])).status_code == 200


def test_logout_with_bearer(browser, anyone, alice):
    token = query_of(browser.walk(alice, mobile="true").location)["access_token"]
    assert anyone.post("/logout", headers=bearer(token)).status_code == 303
    assert anyone.get("/api/me", headers=bearer(token)).status_code == 401


@pytest.mark.parametrize("value", ["1", "true", "True"])
def test_spellings_of_true(server, browser, alice, value):
    assert browser.walk(alice, mobile=value).location.startswith("personalify://callback?spotify_id=")


def test_mobile_does_not_follow_a_configured_frontend(make_server, alice):
    with Browser(make_server(FRONTEND_URL="http://127.0.0.1:3100")) as browser:
        assert re.match(r"personalify://callback\?", browser.walk(alice, mobile="true").location)


def test_a_session_survives_a_restart(make_server, alice):
    server = make_server()
    with Browser(server) as browser:
        token = query_of(browser.walk(alice, mobile="true").location)["access_token"]
    server.check_stopped_well()
    with client_of(make_server.adopt(server.again())) as client:
        assert client.get("/api/me", headers=bearer(token)).status_code == 200
