"""Who takes part: our server with somebody logged in, another build of it, nginx. All end with the stage."""

import contextlib
import os
import pwd
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

REPOSITORY = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(REPOSITORY / "tests/functional"))

import httpx  # noqa: E402
from browser import Browser  # noqa: E402
from processes import Server, Simulator, server_settings  # noqa: E402
from wire import Reply, Wire, get  # noqa: E402


@dataclass(frozen=True)
class Options:
    """What the command line says; see run.py."""

    program: Path
    against: Path | None = None  # another build of the program; None: the scenario's own peer
    against_name: str = "other"
    quick: bool = False
    repeats: int = 5
    seconds: float = 5
    connections: int = 32
    cores: tuple[int, int] | None = None  # the server's, everybody else's; None: not pinned


@dataclass(frozen=True)
class Request:
    """A GET, as bytes on the wire will have it."""

    path: str
    headers: tuple[str, ...] = ()

    def plus(self, *headers: str) -> "Request":
        return Request(self.path, (*self.headers, *headers))

    def fetch(self, port: int) -> Reply:
        with Wire(port) as wire:
            wire.send(get(self.path, *self.headers))
            return wire.reply()


class Visitor(Browser):
    """A browser whose answers are not held against the contract: that is for tests, and takes time."""

    def __init__(self, server: Server):
        self.server = server
        # Without TLS's certificates, whose reading takes longer than most of what is measured.
        self.client = httpx.Client(base_url=server.url, trust_env=False, verify=False, timeout=60)


@dataclass
class House:
    """Our server, and the listener who is logged in there with warm dashboards."""

    server: Server
    simulator: Simulator
    visitor: Visitor
    user: str

    @property
    def cookie(self) -> str:
        return f"Cookie: access_token={self.visitor.session}"

    def settle(self):
        """Until nothing of the login is left to do: its titles are read, and the model is in memory."""
        for range_ in ("short_term", "medium_term", "long_term"):
            body = {"spotify_id": self.user, "time_range": range_}
            answer = self.visitor.client.post("/analyze-emotions-background", json=body)
            assert answer.status_code == 200, f"{answer.status_code}: {answer.text}"

    def dashboard(self) -> Request:
        path = f"/api/dashboard/{quote(self.user, safe='')}?time_range=short_term"
        return Request(path, ("Accept: application/json", self.cookie))


class Stage(contextlib.ExitStack):
    """A temporary folder and the processes started in it, ended last to first by their ids."""

    def __init__(self, options: Options):
        super().__init__()
        self.options = options
        self.folder = Path(self.enter_context(tempfile.TemporaryDirectory(prefix="personalify-bench-")))
        self._made = 0
        os.environ["PERSONALIFY_BINARY"] = str(options.program)  # the simulator is always ours
        if options.cores:
            os.sched_setaffinity(0, {options.cores[1]})

    def new_folder(self, name: str) -> Path:
        self._made += 1
        folder = self.folder / f"{self._made}-{name}"
        folder.mkdir()
        return folder

    @contextlib.contextmanager
    def on_server_core(self, program: Path | None = None) -> Iterator[None]:
        """A process started inside runs on the server's core, and as this program."""
        cores = os.sched_getaffinity(0)
        if self.options.cores:
            os.sched_setaffinity(0, {self.options.cores[0]})
        os.environ["PERSONALIFY_BINARY"] = str(program or self.options.program)
        try:
            yield
        finally:
            os.sched_setaffinity(0, cores)
            os.environ["PERSONALIFY_BINARY"] = str(self.options.program)

    def simulator(self) -> Simulator:
        simulator = Simulator(self.new_folder("simulator"))
        self.callback(simulator.stop)
        return simulator

    def server(self, simulator: Simulator, program: Path | None = None, **settings: str) -> Server:
        values = server_settings(simulator.url, simulator.url, THREADS="1", **settings)
        del values["MODELS_DIR"]  # that of the tests: what is measured is the model as shipped
        with self.on_server_core(program):
            server = Server(self.new_folder("server"), values)
        self.callback(server.stop)
        return server

    def house(self, program: Path | None = None, **settings: str) -> House:
        """A server with a Spotify of its own and its first listener logged in."""
        simulator = self.simulator()
        server = self.server(simulator, program, **settings)
        visitor = self.enter_context(Visitor(server))
        user = visitor.log_in(simulator.listeners()[0]["id"])
        house = House(server, simulator, visitor, user)
        house.settle()
        return house

    def houses(self, **settings: str) -> dict[str, House]:
        """Ours, and the other build's when there is one: the sides of a scenario that has no other peer."""
        found = {"ours": self.house(**settings)}
        if self.options.against:
            found[self.options.against_name] = self.house(self.options.against, **settings)
        return found

    def nginx(self, path: str, answer: Reply) -> "Nginx":
        with self.on_server_core():
            nginx = Nginx(self.new_folder("nginx"), path, answer)
        self.callback(nginx.stop)
        return nginx


_CONFIG = """
daemon off;
user {user};
worker_processes 1;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 20000; }}
http {{
    access_log off;
    server_tokens off;
    sendfile on;
    tcp_nopush on;
    keepalive_timeout 60;
    keepalive_requests 1000000000;
    open_file_cache max=16 inactive=1h;
    open_file_cache_valid 1h;
    {temp_paths}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location = {path} {{
            alias {folder}/answer;
            types {{ }}
            default_type "{content_type}";
            {headers}
        }}
    }}
}}
"""


class Nginx:
    """One worker that serves an answer of ours as a file: same body, same headers. nginx makes the ETag."""

    OWN = ("date", "content-type", "content-length", "etag", "connection")  # headers that nginx writes itself

    def __init__(self, folder: Path, path: str, answer: Reply):
        program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
        if not program:
            raise SystemExit("nginx is missing: script/bootstrap --only bench")
        self.path = "/index.html" if path == "/" else path  # for "/" nginx would look for an index first
        version = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
        self.name = "nginx " + re.search(r"nginx/([\d.]+)", version).group(1)
        (folder / "answer").write_bytes(answer.body)
        headers = {name: value for name, value in answer.headers.items() if name not in self.OWN}
        lines = [f'add_header {name} "{value}";' for name, value in headers.items()]
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        config = _CONFIG.format(
            user=pwd.getpwuid(os.getuid()).pw_name,
            folder=folder,
            port=self.port,
            path=self.path.partition("?")[0],
            content_type=answer.headers["content-type"],
            headers="\n            ".join([*lines, 'add_header Last-Modified "";']),
            temp_paths="\n    ".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds),
        )
        (folder / "nginx.conf").write_text(config)
        self._errors = folder / "error.log"
        command = [program, "-p", str(folder), "-e", str(self._errors), "-c", str(folder / "nginx.conf")]
        self._master = subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            self.pid = self._find_worker()
        except BaseException:
            self.stop()
            raise

    def _find_worker(self) -> int:
        children = Path(f"/proc/{self._master.pid}/task/{self._master.pid}/children")
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline and self._master.poll() is None:
            if found := children.read_text().split():
                return int(found[0])
            time.sleep(0.01)
        log = self._errors.read_text() if self._errors.exists() else ""
        raise RuntimeError("nginx has not started: " + log[-2000:])

    def stop(self) -> None:
        if self._master.poll() is None:
            self._master.terminate()
        self._master.wait(timeout=10)
