"""One listener, 500 watchers (events) and 300 who ask every three seconds: what it costs at Spotify, and how
soon a skip and the end of a track reach everybody."""

import asyncio
import random
import time
from dataclasses import dataclass, field

import httpx
import measure
import sse
from nowplaying import Change, Changes, events_of, player_of
from peers import House, Stage
from wire import get

TITLE = "One player, 500 watchers and 300 who ask every 3 s"
SECONDS = 60
REPEATS = 3
WARM_UP = False
POLL_EVERY = 3.0  # seconds


@dataclass(frozen=True)
class Script:
    """What happens in a round."""

    watching: int = 500
    polling: int = 300
    seconds: float = SECONDS  # of skips
    skip_every: tuple[float, float] = (4.0, 9.0)  # seconds, drawn: not in step with the server's own looks
    track_seconds: float = 6.0  # of the track that ends by itself
    look_every: int = 3  # seconds, as shipped


def prepare(stage: Stage) -> measure.Sides:
    script = Script(seconds=stage.options.seconds)
    if stage.options.quick:
        script = Script(20, 10, stage.options.seconds, (0.2, 0.5), 3.0, 1)
    sse.allow_open_files(2000)
    # The budget as shipped: what watching costs must fit in it.
    houses = stage.houses(SPOTIFY_CALL_BUDGET="90", PLAYER_POLL_SECONDS=str(script.look_every))
    return {name: lambda house=house: asyncio.run(_round(house, script)) for name, house in houses.items()}


async def _round(house: House, script: Script) -> measure.Run:
    changes = Changes(house)
    item = await changes.play()
    watchers = await sse.watch(house.server.port, events_of(house), script.watching, changes.on_event)
    await changes.all_told(watchers, lambda told: told == item)
    polls = Polls(house, script.polling)
    calls = Calls(house)
    start = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        helpers = [group.create_task(polls.keep_asking()), group.create_task(calls.keep_counting())]
        skips = [await changes.skip(watchers)]
        while time.perf_counter() - start < script.seconds:
            await asyncio.sleep(random.uniform(*script.skip_every))
            skips.append(await changes.skip(watchers))
        end = await changes.end(watchers, script.track_seconds)
        taken = time.perf_counter() - start
        for helper in helpers:
            helper.cancel()
    assert not any(watcher.closed for watcher in watchers), "a watcher was dropped"
    for watcher in watchers:
        watcher.close()
    return _told(skips, end, polls, calls, taken)


def _told(skips: list[Change], end: Change, polls: "Polls", calls: "Calls", taken: float) -> measure.Run:
    return {
        "upstream_calls_per_minute": calls.number / taken * 60,
        "skip_p50_ms": measure.percentile([skip.median_ms for skip in skips], 0.5),
        "skip_last_ms": max(skip.last_ms for skip in skips),
        "spread_ms": max(skip.spread_ms for skip in skips),
        "track_end_last_ms": end.last_ms,
        "poll_p50_ms": measure.percentile(polls.taken_ms, 0.5),
        "poll_p99_ms": measure.percentile(polls.taken_ms, 0.99),
        "polls_per_second": len(polls.taken_ms) / taken,
    }


@dataclass
class Polls:
    """People with the old client, each with a connection of their own, spread over the interval."""

    house: House
    number: int
    taken_ms: list[float] = field(default_factory=list)

    async def keep_asking(self) -> None:
        request = player_of(self.house)
        async with asyncio.TaskGroup() as group:
            for index in range(self.number):
                group.create_task(self._one(request, index / self.number * POLL_EVERY))

    async def _one(self, request, first: float) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.house.server.port)
        text = get(request.path, *request.headers).encode()
        try:
            next_time = time.perf_counter() + first
            while True:
                await asyncio.sleep(max(0.0, next_time - time.perf_counter()))
                start = time.perf_counter()
                writer.write(text)
                head = await reader.readuntil(b"\r\n\r\n")
                length = head.lower().partition(b"\r\ncontent-length:")[2].partition(b"\r\n")[0]
                body = await reader.readexactly(int(length))
                self.taken_ms.append((time.perf_counter() - start) * 1000)
                assert head.startswith(b"HTTP/1.1 200") and b'"track"' in body, head + body
                next_time += POLL_EVERY
        finally:
            writer.close()


@dataclass
class Calls:
    """The calls that reached Spotify, read from the simulator's journal before it forgets them."""

    house: House
    number: int = 0

    async def keep_counting(self) -> None:
        simulator = self.house.simulator.url
        async with httpx.AsyncClient(base_url=simulator, trust_env=False, timeout=10) as client:
            since = await self._count(client, 0)
            self.number = 0
            try:
                while True:
                    await asyncio.sleep(1)
                    since = await self._count(client, since)
            except asyncio.CancelledError:
                await self._count(client, since)
                raise

    async def _count(self, client: httpx.AsyncClient, since: int) -> int:
        entries = (await client.get("/_sim/journal", params={"since": since})).json()["entries"]
        self.number += sum(entry["path"].startswith("/v1/me/player") for entry in entries)
        return entries[-1]["seq"] if entries else since
