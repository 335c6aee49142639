"""Checks the rules that no compiler checks: who may include whom, file sizes, what a tracked file may name.

check.py [REPOSITORY]    prints every breach and exits 1 when there is one; Python 3.11 and nothing else
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

WARN_LINES, MOST_LINES = 400, 450
SOURCES = (".cpp", ".hpp")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]', re.MULTILINE)

# Spelt in pieces, since this file is checked as well.
REGISTRY_HOSTS = [".".join(parts) for parts in (
    ("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"), ("registry", "yarnpkg", "com"),
    ("proxy", "golang", "org"), ("sum", "golang", "org"), ("crates", "io"), ("deb", "debian", "org"),
    ("security", "debian", "org"), ("repo", "maven", "apache", "org"), ("repo1", "maven", "org"))]
MACHINE_PATHS = ["/" + path for path in ("work/", "root/", "tmp/bash_jobs")] + [".py" + "env"]
FORBIDDEN = re.compile("|".join(
    [rf"(?<![\w.-])(?P<host>{'|'.join(map(re.escape, REGISTRY_HOSTS))})(?![\w-])",
     rf"(?<![\w}})*.-])(?P<path>{'|'.join(map(re.escape, MACHINE_PATHS))}|/home/(?!user/)\w+/)"]))


class Rooms:
    """The table of src/rooms.toml."""

    def __init__(self, table: dict[str, list[str]]):
        self._table = table
        for room, seen in table.items():
            for other in seen:
                if other != "*" and other not in table:
                    raise SystemExit(f"src/rooms.toml: {room} may include {other}, which is no room")

    def room_of(self, path: str) -> str | None:
        """The room of a path below src/: the longest of the table's names that leads to it."""
        parts = path.split("/")[:-1]
        names = ("/".join(parts[:length]) for length in range(len(parts), 0, -1))
        return next((name for name in names if name in self._table), None)

    def may_include(self, room: str, other: str) -> bool:
        return other == room or other in self._table[room] or "*" in self._table[room]


def check_includes(path: str, text: str, rooms: Rooms) -> list[str]:
    """Breaches of one source file; path is relative to src/."""
    room = rooms.room_of(path)
    if room is None:
        return [f"src/{path}: its folder is no room of src/rooms.toml"]
    breaches = []
    for match in INCLUDE.finditer(text):
        bracket, header = match.groups()
        where = f"src/{path}:{text.count(chr(10), 0, match.start(2)) + 1}"
        if header.startswith("boost/beast") and room != "http":
            breaches.append(f"{where}: only src/http may include Beast")
        other = rooms.room_of(header) if bracket == '"' else None
        if other is not None and not rooms.may_include(room, other):
            breaches.append(f"{where}: {room} may not see {other} ({header})")
    return breaches


def check_tree(source: Path, rooms: Rooms) -> tuple[list[str], list[str]]:
    """Breaches and warnings of everything below src/."""
    breaches, warnings, version_users, used = [], [], [], set()
    for file in sorted(path for path in source.rglob("*") if path.suffix in SOURCES):
        path, text = file.relative_to(source).as_posix(), file.read_text()
        used.add(rooms.room_of(path))
        breaches += check_includes(path, text, rooms)
        lines = text.count("\n")
        if lines > MOST_LINES:
            breaches.append(f"src/{path}: {lines} lines, at most {MOST_LINES}; split it by meaning")
        elif lines > WARN_LINES:
            warnings.append(f"src/{path}: {lines} lines; {MOST_LINES} is the limit")
        if any(header == "version.hpp" for _, header in INCLUDE.findall(text)):
            version_users.append(path)
    if len(version_users) > 1:
        breaches.append(f"version.hpp changes with every commit: one file may include it, not {version_users}")
    breaches += [f"src/{room}: a room needs a README.md" for room in sorted(used - {None})
                 if not (source / room / "README.md").is_file()]
    return breaches, warnings


def check_names(path: str, text: str) -> list[str]:
    """Registry hosts and paths of one machine in a tracked file."""
    return [f"{path}:{text.count(chr(10), 0, match.start()) + 1}: names {match.group().strip()!r}, "
            f"a {'registry host' if match['host'] else 'path of one machine'}"
            for match in FORBIDDEN.finditer(text)]


def tracked_files(root: Path) -> list[str]:
    """What git tracks or would add; without git, every file outside the build's folders."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
                                cwd=root, capture_output=True, check=True).stdout.decode()
        return sorted(name for name in listed.split("\0") if name)
    except (OSError, subprocess.CalledProcessError):
        outside = {".git", "build", "data", "node_modules", "__pycache__"}
        return sorted(path.relative_to(root).as_posix() for path in root.rglob("*")
                      if path.is_file() and not outside & set(path.relative_to(root).parts))


def check(root: Path) -> tuple[list[str], list[str]]:
    """All breaches and warnings of a repository."""
    rooms = Rooms(tomllib.loads((root / "src/rooms.toml").read_text()))
    breaches, warnings = check_tree(root / "src", rooms)
    for name in tracked_files(root):
        try:
            breaches += check_names(name, (root / name).read_text())
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue  # no text, or deleted but still listed
    return breaches, warnings


if __name__ == "__main__":
    found, remarks = check(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2])
    for remark in remarks:
        print(f"warning: {remark}")
    for breach in found:
        print(breach)
    print(f"structure: {len(found)} breaches")
    sys.exit(1 if found else 0)
