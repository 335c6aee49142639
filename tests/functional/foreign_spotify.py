"""A second Spotify that shares nothing with the program's own simulator.

It serves recorded Web API answers, agrees to every authorization at once, checks PKCE and client credentials,
compresses when asked, and can hold a request until a test lets it go. Standard library only.
"""

import argparse
import base64
import gzip
import hashlib
import json
import secrets
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = ("demo-client", "demo-secret")
DEFAULT_PROFILE = {
    "account_id": "Acc0untZero",
    "id": "harbour.light",
    "display_name": "Harbour Light",
    "images": [
        {"url": "https://images.example/portrait-64", "height": 64, "width": 64},
        {"url": "https://images.example/portrait-300", "height": 300, "width": 300},
    ],
    "external_urls": {},
    "type": "user",
    "uri": "spotify:user:harbour.light",
    "email": "harbour@example.org",
    "country": "ID",
    "product": "premium",
    "followers": {"href": None, "total": 12},
}


class Gate:
    """Holds the first request to one path: `arrived` is set when it is there, it goes on after `release`."""

    def __init__(self):
        self.arrived = threading.Event()
        self.release = threading.Event()


class ForeignSpotify:
    """Runs in a thread of the test process. `accounts_prefix` and `api_prefix` are put before all paths."""

    def __init__(
        self,
        recorded: Path | None = None,
        accounts_prefix: str = "",
        api_prefix: str = "",
        profile: dict | None = None,
        tops: dict | None = None,
        port: int = 0,
    ):
        self.profile = DEFAULT_PROFILE if profile is None else profile
        self.tops = tops or {"artists": {"items": []}, "tracks": {"items": []}}
        if recorded:
            self.tops = {
                kind: json.loads((recorded / f"current_users_top_{kind}.json").read_text())
                for kind in ("artists", "tracks")
            }
        self.requests: list[tuple[str, str]] = []  # method and target, in order of arrival
        self.gates: dict[str, Gate] = {}
        self.codes: dict[str, dict] = {}
        self.access_tokens: set[str] = set()
        self.refresh_tokens: set[str] = set()
        self.lock = threading.Lock()
        owner = self

        class Handler(_Handler):
            spotify = owner

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        self.accounts_prefix, self.api_prefix = accounts_prefix, api_prefix
        self.accounts_url = f"http://127.0.0.1:{self.port}{accounts_prefix}"
        self.api_url = f"http://127.0.0.1:{self.port}{api_prefix}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05})

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        for gate in self.gates.values():
            gate.release.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=10)

    def hold(self, path: str) -> Gate:
        """`path` is as Spotify names it, without a prefix."""
        self.gates[path] = Gate()
        return self.gates[path]

    def serve_forever(self):
        self._server.serve_forever()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    spotify: ForeignSpotify

    def log_message(self, *_):
        pass

    def answer(self, status: int, value=None, **headers: str):
        data = b"" if value is None else json.dumps(value, ensure_ascii=False).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        if data:
            self.send_header("Content-Type", "application/json; charset=utf-8")
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                data = gzip.compress(data)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def refuse(self, status: int, message: str):
        self.answer(status, {"error": {"status": status, "message": message}})

    def path_below(self, prefix: str) -> str | None:
        path = urlsplit(self.path).path
        return path[len(prefix) :] if path.startswith(prefix + "/") else None

    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}

    def arrive(self, path: str):
        with self.spotify.lock:
            self.spotify.requests.append((self.command, self.path))
            gate = self.spotify.gates.pop(path, None)
        if gate:
            gate.arrived.set()
            gate.release.wait(timeout=30)

    def do_GET(self):
        account_path = self.path_below(self.spotify.accounts_prefix)
        api_path = self.path_below(self.spotify.api_prefix)
        self.arrive(api_path or account_path or "")
        if account_path == "/authorize":
            return self.authorize(self.query())
        if api_path is None or not api_path.startswith("/v1/"):
            return self.refuse(404, "Resource not found")
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or token not in self.spotify.access_tokens:
            return self.refuse(401, "The access token expired")
        if api_path == "/v1/me":
            return self.answer(200, self.spotify.profile)
        if api_path in ("/v1/me/top/artists", "/v1/me/top/tracks"):
            return self.top(self.spotify.tops[api_path.rpartition("/")[2]], self.query())
        return self.refuse(404, "Resource not found")

    def authorize(self, query: dict[str, str]):
        if (
            query.get("client_id") != CLIENT[0]
            or query.get("response_type") != "code"
            or "redirect_uri" not in query
        ):
            return self.answer(400, {"error": "INVALID_CLIENT: Invalid redirect URI"})
        code = secrets.token_urlsafe(24)
        self.spotify.codes[code] = query
        back = urlencode({"code": code} | ({"state": query["state"]} if "state" in query else {}))
        return self.answer(302, Location=query["redirect_uri"] + "?" + back)

    def top(self, page: dict, query: dict[str, str]):
        limit = int(query.get("limit", 20))
        if not 1 <= limit <= 50:
            return self.refuse(400, "Invalid limit")
        if query.get("time_range", "medium_term") not in ("short_term", "medium_term", "long_term"):
            return self.refuse(400, "Invalid time range")
        return self.answer(200, page | {"items": page["items"][:limit]})

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        path = self.path_below(self.spotify.accounts_prefix)
        self.arrive(path or "")
        if path != "/api/token":
            return self.refuse(404, "Resource not found")
        form = {name: values[0] for name, values in parse_qs(body).items()}
        if not self.known_client(form):
            return self.answer(400, {"error": "invalid_client"})
        if form.get("grant_type") == "authorization_code":
            return self.exchange(form)
        if form.get("grant_type") == "refresh_token":
            if form.get("refresh_token") not in self.spotify.refresh_tokens:
                return self.answer(
                    400, {"error": "invalid_grant", "error_description": "Invalid refresh token"}
                )
            return self.answer(200, self.new_tokens(first=False))
        return self.answer(400, {"error": "unsupported_grant_type"})

    def known_client(self, form: dict[str, str]) -> bool:
        expected = base64.b64encode(":".join(CLIENT).encode()).decode()
        return (
            self.headers.get("Authorization") == "Basic " + expected
            or (form.get("client_id"), form.get("client_secret")) == CLIENT
        )

    def exchange(self, form: dict[str, str]):
        asked = self.spotify.codes.pop(form.get("code", ""), None)
        if asked is None or asked["redirect_uri"] != form.get("redirect_uri"):
            return self.answer(
                400, {"error": "invalid_grant", "error_description": "Invalid authorization code"}
            )
        if "code_challenge" in asked:
            digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
            if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
                return self.answer(
                    400, {"error": "invalid_grant", "error_description": "code_verifier was incorrect"}
                )
        return self.answer(200, self.new_tokens(first=True))

    def new_tokens(self, first: bool) -> dict:
        """A refresh carries no new refresh token, as the service does since 2026."""
        tokens = {
            "access_token": secrets.token_urlsafe(90),
            "token_type": "Bearer",
            "expires_in": 3600,
            "scope": "user-top-read user-read-email",
        }
        self.spotify.access_tokens.add(tokens["access_token"])
        if first:
            tokens["refresh_token"] = secrets.token_urlsafe(90)
            self.spotify.refresh_tokens.add(tokens["refresh_token"])
        return tokens


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--port", type=int, default=0)
    arguments.add_argument(
        "--recorded", type=Path, help="folder with current_users_top_{artists,tracks}.json"
    )
    arguments.add_argument("--accounts-prefix", default="")
    arguments.add_argument("--api-prefix", default="")
    given = arguments.parse_args()
    spotify = ForeignSpotify(given.recorded, given.accounts_prefix, given.api_prefix, port=given.port)
    print(f"listening on http://127.0.0.1:{spotify.port}", flush=True)
    spotify.serve_forever()


if __name__ == "__main__":
    main()
