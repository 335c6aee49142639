"""nginx and Caddy with the examples of deploy/, moved to free ports and a certificate of their own."""

import re
import shutil
import socket
import ssl
import subprocess
from pathlib import Path

import httpx

from browser import Browser
from processes import REPOSITORY, Deadline, Server

NAME = "personalify.example.org"
_NGINX = """daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ }}
http {{
    {temp_paths}
    include {folder}/personalify.conf;
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def make_certificate(folder: Path) -> None:
    """For the example's name: fullchain.pem and privkey.pem."""
    files = ["-keyout", folder / "privkey.pem", "-out", folder / "fullchain.pem"]
    subject = ["-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}"]
    kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]
    subprocess.run(["openssl", "req", "-x509", *kind, *files, *subject], check=True, capture_output=True)


class Proxy:
    """A proxy in front of a server."""

    def __init__(self, folder: Path, server: Server):
        self.folder = folder
        self.port, self.http_port = free_port(), free_port()
        make_certificate(folder)
        self.process = subprocess.Popen(self.command(server), stdin=subprocess.DEVNULL, cwd=folder)
        deadline = Deadline(20)
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                assert self.process.poll() is None and not deadline.passed, "the proxy has not started"

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=20)

    def transport(self, source: str = "127.0.0.1") -> httpx.HTTPTransport:
        """From that address of this machine, trusting the proxy's certificate."""
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        return httpx.HTTPTransport(verify=context, local_address=source)


class Nginx(Proxy):
    def command(self, server: Server) -> list[str]:
        text = (REPOSITORY / "deploy/nginx/personalify.conf").read_text()
        for what, by in (
            (r"(?m)^ *listen \[::\].*\n", ""),
            (r"listen 443 ", f"listen 127.0.0.1:{self.port} "),
            (r"listen 80;", f"listen 127.0.0.1:{self.http_port};"),
            (r"server 127\.0\.0\.1:8000;", f"server 127.0.0.1:{server.port};"),
            (rf"/etc/letsencrypt/live/{NAME}/", f"{self.folder}/"),
        ):
            text, times = re.subn(what, by, text)
            assert times, what
        (self.folder / "personalify.conf").write_text(text)
        kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        paths = "\n    ".join(f"{kind}_temp_path {self.folder}/{kind};" for kind in kinds)
        file = self.folder / "nginx.conf"
        file.write_text(_NGINX.format(folder=self.folder, temp_paths=paths))
        program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
        command = [program, "-p", str(self.folder), "-e", str(self.folder / "error.log"), "-c", str(file)]
        checked = subprocess.run([*command, "-t"], capture_output=True, text=True)
        assert checked.returncode == 0 and "[warn]" not in checked.stderr, checked.stderr
        return command


class Caddy(Proxy):
    def command(self, server: Server) -> list[str]:
        text = (REPOSITORY / "deploy/caddy/Caddyfile").read_text()
        for what, by in (
            (rf"(?m)^{NAME} \{{", f"{NAME}:{self.port} {{\n\ttls fullchain.pem privkey.pem"),
            (r"reverse_proxy 127\.0\.0\.1:8000", f"reverse_proxy 127.0.0.1:{server.port}"),
        ):
            text, times = re.subn(what, by, text)
            assert times, what
        own = f"{{\n\tadmin off\n\tauto_https disable_redirects\n\thttp_port {self.http_port}\n}}\n"
        file = self.folder / "Caddyfile"
        file.write_text(own + text)
        return ["env", f"HOME={self.folder}", "caddy", "run", "--config", str(file), "--adapter", "caddyfile"]


class Visitor(Browser):
    """A browser that reaches the server through the proxy, from an address of its own."""

    def __init__(self, server: Server, proxy: Proxy, source: str = "127.0.0.1", **headers: str):
        super().__init__(server)
        check = self.client.event_hooks
        self.client.close()
        self.client = httpx.Client(
            base_url=f"https://{NAME}:{proxy.port}",
            transport=_Found(proxy, source),
            follow_redirects=False,
            timeout=40,
            event_hooks=check,
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )


class _Found(httpx.BaseTransport):
    """Connects to this machine whatever the host's name is; TLS and the Host header keep the name."""

    def __init__(self, proxy: Proxy, source: str):
        self._inner = proxy.transport(source)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        here = httpx.Request(
            request.method,
            request.url.copy_with(host="127.0.0.1"),
            headers=request.headers,
            stream=request.stream,
            extensions=request.extensions | {"sni_hostname": request.url.host},
        )
        return self._inner.handle_request(here)

    def close(self):
        self._inner.close()
