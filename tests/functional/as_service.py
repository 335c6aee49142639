"""Runs a command in a root file system the way systemd, or a container engine, would run a service there.

    unshare --mount /usr/bin/python3 as_service.py ROOT SPEC COMMAND...

SPEC is JSON: "user" (a name in ROOT's passwd, or a number), "writable" (folders; all else is read-only, but for a
/tmp of its own), "directory", "umask"; "syscalls" and "families" (all others are refused with EPERM; absent:
all are allowed); "deny_write_execute". Neither systemd nor an engine runs where the tests do; this has no other
use. Needs root and, for "syscalls", Debian's python3-seccomp.
"""

import ctypes
import errno
import json
import os
import socket
import subprocess
import sys

PR_SET_NO_NEW_PRIVS = 38
PR_CAPBSET_DROP = 24
PR_SET_MDWE = 65


def mount(*arguments: str) -> None:
    subprocess.run(["mount", *arguments], check=True)


def prepare_root(root: str, writable: list[str]) -> None:
    """unshare(1) made this process's mounts its own: nobody else sees these, and they end with it."""
    mount("--bind", root, root)
    for folder in writable:
        mount("--bind", root + folder, root + folder)
    mount("--bind", "/proc", root + "/proc")
    mount("--bind", "/dev", root + "/dev")
    mount("-t", "tmpfs", "-o", "mode=1777,size=64m", "tmpfs", root + "/tmp")
    mount("-o", "remount,bind,ro", root)


def ids_of(user: str | int) -> tuple[int, int]:
    """Of a user in the passwd of the root that we are in."""
    if isinstance(user, int):
        return user, user
    for line in open("/etc/passwd"):
        name, _, uid, gid, *_ = line.split(":")
        if name == user:
            return int(uid), int(gid)
    raise SystemExit(f"there is no user {user}")


def prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), f"prctl({option}, {value})")


def drop_privileges(user: str | int) -> None:
    uid, gid = ids_of(user)
    for capability in range(int(open("/proc/sys/kernel/cap_last_cap").read()) + 1):
        prctl(PR_CAPBSET_DROP, capability)
    os.setgroups([])
    os.setresgid(gid, gid, gid)
    os.setresuid(uid, uid, uid)
    prctl(PR_SET_NO_NEW_PRIVS, 1)


def filter_calls(syscalls: list[str], families: list[str]) -> None:
    import seccomp

    allowed = seccomp.SyscallFilter(seccomp.ERRNO(errno.EPERM))
    for name in syscalls:
        try:
            number = seccomp.resolve_syscall(seccomp.Arch.NATIVE, name)
        except ValueError:
            continue
        if number < 0:
            continue  # of another architecture
        if name == "socket":
            for family in families:
                allowed.add_rule(seccomp.ALLOW, name, seccomp.Arg(0, seccomp.EQ, getattr(socket, family)))
        else:
            allowed.add_rule(seccomp.ALLOW, name)
    allowed.load()


def main() -> None:
    root, spec, command = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]
    if "syscalls" in spec:
        import seccomp  # noqa: F401 (while the file system is still ours)
    prepare_root(root, spec["writable"])
    os.chroot(root)
    os.chdir(spec["directory"])
    os.umask(int(spec.get("umask", "022"), 8))
    drop_privileges(spec["user"])
    if spec.get("deny_write_execute"):
        prctl(PR_SET_MDWE, 1)
    if "syscalls" in spec:
        filter_calls(spec["syscalls"], spec["families"])
    os.execv(command[0], command)


main()
