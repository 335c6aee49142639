"""`personalify doctor`: what is wrong, one line, and what to do about it, one line."""

import json
import shutil
import socket
import sqlite3
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from browser import Browser
from processes import REPOSITORY, run_to_end

ID = "0123456789abcdef0123456789abcdef"
SECRET = "fedcba9876543210fedcba9876543210"
APP = {"SPOTIFY_CLIENT_ID": ID, "SPOTIFY_CLIENT_SECRET": SECRET, "LYRICS_SOURCES": "lrclib"}
TOKEN = "123456789:AAbbCCddEEffGGhhIIjjKKllMMnnOOppQQ"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "data").mkdir(mode=0o700)
    return tmp_path


@pytest.fixture
def doctor(program, folder):
    """Runs it on a folder of its own; returns the findings."""

    def run(*arguments: str, offline=True, status: int | None = None, **settings: str) -> list[dict]:
        flags = ["--json", "--port", "0", *(["--offline"] if offline else []), *arguments]
        done = run_to_end(["doctor", *flags], settings, folder, seconds=60)
        assert done.stderr == "", done.stderr
        report = json.loads(done.stdout)
        problems = [f for f in report["findings"] if f["level"] == "problem"]
        assert report["ok"] == (not problems)
        assert done.returncode == (1 if problems else 0), done.stdout
        for finding in report["findings"]:
            assert finding["problem"] and finding["remedy"], finding
            assert "\n" not in finding["problem"] + finding["remedy"]
            for secret in (SECRET, TOKEN, TOKEN.split(":")[1]):
                assert secret not in finding["problem"] + finding["remedy"]
        return report["findings"]

    return run


def the_one(findings: list[dict], check: str) -> dict:
    found = [finding for finding in findings if finding["check"] == check]
    assert len(found) == 1, findings
    return found[0]


def test_a_healthy_demo_has_no_findings(doctor):
    assert doctor(DEMO="true") == []


def test_a_healthy_app_has_no_findings(doctor):
    assert doctor(**APP) == []


def test_a_healthy_public_app_has_no_findings(doctor):
    public = {
        "APP_URL": "https://personalify.example.org",
        "SPOTIFY_REDIRECT_URI": "https://personalify.example.org/callback",
        "FRONTEND_URL": "https://web.example.org",
        "CORS_ORIGINS": "https://web.example.org",
        "TRUSTED_PROXIES": "127.0.0.1",
        "LISTEN": "0.0.0.0",
        "TELEGRAM_BOT_TOKEN": TOKEN,
        "TELEGRAM_CHAT_ID": "-1001234567890",
        "ADMIN_TOKEN": "Qm7-xk2Lw9_Zp4Rt8Vb",
    }
    assert doctor(**APP, **public) == []


HTTPS = {"APP_URL": "https://a.example.org", "TRUSTED_PROXIES": "127.0.0.1"}


