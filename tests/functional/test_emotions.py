"""What titles and lyrics say: analyses, their jobs and events, and how they show elsewhere."""

import json
import re

import httpx
import pytest

from browser import Browser, bearer, client_of
from processes import REAL_MODEL, Deadline

PENDING = {"emotion_paragraph": "Vibe analysis is getting ready...", "top_emotions": []}
NOTHING = {"error": "No data found for analysis"}
NO_JOB = {"detail": "Job not found."}
SHADE = r"[a-z]+ <b>[a-z]+</b>"
PARAGRAPH = re.compile(rf"Shades of {SHADE}, {SHADE}, {SHADE}\.")
LABELS = set(
    "admiration amusement anger annoyance approval caring confusion curiosity desire disappointment "
    "disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization "
    "relief remorse sadness surprise".split()
)


@pytest.fixture
def hasty(make_server, alice):
    """Somebody at a server that waits for no analysis."""
    with Browser(make_server(ANALYZE_WAIT_SECONDS="0")) as browser:
        browser.user = browser.log_in(alice)
        yield browser


def check_emotions(answer: dict):
    assert PARAGRAPH.fullmatch(answer["emotion_paragraph"]), answer
    words = re.findall(r"([a-z]+) <b>([a-z]+)</b>", answer["emotion_paragraph"])
    labels = [emotion["label"] for emotion in answer["top_emotions"]]
    assert labels == [" ".join(pair).title() for pair in words]
    scores = [emotion["score"] for emotion in answer["top_emotions"]]
    assert scores == sorted(scores, reverse=True) and 0 <= scores[-1] and sum(scores) <= 1.0001


def events_of(browser: Browser, path: str, **headers) -> list[tuple[str, dict]]:
    """All events of a job, until the stream ends."""
    found, name = [], ""
    with browser.client.stream("GET", path + "/events", headers=headers, timeout=50) as response:
        assert response.status_code == 200
        assert response.headers["content-type"].split(";")[0] == "text/event-stream"
        assert response.headers["cache-control"] == "no-store"
        for line in response.iter_lines():
            if line.startswith("event: "):
                name = line.removeprefix("event: ")
            elif line.startswith("data: "):
                found.append((name, json.loads(line.removeprefix("data: "))))
    return found


@pytest.mark.timeout(150)
def test_the_model_as_shipped(model, make_server, alice):
    with Browser(make_server(**REAL_MODEL)) as browser:
        user = browser.log_in(alice)
        deadline = Deadline(100)
        while (answer := browser.post("/analyze-emotions-background", json={"spotify_id": user})).status_code == 202:
            assert not deadline.passed
        check_emotions(answer.json())
        read = browser.post("/analyze-lyrics", json={"lyrics": "I love you more than words can say"}).json()
        assert (read["language"], read["emotions"][0]["label"]) == ("en", "love")


def test_nothing_to_analyze(browser, sim, alice, bob, server):
    user = browser.log_in(alice)
    with Browser(server) as other:
        somebody = other.log_in(bob)
    sim.forget_journal()
    for id in (somebody, "nobody-of-that-name", ""):
        answer = browser.analyze(id)
        assert (answer.status_code, answer.json()) == (200, NOTHING), id
    assert sim.journal() == [] and user != somebody


def test_a_listener_without_tracks(make_server, people):
    with Browser(make_server()) as browser:
        for person in people:
            user = browser.log_in(person["id"])
            if browser.dashboard(user, time_range="short_term").json()["tracks"]:
                continue
            answer = browser.analyze(user)
            assert (answer.status_code, answer.json()) == (200, NOTHING)
            return
    raise AssertionError("every listener has tracks")


def test_needs_a_session(anyone, alice):
    for id in (alice, "nobody"):
        answer = anyone.post("/analyze-emotions-background", json={"spotify_id": id})
        assert (answer.status_code, answer.json()) == (401, {"detail": "Please login again."})


def test_an_analysis_is_there_or_getting_ready_or_not_possible(hasty):
    answer = hasty.analyze(hasty.user)
    if answer.status_code == 200:
        check_emotions(answer.json())
    elif answer.status_code == 202:
        assert answer.json() == PENDING
        assert re.fullmatch(r"/api/jobs/[\w-]{43}", answer.headers["location"])
    else:
        assert answer.status_code == 503 and int(answer.headers["retry-after"]) > 0


def job_of(browser: Browser) -> str:
    """The path of a job of theirs that is under way or over; the reading of a login may be ahead of us."""
    with client_of(browser.server) as client:
        client.cookies = browser.client.cookies
        for time_range in ("long_term", "medium_term", "short_term"):
            answer = browser.analyze(browser.user, time_range=time_range, extended=True)
            if answer.status_code == 202:
                return answer.headers["location"]
    pytest.fail("all was read before anybody could ask")


def test_jobs_are_private(hasty, bob):
    path = job_of(hasty)
    own = hasty.get(path).json()
    assert own["id"] == path.rpartition("/")[2] and own["kind"] == "title_emotions"
    assert own["state"] in ("queued", "running", "done", "failed")
    with Browser(hasty.server) as other, client_of(hasty.server) as nobody:
        other.log_in(bob)
        for client in (other.client, nobody):
            for target in (path, path + "/events", "/api/jobs/unknown", "/api/jobs/unknown/events"):
                answer = client.get(target)
                assert (answer.status_code, answer.json()) == (404, NO_JOB), target


