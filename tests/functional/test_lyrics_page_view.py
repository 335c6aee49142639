"""The page's lyrics panel in a real browser: the words of what the simulated listener plays."""

import re

import pytest
from playwright.sync_api import expect

from processes import Server, server_settings
from test_browser import chromium, watched  # noqa: F401 (fixtures)
from test_player_page import FOREVER, bar_of, open_dashboard, player, shows  # noqa: F401 (fixtures)


@pytest.fixture(scope="module")
def _module_server(_simulator, tmp_path_factory):
    """Knows lyrics, and looks at the player more often than usual."""
    url = _simulator.url
    settings = server_settings(
        url,
        url,
        PLAYER_POLL_SECONDS="1",
        GENIUS_API_URL=url + "/genius-api",
        GENIUS_WEB_URL=url + "/genius",
        GENIUS_ACCESS_TOKEN="genius-demo",
        LRCLIB_URL=url + "/lrclib",
    )
    server = Server(tmp_path_factory.mktemp("server"), settings)
    yield server
    server.check_stopped_well()


@pytest.fixture
def play(sim, player):  # noqa: F811
    """Plays a track whose lyrics are of that kind; answers with what plays. `nth` chooses among them."""

    def order(nth: int = 0, position_ms: int = 0, **kind: str) -> dict:
        found = sim._call("GET", "/_sim/songs", params={"track": "true", "limit": "50"} | kind)["songs"]
        tracks = [song["track_id"] for song in found if song.get("track_id")]
        assert len(tracks) > nth, f"the simulator has no such song: {kind}"
        return player("play", track_id=tracks[nth], duration_ms=FOREVER, position_ms=position_ms)

    return order


def opener_of(page):
    return bar_of(page).get_by_role("button", name="Lyrics", exact=True)


def panel_of(page, name: str):
    return page.get_by_role("dialog", name=name, exact=True)


def open_panel(page, name: str):
    shows(page, name)
    opener_of(page).click()
    panel = panel_of(page, name)
    panel.wait_for()
    return panel


def asked(watched) -> list[str]:  # noqa: F811
    return [url for url in watched.urls if "/api/lyrics" in url]


def forgive(watched, status: int):  # noqa: F811
    """Chromium reports the status of an answer that the page has words for."""
    assert watched.errors and all("/api/lyrics" in error and str(status) in error for error in watched.errors)
    watched.errors.clear()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("width", [1280, 390, 360])
def test_the_words_follow_the_song(server, watched, alice, player, play, width):  # noqa: F811
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    song = play(lrclib="both")
    open_dashboard(page, server, alice)
    shows(page, song["name"])
    assert asked(watched) == [], "nothing is asked before somebody wants to read"

    with page.expect_response(lambda answer: "/api/lyrics" in answer.url) as answered:
        panel = open_panel(page, song["name"])
    lyrics = answered.value.json()
    assert lyrics["state"] == "found" and lyrics["synced"]
    lines = [line for line in lyrics["lyrics"].splitlines() if line.strip()]
    panel.locator(".verse").first.wait_for()
    assert panel.locator(".verse").all_inner_texts() == lines
    panel.get_by_text("Words from LRCLIB").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out"
    assert panel.locator(".lyrics-body").evaluate("body => body.scrollWidth <= body.clientWidth")

    sung = [line for line in lyrics["synced"] if line["text"].strip()]
    current = panel.locator(".verse[aria-current=true]")
    for line in (sung[1], sung[-1]):
        player("seek", position_ms=line["at_ms"] + 1)
        current.get_by_text(line["text"], exact=True).wait_for()
        assert current.count() == 1
        page.wait_for_function(
            """verse => {
                const [line, body] = [verse, verse.closest('.lyrics-body')].map(n => n.getBoundingClientRect());
                return line.top >= body.top && line.bottom <= body.bottom;
            }""",
            arg=current.element_handle(),
        )
    player("seek", position_ms=sung[0]["at_ms"] + 1)
    current.get_by_text(sung[1]["text"], exact=True).wait_for(timeout=20_000)
    watched.check()


