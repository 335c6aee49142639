"""Time that /callback takes when every call to Spotify takes 150 ms: token, profile and three ranges of tops."""

import tempfile
import time
from pathlib import Path

import measure
from browser import Browser, consent
from processes import Server, Simulator, server_settings

RUNS = 7
LATENCY_MS = 150


def run(server: Server, listener: str) -> dict[str, float]:
    with Browser(server) as browser:
        callback = consent(browser.start_login().headers["location"], listener)
        start = time.perf_counter()
        answer = browser.come_back(callback)
        taken = (time.perf_counter() - start) * 1000
        assert "error=" not in answer.headers["location"], answer.headers["location"]
    return {"callback_ms": taken, "spotify_round_trips": taken / LATENCY_MS}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        simulator = Simulator(Path(folder))
        try:
            server = Server(Path(folder) / "server", server_settings(simulator.url, simulator.url))
            try:
                listeners = [person["id"] for person in simulator.listeners()]
                simulator.settings(latency_ms=LATENCY_MS)
                runs = [run(server, listeners[index % len(listeners)]) for index in range(RUNS + 1)][1:]
            finally:
                server.stop()
        finally:
            simulator.stop()
    measure.report(f"login callback, Spotify answering after {LATENCY_MS} ms", runs)


if __name__ == "__main__":
    main()
