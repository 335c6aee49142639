"""personalify backup, restore and migrate."""

import os
import re
import signal
import sqlite3
import subprocess
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from browser import Browser, bearer, client_of
from processes import Deadline, Process, Server, binary, clean_environment, run_to_end, server_settings
from test_durability import Acknowledged, User, check
from test_erasure import erase

SECRET_LINE = "correct horse battery staple"


def backup(folder: Path, file: Path, *arguments: str, **settings: str):
    return run_to_end(["backup", str(file), "--data-dir", str(folder), *arguments], settings, folder.parent, 60)


def restore(file: Path, folder: Path, *arguments: str, **settings: str):
    return run_to_end(["restore", str(file), "--data-dir", str(folder), *arguments], settings, file.parent, 60)


def good(done: subprocess.CompletedProcess) -> str:
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refused(done: subprocess.CompletedProcess) -> str:
    assert done.returncode == 1, done.stdout + done.stderr
    assert done.stderr.startswith("personalify: "), done.stderr
    return done.stderr


@contextmanager
def running(folder: Path, sim):
    """A service on a folder that was restored into `folder`/data."""
    server = Server(folder, server_settings(sim.url, sim.url))
    try:
        yield server
        server.check_stopped_well()
    finally:
        server.kill()


@pytest.fixture
def used(make_server, alice):
    """A server with one user, and that user's browser."""
    server = make_server()
    with Browser(server) as browser:
        browser.user = browser.log_in(alice)
        browser.settle(browser.user)
        yield browser


def move_key(used: Browser, to: Path):
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    (to / "secret.key").write_bytes((used.server.folder / "data" / "secret.key").read_bytes())
    (to / "secret.key").chmod(0o600)


def test_a_restored_folder_is_the_old_service(used, sim, tmp_path):
    file, folder = tmp_path / "all.backup", tmp_path / "new"
    said = good(backup(used.server.folder / "data", file))
    assert re.search(r"1 users, 1 sessions, 3 syncs", said) and "is not in it" in said
    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob(".all*")] == []
    shown = used.dashboard(used.user).json()
    history = used.get("/history", params={"spotify_id": used.user}).json()
    move_key(used, folder / "data")
    said = good(restore(file, folder / "data"))
    assert "Restored 1 users" in said and "open with the key" in said
    for path in (folder / "data").iterdir():
        assert path.stat().st_mode & 0o077 == 0, path.name
    with running(folder, sim) as server:
        used.move_to(server)
        assert used.get("/api/me").json()["spotify_id"] == used.user, "the session is good"
        assert used.dashboard(used.user).json() == shown
        assert used.get("/history", params={"spotify_id": used.user}).json() == history
        assert used.sync(limit=5).status_code == 200, "Spotify's tokens open"
        with Browser(server) as another:
            assert another.log_in(used.user) == used.user


def test_without_the_key_users_log_in_again(used, sim, tmp_path, alice):
    file, folder = tmp_path / "all.backup", tmp_path / "new"
    good(backup(used.server.folder / "data", file))
    said = good(restore(file, folder / "data"))
    assert "holds no key" in said and "log in again" in said and str(folder / "data" / "secret.key") in said
    with running(folder, sim) as server:
        used.move_to(server)
        assert used.dashboard(used.user).status_code == 200, "what is stored is shown"
        assert used.sync(limit=5).status_code == 401
        used.log_in(alice)
        assert used.sync(limit=5).status_code == 200


def test_the_key_is_in_it_only_when_asked_for(used, sim, tmp_path):
    data = used.server.folder / "data"
    key = (data / "secret.key").read_text().strip()
    words = tmp_path / "passphrase"
    words.write_text(SECRET_LINE + "\n")
    plain, sealed = tmp_path / "plain.backup", tmp_path / "sealed.backup"
    good(backup(data, plain))
    assert "no terminal" in refused(backup(data, sealed, "--with-key")), "nobody is there to ask"
    assert not sealed.exists()
    good(backup(data, sealed, "--with-key", "--passphrase-file", str(words)))
    for file in (plain, sealed):
        content = file.read_bytes()
        assert key.encode() not in content and SECRET_LINE.encode() not in content
    wrong = tmp_path / "wrong"
    wrong.write_text("incorrect horse battery\n")
    folder = tmp_path / "new"
    assert "passphrase does not open" in refused(restore(sealed, folder / "data", "--passphrase-file", str(wrong)))
    assert not (folder / "data" / "personalify.db").exists()
    said = good(restore(sealed, folder / "data", "--passphrase-file", str(words)))
    assert "open with the key" in said
    assert (folder / "data" / "secret.key").read_text().strip() == key
    assert (folder / "data" / "secret.key").stat().st_mode & 0o777 == 0o600
    with running(folder, sim) as server:
        used.move_to(server)
        assert used.sync(limit=5).status_code == 200


