"""Who may do what: forged proofs, ended sessions, and other people's ids on every route."""

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest

from browser import Browser, bearer, client_of, cookies_of

LOGIN_AGAIN = {"detail": "Please login again."}
NO_DATA = {"detail": "No data found. Please login again."}
NOT_AUTHENTICATED = {"error": "Not authenticated"}


def test_me(browser, sim, people, alice):
    user = browser.log_in(alice)
    me = browser.get("/api/me").json()
    assert me["spotify_id"] == user
    assert me["display_name"] == people[0]["display_name"]
    assert isinstance(me["image"], str)
    assert me["public"] in (None, False)
    assert me["reconnect_needed"] is False
    ends = datetime.fromisoformat(me["reauthorize_by"].replace("Z", "+00:00"))
    left = ends - datetime.now(UTC)
    assert timedelta(days=179) < left < timedelta(days=186), "six months from the consent"


def test_nobody(anyone):
    answer = anyone.get("/api/me")
    assert answer.status_code == 401 and answer.json() == NOT_AUTHENTICATED


def forgeries(user: str, sim) -> list[dict]:
    spotify_token = sim.calls("/v1/me")[0]["headers"]["authorization"].partition(" ")[2]
    return [
        {"Cookie": f"spotify_id={user}"},
        {"Cookie": f"spotify_id={user}; access_token=made-up"},
        {"Cookie": f"spotify_id={user}; access_token={'A' * 43}"},
        {"Cookie": f"access_token={user}"},
        {"Cookie": "access_token="},
        {"Cookie": "access_token=' OR 1=1 --"},
        {"Cookie": f"access_token={spotify_token}"},
        bearer(spotify_token),
        bearer("made-up"),
        bearer("A" * 4000),
        {"Authorization": "Bearer"},
        {"Authorization": "Basic " + "YWRtaW46YWRtaW4="},
    ]


def test_forged_proofs(browser, anyone, sim, alice):
    user = browser.log_in(alice)
    for headers in forgeries(user, sim):
        assert anyone.get("/api/me", headers=headers).json() == NOT_AUTHENTICATED, headers
        assert anyone.get(f"/api/dashboard/{quote(user, safe='')}", headers=headers).status_code == 404, (
            headers
        )
        for path in ("/sync/top-data", "/api/user-profile"):
            answer = anyone.get(path, headers=headers)
            assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN), (path, headers)
        answer = anyone.post("/auth/refresh", headers=headers, json={"spotify_id": user})
        assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN), headers
        assert anyone.put("/api/me/sharing", headers=headers, json={"public": True}).status_code == 401, (
            headers
        )


def test_a_forged_id_beside_a_real_session_changes_nothing(server, browser, alice, bob):
    user = browser.log_in(alice)
    with Browser(server) as other:
        victim = other.log_in(bob)
    with client_of(server) as client:
        headers = {"Cookie": f"spotify_id={victim}; access_token={browser.session}"}
        assert client.get("/api/me", headers=headers).json()["spotify_id"] == user
        assert client.get(f"/api/dashboard/{victim}", headers=headers).status_code == 404


def test_the_session_works_as_cookie_and_as_bearer(browser, anyone, alice):
    user = browser.log_in(alice)
    assert anyone.get("/api/me", headers=bearer(browser.session)).json()["spotify_id"] == user
    lower = {"Authorization": "bearer " + browser.session}
    assert anyone.get("/api/me", headers=lower).json()["spotify_id"] == user


def foreign_requests(user: str) -> list[tuple[str, str, dict]]:
    """Every route that takes an id, asked for that of `user`."""
    encoded = quote(user, safe="")
    by_query = {"params": {"spotify_id": user}}
    return [
        ("GET", f"/api/dashboard/{encoded}", {}),
        ("GET", f"/api/dashboard/{encoded}", {"params": {"time_range": "short_term"}}),
        ("HEAD", f"/api/dashboard/{encoded}", {}),
        ("GET", f"/api/profile/{encoded}", {}),
        ("GET", "/api/user-profile", by_query),
        ("GET", "/sync/top-data", by_query),
        ("GET", "/top-genres", {"params": {"spotify_id": user, "time_range": "short_term"}}),
        ("GET", "/top-data", {"params": {"spotify_id": user, "time_range": "short_term"}}),
        ("GET", "/history", by_query),
        ("POST", "/auth/refresh", {"json": {"spotify_id": user}}),
        ("POST", "/analyze-emotions-background", {"json": {"spotify_id": user}}),
    ]


def look_of(response) -> tuple:
    """All that a caller can see of an answer, but for what differs by nature."""
    headers = {
        name: value for name, value in response.headers.items() if name not in ("date", "x-request-id")
    }
    return response.status_code, headers, response.content


@pytest.mark.parametrize("logged_in", [False, True], ids=["nobody", "somebody"])
def test_another_user_looks_like_no_user(server, browser, sim, alice, bob, logged_in):
    with Browser(server) as other:
        victim = other.log_in(bob)
    if logged_in:
        browser.log_in(alice)
    unknown = "z" * len(victim)
    sim.forget_journal()
    for (method, path, arguments), (_, other_path, other_arguments) in zip(
        foreign_requests(victim), foreign_requests(unknown), strict=True
    ):
        seen = browser.client.request(method, path, **arguments)
        expected = browser.client.request(method, other_path, **other_arguments)
        assert look_of(seen) == look_of(expected), (method, path)
        assert "access_token" not in seen.headers.get("set-cookie", "")
    assert sim.journal() == [], "Spotify was asked on behalf of somebody else"


