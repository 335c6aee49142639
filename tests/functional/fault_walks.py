"""What can go wrong at Spotify, and the ways through the service on which it is met.

Every cell (a fault on a walk) is played on a service of its own: it starts well, with data in its store; the
fault comes, the walk is gone, the fault is lifted, the walk is gone again.
"""

import json
import sqlite3
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

from browser import Browser, consent, query_of
from processes import Deadline, Server, Simulator, server_settings

RANGES = ("short_term", "medium_term", "long_term")
TOPS = "/v1/me/top/*"
NOBODY = "http://127.0.0.1:9"
# A call to Spotify ends after 8 s with all its waits and retries; the longest walk makes three in a row (a
# try, a refresh, another try), and a sync is given up after 30 s. Anything above is a hang.
LONGEST_WALK = 40.0
# The longest pause of these faults that is worth waiting for is ten seconds; a job may wait in line for
# another thirty.
LONGEST_RECOVERY = 60.0

OPTIONAL = [
    "genres", "popularity", "images", "display_name", "preview_url", "duration_ms", "album_type",
    "total_tracks", "followers", "country", "product", "email", "account_id", "expires_in", "scope",
    "token_type", "progress_ms", "external_urls", "context",
]  # fmt: skip
REQUIRED = ["access_token", "id", "items", "item"]


@dataclass(frozen=True)
class Fault:
    name: str
    rule: dict = field(default_factory=dict)
    days: bool = False  # Spotify wants no call for longer than anybody waits
    slow: bool = False
    gone: bool = False  # nobody listens there


def faults() -> list[Fault]:
    limited = {"status": 429, "retry_after": "none"}
    return [
        *(Fault(f"status {status}", {"status": status}) for status in (500, 502, 503, 504, 401, 403, 404)),
        Fault("status 503, Retry-After: 2", {"status": 503, "retry_after": "2"}, slow=True),
        Fault("status 429, Retry-After: 2", limited | {"retry_after": "2"}, slow=True),
        Fault("status 429, Retry-After as a date", limited | {"retry_after": "date"}, slow=True),
        Fault("status 429, no Retry-After", limited, slow=True),
        Fault("status 429, Retry-After: 48925", limited | {"retry_after": "48925"}, days=True),
        Fault("nobody listens", gone=True),
        Fault("hangs for a minute", {"delay_ms": 60_000}, slow=True),
        Fault("drips, 20 bytes a second", {"drip": True}, slow=True),
        Fault("reset before the answer", {"reset": "before"}),
        Fault("reset amid the answer", {"reset": "amid"}),
        Fault("cut short", {"truncate": 20}),
        Fault("wrong Content-Length", {"wrong_length": True}),
        Fault("broken JSON", {"bad_json": True}),
        Fault("HTML instead", {"html_instead": True}),
        Fault("empty body", {"empty_body": True}),
        Fault("16 MiB", {"huge": 16}),
        Fault("gzip bomb", {"gzip_bomb": True}),
        Fault("gzip, not asked for", {"gzip": True}),
        Fault("optional members missing", {"omit": OPTIONAL}),
        Fault("optional members null", {"null": OPTIONAL}),
        Fault("optional members of another type", {"wrong_type": OPTIONAL}),
        Fault("needed members missing", {"omit": REQUIRED}),
        Fault("needed members null", {"null": REQUIRED}),
        Fault("needed members of another type", {"wrong_type": REQUIRED}),
        Fault("ids missing", {"omit": ["id"]}),
        Fault("ids null", {"null": ["id"]}),
        Fault("ids of another type", {"wrong_type": ["id"]}),
        Fault("unknown members", {"extra_keys": True}),
    ]


def words_of(answer: httpx.Response) -> str:
    """The answer to a request for data, in the words of docs/reliability.md."""
    if answer.status_code == 200:
        return "stale data" if answer.json()["stale"] else "fresh data"
    assert isinstance(answer.json()["detail"], str), answer.text
    if answer.status_code == 503:
        assert int(answer.headers["retry-after"]) >= 1
        return "503, Retry-After"
    assert answer.status_code < 500, f"{answer.status_code}: {answer.text}"
    return str(answer.status_code)


def kept_of(answer: httpx.Response) -> bytes:
    """A stored dashboard's bytes, but for its age and the emotions, which are read beside it."""
    assert answer.status_code == 200, f"lost: {answer.status_code} {answer.text[:200]}"
    value = answer.json()
    for member in ("synced_at", "stale", "emotion_paragraph", "top_emotions"):
        value.pop(member)
    return json.dumps(value).encode()


