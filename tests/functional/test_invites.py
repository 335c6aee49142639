"""Who asked, what the administrator makes of it, and ACCESS=invite: who may come in."""

from urllib.parse import urlsplit

import pytest

from browser import Browser, client_of, query_of
from telegram_walks import ADMIN, ADMIN_TOKEN, ask, decide, requests_of

SETTINGS = {"ADMIN_TOKEN": ADMIN_TOKEN}
INVITE = SETTINGS | {"ACCESS": "invite"}


@pytest.fixture
def invite_only(make_server):
    return make_server(**INVITE)


@pytest.fixture
def client(invite_only):
    with client_of(invite_only) as client:
        yield client


def code_for(client, email="rani@example.org") -> str:
    ask(client, email=email)
    request = next(r for r in requests_of(client) if r["email"] == email)
    answer = decide(client, request["id"], "approve")
    assert answer.status_code == 200, answer.text
    link = urlsplit(answer.json()["link"])
    assert link.path == "/login"
    return query_of(answer.json()["link"])["invite"]


def test_only_administrators_see_who_asked(client):
    ask(client)
    for headers in ({}, {"Authorization": "Bearer wrong-token-wrong-token"}):
        assert client.get("/admin/access-requests", headers=headers).status_code == 401
        answer = client.post("/admin/access-requests/1", json={"decision": "approve"}, headers=headers)
        assert answer.status_code == 401
        assert "rani" not in answer.text
    (request,) = requests_of(client)
    assert request["name"] == "Rani Senja"
    assert request["email"] == "rani@example.org"
    assert request["state"] == "open"


def test_requests_come_in_pages_newest_first(client):
    for number in range(5):
        ask(client, email=f"p{number}@example.org")
    page = client.get("/admin/access-requests", params={"limit": 2}, headers=ADMIN).json()
    assert [r["email"] for r in page["requests"]] == ["p4@example.org", "p3@example.org"]
    page = client.get(
        "/admin/access-requests", params={"limit": 3, "before": page["next_before"]}, headers=ADMIN
    ).json()
    assert [r["email"] for r in page["requests"]] == ["p2@example.org", "p1@example.org", "p0@example.org"]
    assert page["next_before"] is None
    decide(client, page["requests"][0]["id"], "decline")
    assert [r["email"] for r in requests_of(client, state="declined")] == ["p2@example.org"]
    assert len(requests_of(client, state="open")) == 4
    assert client.get("/admin/access-requests?state=odd", headers=ADMIN).status_code == 422


def test_decisions_that_cannot_be(client):
    assert decide(client, 999, "approve").status_code == 404
    ask(client)
    id = requests_of(client)[0]["id"]
    assert decide(client, id, "perhaps").status_code == 422


def test_a_newcomer_without_an_invitation_is_turned_away(invite_only, client, people):
    with Browser(invite_only) as browser:
        assert browser.walk(people[0]["id"]).error == "access_required"
        assert browser.get("/api/me").status_code == 401
        landing = browser.walk(people[0]["id"], mobile="true").location
        assert landing == "personalify://callback?error=access_required"
        assert browser.walk(people[0]["id"], invite="x" * 43).error == "access_required"


def test_an_invitation_lets_one_person_in(invite_only, client, people, make_server):
    code = code_for(client)
    with Browser(invite_only) as invited, Browser(invite_only) as other:
        assert invited.walk(people[0]["id"], decision="deny", invite=code).error == "access_denied"
        invited.log_in(people[0]["id"], invite=code)
        assert other.walk(people[1]["id"], invite=code).error == "access_required"
        invited.get("/logout")
        invited.log_in(people[0]["id"])
    (request,) = requests_of(client)
    assert decide(client, request["id"], "decline").status_code == 409
    assert code not in invite_only.output()
    for file in (invite_only.folder / "data").iterdir():
        assert code.encode() not in file.read_bytes(), f"{file} holds the code itself"


def test_who_had_an_account_before_comes_in(make_server, people):
    server = make_server(**SETTINGS)
    with Browser(server) as browser:
        browser.log_in(people[0]["id"])
    server.check_stopped_well()
    again = make_server.adopt(server.again(ACCESS="invite"))
    with Browser(again) as browser:
        browser.log_in(people[0]["id"])
        assert browser.walk(people[1]["id"]).error == "access_required"


def test_the_places_of_a_development_app_are_counted(invite_only, client, people):
    ask(client)
    id = requests_of(client)[0]["id"]
    answer = decide(client, id, "approve").json()
    assert answer["places_left"] == 5
    assert answer["request"]["state"] == "approved"
    with Browser(invite_only) as browser:
        browser.log_in(people[0]["id"], invite=query_of(answer["link"])["invite"])
    ask(client, email="next@example.org")
    assert decide(client, requests_of(client)[0]["id"], "approve").json()["places_left"] == 4


def test_a_new_link_voids_the_old_one(invite_only, client, people):
    first = code_for(client)
    id = requests_of(client)[0]["id"]
    second = query_of(decide(client, id, "approve").json()["link"])["invite"]
    with Browser(invite_only) as browser:
        assert browser.walk(people[0]["id"], invite=first).error == "access_required"
        browser.log_in(people[0]["id"], invite=second)


def test_declining_voids_the_link(invite_only, client, people):
    code = code_for(client)
    answer = decide(client, requests_of(client)[0]["id"], "decline").json()
    assert answer["link"] is None
    with Browser(invite_only) as browser:
        assert browser.walk(people[0]["id"], invite=code).error == "access_required"


def test_an_invitation_survives_a_restart(invite_only, client, people, make_server):
    code = code_for(client)
    invite_only.kill()
    with Browser(make_server.adopt(invite_only.again())) as browser:
        browser.log_in(people[0]["id"], invite=code)


def test_a_deleted_request_may_be_made_again(invite_only, client, people):
    code = code_for(client)
    id = requests_of(client)[0]["id"]
    assert client.delete(f"/admin/access-requests/{id}", headers=ADMIN).status_code == 204
    assert requests_of(client) == []
    missing = client.delete(f"/admin/access-requests/{id}", headers=ADMIN)
    assert (missing.status_code, missing.json()) == (404, {"detail": "There is no such request."})
    with Browser(invite_only) as browser:
        assert browser.walk(people[0]["id"], invite=code).error == "access_required"
        ask(client)
        link = decide(client, requests_of(client)[0]["id"], "approve").json()["link"]
        browser.log_in(people[0]["id"], invite=query_of(link)["invite"])


def test_the_link_has_the_address_that_spotify_sends_browsers_to(make_server):
    server = make_server(**INVITE, SPOTIFY_REDIRECT_URI="https://music.example.org/callback")
    with client_of(server) as client:
        ask(client)
        link = decide(client, requests_of(client)[0]["id"], "approve").json()["link"]
    assert link.startswith("https://music.example.org/login?invite=")


def test_the_link_has_the_public_address(make_server):
    server = make_server(**INVITE, APP_URL="https://personalify.example.org")
    with client_of(server) as client:
        ask(client)
        link = decide(client, requests_of(client)[0]["id"], "approve").json()["link"]
    assert link.startswith("https://personalify.example.org/login?invite=")


def test_in_the_open_everybody_comes_in(make_server, people):
    with Browser(make_server(**SETTINGS)) as browser:
        browser.log_in(people[0]["id"])
