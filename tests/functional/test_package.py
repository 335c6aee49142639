"""The Debian package: made from the program under test, looked at, and lived with in a bare Debian 12."""

import os
import re
import subprocess

import pytest

from conftest import skip_or_fail
from debian import Debian, Service, depends_of, run, run_as_service, see_the_demo
from processes import REPOSITORY, binary
from unit_file import Unit

# A sanitized program needs other system calls and libraries than the one that is delivered: `measures`.
pytestmark = [pytest.mark.measures, pytest.mark.timeout(600)]

DATA = "/var/lib/personalify"
SETTINGS = "/etc/personalify/personalify.env"


@pytest.fixture(scope="module")
def package(program, tmp_path_factory):
    """As script/package makes it, but of the build under test and packed quickly."""
    build, folder = program.parent, tmp_path_factory.mktemp("package")
    assert (build / "CPackConfig.cmake").is_file(), f"{build} is no build folder"
    run(["cmake", "--build", build, "--target", "package-files"])
    quick = ["-D", "CPACK_DEBIAN_COMPRESSION_TYPE=gzip", "-D", f"CPACK_PACKAGE_DIRECTORY={folder}"]
    run(["cpack", "--config", build / "CPackConfig.cmake", *quick, "-B", folder], seconds=300)
    (made,) = folder.glob("personalify_*.deb")
    return made


@pytest.fixture(scope="module")
def newer(package, tmp_path_factory):
    """The same as a later version."""
    folder = tmp_path_factory.mktemp("newer")
    run(["dpkg-deb", "--raw-extract", package, folder / "tree"])
    control = folder / "tree/DEBIAN/control"
    control.write_text(re.sub(r"(?m)^Version: .*", "Version: 9.0.0-1", control.read_text()))
    run(["dpkg-deb", "--root-owner-group", "-Znone", "--build", folder / "tree", folder / "newer.deb"])
    return folder / "newer.deb"


@pytest.fixture(scope="module")
def bare_debian(tmp_path_factory):
    if os.geteuid() != 0:
        skip_or_fail("only root can make a root file system")
    return Debian(tmp_path_factory.mktemp("debian"))


@pytest.fixture
def debian(bare_debian, package):
    """One in which the package is installed, and takes a free port."""
    if not bare_debian.file("/usr/bin/personalify").exists():
        bare_debian.install(package)
        settings = bare_debian.file(SETTINGS)
        settings.write_text(settings.read_text() + "PORT=0\nRATE_LIMIT=off\n")
    return bare_debian


def start(debian, **more) -> Service:
    """The service as its unit says, but for what only systemd can do."""
    unit = Unit()
    return Service(debian, unit.spec() | more, unit.one("ExecStart").split(), unit.environment(debian.root))


def stop(service: Service):
    assert service.stop() == 0, service.output()[-4000:]


def mode_of(debian, path: str) -> str:
    return debian.run("stat", "-c", "%U:%G %a", path).strip()


def test_its_files(package):
    listed = run(["dpkg-deb", "--contents", package])
    names = {line.split()[5].removeprefix(".") for line in listed.splitlines()}
    for name in (
        "/usr/bin/personalify",
        "/usr/lib/personalify/libopenvino_intel_cpu_plugin.so",
        "/usr/share/personalify/models/emotions/model.json",
        "/usr/share/personalify/models/words/slang-indonesian.tsv",
        "/usr/share/doc/personalify/copyright",
        "/usr/share/doc/personalify/changelog.Debian.gz",
        "/usr/share/man/man1/personalify.1.gz",
        "/lib/systemd/system/personalify.service",
        SETTINGS,
    ):
        assert name in names, listed
    control = run(["dpkg-deb", "--field", package])
    assert re.search(r"(?m)^Package: personalify$", control)
    assert {"adduser", "ca-certificates", "libc6", "libssl3", "libsqlite3-0"} <= depends_of(package)


def test_it_knows_nothing_of_the_machine_that_built_it(package, tmp_path):
    run(["dpkg-deb", "--extract", package, tmp_path])
    for folder in {REPOSITORY, binary().resolve().parent, binary().parent}:
        found = subprocess.run(["grep", "-rlF", str(folder), tmp_path], capture_output=True, text=True)
        assert found.stdout == ""
    dynamic = run(["readelf", "-d", tmp_path / "usr/bin/personalify"])
    assert re.findall(r"RUNPATH.*\[(.*)\]", dynamic) == ["$ORIGIN/../lib/personalify"]


