"""Power cuts. Whatever was answered before one is there after it."""

import os
import random
import signal
import threading
from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx
import pytest

from browser import Browser, bearer, client_of
from processes import Deadline, Server, server_settings

ROUNDS = int(os.environ.get("KILL_ROUNDS", "50"))
SECONDS = float(os.environ.get("KILL_SECONDS", "50"))
REMEMBERED = 12  # sessions of earlier lives that are looked at again


@dataclass
class Acknowledged:
    """What the server has answered for, over all its lives."""

    sessions: deque = field(default_factory=lambda: deque(maxlen=REMEMBERED))  # (token, user)
    ended: deque = field(default_factory=lambda: deque(maxlen=REMEMBERED))  # tokens
    syncs: dict = field(default_factory=dict)  # (user, range) -> synced_at
    logins: int = 0
    synced: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


class User(threading.Thread):
    """Logs in, syncs, logs out now and then, over and over, until the server is gone."""

    def __init__(self, server: Server, listener: str, facts: Acknowledged, first: threading.Event):
        super().__init__(daemon=True)
        self.server, self.listener, self.facts, self.first = server, listener, facts, first
        self.problem: BaseException | None = None

    def run(self):
        try:
            while True:
                self.live()
        except httpx.TransportError:
            pass  # killed: that is the point
        except BaseException as problem:  # noqa: BLE001 - shown by the test
            if self.server.running:
                self.problem = problem
        finally:
            self.first.set()

    def live(self):
        with Browser(self.server) as browser:
            walk = browser.walk(self.listener)
            assert walk.error is None, walk.location
            token = browser.session
            user = browser.client.cookies["spotify_id"]
            with self.facts.lock:
                self.facts.sessions.append((token, user))
                self.facts.logins += 1
            self.first.set()
            for time_range in ("short_term", "medium_term", "long_term"):
                answer = browser.sync(time_range=time_range, limit=random.randint(1, 20))
                assert answer.status_code == 200, answer.text
                if not answer.json().get("stale"):
                    with self.facts.lock:
                        self.facts.syncs[user, time_range] = answer.json()["synced_at"]
                        self.facts.synced += 1
            if random.random() < 0.3:
                with self.facts.lock:  # until answered it may count as either
                    self.facts.sessions.remove((token, user))
                assert browser.get("/logout").status_code == 303
                with self.facts.lock:
                    self.facts.ended.append(token)


def check(server: Server, facts: Acknowledged):
    with client_of(server) as client:
        for token, user in list(facts.sessions):
            answer = client.get("/api/me", headers=bearer(token))
            assert answer.status_code == 200, f"a session is gone after {facts.logins} logins"
            assert answer.json()["spotify_id"] == user
        for token in list(facts.ended):
            assert client.get("/api/me", headers=bearer(token)).status_code == 401, "a logout was undone"
        newest = {user: token for token, user in facts.sessions}
        for (user, time_range), synced_at in facts.syncs.items():
            if user not in newest:
                continue
            headers = bearer(newest[user])
            shown = client.get(f"/api/dashboard/{user}", params={"time_range": time_range}, headers=headers)
            assert shown.status_code == 200
            assert moment(shown.json()["synced_at"]) >= moment(synced_at), f"the sync of {time_range} is gone"
            history = client.get("/history", params={"spotify_id": user, "limit": 30}, headers=headers).json()
            times = [moment(entry["last_synced"]) for entry in history if entry["time_range"] == time_range]
            assert not times or max(times).replace(tzinfo=None) >= moment(synced_at).replace(
                tzinfo=None
            ) - timedelta(seconds=1)
            assert history, "the history is gone"


@pytest.mark.timeout(120)
def test_kill_9(sim, people, tmp_path):
    sim.settings(rotate_refresh=False)
    settings = server_settings(sim.url, sim.url)
    facts = Acknowledged()
    deadline = Deadline(SECONDS)
    rounds = 0
    server = Server(tmp_path / "server", settings)
    try:
        while rounds < ROUNDS and not deadline.passed:
            first = threading.Event()
            users = [User(server, person["id"], facts, first) for person in people[:2]]
            for user in users:
                user.start()
            assert first.wait(timeout=20), "no login was answered"
            # the moment of the cut is drawn; an early problem ends the wait
            threading.Event().wait(timeout=random.uniform(0, 0.25))
            server.signal(signal.SIGKILL)
            server.kill()
            for user in users:
                user.join(timeout=20)
                assert not user.is_alive()
                if user.problem:
                    raise user.problem
            rounds += 1
            server = server.again()
            check(server, facts)
        server.check_stopped_well()
    finally:
        server.kill()
    print(f"{rounds} cuts, {facts.logins} logins, {facts.synced} syncs")
    assert rounds >= min(ROUNDS, 10)
    assert facts.logins >= rounds and facts.synced > 0


def test_first_start_interrupted(sim, tmp_path, alice):
    """Killed while it sets up its data folder, it starts well the next time."""
    from processes import Process

    folder = tmp_path / "server"
    folder.mkdir()
    settings = server_settings(sim.url, sim.url)
    for pause in (0.0, 0.005, 0.01, 0.02, 0.04):
        early = Process(["serve", "--port", "0", "--data-dir", str(folder / "data")], settings, folder)
        threading.Event().wait(timeout=pause)
        early.kill()
    server = Server(folder, settings)
    try:
        with Browser(server) as browser:
            assert browser.sync().status_code == 401
            browser.log_in(alice)
        server.check_stopped_well()
    finally:
        server.kill()
