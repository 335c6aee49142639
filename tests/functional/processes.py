"""The programs under test as child processes: started, watched line by line, and ended by pid."""

import contextlib
import functools
import os
import re
import signal
import subprocess
import threading
import time
from pathlib import Path
from urllib.parse import quote

import httpx

import sanitizers

# In seconds, of a usual build: a sanitized one gets more, see patience().
START_DEADLINE = 30.0  # until "listening on"
STOP_DEADLINE = 20.0  # from SIGTERM to the end

REPOSITORY = Path(__file__).resolve().parents[2]
REAL_MODEL = {"MODELS_DIR": str(REPOSITORY / "models")}
_LISTENING = re.compile(r"listening on http://(?:127\.0\.0\.1|0\.0\.0\.0):(\d+)")


def binary() -> Path:
    path = Path(os.environ.get("PERSONALIFY_BINARY", "build/dev/personalify"))
    return path if path.is_absolute() else REPOSITORY / path


@functools.cache
def sanitizer() -> str:
    """ "asan", "tsan" or "": of the program that the run began with, whatever a test wraps around it."""
    return sanitizers.sanitizer_of(binary())


def sanitized() -> bool:
    """Whether a sanitizer is in the program under test: its memory then says nothing."""
    return sanitizer() != ""


def patience(seconds: float) -> float:
    """A deadline for the program under test: longer when it is built with a sanitizer."""
    return seconds * sanitizers.slowness(sanitizer())


def clean_environment(settings: dict[str, str]) -> dict[str, str]:
    """Only what a program needs to run, so that no setting of the machine leaks into a test."""
    kept = (
        "PATH",
        "HOME",
        "LANG",
        "LD_LIBRARY_PATH",
        "TMPDIR",
        "LLVM_PROFILE_FILE",
        "ASAN_SYMBOLIZER_PATH",
        "TSAN_SYMBOLIZER_PATH",
        "TBB_ENABLE_SANITIZERS",
    )
    inherited = {name: os.environ[name] for name in kept if name in os.environ}
    return inherited | sanitizers.environment(sanitizer()) | settings