def test_short_passphrases_are_refused(used, tmp_path):
    words = tmp_path / "passphrase"
    words.write_text("short\n")
    said = refused(
        backup(used.server.folder / "data", tmp_path / "a", "--with-key", "--passphrase-file", str(words))
    )
    assert "shorter than 12" in said


def test_the_passphrase_is_typed_unseen(used, tmp_path):
    """At a terminal of its own, twice."""
    import pty

    data, file = used.server.folder / "data", tmp_path / "typed.backup"
    child, terminal = pty.fork()
    if child == 0:
        os.execve(
            str(binary()),
            [str(binary()), "backup", str(file), "--data-dir", str(data), "--with-key"],
            clean_environment({}),
        )
    shown = b""
    for question in (b"Passphrase: ", b"The same again: "):
        while question not in shown:
            shown += os.read(terminal, 1024)
        os.write(terminal, SECRET_LINE.encode() + b"\n")
    while True:
        try:
            more = os.read(terminal, 1024)
        except OSError:
            break
        if not more:
            break
        shown += more
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, shown
    assert SECRET_LINE.encode() not in shown
    words = tmp_path / "passphrase"
    words.write_text(SECRET_LINE + "\n")
    assert "open with the key" in good(restore(file, tmp_path / "new", "--passphrase-file", str(words)))


def test_nothing_is_overwritten_unasked(used, sim, tmp_path):
    data, file = used.server.folder / "data", tmp_path / "all.backup"
    good(backup(data, file))
    before = file.read_bytes()
    assert "--force" in refused(backup(data, file))
    assert file.read_bytes() == before
    good(backup(data, file, "--force"))
    assert "is in use by another process" in refused(restore(file, data, "--force"))
    used.server.check_stopped_well()
    assert "--force sets it aside as personalify.db.before-restore" in refused(restore(file, data))
    said = good(restore(file, data, "--force"))
    assert "open with the key" in said
    aside = data / "personalify.db.before-restore"
    with closing(sqlite3.connect(f"file:{aside}?mode=ro", uri=True)) as old:
        assert old.execute("SELECT count(*) FROM users").fetchone() == (1,)
    assert "move it away first" in refused(restore(file, data, "--force"))
    with running(used.server.folder, sim) as server:
        used.move_to(server)
        assert used.dashboard(used.user).status_code == 200


