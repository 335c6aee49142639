"""While Spotify hangs, everything that does not need it is answered."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from browser import Browser, client_of
from processes import Deadline

RANGES = ("short_term", "medium_term", "long_term")


def test_hanging_syncs_hold_up_nobody(make_server, sim, people):
    """On one shard, so that nothing else could answer."""
    server = make_server(THREADS="1")
    with ExitStack() as stack, ThreadPoolExecutor(len(people) * len(RANGES)) as pool:
        browsers = [stack.enter_context(Browser(server)) for _ in people]
        users = [browser.log_in(person["id"]) for browser, person in zip(browsers, people, strict=True)]
        for browser, user in zip(browsers, users, strict=True):
            browser.settle(user)
        anyone = stack.enter_context(client_of(server))
        dashboards = [browser.dashboard(user).content for browser, user in zip(browsers, users, strict=True)]
        sim.forget_journal()
        sim.fail({"route": "/v1/*", "times": None, "delay_ms": 60_000})
        syncs = [
            pool.submit(browser.sync, time_range=time_range) for browser in browsers for time_range in RANGES
        ]
        arrived = Deadline(20)
        while len(sim.calls("/v1/me/top/")) < 2 * len(syncs):
            assert not arrived.passed, "not every sync is waiting for Spotify"
        for browser, user, dashboard in zip(browsers, users, dashboards, strict=True):
            assert browser.dashboard(user).content == dashboard
            assert browser.get("/top-data", params={"spotify_id": user}).status_code == 200
            assert browser.get("/api/me").json()["spotify_id"] == user
            assert browser.get("/", headers={"Accept": "text/html"}).status_code == 200
        assert anyone.get("/healthz").status_code == 200
        assert browsers[0].start_login().status_code == 307
        assert not any(sync.done() for sync in syncs), "a sync was answered while Spotify hung"
        for sync in syncs:
            assert sync.result().json()["stale"] is True
