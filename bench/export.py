"""All users as CSV: `/admin/export-users` against the sqlite3 shell that runs the same query on the same file."""

import os
import socket
import sqlite3
import subprocess
import time
from pathlib import Path

import measure
from peers import Stage

TITLE = "CSV of 100,000 users with their tops"
REPEATS = 3

ADMIN = "token-of-the-benchmark"
ARTISTS, TRACKS = 20_000, 100_000
TOP = 20  # of each kind, as a sync stores them

QUERY = """
SELECT user_key, spotify_id, display_name,
(SELECT group_concat(name, ' | ') FROM (SELECT name FROM user_top_artists JOIN artists USING (artist_id)
 WHERE user_key = each.user_key AND time_range = each.shown ORDER BY rank LIMIT 10)),
(SELECT group_concat(name, ' | ') FROM (SELECT name FROM user_top_tracks JOIN tracks USING (track_id)
 WHERE user_key = each.user_key AND time_range = each.shown ORDER BY rank LIMIT 10))
FROM (SELECT user_key, spotify_id, display_name, (SELECT time_range FROM top_syncs
 WHERE top_syncs.user_key = users.user_key ORDER BY CASE time_range WHEN 'medium_term' THEN 0
 WHEN 'short_term' THEN 1 ELSE 2 END LIMIT 1) AS shown FROM users ORDER BY user_key) AS each
"""


def prepare(stage: Stage) -> measure.Sides:
    users = 5_000 if stage.options.quick else 100_000
    server = stage.server(stage.simulator(), ADMIN_TOKEN=ADMIN)
    file = server.folder / "data" / "personalify.db"
    _fill(file, users)
    idle = measure.resident_bytes(server.pid)  # before the first export: what it allocates may stay
    return {"ours": lambda: _ours(server, users, idle), "sqlite3": lambda: _shell(stage, file, users)}


def _fill(file: Path, users: int):
    database = sqlite3.connect(file, timeout=60)
    with database:
        database.executemany(
            "INSERT INTO artists (artist_id, name, popularity, image) VALUES (?, ?, ?, '')",
            ((f"{i:022}", f"Artist, number {i}", i % 101) for i in range(ARTISTS)),
        )
        database.executemany(
            "INSERT INTO tracks VALUES (?, ?, ?, NULL, '', 200000, 'An album', 'album', 12)",
            ((f"{i:022}", f"The {i}th track of this catalogue", i % 101) for i in range(TRACKS)),
        )
        database.executemany(
            "INSERT INTO users (user_key, spotify_id, display_name, image, authorized_at, created_at, updated_at) "
            "VALUES (?, ?, ?, '', 0, 0, 0)",
            ((i, f"user{i:020}", f"Listener number {i}") for i in range(1, users + 1)),
        )
        database.executemany(
            "INSERT INTO top_syncs (user_key, time_range, synced_at, document) VALUES (?, 'medium_term', 0, '{}')",
            ((i,) for i in range(1, users + 1)),
        )
        for kind, many in (("artist", ARTISTS), ("track", TRACKS)):
            database.executemany(
                f"INSERT INTO user_top_{kind}s VALUES (?, 'medium_term', ?, ?)",
                ((i, rank, f"{(i * 7919 + rank * 104729) % many:022}") for i in range(1, users + 1)
                 for rank in range(TOP)),
            )
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


class _Export:
    """Reads the answer piece by piece, and watches the server's memory meanwhile."""

    def __init__(self, server):
        self.pid = server.pid
        self.lines = 0
        self.memory = 0
        self.end = b""
        self.socket = socket.create_connection(("127.0.0.1", server.port), timeout=120)
        self.socket.sendall(
            f"GET /admin/export-users HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ADMIN}\r\n\r\n".encode()
        )

    def read(self) -> bool:
        """False at the end."""
        piece = self.socket.recv(1 << 16)
        self.lines += piece.count(b"\r\n")
        self.end = (self.end + piece)[-5:]
        self.memory = max(self.memory, measure.resident_bytes(self.pid))
        return bool(piece) and self.end != b"0\r\n\r\n"


def _ours(server, users: int, idle: int) -> measure.Run:
    start = time.perf_counter()
    export = _Export(server)
    while export.read():
        pass
    took = time.perf_counter() - start
    # Rows, and the two line ends of each chunk.
    if export.end != b"0\r\n\r\n" or export.lines < users:
        raise RuntimeError(f"the export broke off after {export.lines} lines")
    slow = _Export(server)
    for _ in range(20):
        slow.read()
        time.sleep(0.1)
    while slow.read():
        pass
    growth = max(export.memory, slow.memory) - idle
    return {"export_s": took, "resident_growth_mib": growth / 2**20}


def _shell(stage: Stage, file: Path, users: int) -> measure.Run:
    with stage.on_server_core():
        start = time.perf_counter()
        shell = subprocess.Popen(["sqlite3", "-csv", f"file:{file}?mode=ro", QUERY], stdout=subprocess.PIPE)
    rows = 0
    while piece := shell.stdout.read(1 << 16):
        rows += piece.count(b"\n")
    _, status, usage = os.wait4(shell.pid, 0)
    took = time.perf_counter() - start
    shell.returncode = os.waitstatus_to_exitcode(status)
    if shell.returncode != 0 or rows != users:
        raise RuntimeError(f"sqlite3 wrote {rows} rows")
    return {"export_s": took, "resident_growth_mib": usage.ru_maxrss / 1024}