def test_what_another_users_id_is_answered(server, browser, alice, bob):
    with Browser(server) as other:
        victim = other.log_in(bob)
    browser.log_in(alice)
    expected = {
        f"/api/dashboard/{victim}": (404, NO_DATA),
        f"/sync/top-data?spotify_id={victim}": (404, NO_DATA),
        f"/api/user-profile?spotify_id={victim}": (404, NO_DATA),
        f"/api/profile/{victim}": (200, {"error": "No refresh token", "user": None, "image": None}),
        f"/top-genres?spotify_id={victim}&time_range=short_term": (
            200,
            {"error": "No cached data found for this user/time_range"},
        ),
        f"/top-data?spotify_id={victim}&time_range=short_term": (200, {"message": "No cached data found."}),
        f"/history?spotify_id={victim}": (200, []),
    }
    for path, answer in expected.items():
        response = browser.get(path)
        assert (response.status_code, response.json()) == answer, path


def test_without_a_session(anyone):
    for path in (
        "/sync/top-data",
        "/api/user-profile",
        "/sync/top-data?spotify_id=someone",
        "/api/user-profile?spotify_id=someone",
    ):
        response = anyone.get(path)
        assert (response.status_code, response.json()) == (401, LOGIN_AGAIN), path


def test_refresh_renews_the_session(browser, anyone, alice):
    user = browser.log_in(alice)
    for body in (None, {"spotify_id": user}):
        answer = browser.post("/auth/refresh", **({"json": body} if body else {}))
        assert answer.status_code == 200
        value = answer.json()
        assert set(value) == {"access_token", "expires_in"} and 86400 < value["expires_in"] <= 30 * 86400
        cookies = cookies_of(answer)
        assert (
            cookies["access_token"]["value"] == value["access_token"] and cookies["access_token"]["httponly"]
        )
        assert (
            cookies["spotify_id"]["value"] == quote(user, safe="") or cookies["spotify_id"]["value"] == user
        )
        assert answer.headers.get("cache-control") == "no-store"
        assert anyone.get("/api/me", headers=bearer(value["access_token"])).json()["spotify_id"] == user
        assert browser.get("/api/me").status_code == 200


def test_refresh_without_proof(anyone, browser, alice):
    user = browser.log_in(alice)
    for arguments in ({"json": {"spotify_id": user}}, {"json": {"spotify_id": "nobody"}}, {}):
        answer = anyone.post("/auth/refresh", **arguments)
        assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN)
        assert "set-cookie" not in answer.headers


def test_refresh_for_somebody_else(server, browser, alice, bob):
    browser.log_in(alice)
    with Browser(server) as other:
        victim = other.log_in(bob)
    for spotify_id in (victim, "nobody"):
        answer = browser.post("/auth/refresh", json={"spotify_id": spotify_id})
        assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_logout_ends_the_session_on_the_server(server, browser, anyone, alice, method):
    user = browser.log_in(alice)
    token = browser.session
    with Browser(server) as elsewhere:
        elsewhere.log_in(alice)
        answer = browser.client.request(method, "/logout")
        assert answer.status_code == 303 and answer.headers["location"] == "/?error=logged_out"
        gone = cookies_of(answer)
        for name in ("access_token", "spotify_id"):
            assert gone[name]["value"] == "" and gone[name]["max-age"] == "0" and gone[name]["path"] == "/"
        assert browser.get("/api/me").status_code == 401
        stolen = bearer(token)
        assert anyone.get("/api/me", headers=stolen).status_code == 401
        assert anyone.get(f"/api/dashboard/{user}", headers=stolen).status_code == 404
        assert anyone.post("/auth/refresh", headers=stolen, json={"spotify_id": user}).status_code == 401
        assert anyone.get("/sync/top-data", params={"access_token": token}).status_code == 401
        assert elsewhere.get("/api/me").status_code == 200, "the other browser's session stays"


def test_logout_without_a_session(anyone):
    for headers in ({}, {"Cookie": "access_token=made-up; spotify_id=someone"}):
        answer = anyone.get("/logout", headers=headers)
        assert answer.status_code == 303 and answer.headers["location"] == "/?error=logged_out"


def test_sessions_survive_a_restart_and_so_does_a_logout(make_server, alice):
    server = make_server()
    with Browser(server) as stays, Browser(server) as leaves:
        user = stays.log_in(alice)
        leaves.log_in(alice)
        ended = leaves.session
        leaves.get("/logout")
        server.check_stopped_well()
        stays.move_to(make_server.adopt(server.again()))
        assert stays.get("/api/me").json()["spotify_id"] == user
        assert stays.sync(limit=5).status_code == 200, "Spotify's tokens can still be unsealed"
        with client_of(stays.server) as client:
            assert client.get("/api/me", headers=bearer(ended)).status_code == 401


def test_nothing_secret_lies_in_the_data_folder(make_server, sim, people):
    """A copy of the folder's files gives no session and no Spotify token."""
    server = make_server(APP_SECRET="a-secret-of-at-least-thirty-two-bytes!")
    with Browser(server) as browser:
        browser.log_in(people[0]["id"])
        sim.expire(people[0]["id"])
        assert browser.sync().status_code == 200
        secrets = {browser.session}
    for entry in sim.journal():
        secrets.add(entry["headers"].get("authorization", "").partition(" ")[2])
        if "refresh_token=" in entry["body"]:
            secrets.add(entry["body"].partition("refresh_token=")[2].partition("&")[0])
    secrets.discard("")
    server.check_stopped_well()
    files = [path for path in server.folder.rglob("*") if path.is_file()]
    assert files
    for path in files:
        data = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in data, f"{path.name} holds a token in the clear"
        assert path.stat().st_mode & 0o077 == 0, f"{path.name} is readable by others"
