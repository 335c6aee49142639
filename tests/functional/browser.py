"""Walks the login as a browser or the mobile app would, one redirect at a time."""

import html
import re
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, quote, urlsplit

import httpx

from contract import Contract
from processes import Server, has_model

_contracts: dict[str, Contract] = {}


def contract_of(server: Server) -> Contract:
    """The document is a property of the binary: read once per run."""
    if "" not in _contracts:
        response = httpx.get(server.url + "/openapi.json", trust_env=False, timeout=10)
        assert response.status_code == 200, response.text
        _contracts[""] = Contract(response.json())
    return _contracts[""]


def client_of(server: Server, **arguments) -> httpx.Client:
    """A client without a session that holds each answer against the contract."""
    return httpx.Client(
        base_url=server.url,
        trust_env=False,
        follow_redirects=False,
        timeout=40,
        event_hooks={"response": [contract_of(server).check]},
        **arguments,
    )


def query_of(url: str) -> dict[str, str]:
    """First value of each query parameter."""
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query, keep_blank_values=True).items()}


def cookies_of(response: httpx.Response) -> dict[str, dict]:
    """The cookies a response sets: {"value", "httponly", "path", ...} by name."""
    found = {}
    for header in response.headers.get_list("set-cookie"):
        for name, morsel in SimpleCookie(header).items():
            found[name] = {key: value for key, value in morsel.items() if value} | {"value": morsel.value}
    return found


def consent(authorize_url: str, listener: str | None, decision: str = "allow") -> str:
    """Answers the consent page; returns where the browser is sent next."""
    with httpx.Client(trust_env=False, follow_redirects=False, timeout=20) as outside:
        page = outside.get(authorize_url)
        if page.is_redirect:
            return page.headers["location"]
        assert page.status_code == 200, f"{page.status_code}: {page.text[:500]}"
        assert page.headers["content-type"].startswith("text/html")
        if listener is None:
            tags = re.findall(r"<[^>]*name=[\"']?listener[\"']?[^>]*>", page.text)
            listener = html.unescape(
                next(re.search(r"value=[\"']?([^\"'> ]+)", tag).group(1) for tag in tags if "value=" in tag)
            )
        answer = outside.post(authorize_url, data={"listener": listener, "decision": decision})
        assert answer.status_code in (302, 303), f"{answer.status_code}: {answer.text[:500]}"
        return answer.headers["location"]


@dataclass
class Walk:
    """What happened on the way: the redirect to Spotify, the way back, and our answer to it."""

    login: httpx.Response
    authorize_url: str
    callback_url: str
    landing: httpx.Response = field(repr=False)

    @property
    def location(self) -> str:
        return self.landing.headers["location"]

    @property
    def error(self) -> str | None:
        return query_of(self.location).get("error")


class Browser:
    """A cookie jar and the way through the login. Each instance is another person's browser."""

    def __init__(self, server: Server):
        self.server = server
        self.client = client_of(server)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.close()

    def move_to(self, server: Server):
        """The same browser after the server was started anew, perhaps on another port."""
        cookies = self.client.cookies
        self.client.close()
        self.server = server
        self.client = client_of(server)
        self.client.cookies = cookies

    def start_login(self, **parameters) -> httpx.Response:
        response = self.client.get("/login", params=parameters)
        assert response.status_code == 307, f"{response.status_code}: {response.text[:500]}"
        return response

    def come_back(self, callback_url: str) -> httpx.Response:
        """Follows Spotify's redirect to us. The host is ours whatever the registered URI says."""
        parts = urlsplit(callback_url)
        response = self.client.get(parts.path + "?" + parts.query)
        assert response.status_code == 303, f"{response.status_code}: {response.text[:500]}"
        return response

    def walk(self, listener: str | None = None, decision: str = "allow", **parameters) -> Walk:
        """The whole login, whatever its outcome."""
        login = self.start_login(**parameters)
        authorize_url = login.headers["location"]
        callback_url = consent(authorize_url, listener, decision)
        return Walk(login, authorize_url, callback_url, self.come_back(callback_url))

    def log_in(self, listener: str | None = None, **parameters) -> str:
        """A login that has to work; returns the user's id."""
        walk = self.walk(listener, **parameters)
        assert walk.error is None, f"login failed: {walk.location}"
        return self.get("/api/me").json()["spotify_id"]

    @property
    def session(self) -> str:
        """The session token in the jar."""
        return self.client.cookies["access_token"]

    def get(self, path: str, **arguments) -> httpx.Response:
        return self.client.get(path, **arguments)

    def post(self, path: str, **arguments) -> httpx.Response:
        return self.client.post(path, **arguments)

    def put(self, path: str, **arguments) -> httpx.Response:
        return self.client.put(path, **arguments)

    def sync(self, **parameters) -> httpx.Response:
        return self.client.get("/sync/top-data", params=parameters)

    def analyze(self, user: str, **body) -> httpx.Response:
        return self.post("/analyze-emotions-background", json={"spotify_id": user} | body)

    def settle(self, user: str):
        """Waits until the emotions are read: from then on dashboards and history change by syncs alone."""
        if not has_model():
            return
        for time_range in ("short_term", "medium_term", "long_term"):
            while (answer := self.analyze(user, time_range=time_range)).status_code == 202:
                pass
            assert answer.status_code == 200, answer.text

    def dashboard(self, user: str, **parameters) -> httpx.Response:
        return self.client.get("/api/dashboard/" + quote(user, safe=""), params=parameters)


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": "Bearer " + token}
