"""Memory of 10,000 watchers of one listener's player, and how long a change takes to reach all of them."""

import asyncio
import time

import measure
import sse
from nowplaying import Changes, events_of
from peers import House, Stage

TITLE = "10,000 watchers of one player"
REPEATS = 3
WARM_UP = False  # each round has a server of its own


def prepare(stage: Stage) -> measure.Sides:
    number = 200 if stage.options.quick else 10_000
    sse.allow_open_files(number + 500)
    found = {"ours": lambda: _fresh(stage, None, number)}
    if stage.options.against:
        found[stage.options.against_name] = lambda: _fresh(stage, stage.options.against, number)
    return found


def _fresh(stage: Stage, program, number: int) -> measure.Run:
    house = stage.house(program)
    try:
        return asyncio.run(_watch(house, number))
    finally:
        house.server.stop()
        house.simulator.stop()


async def _watch(house: House, number: int) -> measure.Run:
    changes = Changes(house)
    item = await changes.play()
    # What the first ones cost once is not counted.
    few = await sse.watch(house.server.port, events_of(house), 20, lambda *_: None)
    before = measure.resident_bytes(house.server.pid)
    start = time.perf_counter()
    watchers = await sse.watch(house.server.port, events_of(house), number, changes.on_event)
    connected = time.perf_counter() - start
    await changes.all_told(watchers, lambda told: told == item)
    after = measure.resident_bytes(house.server.pid)
    skip = await changes.skip(watchers)
    assert not any(watcher.closed for watcher in watchers), "a watcher was dropped"
    for watcher in few + watchers:
        watcher.close()
    return {
        "bytes_per_watcher": (after - before) / number,
        "connect_s": connected,
        "spread_ms": skip.spread_ms,
        "skip_last_ms": skip.last_ms,
    }
