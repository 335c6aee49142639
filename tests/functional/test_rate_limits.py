"""How often one may ask: by address, by user, and less for logins; docs/limits.md has the numbers."""

import re
from itertools import count

import httpx
import pytest

from browser import Browser, client_of
from wire import Wire, get

GOOD_ORIGIN = "http://localhost:3000"


@pytest.fixture
def limited(make_server):
    return make_server(RATE_LIMIT="on")


def policy_of(response) -> tuple[str, int, int]:
    """Name, quota and window of the draft's RateLimit-Policy."""
    found = re.fullmatch(r'"([a-z-]+)";q=(\d+);w=(\d+)', response.headers["ratelimit-policy"])
    assert found, response.headers["ratelimit-policy"]
    return found[1], int(found[2]), int(found[3])


def left_of(response) -> tuple[str, int, int]:
    """Name, what is left and when the rest is back, of the draft's RateLimit."""
    found = re.fullmatch(r'"([a-z-]+)";r=(\d+);t=(\d+)', response.headers["ratelimit"])
    assert found, response.headers["ratelimit"]
    return found[1], int(found[2]), int(found[3])


def check_refusal(response, name: str):
    assert response.status_code == 429
    assert isinstance(response.json()["detail"], str)
    wait = int(response.headers["retry-after"])
    assert wait >= 1
    assert policy_of(response)[0] == name
    assert left_of(response) == (name, 0, wait)


def until_refused(ask, at_most: int = 5_000):
    """The refusal, and how many passed before it."""
    for number in range(at_most):
        response = ask()
        if response.status_code == 429:
            return response, number
    raise AssertionError(f"{at_most} requests in a row went through")


def test_an_address_has_a_limit_that_no_page_load_reaches(limited):
    with Wire(limited.port, deadline=30) as wire:  # pipelined: faster than the limit lets go
        wire.send(get("/api/me") * 2_000)
        replies = [wire.reply() for _ in range(2_000)]
    refused = next(number for number, reply in enumerate(replies) if reply.status == 429)
    assert refused >= 300, "a household behind one address loads a few pages at once"
    reply = replies[refused]
    check_refusal(httpx.Response(reply.status, headers=reply.headers, content=reply.body), "address")
    with client_of(limited) as client:
        for path in ("/", "/healthz", "/readyz", "/assets/favicon.svg"):
            assert all(client.get(path).status_code == 200 for _ in range(20)), path


def test_logins_are_limited_and_say_so(limited):
    with client_of(limited) as client:
        first = client.get("/login")
        assert first.status_code == 307
        name, quota, window = policy_of(first)
        assert name == "login" and window >= 1
        assert left_of(first)[:2] == ("login", quota - 1)
        refused, passed = until_refused(lambda: client.get("/callback?code=a&state=b"))
        assert passed >= quota - 1
        check_refusal(refused, "login")
        check_refusal(client.get("/login"), "login")
        assert client.get("/api/me").status_code == 401, "only logins are held back"


@pytest.mark.parametrize("path", ["/auth/refresh", "/auth/token", "/request-access"])
def test_other_strict_routes(limited, path):
    with client_of(limited) as client:
        first = client.post(path, json={})
        assert first.status_code in (401, 422)
        name, quota, _ = policy_of(first)
        assert left_of(first)[:2] == (name, quota - 1)
        refused, passed = until_refused(lambda: client.post(path, json={}))
        assert passed >= quota - 1
        check_refusal(refused, name)


def test_the_hot_path_stays_lean(limited):
    with client_of(limited) as client:
        assert "ratelimit" not in client.get("/api/me").headers


def test_pages_of_other_origins_can_read_it(limited):
    with client_of(limited) as client:
        refused, _ = until_refused(
            lambda: client.get("/callback?code=a&state=b", headers={"Origin": GOOD_ORIGIN})
        )
        assert refused.headers["access-control-allow-origin"] == GOOD_ORIGIN
        exposed = refused.headers["access-control-expose-headers"].lower()
        assert all(name in exposed for name in ("retry-after", "ratelimit", "ratelimit-policy"))


def test_clients_behind_a_trusted_proxy_are_told_apart(make_server):
    server = make_server(RATE_LIMIT="on", TRUSTED_PROXIES="127.0.0.1")
    with client_of(server) as client:

        def ask(address: str):
            return client.post("/request-access", json={}, headers={"X-Forwarded-For": address})

        _, passed = until_refused(lambda: ask("192.0.2.1"))
        assert passed < 100
        assert ask("192.0.2.2").status_code == 422
        numbers = count(1)
        _, passed = until_refused(lambda: ask(f"2001:db8:1:2::{next(numbers):x}"))
        assert passed < 100, "a /64 is one customer"
        assert ask("2001:db8:1:3::1").status_code == 422


def test_a_made_up_address_helps_nobody(limited):
    with client_of(limited) as client:
        numbers = count(1)
        _, passed = until_refused(
            lambda: client.post(
                "/request-access", json={}, headers={"X-Forwarded-For": f"192.0.2.{next(numbers)}"}
            )
        )
        assert passed < 100


def test_a_user_has_a_limit_wherever_it_asks_from(make_server, alice, bob):
    server = make_server(RATE_LIMIT="on", TRUSTED_PROXIES="127.0.0.1")
    with Browser(server) as one, Browser(server) as other:
        one.log_in(alice)
        other.log_in(bob)
        numbers = count(1)

        def ask(browser):
            number = next(numbers)
            return browser.client.get(
                "/api/me", headers={"X-Forwarded-For": f"198.51.{number // 250}.{number % 250}"}
            )

        refused, passed = until_refused(lambda: ask(one))
        assert passed >= 100
        check_refusal(refused, "user")
        assert ask(other).status_code == 200


def test_all_of_it_can_be_switched_off(make_server):
    with client_of(make_server(RATE_LIMIT="off")) as client:
        for _ in range(400):
            answer = client.get("/login")
            client.cookies.clear()  # each login begun binds the browser with one more
            assert answer.status_code == 307
        assert "ratelimit" not in answer.headers and "ratelimit-policy" not in answer.headers
