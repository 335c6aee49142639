"""POST /request-access: somebody without an invitation asks for one."""

import sqlite3

import pytest

from browser import client_of

OK = {"status": "ok", "message": "Request received (Mock Mode)"}


def ask(client, name="Rani Senja", email="rani@example.org"):
    return client.post("/request-access", json={"name": name, "email": email})


def rows_with(folder, text: str) -> int:
    """Rows of any table of any SQLite file below `folder` with a cell that is `text`."""
    count = 0
    for path in folder.rglob("*"):
        if not path.is_file() or path.open("rb").read(15) != b"SQLite format 3":
            continue
        database = sqlite3.connect(path)
        try:
            for (table,) in database.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
            ).fetchall():
                count += sum(
                    text in [str(cell).lower() for cell in row]
                    for row in database.execute(f'SELECT * FROM "{table}"')
                )
        finally:
            database.close()
    return count


def test_ok(anyone):
    response = ask(anyone)
    assert (response.status_code, response.json()) == (200, OK)


def test_the_same_address_is_stored_once(make_server):
    server = make_server()
    with client_of(server) as client:
        for email in ("twice@example.org", "twice@example.org", "TWICE@Example.org"):
            response = ask(client, email=email)
            assert (response.status_code, response.json()) == (200, OK), "nobody learns who asked before"
        ask(client, email="other@example.org")
    server.check_stopped_well()
    assert rows_with(server.folder, "twice@example.org") == 1
    assert rows_with(server.folder, "other@example.org") == 1


@pytest.mark.parametrize(
    "email",
    [
        "",
        " ",
        "rani",
        "rani@",
        "@example.org",
        "rani@example",
        "ra ni@example.org",
        "rani@example.org\r\nBcc: x@example.org",
        "rani@@example.org",
        "r" * 300 + "@example.org",
        "rani@example..org",
    ],
)
def test_addresses_that_are_none(anyone, email):
    response = ask(anyone, email=email)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "email"]


@pytest.mark.parametrize(
    "email", ["rani.senja+beta@mail.example.co.id", "o'neil@example.org", "R_1@example.travel"]
)
def test_addresses_that_are_some(anyone, email):
    assert ask(anyone, email=email).status_code == 200


@pytest.mark.parametrize(
    "name",
    ["", "   ", "\u3000\u200b", "x" * 5000, "x" * 101, "Rani\nMail: x", "Ra\tni", "\u202einaR", "\x1b[2J"],
)
def test_names_that_are_none(anyone, name):
    response = ask(anyone, name=name)
    assert response.status_code == 422
    assert response.json()["detail"][0]["loc"] == ["body", "name"]


@pytest.mark.parametrize("name", ["Ñ", "Nguyễn Văn", "=cmd()", "<b>Rani</b>", "田中 太郎 🎧"])
def test_names_of_all_kinds(anyone, name):
    assert ask(anyone, name=name, email="kinds@example.org").status_code == 200


def test_rate_limit(make_server):
    with client_of(make_server(RATE_LIMIT="on")) as client:
        for number in range(300):
            response = ask(client, email=f"person{number}@example.org")
            if response.status_code != 200:
                break
        assert response.status_code == 429, "300 requests in a row from one address went through"
        assert number >= 2, "a person may mistype an address"
        assert int(response.headers["retry-after"]) > 0
        assert isinstance(response.json()["detail"], str)
        assert client.get("/healthz").status_code == 200
