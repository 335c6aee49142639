"""Every fault of the simulator on every walk: what docs/reliability.md promises is what happens.

PERSONALIFY_WRITE_RELIABILITY=1 writes the page's table anew instead of comparing.
"""

import os
import queue
from concurrent.futures import ThreadPoolExecutor

import pytest

from fault_walks import WALKS, faults, play
from processes import REPOSITORY, Simulator

pytestmark = [pytest.mark.timeout(600), pytest.mark.xdist_group("fault-matrix")]

PAGE = REPOSITORY / "docs" / "reliability.md"
BEGIN, END = "<!-- observed: begin -->\n", "<!-- observed: end -->\n"
AT_ONCE = 10  # most cells wait for a fault, not for a core


@pytest.fixture(scope="module")
def observed(program, tmp_path_factory) -> dict[tuple[str, str], str | Exception]:
    """What each cell came to, by the names of fault and walk."""
    spotifies = queue.SimpleQueue()
    simulators = [Simulator(tmp_path_factory.mktemp("spotify")) for _ in range(AT_ONCE)]
    for simulator in simulators:
        spotifies.put(simulator)

    def cell(fault, walk):
        simulator = spotifies.get()
        try:
            return play(fault, walk, simulator, tmp_path_factory.mktemp("cell"))
        except Exception as problem:
            return problem
        finally:
            spotifies.put(simulator)

    cells = [(fault, walk) for fault in faults() for walk in WALKS]
    cells.sort(key=lambda cell: not cell[0].slow)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        outcomes = pool.map(lambda names: cell(*names), cells)
        found = {
            (fault.name, walk.name): outcome for (fault, walk), outcome in zip(cells, outcomes, strict=True)
        }
    for simulator in simulators:
        assert simulator.stop() == 0, simulator.output()[-4000:]
    return found


@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.name)
def test_no_fault_costs_more_than_its_answer(observed, walk):
    problems = [
        f"{fault.name}: {type(outcome).__name__}: {outcome}"
        for fault in faults()
        if isinstance(outcome := observed[fault.name, walk.name], Exception)
    ]
    assert not problems, "\n".join(problems)


def table(observed) -> str:
    rows = [
        ["", *(walk.name for walk in WALKS)],
        ["---"] * (len(WALKS) + 1),
        *([fault.name, *(str(observed[fault.name, walk.name]) for walk in WALKS)] for fault in faults()),
    ]
    return "".join("| " + " | ".join(row) + " |\n" for row in rows)


@pytest.mark.measures  # what a large answer ends with is also a matter of how fast it is read
def test_the_page_tells_what_was_observed(observed):
    before, _, rest = PAGE.read_text().partition(BEGIN)
    committed, _, after = rest.partition(END)
    assert rest and after
    if os.environ.get("PERSONALIFY_WRITE_RELIABILITY") == "1":
        assert not any(isinstance(outcome, Exception) for outcome in observed.values())
        PAGE.write_text(before + BEGIN + table(observed) + END + after)
    else:
        assert committed.splitlines() == table(observed).splitlines()
