"""Time that /callback takes when every call to Spotify takes 150 ms: token, profile, three ranges of tops."""

import time
from collections.abc import Callable
from itertools import count

import measure
from browser import consent
from peers import House, Stage, Visitor

TITLE = "The callback of a login, every call to Spotify taking 150 ms"
LATENCY_MS = 150


def prepare(stage: Stage) -> measure.Sides:
    return {name: _side(house) for name, house in stage.houses().items()}


def _side(house: House) -> Callable[[], measure.Run]:
    listeners = [person["id"] for person in house.simulator.listeners()]
    house.simulator.settings(latency_ms=LATENCY_MS)
    number = count()
    return lambda: _log_in(house, listeners[next(number) % len(listeners)])


def _log_in(house: House, listener: str) -> measure.Run:
    with Visitor(house.server) as visitor:
        callback = consent(visitor.start_login().headers["location"], listener)
        start = time.perf_counter()
        answer = visitor.come_back(callback)
        taken = (time.perf_counter() - start) * 1000
        assert "error=" not in answer.headers["location"], answer.headers["location"]
    return {"callback_ms": taken, "spotify_round_trips": taken / LATENCY_MS}