@pytest.mark.parametrize(
    "settings, check, named, remedy",
    [
        ({}, "spotify_app", "No Spotify app", "SPOTIFY_CLIENT_ID"),
        (APP | {"SPOTIFY_CLIENT_SECRET": ""}, "configuration", "go together", "both"),
        (APP | {"SPOTIFY_CLIENT_ID": "my-app"}, "client_id", "32 hexadecimal", "dashboard"),
        (APP | {"SPOTIFY_CLIENT_SECRET": "s3cret"}, "client_secret", "32 hexadecimal", "dashboard"),
        (
            APP | {"SPOTIFY_REDIRECT_URI": "http://localhost:8000/callback"},
            "configuration",
            "localhost",
            "127.0.0.1",
        ),
        (
            APP | {"SPOTIFY_REDIRECT_URI": "http://music.example.org/callback"},
            "configuration",
            "https",
            "SPOTIFY_REDIRECT_URI",
        ),
        (
            APP | {"SPOTIFY_REDIRECT_URI": "http://127.0.0.2:8000/callback"},
            "redirect_uri",
            "127.0.0.2",
            "127.0.0.1",
        ),
        (APP | {"SPOTIFY_REDIRECT_URI": "http://127.0.0.1:8000/"}, "redirect_uri", "/callback", "Append"),
        (
            APP | HTTPS | {"SPOTIFY_REDIRECT_URI": "https://b.example.org/callback"},
            "redirect_uri",
            "https://a.example.org/callback",
            "same address",
        ),
        (
            APP | {"FRONTEND_URL": "https://web.example.org"},
            "cors_origins",
            "https://web.example.org",
            "CORS_ORIGINS",
        ),
        (APP | {"LISTEN": "0.0.0.0"}, "listen", "without https", "TLS proxy"),
        (APP | {"APP_URL": "https://a.example.org"}, "trusted_proxies", "one address", "TRUSTED_PROXIES"),
        (APP | {"TRUSTED_PROXIES": "0.0.0.0/0"}, "trusted_proxies", "everybody", "own address"),
        (APP | {"APP_SECRET": "a" * 40}, "secrets", "APP_SECRET", "random"),
        (APP | {"ADMIN_TOKEN": "abababababababababab"}, "secrets", "ADMIN_TOKEN", "random"),
        (APP | {"TELEGRAM_BOT_TOKEN": TOKEN}, "telegram", "TELEGRAM_CHAT_ID", "both"),
        (APP | {"TELEGRAM_CHAT_ID": "-7"}, "telegram", "TELEGRAM_BOT_TOKEN", "both"),
        (APP | {"TELEGRAM_BOT_TOKEN": "no"}, "configuration", "@BotFather", "TELEGRAM_BOT_TOKEN"),
        (APP | {"PORT": "http"}, "configuration", "PORT", "PORT"),
        (APP | {"DATABASE_URL": "postgres://x"}, "configuration", "DATABASE_URL", "DATABASE_URL"),
        (APP | {"EMOTION_ENGINE": "huggingface"}, "configuration", "HUGGING_FACE_API_KEY", "EMOTION_ENGINE"),
        (APP | {"SLANG_FILE": "/nowhere.tsv"}, "slang_file", "/nowhere.tsv", "SLANG_FILE"),
        (APP | {"MODELS_DIR": "/nowhere"}, "model", "model", "MODELS_DIR"),
        (APP | {"DATA_DIR": "/dev/null"}, "data_dir", "no folder", "DATA_DIR"),
        (APP | {"LYRICS_SOURCES": "genius"}, "genius", "GENIUS_ACCESS_TOKEN", "genius.com"),
        (APP | {"PROFILES_PUBLIC": "true"}, "profiles_public", "everybody", "PROFILES_PUBLIC"),
    ],
    ids=lambda value: value if isinstance(value, str) and "_" in value else None,
)
def test_what_is_wrong_is_named_with_a_remedy(program, folder, settings, check, named, remedy):
    port = [] if "PORT" in settings else ["--port", "0"]
    done = run_to_end(["doctor", "--json", "--offline", *port], settings, folder, seconds=60)
    finding = the_one(json.loads(done.stdout)["findings"], check)
    assert named in finding["problem"]
    assert remedy in finding["remedy"]
    assert done.returncode == (1 if finding["level"] == "problem" else 0)


def test_names_that_are_mistyped(doctor, folder):
    lines = "SPOTFIY_CLIENT_ID=x\nTELEGRAM_CHATID=-7\nWHATEVER_IS_THIS=1\nDEMO=true\nno value here\n"
    (folder / ".env").write_text(lines)
    findings = doctor()
    text = {finding["problem"]: finding["remedy"] for finding in findings}
    near = {"SPOTFIY_CLIENT_ID": "SPOTIFY_CLIENT_ID", "TELEGRAM_CHATID": "TELEGRAM_CHAT_ID"}
    for typo, name in near.items():
        assert any(typo in problem and name in remedy for problem, remedy in text.items()), text
    assert any("WHATEVER_IS_THIS" in problem and "Remove" in remedy for problem, remedy in text.items())
    assert any("line 5" in problem and "NAME=VALUE" in remedy for problem, remedy in text.items())


