"""Fixtures: the programs under test, the people using them, and the files shared between checkouts."""

import os
from pathlib import Path

import pytest

import sanitizers
from browser import Browser, client_of
from processes import (
    REPOSITORY,
    Server,
    Simulator,
    binary,
    has_model,
    patience,
    sanitized,
    sanitizer,
    server_settings,
)


def pytest_report_header(config):
    found = "" if binary().is_file() else " (MISSING)"
    return f"personalify: {binary()}{found}" + (f" ({sanitizer()})" if sanitized() else "")


def pytest_configure(config):
    config.addinivalue_line("markers", "measures: of memory or time, which sanitizers change: not run with them")


def pytest_collection_modifyitems(config, items):
    """A sanitized program gets more time, and is no object of measurements."""
    if not sanitized():
        return
    measuring = [item for item in items if item.get_closest_marker("measures")]
    config.hook.pytest_deselected(items=measuring)
    items[:] = [item for item in items if item not in measuring]
    for item in items:
        marker = item.get_closest_marker("timeout")
        seconds = marker.args[0] if marker and marker.args else float(config.getini("timeout"))
        item.add_marker(pytest.mark.timeout(patience(seconds)), append=False)


@pytest.fixture(autouse=True)
def no_sanitizer_report():
    """A finding fails the test that it came up in, whatever the test thinks of the program's end."""
    yield
    found = sanitizers.new_reports()
    assert not found, found


def pytest_sessionfinish(session):
    """What came up after the last test; where workers share the tests, their controller tells it."""
    late = sanitizers.new_reports()
    sanitizers.forget_empty_folder()
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["late_reports"] = late
        return
    session.config.late_reports = getattr(session.config, "late_reports", "") + late
    if session.config.late_reports:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    late = getattr(node, "workeroutput", {}).get("late_reports", "")
    node.config.late_reports = getattr(node.config, "late_reports", "") + late


def skip_or_fail(reason: str):
    """Loud either way; PERSONALIFY_NO_SKIP=1 is for the machine that must run everything."""
    if os.environ.get("PERSONALIFY_NO_SKIP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter):
    terminalreporter.write(getattr(terminalreporter.config, "late_reports", ""), red=True)
    for report in terminalreporter.stats.get("skipped", []):
        terminalreporter.write_line(f"SKIPPED {report.nodeid}: {report.longrepr[2]}", yellow=True)


@pytest.fixture(scope="session")
def program() -> Path:
    if not binary().is_file():
        pytest.fail(f"no program at {binary()}: build it or set PERSONALIFY_BINARY", pytrace=False)
    return binary()


@pytest.fixture(scope="session")
def shared() -> Path:
    """Recorded answers and other files that are not part of the repository."""
    folder = Path(os.environ.get("PERSONALIFY_SHARED", "../shared"))
    folder = folder if folder.is_absolute() else REPOSITORY / folder
    if not folder.is_dir():
        skip_or_fail(f"no shared files at {folder.resolve()}: set PERSONALIFY_SHARED")
    return folder


@pytest.fixture
def model(program):
    """For tests of what the model reads."""
    if not has_model():
        skip_or_fail("`personalify model verify` finds no model")


@pytest.fixture(scope="session")
def _simulator(program, tmp_path_factory):
    simulator = Simulator(tmp_path_factory.mktemp("simulator"))
    yield simulator
    assert simulator.stop() == 0, simulator.output()[-4000:]


@pytest.fixture
def sim(_simulator) -> Simulator:
    """The simulator, as freshly started."""
    assert _simulator.running, "the simulator died:\n" + _simulator.output()[-4000:]
    _simulator.reset()
    return _simulator


@pytest.fixture(scope="module")
def _module_server(_simulator, tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("server"), server_settings(_simulator.url, _simulator.url))
    yield server
    server.check_stopped_well()


@pytest.fixture
def server(_module_server, sim) -> Server:
    """One server for the tests of a module. A test that changes more than its own session makes its own."""
    assert _module_server.running, "the server died:\n" + _module_server.output()[-8000:]
    return _module_server


@pytest.fixture
def make_server(sim, tmp_path):
    """Starts servers of the test's own: make_server(NAME="value", ...). Each gets its own folder."""
    made: list[Server] = []

    def make(arguments=(), accounts_url=None, api_url=None, **settings: str) -> Server:
        values = server_settings(accounts_url or sim.url, api_url or sim.url, sim.url, **settings)
        made.append(Server(tmp_path / f"server{len(made)}", values, arguments))
        return made[-1]

    def adopt(server: Server) -> Server:
        made.append(server)
        return server

    make.adopt = adopt
    yield make
    running = [server for server in made if server.running]
    for server in running:
        server.check_stopped_well()


@pytest.fixture
def fresh_server(make_server) -> Server:
    return make_server()


@pytest.fixture
def people(sim) -> list[dict]:
    """The simulator's listeners."""
    found = sim.listeners()
    assert len(found) >= 2, found
    return found


@pytest.fixture
def alice(people) -> str:
    return people[0]["id"]


@pytest.fixture
def bob(people) -> str:
    return people[1]["id"]


@pytest.fixture
def browser(server):
    with Browser(server) as browser:
        yield browser


@pytest.fixture
def anyone(server):
    """A client of the module's server that nobody is logged in with."""
    with client_of(server) as client:
        yield client
