"""`serve --demo`: everything in one process, nothing configured, nothing outside."""

import re
import socket
from urllib.parse import urlsplit

import httpx
import pytest

from browser import Browser
from processes import Server


def play_on(folder, demo):
    """Ends the demo and starts it again on the same data."""
    demo.check_stopped_well()
    return Server(folder, {}, ["--demo"])


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


def test_a_consent_outlives_the_demo(program, tmp_path):
    demo = Server(tmp_path, {}, ["--demo"])
    with Browser(demo) as browser:
        user = browser.log_in()
        for _ in range(2):  # the second time with a refresh token from the first restart
            demo = play_on(tmp_path, demo)
            browser.move_to(demo)
            assert browser.get("/api/me").json()["spotify_id"] == user
            answer = browser.sync(limit=5)
            assert answer.status_code == 200, answer.text
            assert browser.dashboard(user).json()["artists"]
    demo.check_stopped_well()


def simulator_of(demo) -> str:
    return demo.wait_for(re.compile(r"simulated Spotify is at (http://127\.0\.0\.1:\d+)"), 10).group(1)


def test_pictures_outlive_a_move_to_another_port(program, tmp_path):
    demo = Server(tmp_path, {}, ["--demo"])
    with Browser(demo) as browser:
        user = browser.log_in()
        spotify = simulator_of(demo)
        for _ in range(2):
            before = demo.port
            demo.check_stopped_well()
            with socket.create_server(("127.0.0.1", before)):  # so that a free port is another one
                demo = Server(tmp_path, {}, ["--demo"])
            assert demo.port != before and simulator_of(demo) == spotify
            assert "Stored pictures will not show" not in demo.output()
            browser.move_to(demo)
            pictures = [item["image"] for item in browser.dashboard(user).json()["tracks"]]
            assert pictures
            for picture in pictures:
                assert picture.startswith(spotify + "/")
                assert httpx.get(picture, trust_env=False).status_code == 200
            page = browser.get("/", headers={"Accept": "text/html"})
            assert spotify in page.headers["content-security-policy"]
    demo.check_stopped_well()


def test_a_lost_port_is_told_and_not_forgotten(program, tmp_path):
    demo = Server(tmp_path, {}, ["--demo"])
    spotify = simulator_of(demo)
    demo.check_stopped_well()
    with socket.create_server(("127.0.0.1", urlsplit(spotify).port)):
        demo = Server(tmp_path, {}, ["--demo"])
        demo.wait_for(re.compile("start again"), 10)
        assert simulator_of(demo) != spotify
        assert "Stored pictures will not show" in demo.output()
        demo.check_stopped_well()
    demo = Server(tmp_path, {}, ["--demo"])
    demo.wait_for(re.compile("start again"), 10)
    assert simulator_of(demo) == spotify
    demo.check_stopped_well()


def test_the_start_says_where_it_is(program, tmp_path):
    demo = Server(tmp_path, {}, ["--demo"])
    started = demo.wait_for(re.compile(r'.*"event":"started".*'), 10).group(0)
    demo.check_stopped_well()
    assert f'"address":"http://127.0.0.1:{demo.port}"' in started
    assert f'"data_dir":"{tmp_path}/data/demo"' in started
    assert re.search(r'"threads":[1-9]', started)
    assert "machine only" in demo.output() and "/_sim/" in demo.output()
