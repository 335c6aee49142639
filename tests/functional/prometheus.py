"""Reads what /metrics says, and what dashboards and alerts ask of it."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import httpx

from processes import REPOSITORY, Server

METRICS_AT = re.compile(r"Metrics at (http://\S+)")
_SAMPLE = re.compile(r'(?P<name>[a-zA-Z_:]\w*)(?:\{(?P<labels>.*)\})? (?P<value>\S+)$')
_LABEL = re.compile(r'(\w+)="((?:[^"\\]|\\.)*)"')
_SELECTOR = re.compile(r'\b(personalify_\w+|process_\w+|up)\b(?:\{((?:[^"}]|"[^"]*")*)\})?')
_MATCHER = re.compile(r'(\w+)\s*(=~|!~|!=|=)\s*"([^"]*)"')
_GROUPING = re.compile(r"\b(?:by|without|on)\s*\(([^)]*)\)")
OF_PROMETHEUS = {"job", "instance"}  # labels that the scraping adds


class Scrape:
    """One page, parsed."""

    def __init__(self, text: str):
        self.text = text
        self.kinds = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))
        self.helps = dict(re.findall(r"^# HELP (\S+) (.*)$", text, re.M))
        self.samples: dict[str, list[tuple[dict[str, str], float]]] = {}
        for line in text.splitlines():
            if not line.startswith("#"):
                match = _SAMPLE.match(line)
                assert match, line
                labels = dict(_LABEL.findall(match["labels"] or ""))
                self.samples.setdefault(match["name"], []).append((labels, float(match["value"])))

    def value(self, name: str, **labels: str) -> float:
        """The sum of the samples that have these labels."""
        assert name in self.samples, name
        return sum(v for have, v in self.samples[name] if labels.items() <= have.items())

    def series(self) -> set[tuple]:
        """Each name with its labels."""
        return {(name, *sorted(labels.items())) for name, found in self.samples.items() for labels, _ in found}

    def labels_of(self, family: str) -> set[str]:
        names = (family, family + "_bucket", family + "_count", family + "_sum")
        return {label for name in names for have, _ in self.samples.get(name, []) for label in have} - {"le"}


def scrape(server: Server) -> Scrape:
    url = server.wait_for(METRICS_AT, 10).group(1)
    answer = httpx.get(url, trust_env=False, timeout=20)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    return Scrape(answer.text)


def promtool(*arguments: str, text: str | None = None) -> subprocess.CompletedProcess:
    assert shutil.which("promtool"), "promtool is in Debian's package prometheus"
    return subprocess.run(["promtool", *arguments], input=text, capture_output=True, text=True, timeout=60)


def dashboard_queries() -> list[str]:
    """Every query of the dashboard, with its variables replaced by values."""
    dashboard = json.loads((REPOSITORY / "deploy/grafana/personalify.json").read_text(encoding="utf-8"))
    found = [target["expr"] for panel in dashboard["panels"] for target in panel.get("targets", [])]
    return [expr.replace("$__rate_interval", "5m").replace("$instance", ".*") for expr in found]


ALERTS: Path = REPOSITORY / "deploy/prometheus/alerts.yml"


def check_expression(expression: str, page: Scrape):
    """Each metric is there, with each label that is matched or grouped by; a label that has to equal something
    does so in some sample."""
    grouped = {label.strip() for found in _GROUPING.findall(expression) for label in found.split(",")} - {""}
    bare = _GROUPING.sub(" ", expression)
    selectors = _SELECTOR.findall(bare)
    assert selectors, f"no metric in {expression}"
    for name, matchers in selectors:
        if name == "up":
            continue
        assert name in page.samples, f"{name} is not in /metrics: {expression}"
        have = {label for labels, _ in page.samples[name] for label in labels} | OF_PROMETHEUS
        assert grouped <= have, f"{name} has no label {grouped - have}: {expression}"
        for label, operator, value in _MATCHER.findall(matchers):
            assert label in have, f"{name} has no label {label}: {expression}"
            if operator == "=" and label not in OF_PROMETHEUS:
                values = {labels[label] for labels, _ in page.samples[name] if label in labels}
                assert value in values, f"{name} has no {label}={value}: {expression}"
