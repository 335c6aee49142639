"""What the benchmarks share: the functional tests' way to run the program, and the report."""

import json
import os
import platform
import statistics
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tests/functional"))


def resident_mib(pid: int) -> float:
    """Memory of a process that is in RAM now, in MiB."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def report(title: str, runs: list[dict[str, float]]) -> None:
    """Prints the median and the spread of each measure; writes all runs to the file named on the command line."""
    print(f"{title} ({len(runs)} runs, {os.cpu_count()} cores)")
    medians = {}
    for name in runs[0]:
        values = sorted(run[name] for run in runs)
        medians[name] = round(statistics.median(values), 2)
        print(f"  {name:<24} median {medians[name]:>8.2f}   from {values[0]:.2f} to {values[-1]:.2f}")
    if len(sys.argv) > 1:
        result = {"title": title, "machine": platform.machine(), "cores": os.cpu_count(), "medians": medians,
                  "runs": runs}
        Path(sys.argv[1]).write_text(json.dumps(result, indent=2) + "\n")
