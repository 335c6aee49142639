"""A warm dashboard while every call to Spotify hangs and 50 syncs wait, against the same server in quiet."""

import threading
import time

import measure
import wrk
from peers import House, Stage, Visitor

TITLE = "A warm dashboard while all calls to Spotify hang, 50 syncs in flight"
SECONDS = 12  # longer than a hanging sync lives: each round sees its deadlines and what follows
SYNCS = 50
PROBE_EVERY = 0.05  # seconds between two looks at `/`


def prepare(stage: Stage) -> measure.Sides:
    return {name: lambda house=house: _both(stage, house) for name, house in stage.houses().items()}


def _both(stage: Stage, house: House) -> measure.Run:
    quiet, quiet_front = _piece(stage, house)
    with Syncs(house, 10 if stage.options.quick else SYNCS):
        hung, hung_front = _piece(stage, house)
    return {
        "kept": hung["requests_per_second"] / quiet["requests_per_second"],
        "quiet_cpu_us": quiet["cpu_us"],
        "hung_cpu_us": hung["cpu_us"],
        "quiet_per_second": quiet["requests_per_second"],
        "hung_per_second": hung["requests_per_second"],
        "front_quiet_p99_ms": measure.percentile(quiet_front, 0.99),
        "front_hung_p99_ms": measure.percentile(hung_front, 0.99),
    }


def _piece(stage: Stage, house: House) -> tuple[measure.Run, list[float]]:
    options = stage.options
    with FrontProbe(house) as probe:
        run = wrk.load(house.server.port, house.server.pid, house.dashboard(), options.seconds,
                       options.connections)
    return run, probe.taken_ms


class FrontProbe:
    """Somebody who asks for `/` every now and then, over a connection of their own."""

    def __init__(self, house: House):
        self.taken_ms: list[float] = []
        self._house = house
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def __enter__(self) -> "FrontProbe":
        self._thread.start()
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        self._thread.join()

    def _ask(self) -> None:
        with Visitor(self._house.server) as visitor:
            visitor.get("/")
            while not self._over.wait(PROBE_EVERY):
                start = time.perf_counter()
                visitor.get("/").raise_for_status()
                self.taken_ms.append((time.perf_counter() - start) * 1000)


class Syncs:
    """So many different syncs in flight while Spotify hangs; on leaving, Spotify is well and none is left."""

    def __init__(self, house: House, number: int):
        self._house = house
        self._number = number
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._sync, args=(index,)) for index in range(number)]

    def __enter__(self) -> "Syncs":
        simulator = self._house.simulator
        simulator.fail({"route": "/v1/*", "delay_ms": 600_000})
        simulator.forget_journal()
        for thread in self._threads:
            thread.start()
        deadline = time.monotonic() + 20
        while (calls := len(simulator.calls("/v1/"))) < 2 * self._number:  # artists and tracks
            if time.monotonic() > deadline:
                raise RuntimeError(f"only {calls} calls hang")
            time.sleep(0.05)
        return self

    def __exit__(self, *_) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()
        self._house.simulator.heal()
        self._house.visitor.dashboard(self._house.user, time_range="short_term").raise_for_status()

    def _sync(self, index: int) -> None:
        with Visitor(self._house.server) as visitor:
            visitor.client.cookies = self._house.visitor.client.cookies
            time_range = ("long_term", "medium_term")[index // 31]
            while not self._over.is_set():  # range and number of items make each a sync of its own
                visitor.sync(time_range=time_range, limit=20 + index % 31, spotify_id=self._house.user)
