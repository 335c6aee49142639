"""Time from the start of `serve --demo` to its first answer, and the memory it then holds."""

import tempfile
import time
from pathlib import Path

import measure
from processes import Server

import httpx

RUNS = 7


def run() -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder, httpx.Client(trust_env=False) as client:
        start = time.perf_counter()
        server = Server(Path(folder), {"ACCESS_LOG": "off"}, ["--demo"])
        try:
            listening = time.perf_counter()
            client.get(server.url + "/healthz").raise_for_status()
            answered = time.perf_counter()
            memory = measure.resident_mib(server.pid)
        finally:
            server.stop()
    return {"listening_ms": (listening - start) * 1000, "first_answer_ms": (answered - start) * 1000,
            "resident_mib": memory}


if __name__ == "__main__":
    run()  # the first start reads the program from disk
    measure.report("startup of serve --demo", [run() for _ in range(RUNS)])
