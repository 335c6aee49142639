"""Dockerfile and compose file, as far as they can be judged without an engine; test_package.py has the rest."""

import json
import re
import socket
import subprocess
from fnmatch import fnmatch

import pytest
import yaml

from processes import REPOSITORY, Server, run_to_end

DOCKERFILE = (REPOSITORY / "Dockerfile").read_text()


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Dockerfile with its arguments, line continuations joined."""
    text = re.sub(r"(?m)^#.*\n", "", DOCKERFILE).replace("\\\n", " ")
    return [tuple(line.split(None, 1)) for line in text.splitlines() if line.strip()]


def copied() -> list[str]:
    """What is copied from the repository."""
    from_here = [text.split() for name, text in instructions() if name == "COPY" and "--from" not in text]
    return [source for words in from_here for source in words[:-1]]


def compose(folder, settings: dict[str, str] | None = None) -> dict:
    """The backend as docker-compose understands it, with such a .env beside it."""
    (folder / "docker-compose.yml").write_text((REPOSITORY / "docker-compose.yml").read_text())
    if settings is not None:
        (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in settings.items()))
    done = subprocess.run(["docker-compose", "config"], cwd=folder, capture_output=True, text=True, timeout=50)
    assert done.returncode == 0, done.stderr
    return yaml.safe_load(done.stdout)["services"]["backend"]


def test_what_is_copied_exists_and_reaches_the_builder():
    assert len(copied()) > 4 and "." in copied()
    lines = (REPOSITORY / ".dockerignore").read_text().splitlines()
    let_through = [line[1:] for line in lines if line.startswith("!")]
    for path in copied():
        assert (REPOSITORY / path).exists(), path
        assert path == "." or path.split("/")[0] in let_through, path
    for path in let_through:
        assert (REPOSITORY / path).exists(), path


def test_what_the_build_reads_reaches_the_builder():
    """Every folder and file that CMake's files name at the top of the repository."""
    lines = (REPOSITORY / ".dockerignore").read_text().splitlines()
    let_through = {line[1:] for line in lines if line.startswith("!")}
    for line in lines:
        assert line == "*" or line.startswith(("!", "#", "**/")), line
    tracked = subprocess.run(
        ["git", "ls-files", "CMakeLists.txt", "*/CMakeLists.txt", "cmake"],
        cwd=REPOSITORY, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    text = "".join((REPOSITORY / file).read_text() for file in tracked)
    everything = subprocess.run(["git", "ls-files"], cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    tops = {path.split("/")[0] for path in everything.splitlines()} - {"tests", "fuzz"}  # not of a release
    named = {top for top in tops if re.search(rf"SOURCE_DIR\}}/{re.escape(top)}\b|subdirectory\({top}\)", text)}
    assert {"src", "deploy", "CHANGELOG.md"} <= named
    assert named <= let_through


def test_nothing_private_reaches_the_builder():
    lines = (REPOSITORY / ".dockerignore").read_text().splitlines()
    for private in (".env", "data", ".git", "build"):
        assert not any(fnmatch(private, line[1:]) for line in lines if line.startswith("!")), private


def test_the_image_runs_as_nobody_special():
    last = instructions()[max(i for i, (name, _) in enumerate(instructions()) if name == "FROM") :]
    said = dict(last)
    uid, _, gid = said["USER"].partition(":")
    assert int(uid) >= 10_000 and uid == gid
    assert f"-o {uid} -g {gid} /data" in DOCKERFILE and said["VOLUME"] == "/data"
    assert json.loads(said["ENTRYPOINT"]) + json.loads(said["CMD"]) == ["personalify", "serve"]
    assert said["HEALTHCHECK"].endswith('CMD ["personalify", "health"]')
    images = {text.split()[0] for name, text in instructions() if name == "FROM"}
    assert images == {"debian:12-slim"}


def test_the_image_knows_its_settings(program, tmp_path):
    environment = dict(pair.split("=", 1) for name, text in instructions() if name == "ENV" for pair in text.split())
    environment.pop("LANG")
    done = run_to_end(["config"], environment, tmp_path)
    assert done.returncode == 0, done.stderr
    for name, value in environment.items():
        assert re.search(rf"(?m)^{name} *= *{re.escape(value)}\b", done.stdout), f"{name}\n{done.stdout}"


def test_compose_is_confined(tmp_path):
    backend = compose(tmp_path)
    assert backend["read_only"] is True and backend["cap_drop"] == ["ALL"]
    assert backend["security_opt"] == ["no-new-privileges:true"]
    assert backend["restart"] == "unless-stopped"
    assert backend["healthcheck"]["test"] == ["CMD", "personalify", "health"]
    assert [port.rsplit(":", 1)[1] for port in map(str, backend["ports"])] == ["8000/tcp", "8001/tcp"]
    assert all(str(port).startswith("127.0.0.1:") for port in backend["ports"])
    assert backend["volumes"] == ["data:/data:rw"]
    assert backend["environment"]["LISTEN"] == "0.0.0.0" and backend["environment"]["DATA_DIR"] == "/data"


def test_compose_passes_every_setting_on(program, tmp_path):
    documented = re.findall(r"(?m)^\| `([A-Z_]+)`", run_to_end(["config", "--markdown"], {}, tmp_path).stdout)
    environment = compose(tmp_path)["environment"]
    assert {name for name in documented if name != "MODELS_DIR"} <= set(environment)
    given = compose(tmp_path, {"SPOTIFY_CLIENT_ID": "an-id", "PORT": "1", "DATA_DIR": "/elsewhere"})["environment"]
    assert given["SPOTIFY_CLIENT_ID"] == "an-id"
    assert (given["PORT"], given["DATA_DIR"]) == ("8000", "/data"), "inside the container they are what they are"


@pytest.mark.parametrize(("address", "reachable"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_the_demos_spotify_can_be_published(program, tmp_path, address, reachable):
    server = Server(tmp_path, {"DEMO_LISTEN": address}, ["--demo"])
    match = server.wait_for(re.compile(r"simulated Spotify is at http://127\.0\.0\.1:(\d+)"), 10)
    port = int(match.group(1))
    try:
        with socket.create_connection(("127.0.0.2", port), timeout=5):
            found = True
    except ConnectionRefusedError:
        found = False
    assert found == reachable
    server.check_stopped_well()
