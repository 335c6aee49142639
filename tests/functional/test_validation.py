"""What is refused before anything is done, and in which words."""

import json

import pytest

from wire import Wire

JSON = {"Content-Type": "application/json"}
VERIFIER = "v" * 43


def problems(response) -> list[dict]:
    """The list of a 422, each entry of FastAPI's shape, which clients parse."""
    assert response.status_code == 422, f"{response.status_code}: {response.text[:300]}"
    assert response.headers["content-type"] == "application/json"
    assert set(response.json()) == {"detail"}
    found = response.json()["detail"]
    assert isinstance(found, list) and found
    for problem in found:
        assert {"type", "loc", "msg", "input"} <= set(problem), problem
        assert isinstance(problem["type"], str) and problem["type"]
        assert isinstance(problem["msg"], str) and problem["msg"]
        assert problem["loc"][0] in ("query", "body", "path")
    return found


QUERIES = [
    ("/login?mobile=perhaps", "mobile", "bool_parsing"),
    ("/login?redirect=//evil.example", "redirect", None),
    ("/callback", "code", "missing"),
    ("/sync/top-data?time_range=year", "time_range", "enum"),
    ("/sync/top-data?time_range=", "time_range", "enum"),
    ("/sync/top-data?limit=0", "limit", "greater_than_equal"),
    ("/sync/top-data?limit=51", "limit", "less_than_equal"),
    ("/sync/top-data?limit=abc", "limit", "int_parsing"),
    ("/sync/top-data?limit=1e1", "limit", "int_parsing"),
    ("/sync/top-data?limit=99999999999999999999", "limit", None),
    ("/api/dashboard/someone?time_range=SHORT_TERM", "time_range", "enum"),
    ("/api/dashboard/someone?time_range=short_term%20", "time_range", "enum"),
    ("/top-genres?time_range=short_term", "spotify_id", "missing"),
    ("/top-genres?spotify_id=a&time_range=week", "time_range", "enum"),
    ("/top-data?time_range=short_term", "spotify_id", "missing"),
    ("/top-data?spotify_id=a&time_range=week", "time_range", "enum"),
    ("/top-data?spotify_id=a&time_range=short_term&limit=0", "limit", "greater_than_equal"),
    ("/top-data?spotify_id=a&time_range=short_term&limit=-5", "limit", "greater_than_equal"),
    ("/top-data?spotify_id=a&time_range=short_term&limit=ten", "limit", "int_parsing"),
    ("/top-data?spotify_id=a&time_range=short_term&sort=image", "sort", None),
    ("/history", "spotify_id", "missing"),
    ("/history?spotify_id=a&limit=0", "limit", "greater_than_equal"),
    ("/history?spotify_id=a&limit=many", "limit", "int_parsing"),
    ("/history?spotify_id=a&before=yesterday", "before", None),
]


@pytest.mark.parametrize(
    "path, name, kind", QUERIES, ids=lambda value: value if str(value).startswith("/") else ""
)
def test_query_parameters(anyone, path, name, kind):
    """Input is validated before the caller is authenticated: nobody is logged in here."""
    found = [problem for problem in problems(anyone.get(path)) if problem["loc"] == ["query", name]]
    assert found, f"nothing about {name}"
    if kind:
        assert found[0]["type"] == kind


def test_all_problems_are_told_at_once(anyone):
    found = problems(anyone.get("/top-data?limit=abc"))
    assert {problem["loc"][1] for problem in found} >= {"spotify_id", "limit"}
    assert {problem["type"] for problem in found} >= {"missing", "int_parsing"}
    entry = next(problem for problem in found if problem["loc"][1] == "limit")
    assert entry["input"] == "abc"
    assert next(problem for problem in found if problem["loc"][1] == "spotify_id")["input"] is None


def test_unknown_parameters_are_ignored(browser, alice):
    user = browser.log_in(alice)
    assert browser.dashboard(user, colour="blue", _="123").status_code == 200


