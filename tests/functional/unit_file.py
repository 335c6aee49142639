"""The systemd unit as as_service.py takes it, and the package's settings as the service would get them."""

import functools
import subprocess
from pathlib import Path

from processes import REPOSITORY

UNIT = REPOSITORY / "deploy/systemd/personalify.service"


class Unit:
    """What the unit file says, in the order in which it says it."""

    def __init__(self, file: Path = UNIT):
        lines = [line.strip() for line in file.read_text().splitlines()]
        self._entries = [line.split("=", 1) for line in lines if "=" in line and not line.startswith("#")]

    def all(self, name: str) -> list[str]:
        return [value for key, value in self._entries if key == name]

    def one(self, name: str) -> str:
        (value,) = self.all(name)
        return value

    def environment(self, root: Path) -> dict[str, str]:
        """Environment=, and over it EnvironmentFile=, which may be absent."""
        file = root / self.one("EnvironmentFile").removeprefix("-").lstrip("/")
        lines = file.read_text().splitlines() if file.exists() else []
        pairs = [line for line in lines if line.strip() and not line.startswith("#")]
        return dict(pair.split("=", 1) for pair in [*self.all("Environment"), *pairs])

    def syscalls(self) -> list[str]:
        """SystemCallFilter=: the first line allows, those with ~ take away."""
        allow, *more = self.all("SystemCallFilter")
        allowed = set().union(*map(_expand, allow.split()))
        for line in more:
            assert line.startswith("~"), line
            allowed -= set().union(*map(_expand, line[1:].split()))
        return sorted(allowed)

    def spec(self) -> dict:
        """How as_service.py shall run it."""
        return {
            "user": self.one("User"),
            "writable": ["/var/lib/" + self.one("StateDirectory")],
            "directory": self.one("WorkingDirectory"),
            "umask": self.one("UMask"),
            "syscalls": self.syscalls(),
            "families": self.one("RestrictAddressFamilies").split(),
            "deny_write_execute": self.one("MemoryDenyWriteExecute") == "yes",
        }


@functools.cache
def _expand(name: str) -> frozenset[str]:
    """The calls of a group, as this machine's systemd knows it."""
    if not name.startswith("@"):
        return frozenset({name})
    command = ["systemd-analyze", "syscall-filter", "--no-pager", name]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    names = [line.strip() for line in text.splitlines()[1:]]
    return frozenset().union(*(_expand(name) for name in names if name and not name.startswith("#")))
