"""Requests made up from the service's own description: no fault of ours, and no answer that is not described.

SCHEMATHESIS_EXAMPLES is how many each operation gets: the same ones in every run, unless SCHEMATHESIS_SEED
names another beginning.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from browser import Browser
from processes import clean_environment, has_model

EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "60")
SEED = os.environ.get("SCHEMATHESIS_SEED")
# Not whether all input that a schema allows is accepted, and all other refused: some rules join two members,
# and 0 stands for false. test_validation.py says what is refused.
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
]

pytestmark = pytest.mark.timeout(3600 if "SCHEMATHESIS_EXAMPLES" in os.environ else 180)


def without_model() -> list[str]:
    """What reads emotions is 503 then, rightly."""
    return ["--exclude-path", "/analyze-lyrics", "--exclude-path", "/analyze-emotions-background"]


def run(server, folder: Path, *arguments: str):
    beginning = ["--seed", SEED, "--generation-database", "none"] if SEED else ["--generation-deterministic"]
    done = subprocess.run(
        [Path(sys.executable).parent / "schemathesis", "run", server.url + "/openapi.json", "--no-color"]
        + ["--phases", "coverage,fuzzing", "--max-examples", EXAMPLES]
        + ["--exclude-path-regex", "/events$"]  # streams, which end when their reader goes
        + ([] if has_model() else without_model())
        + ["--continue-on-failure", "--max-redirects", "0", "--request-timeout", "20"]
        + [*beginning, *arguments],
        cwd=folder,
        env=clean_environment({}),
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    generated = re.search(r"(\d+) generated", done.stdout)
    assert generated and int(generated.group(1)) > 100, done.stdout[-4_000:]
    assert server.running


def test_without_a_session(fresh_server, tmp_path):
    run(fresh_server, tmp_path, "--checks", ",".join([*CHECKS, "ignored_auth"]))


def test_with_a_session(fresh_server, alice, tmp_path):
    """Everything about the session's own user, but the logout, which would end it."""
    with Browser(fresh_server) as browser:
        user = browser.log_in(alice)
        (tmp_path / "schemathesis.toml").write_text(f"[parameters]\nid = '{user}'\nspotify_id = '{user}'\n")
        session = "Authorization: Bearer " + browser.session
        checks = ",".join(CHECKS)
        run(fresh_server, tmp_path, "--checks", checks, "--header", session, "--exclude-path", "/logout")
        assert browser.get("/api/me").json()["spotify_id"] == user
        assert browser.dashboard(user).status_code == 200