def test_lintian_finds_nothing(package):
    run(["lintian", "--allow-root", "--fail-on", "error,warning", package], seconds=300)


def test_the_image_brings_the_same_libraries(package):
    """The image's list of packages is written by hand, the package's by dpkg-shlibdeps."""
    last = (REPOSITORY / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    listed = re.search(r"--no-install-recommends((?:\s+\\?\s*[a-z0-9.+-]+)+)", last.replace("\\\n", " "))[1]
    own = {"adduser", "libc6", "libgcc-s1"}  # the package makes a user; all of Debian needs the others
    names = {name.removesuffix("-fmt9") for name in depends_of(package)}  # of libspdlog, which only has that name
    assert set(listed.split()) == names - own


def test_manual_names_every_command(run_help):
    manual = (REPOSITORY / "deploy/personalify.1").read_text().replace("\\-", "-")
    for command in run_help():
        assert re.search(rf"(?m)^\.B {command}$", manual), command


@pytest.fixture
def run_help(program):
    def commands() -> list[str]:
        text = run([program, "--help"])
        return re.findall(r"(?m)^  ([a-z]+) ", text.partition("Subcommands:")[2])

    return commands


def test_installed(debian):
    assert re.match(r"personalify:personalify 700", mode_of(debian, DATA))
    assert mode_of(debian, SETTINGS) == "root:personalify 640"
    assert debian.run("personalify", "version").startswith("personalify ")
    account = debian.run("getent", "passwd", "personalify")
    assert account.strip().endswith(f":{DATA}:/usr/sbin/nologin"), account
    if not debian.file("/usr/bin/systemctl").exists():
        assert debian.run("find", "/var/lib/systemd/deb-systemd-helper-enabled", "-name", "personalify.service")


def test_the_service_reads_emotions_confined_as_its_unit_says(debian):
    unit = Unit()
    spec, settings = unit.spec(), unit.environment(debian.root)
    whole = run_as_service(debian, spec, settings, "/usr/bin/personalify", "model", "verify")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    titles = ("/bin/sh", "-c", "printf 'I am so sad and lonely\\n' | personalify analyze --titles")
    read = run_as_service(debian, spec, settings, *titles)
    assert read.returncode == 0 and "sadness" in read.stdout, read.stdout + read.stderr
    forbidden = run_as_service(debian, spec | {"deny_write_execute": True}, settings, *titles)
    assert forbidden.returncode != 0, "the unit can have MemoryDenyWriteExecute=yes"


def test_life_of_an_installation(debian, newer):
    service = start(debian)
    health = f"--url={service.url}"
    assert debian.run("personalify", "health", health) == "ready\n"
    browser = see_the_demo(service)
    settled = browser.get("/api/me").json()["spotify_id"]
    stop(service)

    debian.install(newer)
    assert debian.run("dpkg-query", "--show", "personalify").split() == ["personalify", "9.0.0-1"]
    assert mode_of(debian, SETTINGS) == "root:personalify 640"
    assert "PORT=0" in debian.file(SETTINGS).read_text(), "own settings outlive an upgrade"
    service = start(debian)
    browser.move_to(service)
    assert browser.get("/api/me").json()["spotify_id"] == settled, "the session outlives an upgrade"
    assert len(browser.dashboard(settled).json()["artists"]) == 20
    browser.client.close()
    stop(service)

    debian.run("dpkg", "--remove", "personalify")
    assert debian.file(DATA + "/demo").is_dir() and debian.file(SETTINGS).is_file()
    assert not debian.file("/usr/bin/personalify").exists()
    debian.run("dpkg", "--purge", "personalify")
    for path in (DATA, "/etc/personalify", "/usr/share/personalify", "/usr/lib/personalify"):
        assert not debian.file(path).exists(), path


def test_an_image_can_be_read_only(debian):
    """As the compose file runs it: another user, nothing writable but the data and /tmp."""
    data = debian.file("/data")
    data.mkdir(mode=0o700)
    os.chown(data, 10001, 10001)
    spec = {"user": 10001, "writable": ["/data"], "directory": "/data"}
    settings = {"LISTEN": "0.0.0.0", "DEMO_LISTEN": "0.0.0.0", "DATA_DIR": "/data", "PORT": "0"}
    service = Service(debian, spec, ["/usr/bin/personalify", "serve"], settings)
    with see_the_demo(service):
        pass
    stop(service)
    assert {file.stat().st_uid for file in data.rglob("*")} == {10001}

