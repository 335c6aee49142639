"""Administration from the command line, beside a running service and without one."""

import csv
import io
import json
import os
import shutil
import stat

import pytest

from browser import Browser, client_of
from processes import run_to_end

TOKEN = "the-operators-own-token"


@pytest.fixture
def guarded(make_server):
    return make_server(ADMIN_TOKEN=TOKEN)


@pytest.fixture
def command(guarded, program):
    """Runs a command on the server's data folder."""

    def run(*arguments: str, **settings: str):
        folder = ["--data-dir", str(guarded.folder / "data")]
        return run_to_end([*arguments, *folder], guarded.settings | settings, guarded.folder)

    return run


@pytest.fixture
def listener(guarded, alice):
    """Somebody who has logged in."""
    with Browser(guarded) as browser:
        browser.user = browser.log_in(alice)
        browser.settle(browser.user)
        yield browser


def good(done) -> str:
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "not a terminal: no progress"
    return done.stdout


def test_stats(command, listener):
    text = good(command("stats"))
    assert "PERSONALIFY SYSTEM AUDIT" in text
    assert "Total Users..........................1 " in text
    assert listener.user in text
    assert "CACHE" not in text, "that is the service's memory"


def test_user_show(command, listener):
    text = good(command("user", "show", listener.user))
    assert "PERSONALIFY USER REPORT" in text
    assert text.count("(Pop:") == 10
    unknown = command("user", "show", "nobody")
    assert unknown.returncode == 1
    assert "not found" in unknown.stdout


def test_export_users(command, guarded, listener):
    rows = list(csv.reader(io.StringIO(good(command("export", "users")), newline=""), strict=True))
    with client_of(guarded, headers={"Authorization": f"Bearer {TOKEN}"}) as office:
        served = office.get("/admin/export-users").text
    assert rows == list(csv.reader(io.StringIO(served, newline=""), strict=True))
    (user,) = json.loads(good(command("export", "users", "--format", "json")))
    assert user["spotify_id"] == listener.user
    assert len(user["top_artists"]) == 10
    (line,) = good(command("export", "users", "--format", "ndjson")).splitlines()
    assert json.loads(line) == user


def test_export_history(command, listener):
    entries = json.loads(good(command("export", "history", "--format", "json")))
    served = listener.get("/history", params={"spotify_id": listener.user}).json()
    assert [entry["data"] for entry in reversed(entries)] == [entry["data"] for entry in served]
    rows = list(csv.reader(io.StringIO(good(command("export", "history")), newline=""), strict=True))
    assert rows[0] == ["Spotify ID", "Time Range", "Synced At", "Document"]
    assert [json.loads(row[3]) for row in rows[1:]] == [entry["data"] for entry in entries]


def test_export_all_into_a_file(command, guarded, listener):
    file = guarded.folder / "all.ndjson"
    file.touch(mode=0o644)
    assert good(command("export", "all", "--format", "ndjson", "--output", str(file))) == ""
    kinds = [json.loads(line)["kind"] for line in file.read_text().splitlines()]
    assert kinds == ["user", "sync", "sync", "sync"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    refused = command("export", "all")
    assert refused.returncode == 1
    assert "--format json" in refused.stderr
    nowhere = command("export", "users", "--output", "/nowhere/file")
    assert nowhere.returncode == 1
    assert "/nowhere/file" in nowhere.stderr


def test_a_device_to_write_to_stays_as_it_is(command, tmp_path, listener):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o644)
    before = pipe.stat().st_mode
    with open(os.open(pipe, os.O_RDWR)):  # so that the command finds a reader
        good(command("export", "users", "--output", str(pipe)))
        assert pipe.stat().st_mode == before