def test_events_go_on_to_the_end(hasty):
    path = job_of(hasty)
    events = events_of(hasty, path)
    assert events[0][0] == "state" and events[-1][0] == "state"
    assert events[-1][1] == hasty.get(path).json()
    last = events[-1][1]
    assert last["state"] in ("done", "failed")
    assert ("result" in last) == (last["state"] == "done")
    assert ("error" in last) == (last["state"] == "failed")
    done = [value["progress"]["done"] for _, value in events]
    assert done == sorted(done)
    assert len(events_of(hasty, path)) == 1, "of a job that is over its end alone"
    again = hasty.get(path + "/events", headers={"Last-Event-ID": "over"})
    assert again.status_code == 204
    assert hasty.client.head(path + "/events").status_code == 200


def test_a_job_survives_kill_9(make_server, alice):
    server = make_server(ANALYZE_WAIT_SECONDS="0")
    with Browser(server) as browser:
        browser.user = browser.log_in(alice)
        path = job_of(browser)
        server.kill()
        browser.move_to(make_server.adopt(server.again()))
        assert events_of(browser, path)[-1][1]["state"] in ("done", "failed")


def test_lyrics_that_are_blank(anyone):
    for lyrics in ("", "   ", "\n\t", "\u3000\u00a0"):
        answer = anyone.post("/analyze-lyrics", json={"lyrics": lyrics})
        assert (answer.status_code, answer.json()) == (200, {"error": "Lyrics input cannot be empty."})


def test_lyrics_are_limited_in_size_and_rate(make_server, anyone):
    too_long = anyone.post("/analyze-lyrics", json={"lyrics": "la " * 400_000})
    assert too_long.status_code == 413
    with client_of(make_server(RATE_LIMIT="on")) as client:
        answers = [client.post("/analyze-lyrics", json={"lyrics": " "}) for _ in range(21)]
        assert [answer.status_code for answer in answers] == [200] * 20 + [429]
        assert answers[0].headers["ratelimit-policy"] == '"lyrics";q=20;w=60'
        assert int(answers[-1].headers["retry-after"]) > 0


# With the model


@pytest.mark.timeout(120)
def test_emotions_everywhere(model, make_server, sim, alice):
    server = make_server()
    with Browser(server) as browser:
        user = browser.log_in(alice)
        answer = browser.analyze(user)
        assert answer.status_code == 200
        emotions = answer.json()
        check_emotions(emotions)
        browser.settle(user)
        shown = browser.dashboard(user, time_range="short_term").json()
        assert {name: shown[name] for name in emotions} == emotions
        entries = browser.get("/history", params={"spotify_id": user}).json()
        assert len(entries) == 3
        for entry in entries:
            check_emotions(entry["data"])
        written = next(entry["data"] for entry in entries if entry["time_range"] == "short_term")
        assert {name: written[name] for name in emotions} == emotions
        assert browser.analyze(user).json() == emotions, "same tracks, same model: same paragraph"
        synced = browser.sync(time_range="short_term").json()
        assert {name: synced[name] for name in emotions} == emotions, "known titles are said at once"
        newest = browser.get("/history", params={"spotify_id": user, "limit": 1}).json()[0]["data"]
        assert {name: newest[name] for name in emotions} == emotions
        server.check_stopped_well()
        browser.move_to(make_server.adopt(server.again()))
        again = browser.dashboard(user, time_range="short_term").json()
        assert {name: again[name] for name in emotions} == emotions, "readings survive a restart"


@pytest.mark.timeout(120)
def test_extended(model, make_server, alice):
    with Browser(make_server()) as browser:
        user = browser.log_in(alice)
        standard = browser.analyze(user).json()
        extended = browser.analyze(user, extended=True)
        assert extended.status_code == 200
        check_emotions(extended.json())
        for emotion in extended.json()["top_emotions"]:
            assert emotion["score"] * 20 == pytest.approx(round(emotion["score"] * 20))
        shown = browser.dashboard(user, time_range="short_term").json()
        assert {name: shown[name] for name in extended.json()} == extended.json()
        assert browser.analyze(user).json() == standard
        browser.sync(time_range="short_term")
        shown = browser.dashboard(user, time_range="short_term").json()
        assert {name: shown[name] for name in standard} == standard, "a sync begins anew"


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    "lyrics",
    [
        "I love you, I will always love you",
        "Aku rindu padamu, pulanglah kasih",
        "愛してる 💔 夜に駆ける",
        "la",
        "🎧",
        "na na na hey " * 1500,
    ],
    ids=["english", "indonesian", "mixed", "short", "emoji", "long"],
)
def test_lyrics(model, anyone, lyrics):
    answer = anyone.post("/analyze-lyrics", json={"lyrics": lyrics})
    assert answer.status_code == 200
    data = answer.json()
    assert {"emotions", "language", "translated", "engine"} <= set(data)
    labels = [emotion["label"] for emotion in data["emotions"]]
    scores = [emotion["score"] for emotion in data["emotions"]]
    assert len(set(labels)) == 5 and set(labels) <= LABELS
    assert scores == sorted(scores, reverse=True) and 0 <= scores[-1] and 0 < sum(scores) <= 1.0001
    assert data["translated"] is False, "no text leaves the machine unless asked"
    again = anyone.post("/analyze-lyrics", json={"lyrics": lyrics})
    assert again.json() == data


@pytest.mark.timeout(120)
def test_many_ask_at_once(model, make_server, alice):
    from concurrent.futures import ThreadPoolExecutor

    server = make_server()
    with Browser(server) as browser, ThreadPoolExecutor(16) as pool:
        user = browser.log_in(alice)
        headers = bearer(browser.session)

        def ask(_):
            return httpx.post(
                server.url + "/analyze-emotions-background",
                json={"spotify_id": user},
                headers=headers,
                timeout=40,
                trust_env=False,
            )

        deadline = Deadline(60)
        answers = list(pool.map(ask, range(32)))
        assert not deadline.passed
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.text for answer in answers}) == 1
