"""Holds every JSON answer against the server's own OpenAPI document."""

import re
from urllib.parse import urlsplit

import httpx
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

_METHODS = {"get", "put", "post", "delete", "patch"}
# What the HTTP layer itself may answer on any route; documented or not, the shape is the same.
_ANYWHERE = {400, 404, 405, 408, 413, 414, 415, 422, 429, 431, 500, 503}


def _pointer(*steps: str) -> str:
    return "/".join(step.replace("~", "~0").replace("/", "~1") for step in steps)


class Contract:
    def __init__(self, document: dict):
        self.document = document
        resource = Resource.from_contents(document, default_specification=DRAFT202012)
        self._registry = Registry().with_resource("urn:openapi", resource)
        self._routes = []
        for template in sorted(document["paths"], key=lambda path: path.count("{")):
            pattern = re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(template))
            self._routes.append((re.compile(pattern), template))

    def template_of(self, path: str) -> str | None:
        return next((template for pattern, template in self._routes if pattern.fullmatch(path)), None)

    def templates(self) -> dict[str, set[str]]:
        """Methods by path, with every parameter written {}."""
        return {
            re.sub(r"\{[^}]+\}", "{}", path): {method for method in item if method in _METHODS}
            for path, item in self.document["paths"].items()
        }

    def validate(self, value, *steps: str):
        """Checks `value` against the schema at that place of the document."""
        schema = {"$ref": "urn:openapi#/" + _pointer(*steps)}
        validator = Draft202012Validator(schema, registry=self._registry, format_checker=FormatChecker())
        problems = [
            f"{problem.json_path}: {problem.message[:300]}" for problem in validator.iter_errors(value)
        ]
        assert not problems, f"does not match {'/'.join(steps)}:\n  " + "\n  ".join(problems[:10])

    def _declared(self, operation: dict, steps: tuple, status: int) -> tuple | None:
        """Where the response object of that status stands."""
        responses = operation.get("responses", {})
        for key in (str(status), f"{status // 100}XX", "default"):
            if key in responses:
                reference = responses[key].get("$ref")
                if reference:
                    return tuple(reference.removeprefix("#/").split("/"))
                return (*steps, "responses", key)
        return None

    def _at(self, steps: tuple):
        place = self.document
        for step in steps:
            place = place[step]
        return place

    def check(self, response: httpx.Response):
        """An httpx response hook."""
        request = response.request
        where = f"{request.method} {request.url.path} -> {response.status_code}"
        assert response.headers.get("x-request-id"), f"{where}: no X-Request-ID"
        if request.method == "OPTIONS":
            return
        kind = response.headers.get("content-type", "").split(";")[0].strip()
        if kind != "application/json":
            assert response.status_code < 400 or request.method == "HEAD", (
                f"{where}: an error that is {kind or 'untyped'}"
            )
            return
        response.read()
        if request.method == "HEAD" or response.status_code == 304:
            assert response.content == b"", f"{where}: a body where none may be"
            return
        value = response.json()
        if response.status_code >= 400 and value != {"error": "Not authenticated"}:
            assert isinstance(value.get("detail"), str | list | dict), f"{where}: no detail in {value}"
        if request.url.path == "/openapi.json":
            return
        template = self.template_of(urlsplit(str(request.url)).path)
        if template is None:
            assert response.status_code == 404 and value == {"detail": "Not Found"}, f"{where}: {value}"
            return
        operation = self.document["paths"][template].get(request.method.lower())
        if operation is None:
            assert response.status_code == 405, f"{where}: not in openapi.json"
            return
        steps = self._declared(operation, ("paths", template, request.method.lower()), response.status_code)
        if steps is None:
            assert response.status_code in _ANYWHERE, f"{where}: status not in openapi.json ({value})"
            return
        content = self._at(steps).get("content", {})
        assert "application/json" in content, f"{where}: openapi.json names no JSON body for this status"
        if "schema" in content["application/json"]:
            try:
                self.validate(value, *steps, "content", "application/json", "schema")
            except AssertionError as problem:
                raise AssertionError(f"{where}: {problem}") from None
