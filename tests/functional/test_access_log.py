"""What the server writes while people use it: enough to operate it, nothing about who they are."""

import json
from urllib.parse import quote

import pytest

from browser import Browser, bearer, client_of, query_of


@pytest.fixture
def walked(make_server, sim, people):
    """The output of a server after whole login walks, and all that may not be in it."""
    server = make_server(ACCESS_LOG="on", APP_SECRET="a-secret-of-at-least-thirty-two-bytes!")
    person = max(people, key=lambda listener: len(listener["id"]))
    listener = person["id"]
    secrets = {
        "demo-secret",
        "a-secret-of-at-least-thirty-two-bytes!",
        "asking@example.org",
        "Asking Person",
        person["display_name"],
        person.get("account_id"),
    }
    with Browser(server) as browser, client_of(server) as nobody:
        walk = browser.walk(listener)
        secrets |= set(query_of(walk.callback_url).values()) | {
            query_of(walk.authorize_url)["code_challenge"]
        }
        secrets |= set(browser.client.cookies.values())
        user = browser.get("/api/me").json()["spotify_id"]
        profile = browser.get("/api/user-profile").json()
        secrets |= {user, quote(user, safe=""), profile["email"], profile["display_name"]}
        browser.dashboard(user, time_range="short_term")
        browser.get(f"/api/profile/{user}")
        browser.get("/history", params={"spotify_id": user})
        browser.get("/top-data", params={"spotify_id": user, "time_range": "short_term"})
        browser.post("/auth/refresh", json={"spotify_id": user})
        secrets |= set(browser.client.cookies.values())
        sim.expire(listener)
        browser.sync(limit=3)
        mobile = browser.walk(listener, mobile="true")
        token = query_of(mobile.location)["access_token"]
        secrets |= {token} | set(query_of(mobile.callback_url).values())
        nobody.get("/sync/top-data", params={"access_token": token})
        nobody.get("/api/me", headers=bearer(token))
        nobody.post("/request-access", json={"name": "Asking Person", "email": "asking@example.org"})
        nobody.get(f"/nothing/{user}?secret=hunter2hunter2")
        nobody.get("/api/dashboard/some-guessed-id")
        secrets |= {"hunter2hunter2", "some-guessed-id"}
        # trouble is logged too, and just as carefully
        sim.fail({"route": "/v1/me/top/*", "times": None, "status": 500, "body": "trouble"})
        browser.sync(limit=3)
        sim.heal()
        sim.revoke(listener)
        sim.expire(listener)
        browser.sync(limit=3)
        browser.come_back(walk.callback_url)
        browser.get("/logout")
    for entry in sim.journal():
        secrets.add(entry["headers"].get("authorization", "").rpartition(" ")[2])
        if entry["path"] == "/api/token":
            form = query_of("?" + entry["body"])
            secrets |= {form[name] for name in ("code", "code_verifier", "refresh_token") if name in form}
    server.check_stopped_well()
    return server.output(), {secret for secret in secrets if secret and len(secret) > 3}


def test_one_json_line_per_request_with_the_route(walked):
    output, _ = walked
    lines = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    assert len(lines) >= 15
    for template in (
        "/login",
        "/callback",
        "/api/me",
        "/api/dashboard/{",
        "/api/profile/{",
        "/history",
        "/sync/top-data",
        "/auth/refresh",
        "/request-access",
        "/logout",
    ):
        assert any(
            any(isinstance(value, str) and value.startswith(template) for value in line.values())
            for line in lines
        ), f"no line for {template}"
    requests = [line for line in lines if "route" in line]
    assert len(requests) >= 15
    for line in requests:
        assert isinstance(line["status"], int) and isinstance(line["method"], str)
        assert "?" not in json.dumps(line)


def test_nothing_personal_or_secret_in_any_line(walked):
    output, secrets = walked
    assert len(secrets) > 15
    for line in output.splitlines():
        for secret in secrets:
            assert secret not in line, f"{secret!r} in: {line}"


def test_no_access_log_when_switched_off(make_server):
    server = make_server(ACCESS_LOG="off")
    with client_of(server) as client:
        client.get("/healthz")
    server.check_stopped_well()
    assert "/healthz" not in server.output()
