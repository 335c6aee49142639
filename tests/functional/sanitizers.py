"""Sanitizers in the programs under test: what they are told, and what they found.

A finding is written to a file of its own. So none is lost with a program that a test kills, that is expected
to fail, or whose output nobody reads.
"""

import mmap
import os
from pathlib import Path

_OPTIONS = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")
_RUNTIMES = {b"__asan_init\0": "asan", b"__tsan_init\0": "tsan"}
_SLOWNESS = {"": 1, "asan": 3, "tsan": 6}  # of programs that do nothing but compute
EXIT_STATUS = 77

_folder = Path(__file__).resolve().parents[2] / "build/test-results" / f"sanitizers-{os.getpid()}"
_seen: set[Path] = set()


def sanitizer_of(program: Path) -> str:
    """ "asan" (with ubsan), "tsan", or "": by the runtime that is linked into the program."""
    if not program.is_file():
        return ""
    with program.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return next((name for symbol, name in _RUNTIMES.items() if content.find(symbol) >= 0), "")


def slowness(sanitizer: str) -> int:
    """By how much deadlines are longer than those of a usual build."""
    return _SLOWNESS[sanitizer]


def environment(sanitizer: str) -> dict[str, str]:
    """What a program with this sanitizer needs to be told; it wins over what the caller's environment says."""
    if not sanitizer:
        return {}
    _folder.mkdir(parents=True, exist_ok=True)
    told = f"halt_on_error=1:exitcode={EXIT_STATUS}:log_path={_folder}/report"
    return {name: ":".join(filter(None, (os.environ.get(name), told))) for name in _OPTIONS}


def new_reports() -> str:
    """The findings since the last call, as text; "" when there are none."""
    found = sorted(set(_folder.glob("report.*")) - _seen) if _folder.is_dir() else []
    _seen.update(found)
    return "\n".join(f"{path.name}:\n{path.read_text(errors='replace')[:20_000]}" for path in found)


def forget_empty_folder():
    if _folder.is_dir() and not any(_folder.iterdir()):
        _folder.rmdir()
