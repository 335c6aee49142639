"""What tests of lyrics have in common."""

import re
import sqlite3

import httpx

from processes import Server
from test_emotions import LABELS

from test_emotions import LABELS

NO_MODEL = {"MODELS_DIR": "/nonexistent"}
PROLIFIC = "Orkes Pop Parahyangan Tempo Baheula"  # more than 500 songs
FORMS = ("header_inside", "ads_inside", "leaked", "paragraphs")
HEADING = re.compile(r"\[(.*)\]")
NOT_FOUND = {"detail": "Lyrics not found!"}


def lyrics_of(client: httpx.Client, song: dict, status: int = 200) -> httpx.Response:
    """By the number at Genius."""
    answer = client.get(f"/api/genius/lyrics/{song['genius_id']}")
    assert answer.status_code == status, f"{song['artist']}: {song['title']}: {answer.text[:300]}"
    return answer


def sections_of(text: str) -> list[tuple[str, str]]:
    """Headings and what stands under them."""
    found, heading, lines = [], "", []
    for line in [*text.split("\n"), "[]"]:
        if tag := HEADING.fullmatch(line):
            if words := "\n".join(lines).strip():
                found.append((heading, words))
            heading, lines = tag.group(1), []
        else:
            lines.append(line)
    return found


def words_of(text: str) -> str:
    """Without headings."""
    lines = [line for line in text.split("\n") if not HEADING.fullmatch(line)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def check_emotions(emotions: list[dict]):
    scores = [emotion["score"] for emotion in emotions]
    assert len({emotion["label"] for emotion in emotions} & LABELS) == len(emotions) == 5
    assert scores == sorted(scores, reverse=True) and 0 <= scores[-1] and 0 < sum(scores) <= 1.0001


def check_analysis(answer: dict):
    """Five emotions for the whole and for each section, under its heading."""
    analysis = answer["emotion_analysis"]
    check_emotions(analysis["emotions"])
    headings = [section["heading"] for section in answer["sections"]]
    assert [section["heading"] for section in analysis["sections"]] == headings
    for section in analysis["sections"]:
        check_emotions(section["emotions"])


def check_away(answer: httpx.Response):
    """It could not be looked: never "not found", never a fault of ours."""
    assert answer.status_code == 503, f"{answer.status_code}: {answer.text[:300]}"
    assert int(answer.headers["retry-after"]) >= 1
    assert "not found" not in answer.text.lower()


def artist_named(client: httpx.Client, name: str) -> dict:
    answer = client.get("/api/genius/search-artist", params={"q": name})
    assert answer.status_code == 200, answer.text
    return next(artist for artist in answer.json()["artists"] if artist["name"] == name)


def opened_anew(make_server, server: Server) -> Server:
    """The same data, as if the time for which services were to be left alone were over."""
    server.check_stopped_well()
    connection = sqlite3.connect(server.folder / "data" / "personalify.db")
    with connection:
        connection.execute("DELETE FROM upstream_state")
    connection.close()
    return make_server.adopt(server.again())