class Process:
    """A child whose output lines are collected by threads; waiting is for a line, never for time."""

    def __init__(
        self, arguments: list[str], settings: dict[str, str], folder: Path, command: list[str] | None = None
    ):
        """`command` is how to start the program when that isn't the one under test, as it is."""
        self._changed = threading.Condition()
        self._lines: list[str] = []
        self._open_pipes = 2
        self.arguments = arguments
        self._child = subprocess.Popen(
            [*(command or [str(binary())]), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=clean_environment(settings),
            cwd=folder,
        )
        self._readers = [
            threading.Thread(target=self._read, args=(pipe,), daemon=True)
            for pipe in (self._child.stdout, self._child.stderr)
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, pipe):
        for line in pipe:
            with self._changed:
                self._lines.append(line.decode("utf-8", "replace"))
                self._changed.notify_all()
        pipe.close()
        with self._changed:
            self._open_pipes -= 1
            self._changed.notify_all()

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def running(self) -> bool:
        return self._child.poll() is None

    def output(self) -> str:
        """Everything written so far, standard output and error together."""
        with self._changed:
            return "".join(self._lines)

    def wait_for(self, pattern: re.Pattern, seconds: float) -> re.Match:
        def found():
            for line in self._lines:
                if match := pattern.search(line):
                    return match
            return self._open_pipes == 0 and "ended"

        with self._changed:
            outcome = self._changed.wait_for(found, timeout=patience(seconds))
            text = "".join(self._lines[-40:])
        if not isinstance(outcome, re.Match):
            raise AssertionError(
                f"{self.arguments}: no line like {pattern.pattern!r} within {seconds} s "
                f"({'ended' if outcome else 'still running'}); it wrote:\n{text}"
            )
        return outcome

    def signal(self, number: int):
        if self.running:
            self._child.send_signal(number)

    def wait(self, seconds: float = STOP_DEADLINE) -> int:
        """The exit status; every line written is collected when this returns."""
        try:
            status = self._child.wait(timeout=patience(seconds))
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(
                f"{self.arguments}: still running {seconds} s after it was told to stop"
            ) from None
        for reader in self._readers:
            reader.join(timeout=5)
        return status

    def stop(self) -> int:
        self.signal(signal.SIGTERM)
        return self.wait()

    def kill(self):
        """As a power cut would: no chance to clean up."""
        if self.running:
            self._child.kill()
        self._child.wait(timeout=10)


class Listening(Process):
    """A program that announces the port it is bound to."""

    def __init__(self, arguments, settings, folder, command=None):
        super().__init__(arguments, settings, folder, command)
        try:
            self.port = int(self.wait_for(_LISTENING, START_DEADLINE).group(1))
        except AssertionError:
            self.kill()
            raise
        self.url = f"http://127.0.0.1:{self.port}"


class Simulator(Listening):
    """The program's own Spotify, steered over its control routes."""

    def __init__(self, folder: Path):
        super().__init__(["simulator", "--port", "0", "--latency", "0ms"], {}, folder)
        self._control = httpx.Client(base_url=self.url, trust_env=False, timeout=10)

    def _call(self, method: str, path: str, **arguments):
        response = self._control.request(method, path, **arguments)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response.json() if response.content else None

    def reset(self):
        """As freshly started: no faults, an empty journal, the settings the suite runs with."""
        self._call("POST", "/_sim/reset")
        self.settings(
            latency_ms=0, mode="extended", expires_in=3600, rotate_refresh=True, refresh_token_in_answer=True
        )
        self.heal()
        self._call("DELETE", "/_sim/journal")

    def settings(self, **values):
        self._call("PUT", "/_sim/settings", json=values)

    def fail(self, *rules: dict):
        """Replaces all fault rules."""
        self._call("PUT", "/_sim/faults", json={"rules": list(rules)})

    def heal(self):
        self._call("DELETE", "/_sim/faults")

    def listeners(self) -> list[dict]:
        return self._call("GET", "/_sim/listeners")["listeners"]

    def revoke(self, listener: str):
        self._call("POST", f"/_sim/listeners/{quote(listener, safe='')}/revoke")

    def expire(self, listener: str):
        self._call("POST", f"/_sim/listeners/{quote(listener, safe='')}/expire")

    def journal(self, service: str = "") -> list[dict]:
        """What all of its services were asked, or one: spotify, genius_api, genius_web, lrclib, lastfm, ..."""
        parameters = {"since": 0} | ({"service": service} if service else {})
        return self._call("GET", "/_sim/journal", params=parameters)["entries"]

    def forget_journal(self):
        self._call("DELETE", "/_sim/journal")

    def calls(self, path_prefix: str) -> list[dict]:
        return [entry for entry in self.journal() if entry["path"].startswith(path_prefix)]

    def telegram(self) -> list[str]:
        """The messages that Telegram's chats show."""
        return [message["text"] for message in self._call("GET", "/_sim/telegram")["messages"]]

    def songs(self, **wanted) -> list[dict]:
        """Songs of a kind: of the catalogue, of Genius, or of both."""
        found = self._call("GET", "/_sim/songs", params=wanted)["songs"]
        assert found, f"no song is {wanted}"
        return found

    def song(self, id: int | str) -> dict:
        """One of them, by Genius' number or a track's id, with the texts that a reader should find."""
        return self._call("GET", f"/_sim/songs/{id}")

    def refreshes(self) -> list[dict]:
        """Requests to exchange a refresh token."""
        return [entry for entry in self.calls("/api/token") if "grant_type=refresh_token" in entry["body"]]


class Server(Listening):
    """`personalify serve` on a data folder of its own."""

    def __init__(self, folder: Path, settings: dict[str, str], arguments: list[str] = ()):
        self.folder = folder
        self.settings = settings
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(
            ["serve", "--port", "0", "--data-dir", str(folder / "data"), *arguments], settings, folder
        )

    def again(self, **settings: str) -> "Server":
        """A new life on the same data. The old one must have ended."""
        assert not self.running
        return Server(self.folder, self.settings | settings)

    def check_stopped_well(self):
        status = self.stop()
        text = self.output()
        found = sanitizers.new_reports()
        assert not found, f"exit status {status}; {found}"
        assert status == 0, f"exit status {status}; it wrote:\n{text[-4000:]}"
        assert "Sanitizer" not in text, text[-8000:]


@functools.cache
def small_models() -> Path:
    """The models folder with networks of nonsense: read in a tenth of the time, and enough for whatever does not
    ask what a text means."""
    folder = REPOSITORY / "build" / "small-models"
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in (("emotions", "tests/data/tiny-model"), ("words", "models/words")):
        with contextlib.suppress(FileExistsError):
            (folder / name).symlink_to(REPOSITORY / content)
    return folder


def server_settings(
    accounts_url: str, api_url: str, songs_url: str | None = None, **more: str
) -> dict[str, str]:
    """Whoever is asked is a simulator, `songs_url`, or nobody. Genres are looked for by those who say so:
    they come behind the answers, and change them. A test that needs the real model takes REAL_MODEL."""
    songs_url = songs_url or accounts_url
    return {
        "SPOTIFY_CLIENT_ID": "demo-client",
        "SPOTIFY_CLIENT_SECRET": "demo-secret",
        "SPOTIFY_ACCOUNTS_URL": accounts_url,
        "SPOTIFY_API_URL": api_url,
        "SPOTIFY_CALL_BUDGET": "1000000",
        "GENIUS_ACCESS_TOKEN": "genius-demo",
        "GENIUS_API_URL": songs_url + "/genius-api",
        "GENIUS_WEB_URL": songs_url + "/genius",
        "LRCLIB_URL": songs_url + "/lrclib",
        "LASTFM_API_KEY": "lastfm-demo",
        "LASTFM_URL": songs_url + "/lastfm",
        "MUSICBRAINZ_URL": songs_url + "/musicbrainz",
        "GENRE_SOURCE": "none",
        "MODELS_DIR": str(small_models()),
        "RATE_LIMIT": "off",
        "ACCESS_LOG": "off",
        "THREADS": "2",
    } | more


def run_to_end(
    arguments: list[str], settings: dict[str, str], folder: Path, seconds: float = 20
) -> subprocess.CompletedProcess:
    """For subcommands that end on their own."""
    return subprocess.run(
        [str(binary()), *arguments],
        env=clean_environment(settings),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=patience(seconds),
        stdin=subprocess.DEVNULL,
    )


@functools.cache
def has_model() -> bool:
    """Whether the program finds its model whole: without it emotions stay pending, and all else works."""
    done = subprocess.run(
        [str(binary()), "model", "verify"],
        env=clean_environment({}),
        cwd=REPOSITORY,
        capture_output=True,
        timeout=patience(120),
        stdin=subprocess.DEVNULL,
    )
    return done.returncode == 0


class Deadline:
    """A moment that loops may not pass."""

    def __init__(self, seconds: float):
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        return self._end - time.monotonic()

    @property
    def passed(self) -> bool:
        return self.left <= 0
