"""Reading a process's CPU and memory, interleaved rounds, medians, ratios, and how they are told."""

import json
import os
import platform
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

# What a scenario may report: the words for people, and the decimals that make sense.
MEASURES = {
    "cpu_us": ("CPU per request, µs", 1),
    "requests_per_second": ("requests per second", 0),
    "p50_ms": ("latency, median, ms", 2),
    "p99_ms": ("latency, 99 of 100, ms", 2),
    "callback_ms": ("callback, ms", 0),
    "spotify_round_trips": ("callback, in Spotify's latencies", 2),
    "listening_ms": ("until it listens, ms", 1),
    "first_answer_ms": ("until its first answer, ms", 1),
    "export_s": ("export, s", 2),
    "scrape_p50_ms": ("a scrape, median, ms", 2),
    "scrape_slowest_ms": ("a scrape, slowest, ms", 2),
    "page_kib": ("the page, KiB", 0),
    "resident_growth_mib": ("growth of resident memory, MiB", 1),
    "resident_mib": ("resident memory, MiB", 1),
    "bytes_per_watcher": ("resident memory per watcher, bytes", 0),
    "connect_s": ("until all watch, s", 2),
    "upstream_calls_per_minute": ("calls to Spotify per minute", 1),
    "skip_p50_ms": ("skip to a watcher, median, ms", 0),
    "skip_last_ms": ("skip to the last watcher, ms", 0),
    "track_end_last_ms": ("end of a track to the last watcher, ms", 0),
    "spread_ms": ("between first and last watcher, ms", 1),
    "poll_p50_ms": ("a poll's latency, median, ms", 2),
    "poll_p99_ms": ("a poll's latency, 99 of 100, ms", 2),
    "polls_per_second": ("polls per second", 0),
    "kept": ("rate kept while Spotify hangs", 3),
    "quiet_cpu_us": ("CPU per request, quiet, µs", 1),
    "hung_cpu_us": ("CPU per request, Spotify hanging, µs", 1),
    "quiet_per_second": ("requests per second, quiet", 0),
    "hung_per_second": ("requests per second, Spotify hanging", 0),
    "front_quiet_p99_ms": ("`/`, 99 of 100, quiet, ms", 2),
    "serial_ms": ("eight lyrics one by one, ms", 0),
    "together_ms": ("eight lyrics at once, ms", 0),
    "together_of_serial": ("at once, of one by one", 2),
    "front_reading_p99_ms": ("`/`, 99 of 100, lyrics being read, ms", 2),
    "dashboard_reading_p99_ms": ("warm dashboard, 99 of 100, lyrics being read, ms", 2),
    "front_hung_p99_ms": ("`/`, 99 of 100, Spotify hanging, ms", 2),
}

Run = dict[str, float]
Sides = dict[str, Callable[[], Run]]  # by name: does one piece of the measurement


def cpu_seconds(pid: int) -> float:
    """Processor time of all threads of a process so far, in the kernel for it too. In
    nanoseconds where the kernel keeps them, else in clock ticks."""
    try:
        tasks = Path(f"/proc/{pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    except FileNotFoundError:
        values = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid: int) -> int:
    """Memory of a process that is in RAM now."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def percentile(values: list[float], share: float) -> float:
    """The value that this share of them does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, max(0, round(share * len(ordered) + 0.5) - 1))]


@dataclass
class Result:
    """One scenario's rounds. `sides` names who took part: one, or two whose ratio is first / second."""

    scenario: str
    title: str
    sides: list[str]
    rounds: list[dict[str, Run]]
    settings: dict = field(default_factory=dict)

    def values(self, side: str, measure: str) -> list[float]:
        return [each[side][measure] for each in self.rounds]

    def median(self, side: str, measure: str) -> float:
        return statistics.median(self.values(side, measure))

    def ratios(self, measure: str) -> list[float] | None:
        """Of each round, so that what slows the whole machine for a while slows both; sorted."""
        if len(self.sides) < 2 or any(value == 0 for value in self.values(self.sides[1], measure)):
            return None
        return sorted(each[self.sides[0]][measure] / each[self.sides[1]][measure] for each in self.rounds)

    @property
    def measures(self) -> list[str]:
        return [name for name in MEASURES if name in self.rounds[0][self.sides[0]]]

    def to_json(self) -> dict:
        medians = {side: {name: self.median(side, name) for name in self.measures} for side in self.sides}
        ratios = {}
        for name in self.measures:
            if found := self.ratios(name):
                ratios[name] = {"median": statistics.median(found), "low": found[0], "high": found[-1]}
        return {
            "scenario": self.scenario,
            "title": self.title,
            "machine": {"architecture": platform.machine(), "cores": os.cpu_count()},
            "settings": self.settings,
            "sides": self.sides,
            "medians": medians,
            "ratios": ratios,
            "rounds": self.rounds,
        }


def interleave(sides: Sides, repeats: int, warm_up: bool = True) -> list[dict[str, Run]]:
    """Runs the sides in turn, the other one first every second round. The warm-up round is dropped."""
    order = list(sides)
    rounds = []
    for number in range(repeats + warm_up):
        done = {name: sides[name]() for name in (order if number % 2 == 0 else order[::-1])}
        if number >= warm_up:
            rounds.append({name: done[name] for name in order})
    return rounds


def save(result: Result, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{result.scenario}.json").write_text(json.dumps(result.to_json(), indent=2) + "\n")


def table(result: Result) -> list[list[str]]:
    """Ratios first: header and rows of text."""
    pair = len(result.sides) == 2
    ratio = [f"{result.sides[0]} / {result.sides[1]}"] if pair else []
    rows = [["", *ratio, *result.sides]]
    for name in result.measures:
        title, decimals = MEASURES[name]
        row = [title]
        if pair:
            found = result.ratios(name)
            row.append(f"{statistics.median(found):.2f} ({found[0]:.2f} to {found[-1]:.2f})" if found else "")
        for side in result.sides:
            values = result.values(side, name)
            middle, low, high = (f"{number:,.{decimals}f}" for number in
                                 (statistics.median(values), min(values), max(values)))
            row.append(middle if pair else f"{middle} ({low} to {high})")
        rows.append(row)
    return rows


def as_text(result: Result) -> str:
    rows = table(result)
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = [f"{result.scenario}: {result.title} (rounds: {len(result.rounds)})"]
    for row in rows:
        cells = [row[0].ljust(widths[0])] + [cell.rjust(width) for cell, width in zip(row[1:], widths[1:])]
        lines.append("  " + "   ".join(cells).rstrip())
    return "\n".join(lines)


_OVERVIEW = {"cpu_us": "CPU per request", "requests_per_second": "requests per second", "p99_ms": "99 of 100"}


def as_markdown(results: list[Result]) -> str:
    """An overview of the ratios, then a table for each scenario."""
    parts = []
    if pairs := [result for result in results if len(result.sides) == 2]:
        rows = [["ours / peer", "peer", *_OVERVIEW.values()]]
        for result in pairs:
            found = [result.ratios(name) if name in result.measures else None for name in _OVERVIEW]
            cells = (f"{statistics.median(ratios):.2f}" if ratios else "" for ratios in found)
            rows.append([result.scenario, result.sides[1], *cells])
        parts.append(_markdown_table(rows))
    for result in results:
        count = len(result.rounds)
        head = f"### {result.scenario}\n\n{result.title}. {count} {'round' if count == 1 else 'rounds'}.\n\n"
        parts.append(head + _markdown_table(table(result)))
    return "\n".join(parts)


def _markdown_table(rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|---|" + "---:|" * (len(rows[0]) - 1))
    return "\n".join(lines) + "\n"
