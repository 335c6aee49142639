"""The page's mood in a real browser: awaited, there, and never to be."""

import re

import pytest

from test_browser import api, choose, chromium, watched  # noqa: F401 (fixtures)


def open_dashboard(page, server, listener: str):
    page.goto(server.url + "/login")
    choose(page, listener)
    page.wait_for_url(re.compile(r"/dashboard/"))
    page.locator("section.mood").wait_for()


@pytest.mark.timeout(90)
def test_without_tracks_nothing_is_promised(fresh_server, watched, people):  # noqa: F811
    page = watched.page
    newcomer = next(person["id"] for person in people if "has not played a note" in person["blurb"])
    open_dashboard(page, fresh_server, newcomer)
    page.get_by_text("No tracks yet to read a mood from.").wait_for()
    assert page.locator("section.mood.pending").count() == 0
    watched.check()


@pytest.mark.timeout(120)
@pytest.mark.parametrize("width", [1280, 390])
def test_the_mood_arrives(model, fresh_server, watched, alice, width):  # noqa: F811
    page = watched.page
    page.set_viewport_size({"width": width, "height": 900})
    open_dashboard(page, fresh_server, alice)
    page.locator("section.mood .line b").first.wait_for(timeout=60_000)
    user = api(page, "/api/me")["spotify_id"]
    shown = api(page, f"/api/dashboard/{user}?time_range=short_term")
    line = page.locator("section.mood .line")
    assert line.inner_text() == re.sub("</?b>", "", shown["emotion_paragraph"])
    assert line.locator("b").all_inner_texts() == re.findall("<b>(.*?)</b>", shown["emotion_paragraph"])
    shades = page.locator("section.mood .shades li").all_inner_texts()
    assert len(shades) == 3
    for shade, emotion in zip(shades, shown["top_emotions"], strict=True):
        assert emotion["label"] in shade
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "nothing sticks out"
    watched.check()