BODIES = [
    ("POST", "/auth/refresh", {}, "spotify_id", "missing"),
    ("POST", "/auth/refresh", {"spotify_id": None}, "spotify_id", "string_type"),
    ("POST", "/auth/refresh", {"spotify_id": 5}, "spotify_id", "string_type"),
    ("POST", "/auth/refresh", {"spotify_id": ["a"]}, "spotify_id", "string_type"),
    ("POST", "/auth/token", {}, "code", "missing"),
    ("POST", "/auth/token", {"code": "a"}, "code_verifier", "missing"),
    ("POST", "/auth/token", {"code": 1, "code_verifier": VERIFIER}, "code", "string_type"),
    ("POST", "/request-access", {}, "name", "missing"),
    ("POST", "/request-access", {"name": "Rani"}, "email", "missing"),
    ("POST", "/request-access", {"name": 7, "email": "rani@example.org"}, "name", "string_type"),
    ("POST", "/request-access", {"name": "Rani", "email": None}, "email", "string_type"),
    ("PUT", "/api/me/sharing", {}, "public", "missing"),
    ("PUT", "/api/me/sharing", {"public": "perhaps"}, "public", None),
    ("PUT", "/api/me/sharing", {"public": []}, "public", None),
    ("PUT", "/api/me/sharing", {"public": None}, "public", None),
    ("POST", "/analyze-emotions-background", {}, "spotify_id", "missing"),
    ("POST", "/analyze-emotions-background", {"spotify_id": 5}, "spotify_id", "string_type"),
    (
        "POST",
        "/analyze-emotions-background",
        {"spotify_id": "a", "extended": "maybe"},
        "extended",
        "bool_parsing",
    ),
    ("POST", "/analyze-emotions-background", {"spotify_id": "a", "time_range": "week"}, "time_range", "enum"),
    ("POST", "/analyze-lyrics", {}, "lyrics", "missing"),
    ("POST", "/analyze-lyrics", {"lyrics": None}, "lyrics", "string_type"),
    ("POST", "/analyze-lyrics", {"lyrics": 5}, "lyrics", "string_type"),
    ("POST", "/analyze-lyrics", {"lyrics": ["a"]}, "lyrics", "string_type"),
]


@pytest.mark.parametrize(
    "method, path, body, name, kind",
    BODIES,
    ids=[f"{method} {path} {json.dumps(body)}" for method, path, body, _, _ in BODIES],
)
def test_body_members(anyone, method, path, body, name, kind):
    found = [
        problem
        for problem in problems(anyone.request(method, path, json=body))
        if problem["loc"] == ["body", name]
    ]
    assert found, f"nothing about {name}"
    if kind:
        assert found[0]["type"] == kind


BODY_ROUTES = [
    ("POST", "/auth/refresh"),
    ("POST", "/auth/token"),
    ("POST", "/request-access"),
    ("PUT", "/api/me/sharing"),
    ("POST", "/analyze-emotions-background"),
    ("POST", "/analyze-lyrics"),
]
BROKEN = [
    '{"name":',
    "{",
    '{"a":1} trailing',
    '{"a":1}{"a":1}',
    "{'a':1}",
    '{"a":01}',
    '{"a":"\ud800"}'.encode("utf-8", "surrogatepass"),
    b'{"a":"\xff"}',
    "nul",
    '{"a":1,}',
    '{"a":"' + "\n" + '"}',
]


@pytest.mark.parametrize("method, path", BODY_ROUTES)
def test_broken_json(anyone, method, path):
    for body in BROKEN:
        found = problems(anyone.request(method, path, content=body, headers=JSON))
        assert found[0]["type"] == "json_invalid", body
        assert found[0]["loc"][0] == "body"


@pytest.mark.parametrize("method, path", BODY_ROUTES)
def test_json_that_is_no_object(anyone, method, path):
    for body in ("[]", '"text"', "5", "true", "[" * 5000 + "]" * 5000, '{"a":' * 5000 + "1" + "}" * 5000):
        problems(anyone.request(method, path, content=body, headers=JSON))


