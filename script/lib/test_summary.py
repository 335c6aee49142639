"""Sums up the suites of a test run, from the JUnit files, exit codes and logs they left in a folder.

test_summary.py FOLDER [--no-skip]    exits 1 when a test failed, none ran, or (--no-skip) one was skipped
"""

import re
import sys
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

# The line with which each runner closes.
CLOSING = re.compile(r"^(\d+% tests passed, .*|Total Test time .*|No tests were found.*|=+ .* in [\d.]+s.* =+)$")
NO_TEST_MATCHED = 5  # pytest's exit code


@dataclass
class Suite:
    name: str
    code: int
    ran: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)

    @property
    def well(self) -> bool:
        return not self.failed and (self.code == 0 or (self.code == NO_TEST_MATCHED and self.ran == 0))


def was_skipped(case: ElementTree.Element) -> bool:
    """Whether it did not run. pytest writes an expected failure, which did run, as skipped too."""
    mark = case.find("skipped")
    return case.get("status") in ("notrun", "disabled") or (mark is not None and mark.get("type") != "pytest.xfail")


def read_suite(folder: Path, name: str) -> Suite:
    suite = Suite(name, int((folder / f"{name}.code").read_text()))
    suite.closing = [line for line in (folder / f"{name}.log").read_text(errors="replace").splitlines()
                     if CLOSING.match(line)]
    report = folder / f"{name}.xml"
    if not report.is_file():
        return suite
    for case in ElementTree.parse(report).iter("testcase"):
        title = case.get("name", "?")
        if case.find("failure") is not None or case.find("error") is not None:
            suite.failed.append(title)
        elif was_skipped(case):
            suite.skipped.append(title)
            continue
        suite.ran += 1
    return suite


def main(folder: str, *options: str) -> int:
    suites = [read_suite(Path(folder), path.stem) for path in sorted(Path(folder).glob("*.code"))]
    problems = []
    print("\nSummary")
    for suite in suites:
        print(f"  {suite.name}: {suite.ran - len(suite.failed)} passed, {len(suite.failed)} failed, "
              f"{len(suite.skipped)} skipped")
        for title in suite.failed:
            print(f"    failed: {title}")
        for title in suite.skipped:
            print(f"    skipped: {title}")
        if not suite.well:
            problems.append(f"{suite.name} failed")
        if suite.skipped and "--no-skip" in options:
            problems.append(f"{suite.name} skipped tests, and here every test must run")
    if sum(suite.ran for suite in suites) == 0:
        problems.append("no test ran")
    for problem in problems:
        print(f"  {problem}")
    print(f"  logs: {folder}\n")
    for suite in suites:
        print("\n".join(suite.closing))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
