"""What player and watchers share: changes of what a listener plays, and when they reach those who watch."""

import asyncio
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import httpx
from peers import House, Request
from sse import Watcher

PATIENCE = 60  # seconds; a change that has not arrived by then ends the benchmark


def player_of(house: House) -> Request:
    return Request(f"/api/currently-playing/{quote(house.user, safe='')}", (house.cookie,))


def events_of(house: House) -> Request:
    return Request(player_of(house).path + "/events", (house.cookie,))


@dataclass
class Change:
    """Milliseconds from a change at Spotify until each watcher knew of it."""

    delays_ms: list[float]

    @property
    def last_ms(self) -> float:
        return max(self.delays_ms)

    @property
    def median_ms(self) -> float:
        return statistics.median(self.delays_ms)

    @property
    def spread_ms(self) -> float:
        return max(self.delays_ms) - min(self.delays_ms)


def what_plays(answer: dict) -> str:
    """The item of an answer or event of ours, in a word."""
    if answer.get("is_ad"):
        return "an ad"
    return (answer.get("track") or {}).get("name") or "nothing"


class Changes:
    """Steers the simulated player of a house's listener and notes which watcher was told what, and when."""

    def __init__(self, house: House):
        listener = house.simulator.listeners()[0]["id"]
        self._path = f"/_sim/listeners/{quote(listener, safe='')}/player"
        self._simulator = httpx.AsyncClient(base_url=house.simulator.url, trust_env=False, timeout=10)
        self._told: dict[Watcher, tuple[str, float]] = {}
        self._last_data = ""
        self._last_item = ""
        self._news = asyncio.Event()

    def on_event(self, watcher: Watcher, data: str) -> None:
        now = time.perf_counter()
        if data != self._last_data:  # all get the same: read it once
            self._last_data, self._last_item = data, what_plays(json.loads(data))
        if watcher not in self._told or self._told[watcher][0] != self._last_item:
            self._told[watcher] = (self._last_item, now)
            self._news.set()

    async def _order(self, **order) -> str:
        """Returns what plays now."""
        answer = await self._simulator.post(self._path, json=order)
        answer.raise_for_status()
        playing = answer.json()
        return "an ad" if playing["item"] == "ad" else playing["name"]

    async def play(self, seconds: float = 3600) -> str:
        """A track of that length."""
        return await self._order(action="play", duration_ms=int(seconds * 1000))

    async def all_told(self, watchers: list[Watcher], is_it: Callable[[str], bool]) -> None:
        """Until what each of them was told last is it."""
        deadline = time.monotonic() + PATIENCE
        while True:
            self._news.clear()
            told = [self._told.get(watcher, ("", 0.0))[0] for watcher in watchers]
            waiting = [item for item in told if not is_it(item)]
            if not waiting:
                return
            try:
                await asyncio.wait_for(self._news.wait(), max(0, deadline - time.monotonic()))
            except TimeoutError:
                raise RuntimeError(f"{len(waiting)} of {len(watchers)} watchers were last told of "
                                   f"{set(waiting)}") from None
            await asyncio.sleep(0.01)  # the others' news is on its way: look once for all

    async def skip(self, watchers: list[Watcher]) -> Change:
        """To the next item, and until all know."""
        start = time.perf_counter()
        item = await self._order(action="skip")
        return await self._reach(watchers, start, lambda told: told == item)

    async def end(self, watchers: list[Watcher], seconds: float) -> Change:
        """A track that ends by itself after so many seconds, and until all know what comes after it."""
        start = time.perf_counter()
        item = await self.play(seconds)
        await self.all_told(watchers, lambda told: told == item)
        return await self._reach(watchers, start + seconds, lambda told: told != item)

    async def _reach(self, watchers: list[Watcher], start: float, is_it: Callable[[str], bool]) -> Change:
        await self.all_told(watchers, is_it)
        return Change([(self._told[watcher][1] - start) * 1000 for watcher in watchers])