def test_a_file_of_settings_that_everybody_reads(doctor, folder):
    file = folder / ".env"
    file.write_text("".join(f"{name}={value}\n" for name, value in APP.items()))
    file.chmod(0o644)
    assert "chmod 600" in the_one(doctor(), "env_file")["remedy"]
    file.chmod(0o600)
    assert doctor() == []


def test_a_file_of_settings_that_is_not_there(doctor):
    finding = the_one(doctor("--config", "/nowhere.env", DEMO="true"), "configuration")
    assert "/nowhere.env" in finding["problem"]


def test_a_folder_that_is_open_to_others(doctor, folder):
    (folder / "data").chmod(0o755)
    assert "chmod 700" in the_one(doctor(**APP), "data_dir")["remedy"]


def test_a_port_that_is_taken(program, folder):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        arguments = ["doctor", "--json", "--offline", "--port", str(other.getsockname()[1])]
        done = run_to_end(arguments, APP, folder, seconds=60)
    finding = the_one(json.loads(done.stdout)["findings"], "port")
    assert "PORT" in finding["remedy"]


@pytest.fixture
def used(make_server, alice):
    """The data folder of a server that somebody has logged in to, after its end."""
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(alice)
    server.check_stopped_well()
    return server.folder / "data"


def test_data_in_use_is_healthy(doctor, make_server, alice):
    server = make_server()
    with Browser(server) as browser:
        browser.log_in(alice)
    assert doctor("--data-dir", str(server.folder / "data"), **APP) == []


@pytest.mark.parametrize(
    "file, check",
    [("secret.key", "secret_key"), ("admin-token", "admin_token"), ("personalify.db", "database")],
)
def test_files_that_others_can_read(doctor, used, file, check):
    (used / file).chmod(0o644)
    assert "chmod 600" in the_one(doctor("--data-dir", str(used), **APP), check)["remedy"]


@pytest.mark.parametrize("how", ["another", "gone"])
def test_a_key_that_does_not_fit(doctor, used, how):
    if how == "gone":
        (used / "secret.key").unlink()
    else:
        (used / "secret.key").write_text("another-key-another-key-another-key-42\n")
    finding = the_one(doctor("--data-dir", str(used), **APP), "tokens")
    assert "log in again" in finding["remedy"]


def test_a_key_that_is_none(doctor, used):
    (used / "secret.key").write_text("short\n")
    findings = doctor("--data-dir", str(used), **APP)
    assert "does not hold a key" in the_one(findings, "secret_key")["problem"]


def test_a_database_from_the_future(doctor, used):
    with sqlite3.connect(used / "personalify.db") as database:
        database.execute("PRAGMA user_version = 99")
    database.close()
    finding = the_one(doctor("--data-dir", str(used), **APP), "database")
    assert "99" in finding["problem"]
    assert "newer" in finding["remedy"]


def test_a_database_that_is_none(doctor, used):
    (used / "personalify.db").write_bytes(b"this is no database, whatever its name says\n" * 100)
    for rest in ("-wal", "-shm"):
        (used / ("personalify.db" + rest)).unlink(missing_ok=True)
    assert "backup" in the_one(doctor("--data-dir", str(used), **APP), "database")["remedy"]


def test_a_database_with_damage(doctor, used):
    file = used / "personalify.db"
    with sqlite3.connect(file) as database:
        root, size = (
            database.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'users'").fetchone()[0],
            database.execute("PRAGMA page_size").fetchone()[0],
        )
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()
    content = bytearray(file.read_bytes())
    start = (root - 1) * size
    content[start : start + size] = b"\xff" * size
    file.write_bytes(content)
    assert "backup" in the_one(doctor("--data-dir", str(used), **APP), "database")["remedy"]


def test_a_model_that_was_changed(doctor, folder, model):
    models = folder / "models"
    shutil.copytree(REPOSITORY / "models", models)
    with (models / "emotions" / "english.vocab").open("ab") as file:
        file.write(b"more")
    finding = the_one(doctor(**APP, MODELS_DIR=str(models)), "model")
    assert "english.vocab" in finding["problem"]


