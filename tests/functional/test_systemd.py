"""The unit, as systemd's own tools judge it; test_package.py runs the service as it says."""

import subprocess

from processes import REPOSITORY
from unit_file import UNIT, Unit


def test_it_is_understood(tmp_path):
    """In a root of its own, in which the program is where the unit says."""
    program = tmp_path / Unit().one("ExecStart").split()[0].lstrip("/")
    program.parent.mkdir(parents=True)
    program.touch(mode=0o755)
    units = tmp_path / "etc/systemd/system"
    units.mkdir(parents=True)
    for name in ("network-online.target", "sysinit.target", "multi-user.target"):
        (units / name).write_text("[Unit]\n")
    (units / UNIT.name).write_text(UNIT.read_text())
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", f"--root={tmp_path}", UNIT.name],
        capture_output=True, text=True, timeout=50,
    )  # fmt: skip
    assert done.returncode == 0 and done.stderr == "", done.stderr


def test_it_is_exposed_to_little():
    """systemd counts from 0, closed, to 100, open. Where it allows more it needs to: docs/deployment.md."""
    command = ["systemd-analyze", "security", "--no-pager", "--offline=true", "--threshold=15", str(UNIT)]
    done = subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=50)
    assert done.returncode == 0, done.stdout + done.stderr
