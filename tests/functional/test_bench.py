"""The benchmarks finish and leave readable results. What they measure is not judged here."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from processes import REPOSITORY, binary

pytestmark = pytest.mark.measures


def run_bench(folder, *arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, str(REPOSITORY / "bench/run.py"), "--quick", "--cores", "none"]
    return subprocess.run(
        [*command, "--program", str(binary()), "--out", str(folder), *arguments],
        env=os.environ | {"PERSONALIFY_BINARY": str(binary())},
        capture_output=True,
        text=True,
        timeout=50,
        stdin=subprocess.DEVNULL,
    )


def result_of(done: subprocess.CompletedProcess, file) -> dict:
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(file.read_text())


def check(result: dict, scenario: str, sides: int, measures: set[str]):
    assert result["scenario"] == scenario and len(result["sides"]) == sides
    assert len(result["rounds"]) == 1
    for side in result["sides"]:
        assert set(result["medians"][side]) == measures
        assert set(result["rounds"][0][side]) == measures
    assert set(result["ratios"]) <= measures and bool(result["ratios"]) == (sides == 2)


LOAD = {"cpu_us", "requests_per_second", "p50_ms", "p99_ms"}


def test_dashboard_against_another_build(program, tmp_path):
    done = run_bench(tmp_path, "dashboard", "--against-program", str(program), "--against-name", "same")
    result = result_of(done, tmp_path / "against-same/dashboard.json")
    check(result, "dashboard", 2, LOAD)
    assert result["sides"] == ["ours", "same"]
    assert "CPU per request" in done.stdout


def test_not_modified_against_nginx_where_there_is_one(program, tmp_path):
    # nginx comes with `script/bootstrap --only bench`: elsewhere the program is its own peer
    nginx = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    peer = [] if nginx else ["--against-program", str(program), "--against-name", "same"]
    done = run_bench(tmp_path, "not-modified", "--markdown", *peer)
    result = result_of(done, tmp_path / ("not-modified.json" if nginx else "against-same/not-modified.json"))
    check(result, "not-modified", 2, LOAD)
    assert result["sides"][1].startswith("nginx " if nginx else "same")
    assert "### not-modified\n" in done.stdout and "|---|---:|" in done.stdout


def test_player(program, tmp_path):
    result = result_of(run_bench(tmp_path, "player"), tmp_path / "player.json")
    check(
        result,
        "player",
        1,
        {
            "upstream_calls_per_minute",
            "skip_p50_ms",
            "skip_last_ms",
            "spread_ms",
            "track_end_last_ms",
            "poll_p50_ms",
            "poll_p99_ms",
            "polls_per_second",
        },
    )


def test_an_unknown_scenario_is_named(program, tmp_path):
    done = run_bench(tmp_path, "dashbord")
    assert done.returncode == 2 and "dashbord" in done.stderr
