"""`serve --demo`: everything in one process, nothing configured, nothing outside."""

import re

import pytest

from browser import Browser
from processes import Server


@pytest.fixture
def demo(program, tmp_path):
    server = Server(tmp_path, {}, ["--demo"])
    yield server
    server.check_stopped_well()


def test_login_and_dashboard(demo):
    with Browser(demo) as browser:
        walk = browser.walk()
        assert walk.error is None, walk.location
        assert re.match(r"http://127\.0\.0\.1:\d+/", walk.authorize_url)
        user = browser.get("/api/me").json()["spotify_id"]
        data = browser.dashboard(user, time_range="short_term").json()
        assert len(data["artists"]) == 20 and len(data["tracks"]) == 20 and data["genres"]
        assert browser.sync(limit=5).status_code == 200
        page = browser.get("/", headers={"Accept": "text/html"}).text
        assert re.search(r'name="personalify-demo" content="on"', page)
