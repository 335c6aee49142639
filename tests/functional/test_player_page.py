"""The page's player in a real browser: what the simulated listener does is what the page shows."""

import re
from urllib.parse import quote

import pytest

from processes import Server, server_settings
from test_browser import WAIT, chromium, choose, watched  # noqa: F401 (fixtures)

FOREVER = 3_000_000  # milliseconds: no track of these tests ends by itself


@pytest.fixture(scope="module")
def _module_server(_simulator, tmp_path_factory):
    """Looks at the player more often than usual."""
    settings = server_settings(_simulator.url, _simulator.url, PLAYER_POLL_SECONDS="1")
    server = Server(tmp_path_factory.mktemp("server"), settings)
    yield server
    server.check_stopped_well()


@pytest.fixture
def player(sim, alice):
    """Gives orders to what the simulated listener plays; answers with what that is."""

    def order(action: str, **more) -> dict:
        path = f"/_sim/listeners/{quote(alice, safe='')}/player"
        return sim._call("POST", path, json={"action": action, **more})

    return order


def open_dashboard(page, server, listener: str):
    page.goto(server.url + "/login")
    choose(page, listener)
    page.wait_for_url(re.compile(r"/dashboard/"))
    page.locator("section.tracks li").first.wait_for()


def bar_of(page):
    return page.get_by_role("region", name="Now playing")


def shows(page, text: str):
    bar_of(page).get_by_text(text, exact=True).wait_for()


def hide(page, hidden: bool):
    """As if the tab went to the background or came back."""
    page.evaluate(
        """hidden => {
            Object.defineProperty(document, 'hidden', {configurable: true, get: () => hidden});
            document.dispatchEvent(new Event('visibilitychange'));
        }""",
        hidden,
    )


@pytest.mark.timeout(120)
def test_the_bar_follows_the_player(server, watched, alice, player):  # noqa: F811
    page = watched.page
    first = player("play", duration_ms=FOREVER, position_ms=63_000)
    open_dashboard(page, server, alice)
    shows(page, first["name"])
    shows(page, "Playing")
    position = bar_of(page).get_by_role("progressbar", name="Position")
    assert position.get_attribute("aria-valuemax") == str(FOREVER // 1000)
    assert int(position.get_attribute("aria-valuenow")) >= 60
    shown = bar_of(page).locator(".time").first
    before = shown.text_content()
    page.wait_for_function("([bar, old]) => bar.textContent !== old", arg=[shown.element_handle(), before])

    second = player("play", duration_ms=FOREVER)
    assert second["name"] != first["name"]
    shows(page, second["name"])
    spoken = bar_of(page).get_by_role("status")
    page.wait_for_function(
        "([node, name]) => node.textContent.includes(name)", arg=[spoken.element_handle(), second["name"]]
    )

    player("pause")
    shows(page, "Paused")
    shows(page, second["name"])
    player("resume")
    shows(page, "Playing")

    player("play", item="ad", duration_ms=FOREVER)
    shows(page, "Advertisement")
    episode = player("play", item="episode", duration_ms=FOREVER)
    shows(page, episode["name"])
    local = player("play", item="local", duration_ms=FOREVER)
    shows(page, local["name"])
    assert bar_of(page).locator(".cover img").count() == 0

    player("stop")
    shows(page, "Nothing is playing right now.")
    watched.check()


@pytest.mark.timeout(90)
def test_a_play_is_listed(server, watched, alice, player):  # noqa: F811
    page = watched.page
    open_dashboard(page, server, alice)
    recent = page.get_by_role("region", name="Recently played")
    recent.locator("li").first.wait_for()
    assert recent.locator("li").count() == 10
    assert recent.locator("time").count() == 10

    current = player("play", duration_ms=FOREVER)
    shows(page, current["name"])
    player("seek", position_ms=FOREVER - 1500)
    recent.locator("li").first.get_by_text(current["name"], exact=True).wait_for(timeout=3 * WAIT)
    watched.check()


@pytest.mark.timeout(90)
def test_trouble_keeps_what_was_known(server, sim, watched, alice, player):  # noqa: F811
    page = watched.page
    track = player("play", duration_ms=FOREVER)
    open_dashboard(page, server, alice)
    shows(page, track["name"])
    sim.fail({"route": "/v1/me/player/*", "status": 403})
    shows(page, "Not up to date")
    shows(page, track["name"])
    sim.heal()
    shows(page, "Playing")
    watched.check()


@pytest.mark.timeout(90)
def test_visitors_see_the_player_but_no_plays(server, chromium, browser, alice, player):  # noqa: F811
    user = browser.log_in(alice)
    track = player("play", duration_ms=FOREVER)
    for shared in (True, False):
        answer = browser.client.put("/api/me/sharing", json={"public": shared})
        assert answer.status_code == 200, answer.text
        context = chromium.new_context(locale="en-US", viewport={"width": 390, "height": 844})
        try:
            page = context.new_page()
            page.set_default_timeout(WAIT)
            asked = []
            page.on("request", lambda request: asked.append(request.url))
            page.goto(f"{server.url}/dashboard/{quote(user, safe='')}")
            if shared:
                page.locator("section.tracks li").first.wait_for()
                shows(page, track["name"])
            else:
                page.get_by_role("heading", name="Nothing to see here").wait_for()
                assert not bar_of(page).is_visible()
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
            assert not any("recently-played" in url for url in asked)
        finally:
            context.close()


@pytest.mark.timeout(90)
def test_a_hidden_tab_listens_to_nothing(server, watched, alice, player):  # noqa: F811
    page = watched.page
    track = player("play", duration_ms=FOREVER)
    open_dashboard(page, server, alice)
    shows(page, track["name"])
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/events")):
        hide(page, True)
    opened = sum(url.endswith("/events") for url in watched.urls)
    other = player("play", duration_ms=FOREVER)
    assert sum(url.endswith("/events") for url in watched.urls) == opened
    assert not bar_of(page).get_by_text(other["name"], exact=True).is_visible()
    hide(page, False)
    shows(page, other["name"])
    watched.check()


@pytest.mark.timeout(90)
def test_coming_back_after_the_network_was_away(server, watched, alice, player):  # noqa: F811
    page = watched.page
    track = player("play", duration_ms=FOREVER)
    open_dashboard(page, server, alice)
    shows(page, track["name"])
    watched.check()
    hide(page, True)
    page.context.set_offline(True)
    hide(page, False)
    shows(page, "Reconnecting…")
    shows(page, track["name"])
    other = player("play", duration_ms=FOREVER)
    page.context.set_offline(False)
    shows(page, other["name"])
    shows(page, "Playing")


@pytest.mark.timeout(90)
@pytest.mark.parametrize(
    ("public", "words"), [("false", "only you see this page"), ("true", "anyone with the link")]
)
def test_the_rule_before_a_choice_is_told(make_server, chromium, alice, public, words):  # noqa: F811
    server = make_server(PROFILES_PUBLIC=public)
    context = chromium.new_context(locale="en-US")
    try:
        page = context.new_page()
        page.set_default_timeout(WAIT)
        open_dashboard(page, server, alice)
        page.get_by_text("Not chosen yet. For now, " + words).wait_for()
    finally:
        context.close()