class World:
    """A Spotify, a service with a store of its own, and a listener in front of it."""

    def __init__(self, folder: Path, simulator: Simulator, fault: Fault, route: str):
        self.sim = simulator
        self.sim.reset()
        self.fault = fault
        self.route = route
        self.listener = self.sim.listeners()[0]["id"]
        self.server = Server(folder, server_settings(self.sim.url, self.sim.url))
        self.browser = Browser(self.server)
        self.browser.client.timeout = httpx.Timeout(LONGEST_WALK)
        # For what is stored: whether each answer is as described, the walks' own client checks.
        self._reader = httpx.Client(trust_env=False, timeout=LONGEST_WALK)

    def end(self):
        self.browser.client.close()
        self._reader.close()
        if self.server.running:
            self.server.check_stopped_well()

    def start_anew(self, between=lambda: None, **settings: str):
        self.server.check_stopped_well()
        between()
        self.server = self.server.again(**settings)
        self.browser.move_to(self.server)
        self.browser.client.timeout = httpx.Timeout(LONGEST_WALK)

    def go_wrong(self):
        if not self.fault.gone:
            self.sim.fail({"route": self.route, "times": None} | self.fault.rule)
            if "gzip_bomb" in self.fault.rule:  # making the first one takes a while and holds up all routes
                with self._reader.stream("GET", self.sim.url + ("/" + self.route.strip("/*"))):
                    pass
            return
        accounts = {"SPOTIFY_ACCOUNTS_URL": NOBODY} if self.route in ("/api/token", "*") else {}
        api = {"SPOTIFY_API_URL": NOBODY} if self.route != "/api/token" else {}
        self.start_anew(**(accounts | api))

    def heal(self):
        self.sim.heal()
        if self.fault.gone:
            self.start_anew(SPOTIFY_ACCOUNTS_URL=self.sim.url, SPOTIFY_API_URL=self.sim.url)

    def log_in(self, browser: Browser) -> str | None:
        """The error that it ends with, if any. Spotify's consent page itself always works."""
        url = browser.start_login().headers["location"].replace(NOBODY, self.sim.url)
        landing = browser.come_back(consent(url, self.listener))
        return query_of(landing.headers["location"]).get("error")

    def log_in_well(self):
        assert self.log_in(self.browser) is None

    @property
    def user(self) -> str:
        """As they are called now: a profile may bring another name for the same account."""
        return self.browser.get("/api/me").json()["spotify_id"]

    def dashboards(self) -> list[httpx.Response]:
        session = {"Authorization": "Bearer " + self.browser.session}
        url = self.server.url + "/api/dashboard/" + quote(self.user, safe="")
        return [
            self._reader.get(url, params={"time_range": time_range}, headers=session) for time_range in RANGES
        ]

    def synced_at(self) -> list[str]:
        return [answer.json()["synced_at"] for answer in self.dashboards()]

    def still_well(self):
        assert self.server.running, self.server.output()[-4000:]
        assert self.browser.get("/healthz").status_code == 200
        assert self.browser.get("/api/me").status_code == 200, "the session is gone"


class Walk:
    """One way through the service. `go` returns what it came to, which is `fresh` without a fault."""

    name: str
    route: str
    fresh: str

    def prepare(self, world: World):
        """Before the store is looked at."""
        world.log_in_well()

    def set_out(self, world: World):
        """After that, before the fault comes."""

    def go(self, world: World) -> str:
        raise NotImplementedError


class Login(Walk):
    """Somebody with a session and stored data logs in on another device."""

    fresh = "logged in"

    def __init__(self, name: str, route: str):
        self.name, self.route = name, route

    def set_out(self, world: World):
        world.before = world.synced_at()

    def go(self, world: World) -> str:
        with Browser(world.server) as browser:
            browser.client.timeout = httpx.Timeout(LONGEST_WALK)
            error = world.log_in(browser)
            status = browser.get("/api/me").status_code
            assert status == (401 if error else 200), status
        if error:
            return f"error={error}"
        synced = [now != then for now, then in zip(world.synced_at(), world.before, strict=True)]
        assert all(synced) or not any(synced), "some ranges were synced, some not"
        return "logged in" if all(synced) else "logged in, synced later"


class Sync(Walk):
    name, route, fresh = "sync", TOPS, "fresh data"

    def go(self, world: World) -> str:
        return words_of(world.browser.sync(limit=20, time_range="short_term"))


class SyncWithRefresh(Sync):
    name, route = "sync that needs a new access token", "/api/token"

    def set_out(self, world: World):
        world.sim.settings(rotate_refresh=False)
        world.sim.expire(world.listener)


class FirstDashboard(Walk):
    """Logged in while Spotify had no tops to give, so nothing is stored."""

    name, route, fresh = "dashboard, nothing stored", TOPS, "fresh data"

    def prepare(self, world: World):
        world.sim.fail({"route": TOPS, "times": None, "status": 404})
        world.log_in_well()
        world.sim.heal()

    def go(self, world: World) -> str:
        return words_of(world.browser.dashboard(world.user, time_range="short_term"))