@pytest.fixture
def services(sim):
    """All services in the simulator, with keys that are right."""
    return {
        "SPOTIFY_CLIENT_ID": "demo-client",
        "SPOTIFY_CLIENT_SECRET": "demo-secret",
        "SPOTIFY_ACCOUNTS_URL": sim.url,
        "SPOTIFY_API_URL": sim.url,
        "GENIUS_ACCESS_TOKEN": "genius-demo",
        "GENIUS_API_URL": sim.url + "/genius-api",
        "GENIUS_WEB_URL": sim.url + "/genius",
        "LRCLIB_URL": sim.url + "/lrclib",
        "GENRE_SOURCE": "musicbrainz",
        "MUSICBRAINZ_URL": sim.url + "/musicbrainz",
        "TELEGRAM_BOT_TOKEN": "700000001:demo",
        "TELEGRAM_CHAT_ID": "-1001234567890",
        "TELEGRAM_URL": sim.url + "/telegram",
    }


def test_services_that_are_there(doctor, services):
    assert doctor(offline=False, **services) == []


@pytest.mark.parametrize(
    "wrong, named",
    [
        ({"SPOTIFY_CLIENT_SECRET": "wrong"}, "SPOTIFY_CLIENT_SECRET"),
        ({"GENIUS_ACCESS_TOKEN": "wrong"}, "GENIUS_ACCESS_TOKEN"),
        ({"TELEGRAM_BOT_TOKEN": "7:wrong"}, "TELEGRAM_BOT_TOKEN"),
    ],
)
def test_keys_that_are_refused(doctor, services, wrong, named):
    finding = the_one(doctor(offline=False, **(services | wrong)), "keys")
    assert named in finding["problem"]
    assert "7:wrong" not in finding["problem"]


def test_services_that_are_not_there(doctor, services):
    away = {"LRCLIB_URL": "http://127.0.0.1:9", "TELEGRAM_URL": "http://127.0.0.1:9"}
    findings = doctor(offline=False, **(services | away))
    assert len(findings) == 2
    assert {"LRCLIB_URL" in f["remedy"] for f in findings} == {True, False}


def test_a_service_that_is_troubled(doctor, services, sim):
    sim.fail({"route": "/v1/me", "status": 503})
    finding = the_one(doctor(offline=False, **services), "services")
    assert "503" in finding["problem"]


def test_a_clock_that_is_wrong(doctor):
    class InThePast(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response_only(200)
            self.send_header("Date", "Sun, 06 Nov 1994 08:49:37 GMT")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        do_POST = do_GET

        def log_message(self, *_):
            pass

    service = HTTPServer(("127.0.0.1", 0), InThePast)
    threading.Thread(target=service.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{service.server_port}"
    try:
        settings = APP | {"SPOTIFY_ACCOUNTS_URL": url, "SPOTIFY_API_URL": url, "LRCLIB_URL": url}
        finding = the_one(doctor(offline=False, GENRE_SOURCE="none", **settings), "clock")
    finally:
        service.shutdown()
        service.server_close()
    assert "fast" in finding["problem"]
    assert "timedatectl" in finding["remedy"]


def test_words_for_people(program, folder):
    done = run_to_end(["doctor", "--offline", "--port", "0"], {}, folder, seconds=60)
    assert done.returncode == 1
    assert "\x1b" not in done.stdout, "colours are for terminals"
    lines = done.stdout.splitlines()
    assert lines[0].startswith("problem")
    assert "SPOTIFY_CLIENT_ID" in lines[1]
    assert lines[-1] == "1 problem found."
    healthy = run_to_end(["doctor", "--offline", "--port", "0"], {"DEMO": "true"}, folder, seconds=60)
    assert (healthy.returncode, healthy.stdout) == (0, "No problems found.\n")
    assert not (folder / "data" / "demo").exists(), "it changes nothing"


def test_the_order_is_always_the_same(program, folder):
    settings = APP | {"LISTEN": "0.0.0.0", "APP_SECRET": "a" * 40, "TELEGRAM_CHAT_ID": "-7"}
    arguments = ["doctor", "--offline", "--port", "0"]
    first, again = (run_to_end(arguments, settings, folder, seconds=60).stdout for _ in range(2))
    assert first == again