@pytest.mark.parametrize("method, path", BODY_ROUTES)
@pytest.mark.parametrize(
    "kind",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml"],
)
def test_other_content_types(anyone, method, path, kind):
    response = anyone.request(
        method, path, content='{"name":"Rani","email":"rani@example.org"}', headers={"Content-Type": kind}
    )
    assert response.status_code == 415 and isinstance(response.json()["detail"], str)


@pytest.mark.parametrize(
    "kind", ["application/json; charset=utf-8", "Application/JSON", "application/json;charset=UTF-8"]
)
def test_spellings_of_json(anyone, kind):
    response = anyone.post(
        "/request-access",
        content='{"name":"Rani","email":"spelling@example.org"}',
        headers={"Content-Type": kind},
    )
    assert response.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/api",
        "/api/dashboard",
        "/api/dashboard/",
        "/api/dashboard/a/b",
        "/API/ME",
        "/.env",
        "/assets/../api/me/x",
        "/assets/%2e%2e/%2e%2e/etc/passwd",
        "/api/debug-cookies",
    ],
)
def test_unknown_paths(anyone, path):
    for method in ("GET", "POST", "DELETE"):
        response = anyone.request(method, path)
        assert (response.status_code, response.json()) == (404, {"detail": "Not Found"}), method


def test_unknown_asset(anyone):
    response = anyone.get("/assets/nothing.js")
    assert (response.status_code, response.json()) == (404, {"detail": "Not Found"})


METHODS = [
    ("POST", "/login", "GET"),
    ("POST", "/callback", "GET"),
    ("DELETE", "/api/me/sharing", "PUT"),
    ("POST", "/api/dashboard/someone", "GET"),
    ("DELETE", "/api/profile/someone", "GET"),
    ("PUT", "/history", "GET"),
    ("GET", "/auth/refresh", "POST"),
    ("GET", "/auth/token", "POST"),
    ("GET", "/request-access", "POST"),
    ("PATCH", "/top-data", "GET"),
    ("POST", "/healthz", "GET"),
    ("PUT", "/logout", "POST"),
    ("DELETE", "/", "GET"),
    ("POST", "/openapi.json", "GET"),
]


@pytest.mark.parametrize("method, path, allowed", METHODS)
def test_wrong_method(anyone, method, path, allowed):
    response = anyone.request(method, path)
    assert (response.status_code, response.json()) == (405, {"detail": "Method Not Allowed"})
    methods = {part.strip() for part in response.headers["allow"].split(",")}
    assert allowed in methods and method not in methods
    if "GET" in methods:
        assert "HEAD" in methods


def test_body_over_the_limit(server):
    """Refused on the announcement, without waiting for the bytes."""
    with Wire(server.port) as wire:
        wire.send(
            "POST /request-access HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"Content-Length: {50 * 1024 * 1024}\r\n\r\n"
        )
        reply = wire.reply()
        assert reply.status == 413 and isinstance(json.loads(reply.body)["detail"], str)
        assert "x-request-id" in reply.headers
        assert reply.headers.get("connection", "").lower() == "close"
        wire.rest()


def test_chunked_body_over_the_limit(server):
    with Wire(server.port) as wire:
        wire.send(
            "POST /request-access HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            "Transfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"
        for _ in range(64):
            wire.send_what_is_taken(chunk)
        seen = wire.rest()
        assert seen == b"" or b" 413 " in seen.split(b"\r\n", 1)[0]


@pytest.mark.parametrize(
    "path",
    [
        "/api/dashboard/%zz",
        "/api/dashboard/%",
        "/api/dashboard/a%00b",
        "/api/profile/%ff%fe",
        "/top-genres?spotify_id=%zz&time_range=short_term",
        "/history?spotify_id=%00",
        "/api/dashboard/" + "x" * 4000,
    ],
)
def test_broken_or_strange_escapes(server, path):
    with Wire(server.port) as wire:
        wire.send(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        reply = wire.reply()
        assert reply.status in (200, 400, 404, 422)
        value = json.loads(reply.body)
        assert reply.status != 200 or value in (
            [],
            {"error": "No refresh token", "user": None, "image": None},
        )
