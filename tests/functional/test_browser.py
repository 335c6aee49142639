"""The embedded page in a real browser, from the front door to the way out."""

import os
import re
from pathlib import Path

import pytest

from conftest import skip_or_fail

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
WAIT = 10_000  # milliseconds


class Watched:
    """A page that remembers its errors and whom it asked."""

    def __init__(self, page):
        self.page = page
        self.errors: list[str] = []
        self.urls: list[str] = []
        page.set_default_timeout(WAIT)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.errors.append(f"uncaught: {error}"))
        page.on("request", lambda request: self.urls.append(request.url))
        page.on("requestfailed", self._failed)

    def _console(self, message):
        if message.type != "error":
            return
        # Chromium reports a 401 of /api/me by itself: that is how the page learns that nobody is logged in.
        # It also asks the simulator for an icon that a test tool need not have.
        url = message.location.get("url", "")
        expected = url.endswith("/api/me") and "401" in message.text or url.endswith("/favicon.ico")
        if not expected:
            self.errors.append(f"console: {message.text} ({url})")

    def _failed(self, request):
        if request.failure != "net::ERR_ABORTED":  # an answer nobody waits for any more
            self.errors.append(f"failed: {request.url} {request.failure}")

    def check(self):
        assert self.errors == []
        foreign = [
            url for url in self.urls if not re.match(r"(http://127\.0\.0\.1(:\d+)?/|data:|blob:|about:)", url)
        ]
        assert foreign == [], "hosts other than ours were asked"


@pytest.fixture(scope="module")
def chromium():
    if not CHROMIUM.exists():
        skip_or_fail(f"no browser at {CHROMIUM}: install chromium or set CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def watched(chromium):
    context = chromium.new_context(locale="en-US", viewport={"width": 1280, "height": 900})
    yield Watched(context.new_page())
    context.close()


def choose(page, listener: str):
    """Answers the simulator's consent page as that listener."""
    page.wait_for_url("**/authorize?*")
    page.locator(f'button[name="listener"][value="{listener}"]').click()


def api(page, path: str):
    """The API's answer with the page's own cookies."""
    return page.evaluate("path => fetch(path).then(answer => answer.json())", path)


@pytest.mark.timeout(90)
def test_from_the_front_door_to_the_way_out(server, watched, alice):
    page = watched.page
    page.goto(server.url + "/")
    page.get_by_role("link", name=re.compile("log in", re.I)).first.click()
    choose(page, alice)
    page.wait_for_url(re.compile(r"/dashboard/[^/]+\?time_range=short_term$"))

    user = api(page, "/api/me")["spotify_id"]
    shown = api(page, f"/api/dashboard/{user}?time_range=short_term")
    page.get_by_role("heading", name=shown["user"], exact=True).wait_for()
    for member in ("artists", "tracks", "genres"):
        section = page.locator(f"section.{member}")
        section.get_by_text(shown[member][0]["name"], exact=True).first.wait_for()
    assert page.locator("section.artists li").count() >= 20
    assert page.locator("section.tracks li").count() >= 20
    mood = page.locator("section.mood .line")
    assert re.match("Vibe analysis is getting ready|Shades of ", mood.inner_text())
    assert page.get_by_role("tab", name="4 weeks").get_attribute("aria-selected") == "true"

    with page.expect_response(
        lambda answer: "/api/dashboard/" in answer.url and "time_range=long_term" in answer.url
    ) as loaded:
        page.get_by_role("tab", name="1 year").click()
    other = loaded.value.json()
    page.locator("section.artists").get_by_text(other["artists"][0]["name"], exact=True).first.wait_for()
    assert "time_range=long_term" in page.url
    page.go_back()
    page.wait_for_url(re.compile("time_range=short_term"))

    with page.expect_response(lambda answer: "/sync/top-data" in answer.url) as synced:
        page.get_by_role("button", name="Sync now").click()
    assert synced.value.status == 200

    page.get_by_role("link", name=re.compile("log out", re.I)).click()
    page.wait_for_url(re.compile(r"/\?error=logged_out$"))
    page.get_by_role("link", name=re.compile("log in with", re.I)).wait_for()
    assert api(page, "/api/me") == {"error": "Not authenticated"}
    watched.check()


@pytest.mark.timeout(90)
def test_a_stranger_sees_nothing(server, watched, browser, alice):
    user = browser.log_in(alice)
    page = watched.page
    page.goto(f"{server.url}/dashboard/{user}")
    page.get_by_role("heading", name="Nothing to see here").wait_for()
    assert page.locator("section.artists").count() == 0
    assert all("404" in error for error in watched.errors), watched.errors
    watched.errors.clear()
    watched.check()


@pytest.mark.timeout(90)
def test_refusal_is_told_in_words(server, watched, alice):
    page = watched.page
    page.goto(server.url + "/?error=access_denied")
    page.get_by_text("You declined access on Spotify").first.wait_for()
    watched.check()


@pytest.mark.timeout(90)
def test_narrow_screens(server, chromium, alice):
    context = chromium.new_context(viewport={"width": 360, "height": 720})
    try:
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.goto(server.url + "/login")
        choose(page, alice)
        page.locator("section.tracks li").first.wait_for()
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 360, f"the page is {width} pixels wide and scrolls sideways"
    finally:
        context.close()


@pytest.mark.timeout(90)
def test_api_page(server, watched):
    page = watched.page
    page.goto(server.url + "/docs")
    page.get_by_text("Send the browser to Spotify's consent page").first.wait_for()
    watched.check()


@pytest.mark.timeout(90)
def test_back_after_logout_shows_nothing(server, watched, alice):
    page = watched.page
    page.goto(server.url + "/login")
    choose(page, alice)
    page.locator("section.tracks li").first.wait_for()
    page.get_by_role("link", name=re.compile("log out", re.I)).click()
    page.wait_for_url(re.compile(r"/\?error=logged_out$"))
    page.go_back()
    page.get_by_role("heading", name="Nothing to see here").wait_for()
    assert page.locator("section.tracks li").count() == 0
