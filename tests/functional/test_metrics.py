"""What /metrics says: true, bounded, nothing personal; and that dashboard, alerts and docs ask for what there is."""

import concurrent.futures
import os
import re
from urllib.parse import quote

import httpx
import pytest
import yaml

from browser import Browser, bearer, client_of
from processes import REPOSITORY, Server, server_settings
from prometheus import ALERTS, METRICS_AT, Scrape, check_expression, dashboard_queries, promtool, scrape

DOCS = REPOSITORY / "docs/observability.md"
REQUESTS = "personalify_http_request_duration_seconds"
CALLS = "personalify_upstream_call_duration_seconds"


class Watched:
    """A server that has seen some traffic, failures included, and what it says of itself then."""

    def __init__(self, server: Server, simulator):
        self.server = server
        listeners = simulator.listeners()
        self.secrets = set()
        with Browser(server) as browser, client_of(server) as nobody:
            self.user = browser.log_in(listeners[0]["id"])
            self.secrets |= {self.user, quote(self.user, safe=""), browser.session, listeners[0]["display_name"]}
            for _ in range(3):
                browser.dashboard(self.user, time_range="short_term")
            browser.get("/api/currently-playing/" + quote(self.user, safe=""))
            browser.get("/api/genius/search-artist", params={"q": "a"})
            browser.settle(self.user)
            nobody.get("/nowhere")
            nobody.get("/api/dashboard/somebody")
            simulator.fail({"route": "/v1/*", "times": None, "status": 500})
            browser.get("/api/spotify/recently-played", params={"spotify_id": self.user})
            simulator.heal()
        self.page = scrape(server)


@pytest.fixture(scope="module")
def watched(_simulator, tmp_path_factory):
    settings = server_settings(_simulator.url, _simulator.url, METRICS_LISTEN="127.0.0.1:0")
    server = Server(tmp_path_factory.mktemp("watched"), settings)
    _simulator.reset()
    yield Watched(server, _simulator)
    server.check_stopped_well()


@pytest.fixture
def page(watched) -> Scrape:
    return watched.page


def test_promtool_has_nothing_to_say(page):
    done = promtool("check", "metrics", text=page.text)
    assert done.returncode == 0 and done.stderr == "", done.stderr


def test_requests_are_counted_by_route_method_and_status(watched, page):
    dashboards = {"route": "/api/dashboard/{id}", "method": "GET"}
    assert page.value(REQUESTS + "_count", **dashboards, status="2xx") == 3
    assert page.value(REQUESTS + "_count", **dashboards, status="4xx") == 1
    assert page.value(REQUESTS + "_count", route="(none)", status="4xx") == 1
    assert page.value(REQUESTS + "_bucket", **dashboards, status="2xx", le="+Inf") == 3
    assert page.value("personalify_http_ready_answers_total") >= 1, "the later ones are ready bytes"
    assert page.value("personalify_http_response_bytes_total") > 1000
    assert page.value("personalify_http_requests_in_flight") == 0


def test_upstream_calls_are_counted_by_service_and_outcome(page):
    assert page.value(CALLS + "_count", service="spotify-api", outcome="ok") >= 7
    assert page.value(CALLS + "_count", service="spotify-accounts", outcome="ok") >= 1
    assert page.value(CALLS + "_count", service="spotify-api", outcome="error") >= 1
    assert page.value(CALLS + "_count", service="genius-api", outcome="ok") >= 1
    assert page.value("personalify_spotify_budget_limit") == 1_000_000


def test_the_rest_is_told(page):
    assert page.value("personalify_users") == 1
    assert page.value("personalify_sessions") == 1
    assert page.value("personalify_cache_hits_total", cache="dashboards") >= 1
    assert page.value("personalify_worker_up") >= 3
    assert page.value("personalify_sqlite_statement_duration_seconds_count", statement="users.find") >= 1
    assert page.value("personalify_build_info") == 1
    assert page.value("process_resident_memory_bytes") > 10_000_000
    assert page.value("process_open_fds") > 5


def test_a_scrape_is_cheap(watched):
    """Written on a thread that serves requests. The bound is far above what it takes."""
    pages = [scrape(watched.server) for _ in range(10)]
    best = min(page.value("personalify_metrics_page_seconds") for page in pages[1:])
    print(f"{best * 1000:.2f} ms for {len(pages[-1].text.splitlines())} lines")
    assert best < 0.5


def test_nobody_is_named(watched, page):
    for secret in watched.secrets:
        assert secret not in page.text, secret


def test_unknown_paths_and_methods_add_no_series(watched):
    before = scrape(watched.server)
    with httpx.Client(base_url=watched.server.url, trust_env=False) as client:
        for number in range(1000):
            client.get(f"/nothing/{number}")
        for number in range(50):
            client.request(f"MADEUP{number}", "/nothing")
            client.get(f"/api/dashboard/guess-{number}")
    after = scrape(watched.server)
    new = after.series() - before.series()
    assert all(("method", "(other)") in series for series in new), new
    assert after.value(REQUESTS + "_count", route="(none)") >= before.value(
        REQUESTS + "_count", route="(none)"
    ) + 1000


