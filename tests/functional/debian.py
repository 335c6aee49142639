"""A bare Debian in a folder, in which packages are installed and removed."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

from browser import Browser
from processes import Listening, clean_environment

_PYTHON = "/usr/bin/python3"  # the system's, which has seccomp
_AS_SERVICE = Path(__file__).with_name("as_service.py")


def run(command: list, seconds: float = 60, **arguments) -> str:
    """What it wrote; it has to end well."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=seconds,
        **arguments,
    )
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout[-4000:]}"
    return done.stdout


class Debian:
    """What this machine's package client would install, with this machine's settings for it."""

    def __init__(self, folder: Path):
        self.root = folder
        # Lists and settings of the package client stay: the dependencies of what is tested come from there.
        skip = "--skip=cleanup/apt,cleanup/reproducible"
        fast = ["--dpkgopt=force-unsafe-io", "--aptopt=Acquire::Languages none"]
        command = ["mmdebstrap", "--quiet", "--mode=root", "--variant=minbase", skip, *fast, "bookworm", folder]
        run([*command, *_sources()], seconds=400)
        shutil.copytree("/etc/apt/apt.conf.d", folder / "etc/apt/apt.conf.d", dirs_exist_ok=True)
        for name in ("/etc/resolv.conf", "/etc/hosts"):
            shutil.copy(name, folder / name.lstrip("/"))

    def file(self, path: str) -> Path:
        return self.root / path.lstrip("/")

    def run(self, *command: str, seconds: float = 60) -> str:
        """As root."""
        enter = 'mount --bind /proc "$0/proc"; mount --bind /dev "$0/dev"; exec chroot "$0" "$@"'
        environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "DEBIAN_FRONTEND": "noninteractive",
            "LANG": "C.UTF-8",
        }
        kept = {name: value for name, value in os.environ.items() if name.lower().endswith("_proxy")}
        return run(
            ["unshare", "--mount", "sh", "-ec", enter, self.root, *command], seconds, env=environment | kept
        )

    def install(self, package: Path) -> str:
        """With what it depends on."""
        shutil.copy(package, self.file("/tmp") / package.name)
        apt = ("apt-get", "-y", "-qq", "--no-install-recommends")
        return self.run(*apt, "install", f"/tmp/{package.name}", seconds=300)

    def as_service(self, spec: dict) -> list[str]:
        """What to put before a command so that it runs like this; see as_service.py."""
        return ["unshare", "--mount", _PYTHON, str(_AS_SERVICE), str(self.root), json.dumps(spec)]


class Service(Listening):
    """A service of that Debian."""

    def __init__(self, debian: Debian, spec: dict, command: list[str], settings: dict[str, str]):
        super().__init__([], settings, debian.root, [*debian.as_service(spec), *command])


def run_as_service(debian: Debian, spec: dict, settings: dict, *command: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [*debian.as_service(spec), *command],
        env=clean_environment(settings),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=50,
    )


def see_the_demo(service: Service) -> Browser:
    """Somebody logs in to the demo, looks at a dashboard, and stays until its emotions are read."""
    browser = Browser(service)
    user = browser.log_in()
    data = browser.dashboard(user).json()
    assert len(data["artists"]) == 20 and len(data["tracks"]) == 20 and data["genres"]
    browser.settle(user)
    return browser


def _sources() -> list[str]:
    """This machine's own lists of Debian's packages."""
    folder = Path("/etc/apt/sources.list.d")
    found = [str(file) for file in sorted(folder.glob("*debian*.sources"))]
    return found or ["/etc/apt/sources.list"]


def depends_of(package: Path) -> set[str]:
    """Names of the packages that it depends on."""
    line = run(["dpkg-deb", "--field", package, "Depends"])
    return set(re.findall(r"(?:^|, )([a-z0-9.+-]+)", line))