class StoredDashboard(Walk):
    """Read from the store by a service that has just started, and then from its memory."""

    name, route, fresh = "dashboard, stored", "*", "stored data"

    def set_out(self, world: World):
        world.start_anew()
        world.browser.settle(world.user)

    def go(self, world: World) -> str:
        world.sim.forget_journal()
        cold, warm = world.dashboards(), world.dashboards()
        for first, second in zip(cold, warm, strict=True):
            assert words_of(first) == "fresh data"
            assert first.content == second.content and first.headers["etag"] == second.headers["etag"]
        assert world.sim.journal() == [], "Spotify was asked"
        return "stored data"


class OldDashboard(Walk):
    """Synced more than a day ago: shown at once, with its mark, and synced behind the answer."""

    name, route, fresh = "dashboard, older than a day", "*", "fresh data"

    def set_out(self, world: World):
        world.start_anew(between=lambda: self._age(world.server.folder / "data" / "personalify.db"))

    @staticmethod
    def _age(database: Path):
        connection = sqlite3.connect(database)
        with connection:
            connection.execute("UPDATE top_syncs SET synced_at = synced_at - 25 * 60 * 60 * 1000")
        connection.close()

    def go(self, world: World) -> str:
        came_to = words_of(world.browser.dashboard(world.user, time_range="short_term"))
        if came_to != self.fresh and not world.fault.slow:
            self._let_the_sync_end(world)
        return came_to

    @staticmethod
    def _let_the_sync_end(world: World):
        """Either it fails, and the log tells, or the stored data is new."""
        deadline = Deadline(LONGEST_WALK)
        while '"background.sync"' not in world.server.output() and world.dashboards()[0].json()["stale"]:
            assert not deadline.passed, "the sync behind the answer did not end"
            time.sleep(0.05)


class Player(Walk):
    """What plays now, asked for the first time and again. Whatever Spotify does, the answer is 200."""

    name, route, fresh = "player", "/v1/me/player/currently-playing", "playing"

    def go(self, world: World) -> str:
        path = "/api/currently-playing/" + quote(world.user, safe="")
        first, second = (self._words_of(world.browser.get(path)) for _ in range(2))
        assert first == second or second == "playing", (first, second)
        return first

    @staticmethod
    def _words_of(answer: httpx.Response) -> str:
        assert answer.status_code == 200, f"{answer.status_code}: {answer.text}"
        value = answer.json()
        if "error" in value:
            assert value["error"] and value["is_playing"] is False and "track" not in value, value
            return "not playing, error"
        return "playing" if "track" in value else "not playing"


WALKS: list[Walk] = [
    Login("login, token", "/api/token"),
    Login("login, profile", "/v1/me"),
    Login("login, tops", TOPS),
    Sync(),
    SyncWithRefresh(),
    FirstDashboard(),
    StoredDashboard(),
    OldDashboard(),
    Player(),
]


def recover(world: World, walk: Walk):
    """The fault is over: the walk works again, at the latest when the pause that Spotify asked for is."""
    deadline = Deadline(LONGEST_RECOVERY)
    came_to = walk.go(world)
    while came_to != walk.fresh:
        assert not deadline.passed, f"after the fault: {came_to}"
        if world.browser.get("/api/me").json()["reconnect_needed"]:
            assert world.fault.name == "status 401" and world.log_in(world.browser) is None
        time.sleep(0.2)  # Spotify's pause, and a sync behind an answer, end without anybody being told
        came_to = walk.go(world)


def stay_away(world: World, walk: Walk):
    """Spotify named a time hours ahead: until then nobody calls it, and the answers stay what they were."""
    world.sim.forget_journal()
    walk.go(world)
    closed = "/api/token" if world.route == "/api/token" else "/v1/"
    assert world.sim.calls(closed) == [], "Spotify was asked although it is closed"


def play(fault: Fault, walk: Walk, simulator: Simulator, folder: Path) -> str:
    """What the walk came to. Fails when anything was lost, hung or stayed broken."""
    world = World(folder, simulator, fault, walk.route)
    try:
        walk.prepare(world)
        nothing_stored = isinstance(walk, FirstDashboard)
        before = [] if nothing_stored else [kept_of(answer) for answer in world.dashboards()]
        walk.set_out(world)
        world.go_wrong()
        came_to = walk.go(world)
        world.still_well()
        if not nothing_stored:
            after = [kept_of(answer) for answer in world.dashboards()]
            changed = [a != b for a, b in zip(after, before, strict=True)]
            poorer = {"omit", "null", "wrong_type"} & fault.rule.keys()  # and yet good enough to be stored
            assert poorer or not any(changed), "stored data was lost"
            for answer in map(json.loads, after):
                assert answer["artists"] and answer["tracks"], "stored data was replaced by nothing"
        world.heal()
        if fault.days:
            stay_away(world, walk)
        else:
            recover(world, walk)
        world.still_well()
        return came_to
    finally:
        world.end()