def test_damage_is_named(used, tmp_path):
    file, folder = tmp_path / "all.backup", tmp_path / "new"
    good(backup(used.server.folder / "data", file))
    whole = file.read_bytes()
    damaged = tmp_path / "damaged.backup"
    for length in (0, 4, 12, 40, len(whole) // 2, len(whole) - 1):
        damaged.write_bytes(whole[:length])
        said = refused(restore(damaged, folder))
        assert "is truncated" in said or (length < 8 and "is not a backup" in said), (length, said)
    for place in (len(whole) // 2, len(whole) - 1, len(whole) - 40):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert "is corrupted" in refused(restore(damaged, folder)), place
    damaged.write_bytes(whole + b"more")
    assert "is corrupted" in refused(restore(damaged, folder))
    damaged.write_bytes(whole[:8] + b"\x02" + whole[9:])
    assert "has format 2" in refused(restore(damaged, folder))
    for other in (b"SQLite format 3\0" + whole, b"no backup at all"):
        damaged.write_bytes(other)
        assert "is not a backup of Personalify" in refused(restore(damaged, folder))
    assert "cannot read" in refused(restore(tmp_path / "missing", folder))
    assert not (folder / "personalify.db").exists()


def test_nothing_to_back_up(tmp_path):
    assert "no database" in refused(backup(tmp_path / "nothing", tmp_path / "a.backup"))
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_meant_where_there_is_nothing_else(used, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "demo").symlink_to(used.server.folder / "data")
    for file, arguments in (("one", []), ("other", ["--demo"])):
        assert "1 users" in good(backup(folder, tmp_path / file, *arguments))
    good(restore(tmp_path / "one", tmp_path / "new", "--demo"))
    assert (tmp_path / "new" / "demo" / "personalify.db").is_file()


def test_an_erased_user_is_in_no_later_backup(used, tmp_path):
    file = tmp_path / "before.backup"
    good(backup(used.server.folder / "data", file))
    assert used.user.encode() in file.read_bytes()
    assert erase(used).status_code == 204
    file = tmp_path / "after.backup"
    good(backup(used.server.folder / "data", file))
    assert used.user.encode() not in file.read_bytes()


@pytest.mark.timeout(120)
def test_under_full_load(make_server, sim, people, tmp_path):
    """Nothing that was answered before it began is missing, and nobody waits for it."""
    sim.settings(rotate_refresh=False)
    server = make_server()
    facts, first = Acknowledged(), threading.Event()
    users = [User(server, person["id"], facts, first) for person in people[:3]]
    for user in users:
        user.start()
    assert first.wait(timeout=20)
    file, folder = tmp_path / "loaded.backup", tmp_path / "new"
    copies = []
    for _ in range(3):
        with facts.lock:
            known = Acknowledged(
                sessions=facts.sessions.copy(), ended=facts.ended.copy(), syncs=dict(facts.syncs)
            )
        good(backup(server.folder / "data", file, "--force"))
        with facts.lock:
            ended = set(facts.ended)
        copies.append((known, ended, file.read_bytes()))
    with facts.lock:
        before = facts.synced
    deadline = Deadline(20)
    while facts.synced == before:
        assert not deadline.passed, "the service goes on"
    server.signal(signal.SIGKILL)
    for user in users:
        user.join(timeout=30)
        assert not user.is_alive()
        if user.problem:
            raise user.problem
    for number, (known, ended, content) in enumerate(copies):
        file.write_bytes(content)
        place = folder / str(number)
        good(restore(file, place / "data"))
        # who was logging out while it was made may be in it or not
        known.sessions = type(known.sessions)(
            (token, user) for token, user in known.sessions if token not in ended
        )
        with running(place, sim) as restored:
            check_sessions(restored, known)
            check(restored, known)


def check_sessions(server: Server, known: Acknowledged):
    """Drops those that a logout was under way for, which nobody was told of."""
    kept = []
    with client_of(server) as client:
        for token, user in known.sessions:
            if client.get("/api/me", headers=bearer(token)).status_code == 200:
                kept.append((token, user))
    assert len(kept) >= len(known.sessions) - 3, "sessions are missing"
    known.sessions = type(known.sessions)(kept)


def test_killed_in_the_middle_it_leaves_no_file(used, tmp_path):
    data, file = used.server.folder / "data", tmp_path / "cut.backup"
    grow(data)
    for _ in range(8):
        process = Process(["backup", str(file), "--data-dir", str(data)], {}, tmp_path)
        deadline = Deadline(20)
        while not list(tmp_path.glob(".cut.backup.partial*")) and process.running:
            assert not deadline.passed
        process.kill()
        if file.exists():  # it was faster
            file.unlink()
    assert not file.exists()
    good(backup(data, file))
    assert [path.name for path in tmp_path.glob(".cut*")] == [], "and what was left is taken away"
    assert "Restored" in good(restore(file, tmp_path / "new"))


def grow(data: Path):
    """Makes copying take a while."""
    with closing(sqlite3.connect(data / "personalify.db", timeout=20)) as database:
        database.executemany(
            "INSERT INTO title_readings (engine, title, probabilities) VALUES ('grown', ?, zeroblob(4000))",
            ((f"title {number}",) for number in range(5000)),
        )
        database.commit()


def test_migrate(used, tmp_path):
    data = used.server.folder / "data"

    def migrate(folder):
        return run_to_end(["migrate", "--data-dir", str(folder)], {}, tmp_path)

    assert "in use by another process" in refused(migrate(data))
    used.server.check_stopped_well()
    assert re.fullmatch(r"Nothing to do: the schema is at version \d+\.\n", good(migrate(data)))
    old = tmp_path / "old"
    old.mkdir(mode=0o700)
    with closing(sqlite3.connect(old / "personalify.db")) as database:
        database.execute("PRAGMA user_version = 0")
        database.execute("CREATE TABLE something (column)")
    assert re.fullmatch(r"The schema went from version 0 to \d+\.\n", good(migrate(old)))
    assert "Nothing to do" in good(migrate(old))
    assert "no database" in refused(migrate(tmp_path / "nothing"))
