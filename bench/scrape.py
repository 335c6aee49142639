"""One scrape of `/metrics`: of a server with thousands of open connections, and of one at rest."""

import resource
import socket
import time

import httpx
import measure
from peers import House, Stage

TITLE = "A scrape of /metrics"
REPEATS = 5

ADMIN = "token-of-the-benchmark"
CONNECTIONS = 5_000
SCRAPES = 20


def prepare(stage: Stage) -> measure.Sides:
    connections = 100 if stage.options.quick else CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2 * connections)), hard))
    rest = stage.house(ADMIN_TOKEN=ADMIN)
    busy = stage.house(ADMIN_TOKEN=ADMIN)
    for _ in range(connections):
        stage.enter_context(socket.create_connection(("127.0.0.1", busy.server.port)))
    return {f"{connections} connections": lambda: _scrape(busy), "at rest": lambda: _scrape(rest)}


def _scrape(house: House) -> measure.Run:
    times = []
    with httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {ADMIN}"}) as client:
        for _ in range(SCRAPES):
            begin = time.perf_counter()
            page = client.get(house.server.url + "/metrics")
            times.append(time.perf_counter() - begin)
            page.raise_for_status()
    times.sort()
    return {
        "scrape_p50_ms": times[len(times) // 2] * 1000,
        "scrape_slowest_ms": times[-1] * 1000,
        "page_kib": len(page.content) / 1024,
    }