@pytest.mark.timeout(90)
def test_headings_and_where_they_are_read(server, watched, alice, play):  # noqa: F811
    page = watched.page
    song = play(kind="lyrics", lrclib="none", form="header_inside")
    open_dashboard(page, server, alice)
    with page.expect_response(lambda answer: "/api/lyrics" in answer.url) as answered:
        panel = open_panel(page, song["name"])
    lyrics = answered.value.json()
    headings = [section["heading"] for section in lyrics["sections"] if section["heading"]]
    panel.locator(".stanza h3").first.wait_for()
    assert panel.locator(".stanza h3").all_inner_texts() == headings
    assert panel.locator(".verse[aria-current]").count() == 0
    assert panel.get_by_role("link", name="Genius").get_attribute("href") == lyrics["url"]
    watched.check()


@pytest.mark.timeout(120)
def test_what_the_words_say(model, server, watched, alice, play):  # noqa: F811
    page = watched.page
    song = play(lrclib="both", nth=1)
    open_dashboard(page, server, alice)
    with page.expect_response(lambda answer: "/api/lyrics" in answer.url) as answered:
        panel = open_panel(page, song["name"])
    read = answered.value.json()["emotion_analysis"]
    rows = panel.get_by_role("region", name="What the words say").get_by_role("listitem")
    rows.first.wait_for()
    assert rows.count() == 5
    for row, emotion in zip(rows.all_inner_texts(), read["emotions"], strict=True):
        assert emotion["label"] in row and f"{emotion['score']:.0%}"[:-2] in row
    panel.get_by_text("neutral left out").wait_for()
    felt = panel.locator(".stanza .feeling").all_inner_texts()
    strongest = [section["emotions"][0]["label"] for section in read["sections"]]
    assert len(felt) == len(strongest)
    for text, label in zip(felt, strongest, strict=True):
        assert label in text
    watched.check()


@pytest.mark.timeout(90)
def test_by_keyboard(server, watched, alice, play):  # noqa: F811
    page = watched.page
    first = play(lrclib="both")
    open_dashboard(page, server, alice)
    shows(page, first["name"])
    opener = opener_of(page)
    for leave in ("Escape", "Enter"):  # on what is focused first, the closing button
        opener.focus()
        page.keyboard.press("Enter")
        panel = panel_of(page, first["name"])
        panel.locator(".verse").first.wait_for()
        expect(opener).to_have_attribute("aria-expanded", "true")
        expect(panel.get_by_role("button", name="Close the lyrics")).to_be_focused()
        page.keyboard.press(leave)
        panel.wait_for(state="hidden")
        # A closed dialog is hidden first and says so later.
        expect(opener).to_have_attribute("aria-expanded", "false")
        expect(opener).to_be_focused()
    assert len(asked(watched)) == 1, "a track is asked for once"
    watched.check()


@pytest.mark.timeout(120)
def test_another_track_begins(server, watched, alice, player, play):  # noqa: F811
    page = watched.page
    first = play(lrclib="both")
    open_dashboard(page, server, alice)
    open_panel(page, first["name"]).locator(".verse").first.wait_for()
    second = play(lrclib="both", nth=2)
    assert second["name"] != first["name"]
    panel_of(page, second["name"]).locator(".verse").first.wait_for()
    play(lrclib="both")
    panel_of(page, first["name"]).locator(".verse").first.wait_for()
    assert len(asked(watched)) == 2
    player("play", item="ad", duration_ms=FOREVER)
    page.get_by_role("dialog").get_by_text("no words to show").first.wait_for()
    page.keyboard.press("Escape")
    shows(page, "Advertisement")
    assert not opener_of(page).is_visible()
    assert page.evaluate("document.activeElement.id") == "content", "focus is where the reader can go on"
    for item in ("local", "episode"):
        shows(page, player("play", item=item, duration_ms=FOREVER)["name"])
        assert not opener_of(page).is_visible(), item
    watched.check()


@pytest.mark.timeout(90)
@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ({"lrclib": "instrumental"}, "This is an instrumental: there are no words."),
        ({"kind": "unreleased", "lrclib": "none"}, "The words of this song are not published yet."),
        ({"kind": "none", "lrclib": "none"}, "Nobody we asked knows the words of this song."),
    ],
)
def test_why_there_are_no_words(server, watched, alice, play, kind, sentence):  # noqa: F811
    page = watched.page
    song = play(**kind)
    open_dashboard(page, server, alice)
    panel = open_panel(page, song["name"])
    panel.locator(".lyrics-said").get_by_text(sentence, exact=True).wait_for()
    assert panel.get_by_role("status").inner_text() == sentence
    if "Nobody" in sentence:
        forgive(watched, 404)
    watched.check()


