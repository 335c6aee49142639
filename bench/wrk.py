"""Load by wrk: one thread, connections kept open, each asking again as soon as it is answered."""

import json
import shutil
import subprocess
from pathlib import Path

import measure
from peers import Request

_SCRIPT = Path(__file__).with_name("wrk.lua")


def load(port: int, pid: int, request: Request, seconds: float, connections: int) -> measure.Run:
    """Asks one server for `seconds`. `pid`: whose CPU is counted. Any error ends the benchmark."""
    if not shutil.which("wrk"):
        raise SystemExit("wrk is missing: script/bootstrap --only bench")
    whole = max(1, round(seconds))  # wrk knows whole seconds
    command = ["wrk", "-t1", f"-c{connections}", f"-d{whole}s", "--timeout", "10s", "-s", str(_SCRIPT)]
    for header in request.headers:
        command += ["-H", header]
    before = measure.cpu_seconds(pid)
    command.append(f"http://127.0.0.1:{port}{request.path}")
    done = subprocess.run(command, capture_output=True, text=True, timeout=whole + 30)
    used = measure.cpu_seconds(pid) - before
    if done.returncode != 0:
        raise RuntimeError(f"wrk failed: {done.stdout}{done.stderr}")
    found = json.loads(done.stdout.strip().splitlines()[-1])
    if found["requests"] == 0 or any(found["errors"].values()):
        raise RuntimeError(f"wrk met errors: {found}")
    return {
        "cpu_us": used / found["requests"] * 1e6,
        "requests_per_second": found["requests"] / (found["duration_us"] / 1e6),
        "p50_ms": found["p50_us"] / 1000,
        "p99_ms": found["p99_us"] / 1000,
    }
