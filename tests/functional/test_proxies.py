"""Behind nginx and Caddy, set up as in deploy/: logins, streams, and who a client is."""

import subprocess

import httpx
import pytest

from browser import client_of, cookies_of
from processes import REPOSITORY
from proxies import NAME, Caddy, Nginx, Visitor
from test_player import Events, order, path_of
from test_rate_limits import left_of


@pytest.fixture(params=[Nginx, Caddy])
def behind(request, make_server, tmp_path):
    """A server and a proxy in front of it that it trusts."""
    server = make_server(
        APP_URL=f"https://{NAME}",
        TRUSTED_PROXIES="127.0.0.1",
        RATE_LIMIT="on",
        PLAYER_POLL_SECONDS="1",
        MODELS_DIR=str(tmp_path),  # none: nobody here waits for emotions
    )
    folder = tmp_path / "proxy"
    folder.mkdir()
    proxy = request.param(folder, server)
    yield server, proxy
    proxy.stop()


def test_caddy_accepts_the_example():
    file = REPOSITORY / "deploy/caddy/Caddyfile"
    done = subprocess.run(
        ["caddy", "validate", "--config", file, "--adapter", "caddyfile"],
        capture_output=True, text=True, timeout=50,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    formatted = subprocess.run(["caddy", "fmt", file], capture_output=True, text=True, timeout=50)
    assert formatted.stdout == file.read_text()


def test_login_and_dashboard(behind, alice):
    with Visitor(*behind) as visitor:
        walk = visitor.walk(alice)
        assert walk.error is None, walk.location
        assert f"https%3A%2F%2F{NAME}%2Fcallback" in walk.authorize_url
        assert cookies_of(walk.landing)["access_token"]["secure"]
        user = visitor.get("/api/me").json()["spotify_id"]
        answer = visitor.dashboard(user)
        assert answer.json()["artists"]
        assert answer.http_version == "HTTP/1.1" and answer.headers["strict-transport-security"]
        again = visitor.get(answer.request.url.raw_path.decode(), headers={"If-None-Match": answer.headers["etag"]})
        assert again.status_code == 304


def test_events_arrive_while_the_stream_is_open(behind, sim, alice):
    with Visitor(*behind) as visitor:
        visitor.log_in(alice)
        with visitor.client.stream("GET", path_of(alice) + "/events", timeout=25) as response:
            assert response.status_code == 200
            events = Events(response)
            first = events.next()["track"]["id"]
            order(sim, alice, action="skip")
            assert events.next()["track"]["id"] != first


def test_a_client_counts_by_its_own_address_whatever_it_claims(behind):
    with Visitor(*behind, "127.0.0.2") as one, Visitor(*behind, "127.0.0.3") as other:
        for number in range(5_000):
            claim = f"198.51.100.{number % 250}"
            forged = {"X-Forwarded-For": claim, "Forwarded": f"for={claim}", "X-Real-IP": claim}
            answer = one.get("/callback?code=a&state=b", headers=forged)
            if answer.status_code == 429:
                break
        assert answer.status_code == 429 and number >= 100
        assert other.get("/login").status_code == 307


def test_requests_carry_the_proxys_id(behind):
    with Visitor(*behind) as visitor:
        ids = [visitor.get("/healthz", headers={"X-Request-ID": "mine"}).headers["x-request-id"] for _ in "ab"]
        assert len(set(ids)) == 2 and "mine" not in ids and all(len(id) in (32, 36) for id in ids)


def test_plain_http_is_sent_to_https(behind):
    _, proxy = behind
    if isinstance(proxy, Nginx):  # Caddy does it on the real ports by itself
        url = f"http://127.0.0.1:{proxy.http_port}/dashboard/a?b=c"
        answer = httpx.get(url, trust_env=False, follow_redirects=False)
        assert answer.status_code == 308 and answer.headers["location"] == f"https://{NAME}/dashboard/a?b=c"


def test_a_proxy_that_nobody_trusts_is_one_client(make_server, tmp_path):
    server = make_server(APP_URL=f"https://{NAME}", RATE_LIMIT="on")
    proxy = Nginx(tmp_path, server)
    with Visitor(server, proxy, "127.0.0.2") as one, Visitor(server, proxy, "127.0.0.3") as other:
        while one.get("/callback?code=a&state=b").status_code != 429:
            pass
        assert left_of(other.get("/login"))[1] < 60, "of 120 at once"
    with client_of(server) as direct:
        claims = {"X-Forwarded-For": "198.51.100.1"}
        assert left_of(direct.get("/login", headers=claims))[1] < 60, "who comes without a proxy isn't believed either"
    proxy.stop()
