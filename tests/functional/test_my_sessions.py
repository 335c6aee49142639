"""/api/me/sessions: where somebody is logged in, and logging out there."""

from datetime import UTC, datetime, timedelta

from browser import Browser, bearer, client_of, cookies_of, query_of

LOGIN_AGAIN = {"detail": "Please login again."}


def sessions_of(browser: Browser) -> list[dict]:
    answer = browser.get("/api/me/sessions")
    assert answer.status_code == 200
    return answer.json()["sessions"]


def end(browser: Browser, id: str):
    return browser.client.delete(f"/api/me/sessions/{id}")


def test_lists_the_own_ones(fresh_server, alice, bob):
    with Browser(fresh_server) as laptop, Browser(fresh_server) as phone, Browser(fresh_server) as other:
        laptop.log_in(alice)
        other.log_in(bob)
        token = query_of(phone.walk(alice, mobile="true").location)["access_token"]
        found = sessions_of(laptop)
        assert [session["kind"] for session in found] == ["mobile", "web"], "newest first"
        assert [session["current"] for session in found] == [False, True]
        for session in found:
            moments = {
                name: datetime.fromisoformat(session[name].replace("Z", "+00:00"))
                for name in ("created_at", "expires_at", "last_used_at")
            }
            assert abs(moments["created_at"] - datetime.now(UTC)) < timedelta(minutes=5)
            assert moments["expires_at"] - moments["created_at"] == timedelta(days=30)
            assert moments["last_used_at"] == moments["created_at"]
            assert laptop.session not in str(session) and token not in str(session)
        with client_of(fresh_server, headers=bearer(token)) as app:
            seen = app.get("/api/me/sessions").json()["sessions"]
        assert [session["id"] for session in seen] == [session["id"] for session in found]
        assert [session["current"] for session in seen] == [True, False]


def test_ends_another_at_once(server, alice):
    with Browser(server) as laptop, Browser(server) as lost:
        user = laptop.log_in(alice)
        lost.log_in(alice)
        assert lost.dashboard(user).status_code == 200
        stolen = next(session["id"] for session in sessions_of(lost) if session["current"])
        answer = end(laptop, stolen)
        assert answer.status_code == 204 and "set-cookie" not in answer.headers
        assert lost.get("/api/me").status_code == 401
        assert lost.dashboard(user).status_code == 404
        assert laptop.get("/api/me").status_code == 200
        assert stolen not in [session["id"] for session in sessions_of(laptop)]
        assert end(laptop, stolen).status_code == 404


def test_ending_the_own_is_a_logout(server, alice):
    with Browser(server) as laptop:
        laptop.log_in(alice)
        own = next(session["id"] for session in sessions_of(laptop) if session["current"])
        answer = end(laptop, own)
        assert answer.status_code == 204
        assert cookies_of(answer)["access_token"]["max-age"] == "0"
        assert laptop.get("/api/me").status_code == 401


def test_of_nobody_else(server, anyone, alice, bob):
    with Browser(server) as owner, Browser(server) as other:
        owner.log_in(alice)
        other.log_in(bob)
        theirs = sessions_of(owner)[0]["id"]
        unknown = end(other, "0" * 16)
        foreign = end(other, theirs)
        assert (foreign.status_code, foreign.json()) == (unknown.status_code, unknown.json()) == (
            404,
            {"detail": "Session not found."},
        )
        assert owner.get("/api/me").status_code == 200
    for answer in (anyone.get("/api/me/sessions"), anyone.delete("/api/me/sessions/" + "0" * 16)):
        assert (answer.status_code, answer.json()) == (401, LOGIN_AGAIN)
