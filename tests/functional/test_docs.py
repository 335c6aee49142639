"""The API's description of itself."""

import re

import pytest
from openapi_spec_validator import validate

from browser import contract_of

ROUTES = {
    "/login": {"get"},
    "/callback": {"get"},
    "/logout": {"get", "post"},
    "/api/me": {"get"},
    "/auth/refresh": {"post"},
    "/auth/token": {"post"},
    "/request-access": {"post"},
    "/sync/top-data": {"get"},
    "/api/dashboard/{}": {"get"},
    "/api/profile/{}": {"get"},
    "/api/user-profile": {"get"},
    "/top-genres": {"get"},
    "/top-data": {"get"},
    "/history": {"get"},
    "/analyze-emotions-background": {"post"},
    "/analyze-lyrics": {"post"},
    "/api/jobs/{}": {"get"},
    "/api/jobs/{}/events": {"get"},
    "/api/me/sharing": {"put"},
    "/": {"get"},
    "/healthz": {"get"},
    "/readyz": {"get"},
}
METHODS = ("get", "put", "post", "delete", "patch")


@pytest.fixture
def contract(server):
    return contract_of(server)


@pytest.fixture
def operations(contract):
    return [
        (path, method, item[method])
        for path, item in contract.document["paths"].items()
        for method in METHODS
        if method in item
    ]


def test_document_is_valid_openapi_3_1(contract):
    assert contract.document["openapi"].startswith("3.1")
    validate(contract.document)


def test_routes(contract):
    listed = contract.templates()
    for path, methods in ROUTES.items():
        assert methods <= listed.get(path, set()), path


def test_every_operation_is_described(operations):
    for path, method, operation in operations:
        where = f"{method} {path}"
        assert operation.get("summary"), where
        assert operation["responses"], where
        named = {
            parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"
        }
        assert named == set(re.findall(r"\{([^}]+)\}", path)), where
    ids = [operation["operationId"] for _, _, operation in operations if "operationId" in operation]
    assert len(ids) == len(set(ids))


def test_parameters_tell_their_rules(operations):
    schemas = {
        (path, parameter["name"]): parameter["schema"]
        for path, method, operation in operations
        for parameter in operation.get("parameters", [])
        if method == "get"
    }
    limit = schemas["/sync/top-data", "limit"]
    assert (limit["minimum"], limit["maximum"], limit["default"]) == (1, 50, 10)
    assert schemas["/sync/top-data", "time_range"].get("default") == "medium_term"


def test_validation_errors_are_documented(operations):
    for path, method, operation in operations:
        typed = [
            parameter
            for parameter in operation.get("parameters", [])
            if parameter["in"] == "query" and parameter["schema"].get("type") not in ("string", None)
        ]
        if typed or "requestBody" in operation:
            assert "422" in operation["responses"], f"{method} {path}"


def walk(value, steps=()):
    yield steps, value
    if isinstance(value, dict):
        for key, below in value.items():
            yield from walk(below, (*steps, str(key)))
    elif isinstance(value, list):
        for number, below in enumerate(value):
            yield from walk(below, (*steps, str(number)))


def test_examples_match_their_schemas(contract):
    for steps, value in walk(contract.document):
        if not isinstance(value, dict) or "properties" in steps[-1:] or "paths" in steps[-1:]:
            continue
        if "schema" in value and isinstance(value["schema"], dict):
            if "example" in value:
                contract.validate(value["example"], *steps, "schema")
            for example in (
                value.get("examples", {}).values() if isinstance(value.get("examples"), dict) else ()
            ):
                contract.validate(example["value"], *steps, "schema")
        if steps[-2:-1] in (("schemas",), ("properties",)) and isinstance(value.get("examples"), list):
            for example in value["examples"]:
                contract.validate(example, *steps)


def test_page_works_offline(anyone):
    page = anyone.get("/docs")
    assert page.status_code == 200 and page.headers["content-type"].startswith("text/html")
    loaded = re.findall(
        r"<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)\s*=\s*[\"']?([^\"'\s>]+)", page.text, re.I
    )
    assert loaded
    for url in loaded:
        assert not re.match(r"(?i)(https?:)?//", url), f"{url} is not ours"
        if not url.startswith("data:"):
            assert anyone.get(url if url.startswith("/") else "/" + url).status_code == 200, url
    assert "/openapi.json" in page.text or any(
        "/openapi.json" in anyone.get(url).text for url in loaded if url.endswith(".js")
    )


def test_pages_files_are_cached_and_typed(anyone):
    page = anyone.get("/", headers={"Accept": "text/html"}).text
    for url in re.findall(r"(?:src|href)=\"(/assets/[^\"]+)\"", page):
        answer = anyone.get(url)
        assert answer.status_code == 200, url
        expected = {"js": "javascript", "css": "text/css", "svg": "image/svg+xml"}[
            url.rpartition(".")[2].partition("?")[0]
        ]
        assert expected in answer.headers["content-type"]
        assert "etag" in answer.headers or "max-age" in answer.headers.get("cache-control", "")
