"""Time from the start of `serve --demo` to its first answer, and the memory it then holds."""

import time
from pathlib import Path

import httpx
import measure
from peers import Server, Stage

TITLE = "Start of `serve --demo`"


def prepare(stage: Stage) -> measure.Sides:
    options = stage.options
    found = {"ours": lambda: _start(stage, options.program)}
    if options.against:
        found[options.against_name] = lambda: _start(stage, options.against)
    return found


def _start(stage: Stage, program: Path) -> measure.Run:
    with httpx.Client(trust_env=False) as client, stage.on_server_core(program):
        start = time.perf_counter()
        server = Server(stage.new_folder("demo"), {"ACCESS_LOG": "off"}, ["--demo"])
        try:
            listening = time.perf_counter()
            client.get(server.url + "/healthz").raise_for_status()
            answered = time.perf_counter()
            memory = measure.resident_bytes(server.pid)
        finally:
            server.stop()
    return {
        "listening_ms": (listening - start) * 1000,
        "first_answer_ms": (answered - start) * 1000,
        "resident_mib": memory / 2**20,
    }
