"""The admin routes: who is let in, the receipts, the caches, and the export."""

import base64
import csv
import io
import re
import socket
import sqlite3
import stat
import threading

import httpx
import pytest

from browser import Browser, bearer, client_of
from processes import run_to_end

TOKEN = "the-operators-own-token"
ROUTES = ["/admin/system-stats", "/admin/user-report/nobody", "/admin/clear-cache", "/admin/export-users"]


def basic(user: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def admin(server) -> httpx.Client:
    return client_of(server, headers=bearer(TOKEN))


@pytest.fixture
def guarded(make_server):
    return make_server(ADMIN_TOKEN=TOKEN)


@pytest.fixture
def office(guarded):
    """The administrator's client."""
    with admin(guarded) as client:
        yield client


def receipt(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    return answer.text


def number(text: str, label: str) -> int:
    found = re.search(rf"^ +{re.escape(label)}\.+(\d+) $", text, re.MULTILINE)
    assert found, f"no {label} in:\n{text}"
    return int(found.group(1))


def rows_of(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == "attachment; filename=personalify_users_light.csv"
    assert answer.text.endswith("\r\n")
    rows = list(csv.reader(io.StringIO(answer.content.decode(), newline=""), strict=True))
    assert rows[0] == ["ID", "Spotify ID", "Display Name", "Top 10 Artists", "Top 10 Tracks"]
    return rows[1:]


def test_refuses_alike(guarded, alice):
    with Browser(guarded) as listener:
        listener.log_in(alice)
        session = listener.session
    wrong = [
        {},
        bearer("x" * len(TOKEN)),
        bearer(session),
        {"Cookie": f"access_token={session}"},
        basic("admin", "wrong"),
        basic("root", TOKEN),
        basic("admin", TOKEN) | {"Sec-Fetch-Site": "cross-site"},
        basic("admin", TOKEN) | {"Sec-Fetch-Site": "same-site"},
    ]
    with client_of(guarded) as anyone:
        for headers in wrong:
            # Four wrong tokens a round would soon count: each kind asks for one of them.
            answers = [anyone.get(path, headers=headers) for path in ROUTES[: 1 if headers else 4]]
            answers.append(anyone.post("/admin/clear-cache", headers=headers))
            if not headers:
                answers += [anyone.get(f"/admin/user-report/{user}") for user in (alice, "x")]
            for answer in answers:
                assert answer.status_code == 401, (headers, answer.text)
                assert answer.json() == {"detail": "The admin token is needed."}
                assert answer.headers["www-authenticate"].startswith("Basic realm=")


def test_lets_the_administrator_in(guarded):
    with client_of(guarded) as anyone:
        for headers in (
            bearer(TOKEN),
            basic("admin", TOKEN),
            basic("admin", TOKEN) | {"Sec-Fetch-Site": "same-origin"},
            basic("admin", TOKEN) | {"Sec-Fetch-Site": "none"},
        ):
            for path in ROUTES:
                assert anyone.get(path, headers=headers).status_code == 200
            assert anyone.post("/admin/clear-cache", headers=headers).status_code == 200


def test_who_guesses_has_to_wait(make_server):
    server = make_server(ADMIN_TOKEN=TOKEN, RATE_LIMIT="on")
    with client_of(server) as anyone:
        statuses = [anyone.get(ROUTES[0], headers=bearer(f"guess-{i}")).status_code for i in range(11)]
        assert statuses == [401] * 10 + [429]
        refused = anyone.get(ROUTES[0], headers=bearer(TOKEN))
        assert refused.status_code == 429, "a right guess must not be told"
        assert int(refused.headers["retry-after"]) > 0


def test_a_token_is_generated_and_its_place_is_logged(fresh_server):
    file = fresh_server.folder / "data" / "admin-token"
    token = file.read_text().strip()
    assert len(token) == 43
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with client_of(fresh_server) as anyone:
        assert anyone.get(ROUTES[0], headers=bearer(token)).status_code == 200
        assert anyone.get(ROUTES[0]).status_code == 401
    fresh_server.check_stopped_well()
    assert '"event":"admin.token"' in fresh_server.output()
    assert str(file) in fresh_server.output()
    assert token not in fresh_server.output()
    again = fresh_server.again()
    try:
        assert file.read_text().strip() == token
    finally:
        again.check_stopped_well()


def test_a_short_token_is_refused_at_start(program, tmp_path):
    done = run_to_end(["serve"], {"ADMIN_TOKEN": "fifteen-letters"}, tmp_path)
    assert done.returncode == 2
    assert "ADMIN_TOKEN" in done.stderr and "at least 16 characters" in done.stderr
    assert "fifteen-letters" not in done.stderr


def test_the_descriptions_name_the_scheme(anyone):
    document = anyone.get("/openapi.json").json()
    for path in ("/admin/system-stats", "/admin/export-users", "/admin/user-report/{id}"):
        assert document["paths"][path]["get"]["security"] == [{"admin_bearer": []}, {"admin_basic": []}]
        assert "401" in document["paths"][path]["get"]["responses"]
    assert document["components"]["securitySchemes"]["admin_basic"]["scheme"] == "basic"


def test_system_receipt(guarded, office, people):
    empty = receipt(office, "/admin/system-stats")
    assert number(empty, "Total Users") == 0
    assert "No artists found in DB" in empty
    with Browser(guarded) as first, Browser(guarded) as second:
        user = first.log_in(people[0]["id"])
        other = second.log_in(people[1]["id"])
        office.post("/admin/clear-cache")  # forgets what took long to count
        stats = receipt(office, "/admin/system-stats")
    assert stats.startswith("*" * 40 + "\n        PERSONALIFY SYSTEM AUDIT\n")
    assert number(stats, "Total Users") == 2
    assert number(stats, "Total Artists") > 0
    assert number(stats, "Total Tracks") > 0
    assert number(stats, "Synced Users Count") == 2
    assert number(stats, "Syncs Kept") == 6
    assert "Development Mode Places Left....3 of 5" in stats
    assert "--- SQLITE (MAIN DB) ---" in stats
    assert f"    - {user}\n" in stats and f"    - {other}\n" in stats
    assert all(len(line) <= 40 for line in stats.splitlines())
    assert re.search(r"^ SQLite\.+3\.\d+", stats, re.MULTILINE)
    assert re.search(r"^ Uptime\.+0d 00:", stats, re.MULTILINE)
    popularity = [int(found) for found in re.findall(r"\(Pop: (\d+)\)", stats)]
    assert len(popularity) == 10
    assert popularity[:5] == sorted(popularity[:5], reverse=True)


def test_user_receipt(guarded, office, alice):
    with Browser(guarded) as listener:
        user = listener.log_in(alice)
        name = listener.get("/api/me").json()["display_name"]
    text = receipt(office, f"/admin/user-report/{user}")
    assert "PERSONALIFY USER REPORT" in text
    assert name in text
    assert text.count("(Pop:") == 10
    unknown = receipt(office, "/admin/user-report/no%0Abody")
    assert "ERROR: User with spotify_id 'no body'" in unknown
    assert "No tracks found in DB" in unknown


def test_an_emptied_cache_is_filled_from_storage(guarded, office, alice):
    with Browser(guarded) as listener:
        user = listener.log_in(alice)
        listener.settle(user)
        first = listener.dashboard(user)
        warm = listener.dashboard(user)
        assert warm.headers["etag"] == first.headers["etag"]
        cleared = office.post("/admin/clear-cache")
        assert cleared.status_code == 200
        assert "STATUS: SUCCESS" in cleared.text
        assert number(cleared.text, "TOTAL KEYS DELETED") >= 2, "a dashboard and a session"
        assert number(cleared.text, "Dashboards") >= 1
        assert number(receipt(office, "/admin/clear-cache"), "TOTAL KEYS DELETED") == 0
        assert number(receipt(office, "/admin/system-stats"), "Cached Keys Count") == 0
        # Still logged in, and the same answer out of storage; the ready one is made anew.
        again = listener.dashboard(user)
        assert again.status_code == 200
        assert again.json() == first.json()
        same = listener.get(f"/api/dashboard/{user}", headers={"If-None-Match": again.headers["etag"]})
        assert same.status_code == 304


def test_a_ready_answer_is_made_of_what_storage_holds_now(guarded, office, alice):
    with Browser(guarded) as listener:
        user = listener.log_in(alice)
        listener.settle(user)
        before = listener.dashboard(user)
        listener.dashboard(user)
        with sqlite3.connect(guarded.folder / "data" / "personalify.db", timeout=20) as database:
            database.execute("UPDATE users SET display_name = 'Changed Beside' WHERE spotify_id = ?", (user,))
        database.close()
        kept = listener.get(f"/api/dashboard/{user}", headers={"If-None-Match": before.headers["etag"]})
        assert kept.status_code == 304, "the cache does not know"
        office.get("/admin/clear-cache")
        after = listener.get(f"/api/dashboard/{user}", headers={"If-None-Match": before.headers["etag"]})
        assert after.status_code == 200
        assert after.json()["user"] == "Changed Beside"


def test_export(guarded, office, people):
    assert rows_of(office.get("/admin/export-users")) == []
    users = {}
    for person in people[:3]:
        with Browser(guarded) as listener:
            user = listener.log_in(person["id"])
            users[user] = listener.dashboard(user, time_range="medium_term").json()
    rows = rows_of(office.get("/admin/export-users"))
    assert [row[1] for row in rows] == list(users)
    assert [int(row[0]) for row in rows] == sorted(int(row[0]) for row in rows)
    for row in rows:
        dashboard = users[row[1]]
        assert row[2].lstrip("'") == dashboard["user"]
        artists = " | ".join(artist["name"] for artist in dashboard["artists"][:10])
        tracks = " | ".join(track["name"] for track in dashboard["tracks"][:10])
        assert row[3].removeprefix("'") == artists
        assert row[4].removeprefix("'") == tracks


def fill(server, count: int):
    """Users straight into the database: more than buffers hold."""
    with sqlite3.connect(server.folder / "data" / "personalify.db", timeout=20) as database:
        database.executemany(
            "INSERT INTO users (spotify_id, display_name, image, authorized_at, created_at, updated_at) "
            "VALUES (?, ?, '', 0, 0, 0)",
            ((f"filled{i}", f"=cmd|{'x' * 180}{i}") for i in range(count)),
        )
    database.close()


def test_an_export_is_of_one_moment(guarded, office):
    fill(guarded, 60_000)
    with office.stream("GET", "/admin/export-users") as answer:
        pieces = answer.iter_bytes(1000)
        read = [next(pieces)]
        with sqlite3.connect(guarded.folder / "data" / "personalify.db", timeout=20) as database:
            database.execute("UPDATE users SET display_name = 'changed'")
            database.execute("DELETE FROM users WHERE user_key % 2 = 0")
        database.close()
        read.extend(pieces)
    text = b"".join(read).decode()
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))[1:]
    assert len(rows) == 60_000
    assert all(row[2].startswith("'=cmd|") for row in rows), "made inert, and as it was"
    assert len(rows_of(office.get("/admin/export-users"))) == 30_000


def start_export(server, buffer: int = 4096) -> socket.socket:
    """An export that nobody reads. Who means to go on needs a larger buffer: out of a tiny one that was full, TCP
    takes a piece every 200 ms."""
    reader = socket.socket()
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    reader.connect(("127.0.0.1", server.port))
    reader.sendall(
        f"GET /admin/export-users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {TOKEN}\r\n\r\n".encode()
    )
    assert reader.recv(15) == b"HTTP/1.1 200 OK"
    return reader


def test_two_exports_at_once_and_hanging_up_frees_the_place(guarded, office):
    fill(guarded, 100_000)
    first, second = start_export(guarded), start_export(guarded)
    refused = office.get("/admin/export-users")
    assert refused.status_code == 503
    assert int(refused.headers["retry-after"]) > 0
    first.close()
    # The server notices by a write that fails: asked again until then.
    for _ in range(2000):
        answer = office.get("/admin/export-users")
        if answer.status_code == 200:
            break
    assert len(rows_of(answer)) == 100_000
    second.close()
    assert receipt(office, "/admin/system-stats"), "nothing else was harmed"


def test_exports_beside_logins(guarded, office, people):
    """Writers go on while somebody exports slowly."""
    fill(guarded, 50_000)
    reader = start_export(guarded, buffer=256 * 1024)
    with Browser(guarded) as listener:
        listener.log_in(people[0]["id"])
        assert listener.sync(limit=5).status_code == 200
    read = 0
    done = threading.Event()

    def drain():
        nonlocal read
        end = b""  # of what was read: a piece may hold less than the mark
        while not end.endswith(b"0\r\n\r\n") and (piece := reader.recv(1 << 20)):
            read += len(piece)
            end = (end + piece)[-5:]
        done.set()

    thread = threading.Thread(target=drain)
    thread.start()
    assert done.wait(60)
    thread.join()
    reader.close()
    assert read > 50_000 * 180