def test_whose_data_is_meant_is_never_guessed(make_server):
    """The demo's folder lies in the other one: with a database in both, a command asks."""
    server = make_server()
    server.check_stopped_well()
    here = server.folder
    (here / "data" / "demo").mkdir()
    shutil.copy(here / "data" / "personalify.db", here / "data" / "demo")
    for arguments in (["stats"], ["user", "delete", "x"], ["export", "users"], ["migrate"], ["backup", "b"]):
        done = run_to_end(arguments, {}, here)
        assert (done.returncode, "add --demo, or --data-dir data" in done.stderr) == (1, True), done.stderr
    assert run_to_end(["stats", "--demo"], {}, here).returncode == 0
    assert run_to_end(["stats", "--data-dir", str(here / "data")], {}, here).returncode == 0
    (here / "data" / "personalify.db").unlink()
    assert run_to_end(["stats"], {}, here).returncode == 0, "the demo's, as there is no other"
    refused = run_to_end(["restore", "b"], {}, here)
    assert (refused.returncode, "--demo" in refused.stderr) == (1, True)


def test_wrong_words_are_named(program, tmp_path):
    for arguments, words in (
        (["export", "1"], "users|history|all"),
        (["export", "users", "--format", "xml"], "csv|json|ndjson"),
        (["user", "share", "x", "0"], "on|off"),
    ):
        done = run_to_end(arguments, {}, tmp_path)
        assert done.returncode == 2 and f"must be one of {words}" in done.stderr, done.stderr
    assert "{" not in run_to_end(["export", "--help"], {}, tmp_path).stdout


def test_nothing_is_made_where_there_is_nothing(program, tmp_path):
    for arguments in (["stats"], ["export", "users"], ["user", "show", "x"], ["user", "share", "x", "on"],
                      ["user", "delete", "x"], ["cache", "clear"]):
        done = run_to_end([*arguments, "--data-dir", str(tmp_path / "none")], {}, tmp_path)
        assert done.returncode == 1, arguments
        assert "--data-dir" in done.stderr
        assert not (tmp_path / "none").exists()


def test_sharing_changes_while_the_service_rests(command, guarded, listener, make_server, bob):
    refused = command("user", "share", listener.user, "on")
    assert refused.returncode == 1
    assert "stop it" in refused.stderr
    guarded.check_stopped_well()
    assert f"{listener.user} is shown to everybody now" in good(command("user", "share", listener.user, "on"))
    assert good(command("stats")), "works without a service, too"
    unknown = command("user", "share", "nobody", "on")
    assert (unknown.returncode, unknown.stderr) == (1, "personalify: User not found.\n")
    again = make_server.adopt(guarded.again())
    with client_of(again) as visitor:
        assert visitor.get(f"/api/dashboard/{listener.user}").status_code == 200


def test_a_user_is_deleted_while_the_service_rests(command, guarded, listener, make_server):
    refused = command("user", "delete", listener.user)
    assert (refused.returncode, "stop it" in refused.stderr) == (1, True)
    guarded.check_stopped_well()
    folder = str(guarded.folder / "data")
    assert good(command("user", "delete", listener.user)).startswith(f"Deleted {listener.user} with all that {folder}")
    unknown = command("user", "delete", listener.user)
    assert (unknown.returncode, unknown.stderr) == (1, f"personalify: There is no such user in {folder}.\n")
    again = make_server.adopt(guarded.again())
    listener.client.base_url = again.url
    assert listener.get("/api/me").status_code == 401


def test_cache_clear_asks_the_service(command, guarded, listener):
    listener.dashboard(listener.user)
    text = good(command("cache", "clear", "--port", str(guarded.port)))
    assert "STATUS: SUCCESS" in text
    assert "Dashboards.........................0" not in text
    assert good(command("cache", "clear", "--url", guarded.url))
    wrong = command("cache", "clear", "--url", guarded.url, ADMIN_TOKEN="another-token-of-sixteen")
    assert wrong.returncode == 1
    assert "401" in wrong.stderr
    guarded.check_stopped_well()
    away = command("cache", "clear", "--url", guarded.url)
    assert away.returncode == 1
    assert "does not answer" in away.stderr
