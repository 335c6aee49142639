"""`personalify lyrics --file`: the lyrics of a saved page, or exit code 2 and the reason."""

import subprocess

import pytest

from processes import REPOSITORY, binary

PAGES = REPOSITORY / "tests" / "data" / "lyrics-pages"


def lyrics(*arguments: str, page: bytes = b"") -> subprocess.CompletedProcess:
    return subprocess.run([binary(), "lyrics", *arguments], input=page, capture_output=True, timeout=60)


@pytest.mark.parametrize("name", ["whole_page", "leaked_header", "old_layout", "japanese", "arabic_and_persian", "latin1_page"])
def test_prints_the_lyrics_as_stored(name):
    done = lyrics("--file", str(PAGES / f"{name}.html"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == (PAGES / f"{name}.txt").read_bytes()
    assert done.stderr == b""


def test_reads_the_standard_input():
    done = lyrics("--file", "-", page=(PAGES / "sundanese.html").read_bytes())
    assert done.returncode == 0, done.stderr
    assert done.stdout == (PAGES / "sundanese.txt").read_bytes()


@pytest.mark.parametrize(
    "name, reason",
    [
        ("instrumental", b"instrumental"),
        ("unreleased", b"not released"),
        ("not_transcribed", b"not transcribed"),
        ("challenge", b"blocked"),
        ("another_page", b"not understood"),
        ("empty", b"not understood"),
        ("truncated", b"not understood"),
    ],
)
def test_says_why_there_are_none(name, reason):
    done = lyrics("--file", str(PAGES / f"{name}.html"))
    assert done.returncode == 2
    assert done.stdout == b""
    assert reason in done.stderr, done.stderr


def test_a_page_that_is_too_large_or_too_deep_is_refused():
    container = b"<div data-lyrics-container='true'>satu"
    largest = lyrics("--file", "-", page=container + b" " * 2_000_000 + b"</div>")
    assert (largest.returncode, largest.stdout) == (0, b"satu\n")
    large = lyrics("--file", "-", page=container + b" " * 6 * 1024 * 1024 + b"</div>")
    assert large.returncode == 2 and b"too large" in large.stderr and large.stdout == b""
    deep = lyrics("--file", "-", page=container + b"<div>" * 100_000)
    assert deep.returncode == 2 and b"too deep" in deep.stderr and deep.stdout == b""


def test_a_file_that_cannot_be_read_is_named(tmp_path):
    for path in (tmp_path / "nothing.html", tmp_path):
        done = lyrics("--file", str(path))
        assert done.returncode == 2 and str(path).encode() in done.stderr and done.stdout == b""


def test_wrong_use_is_refused():
    assert lyrics().returncode == 2
    assert lyrics("--fil", "x").returncode == 2