@pytest.mark.parametrize("number", range(len(dashboard_queries())))
def test_the_dashboard_asks_for_what_there_is(page, number):
    check_expression(dashboard_queries()[number], page)


def test_the_alerts_ask_for_what_there_is(page):
    assert promtool("check", "rules", str(ALERTS)).returncode == 0
    rules = [rule for group in yaml.safe_load(ALERTS.read_text())["groups"] for rule in group["rules"]]
    assert len(rules) >= 10
    for rule in rules:
        check_expression(rule["expr"], page)
        for label in re.findall(r"\$labels\.(\w+)", str(rule["annotations"])):
            name = re.search(r"personalify_\w+", rule["expr"]).group()
            assert label in page.labels_of(name), rule


def test_the_dashboards_queries_parse(tmp_path):
    rules = [{"record": f"query:number{i}", "expr": expr} for i, expr in enumerate(dashboard_queries())]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "dashboard", "rules": rules}]}))
    done = promtool("check", "rules", str(file))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_documented_metrics_are_the_real_ones(page):
    """PERSONALIFY_WRITE_METRICS=1 writes the table."""
    rows = ["| metric | kind | labels | meaning |", "|---|---|---|---|"]
    for name in sorted(page.kinds):
        labels = ", ".join(f"`{label}`" for label in sorted(page.labels_of(name)))
        rows.append(f"| `{name}` | {page.kinds[name]} | {labels} | {page.helps[name]} |")
    text = DOCS.read_text(encoding="utf-8")
    begin, end = "<!-- metrics -->\n", "<!-- /metrics -->"
    head, rest = text.split(begin)
    _, tail = rest.split(end)
    written = head + begin + "\n".join(rows) + "\n" + end + tail
    if os.environ.get("PERSONALIFY_WRITE_METRICS") == "1":
        DOCS.write_text(written, encoding="utf-8")
    assert DOCS.read_text(encoding="utf-8") == written, "write it anew: PERSONALIFY_WRITE_METRICS=1"


def test_the_listener_of_the_metrics_serves_nothing_else(watched):
    url = watched.server.wait_for(METRICS_AT, 10).group(1).removesuffix("/metrics")
    with httpx.Client(base_url=url, trust_env=False) as client:
        for path in ("/", "/healthz", "/readyz", "/api/me", "/docs", "/openapi.json", "/metrics/", "/login"):
            assert client.get(path).status_code == 404, path
        assert client.post("/metrics").status_code == 405
        assert client.head("/metrics").status_code == 200 and client.head("/metrics").content == b""


def test_the_main_listener_shows_them_to_administrators_alone(watched):
    token = (watched.server.folder / "data" / "admin-token").read_text().strip()
    with client_of(watched.server) as client:
        refused = client.get("/metrics")
        assert refused.status_code == 401 and "personalify_" not in refused.text
        assert client.get("/metrics", headers=bearer("wrong")).status_code == 401
        page = client.get("/metrics", headers=bearer(token))
        assert page.headers["content-type"].startswith("text/plain; version=0.0.4")
        assert Scrape(page.text).kinds == watched.page.kinds
        assert client.get("/metrics", auth=("admin", token)).status_code == 200


def test_without_the_setting_there_is_no_listener(make_server):
    assert "Metrics at" not in make_server().output()


def test_scraped_while_everything_fails(sim, make_server, people):
    """Spotify fails, people ask, Prometheus scrapes: the page stays whole and says what is wrong."""
    server = make_server(METRICS_LISTEN="127.0.0.1:0")
    with Browser(server) as browser:
        user = browser.log_in(people[0]["id"])
        sim.fail({"route": "/v1/*", "times": None, "status": 429, "retry_after": "600"})
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            asked = [pool.submit(browser.sync, limit=3) for _ in range(8)]
            pages = [scrape(server) for _ in range(10)]
            assert all(answer.result().status_code < 500 for answer in asked)
        page = scrape(server)
        assert all(page.kinds.keys() == other.kinds.keys() for other in pages)
        assert page.value(CALLS + "_count", service="spotify-api", outcome="limited") >= 1
        assert 500 < page.value("personalify_upstream_closed_seconds", service="spotify-api") <= 600
        assert page.value("personalify_upstream_closures_total", service="spotify-api") == 1
        asked_before = page.value("personalify_upstream_not_asked_total", service="spotify-api", reason="closed")
        browser.sync(limit=3)
        now = scrape(server)
        assert (
            now.value("personalify_upstream_not_asked_total", service="spotify-api", reason="closed")
            > asked_before
        )
        assert user not in now.text


def test_watchers_of_a_player_are_counted(sim, make_server, people):
    server = make_server(METRICS_LISTEN="127.0.0.1:0")
    with Browser(server) as browser:
        user = browser.log_in(people[0]["id"])
        path = f"/api/currently-playing/{quote(user, safe='')}/events"
        with browser.client.stream("GET", path) as stream:
            lines = stream.iter_lines()  # kept: the stream ends with it
            next(line for line in lines if line.startswith("data:"))
            page = scrape(server)
            assert page.value("personalify_player_watchers") == 1
            assert page.value("personalify_player_pollers") == 1
            assert page.value("personalify_http_requests_in_flight") == 0, "a stream is no work"