@pytest.mark.timeout(90)
def test_they_could_not_be_looked_up(server, watched, alice, play):  # noqa: F811
    page = watched.page
    song = play(lrclib="both", nth=3)
    open_dashboard(page, server, alice)
    shows(page, song["name"])
    page.route(
        "**/api/lyrics?*",
        lambda route: route.fulfill(
            status=503, headers={"Retry-After": "3"}, json={"detail": "The lyrics could not be looked up."}
        ),
        times=1,
    )
    panel = open_panel(page, song["name"])
    said = panel.locator(".lyrics-said")
    said.get_by_text(re.compile(r"could not be looked up just now\. Try again in \d s\.")).wait_for()
    again = said.get_by_role("button", name="Try again")
    assert again.is_disabled()
    page.keyboard.press("Escape")
    open_panel(page, song["name"])
    assert len(asked(watched)) == 1, "nobody asks before the time has come"
    again.click()
    panel.locator(".verse").first.wait_for()
    assert len(asked(watched)) == 2
    forgive(watched, 503)
    watched.check()


@pytest.mark.timeout(90)
def test_words_are_text(server, watched, alice, play):  # noqa: F811
    page = watched.page
    song = play(lrclib="both", nth=4)
    open_dashboard(page, server, alice)
    shows(page, song["name"])
    nasty = "<img src=x onerror=alert(1)> <b>loud</b>"

    def spoil(route):
        answer = route.fetch()
        body = answer.json() | {"sections": [{"heading": nasty, "text": nasty}], "url": "javascript:alert(1)"}
        body.pop("synced", None)
        route.fulfill(response=answer, json=body)

    page.route("**/api/lyrics?*", spoil)
    panel = open_panel(page, song["name"])
    panel.locator(".verse").get_by_text(nasty, exact=True).wait_for()
    assert panel.locator(".stanza h3").inner_text() == nasty
    assert panel.locator("img, b, a").count() == 0
    watched.check()


@pytest.mark.timeout(90)
def test_another_version_is_sung(server, watched, alice, play):  # noqa: F811
    """Where printed and sung words are not the same, those with times are shown; a pause lights nothing."""
    page = watched.page
    song = play(lrclib="both", nth=5, position_ms=0)
    open_dashboard(page, server, alice)
    shows(page, song["name"])
    synced = [(0, "Quite other words"), (600_000, ""), (700_000, "sung late"), (800_000, "and later")]

    def spoil(route):
        answer = route.fetch()
        timed = [{"at_ms": at, "text": text} for at, text in synced]
        route.fulfill(response=answer, json=answer.json() | {"synced": timed})

    page.route("**/api/lyrics?*", spoil)
    panel = open_panel(page, song["name"])
    panel.locator(".verse[aria-current]").get_by_text("Quite other words", exact=True).wait_for()
    assert panel.locator(".verse").all_inner_texts() == ["Quite other words", "sung late", "and later"]
    assert panel.locator(".stanza").count() == 2
    assert panel.locator(".feeling").count() == 0, "the emotions are of other lines"
    play(lrclib="both", nth=5, position_ms=650_000)
    panel.locator(".verse[aria-current]").wait_for(state="detached")
    play(lrclib="both", nth=5, position_ms=750_000)
    panel.locator(".verse[aria-current]").get_by_text("sung late", exact=True).wait_for()
    watched.check()


@pytest.mark.timeout(90)
def test_strangers_are_not_offered_words(server, chromium, browser, alice, play):  # noqa: F811
    user = browser.log_in(alice)
    assert browser.put("/api/me/sharing", json={"public": True}).status_code == 200
    song = play(lrclib="both")
    context = chromium.new_context(locale="en-US")
    try:
        page = context.new_page()
        page.goto(f"{server.url}/dashboard/{user}")
        shows(page, song["name"])
        assert not opener_of(page).is_visible()
    finally:
        context.close()
