"""The command line and the settings: what is said, what is hidden, what is refused."""

import re
import socket

import pytest

from browser import client_of
from processes import REPOSITORY, Server, run_to_end, server_settings


@pytest.fixture
def run(program, tmp_path):
    def run(*arguments: str, **settings: str):
        return run_to_end(list(arguments), settings, tmp_path)

    return run


@pytest.mark.parametrize("argument", ["version", "--version"])
def test_version(run, argument):
    done = run(argument)
    assert done.returncode == 0
    assert re.search(r"\d+\.\d+", done.stdout)
    assert done.stderr == ""


def test_help_names_every_command(run):
    done = run("--help")
    assert done.returncode == 0
    for command in ("serve", "simulator", "config", "version"):
        assert command in done.stdout


def test_config_lists_settings_and_masks_secrets(run):
    secrets = {
        "SPOTIFY_CLIENT_SECRET": "very-secret-one-1234567890",
        "APP_SECRET": "very-secret-two-1234567890123456",
        "ADMIN_TOKEN": "very-secret-three-1234567890",
        "HUGGING_FACE_API_KEY": "very-secret-four-1234567890",
        "GOOGLE_TRANSLATE_API_KEY": "very-secret-five-1234567890",
    }
    done = run(
        "config",
        **secrets,
        SPOTIFY_CLIENT_ID="an-id",
        FRONTEND_URL="https://app.example.org",
        PROFILES_PUBLIC="true",
    )
    assert done.returncode == 0, done.stderr
    for name in (
        "SPOTIFY_CLIENT_ID",
        "SPOTIFY_CLIENT_SECRET",
        "SPOTIFY_REDIRECT_URI",
        "SPOTIFY_ACCOUNTS_URL",
        "SPOTIFY_API_URL",
        "FRONTEND_URL",
        "APP_SECRET",
        "PROFILES_PUBLIC",
        "CORS_ORIGINS",
        "ACCESS_LOG",
        "THREADS",
    ):
        assert name in done.stdout, name
    assert "https://app.example.org" in done.stdout
    everything = done.stdout + done.stderr
    for value in secrets.values():
        assert value not in everything and value[:12] not in everything


def test_secrets_within_urls_are_masked_too(run):
    done = run("config", DATABASE_URL="postgres://rani:hunter2hunter2@127.0.0.1/personalify")
    assert "hunter2hunter2" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ["serve", "--nonsense"],
        ["serve", "--port", "0", "extra"],
        ["nonsense"],
        ["serve", "--port", "abc"],
        ["serve", "--port", "70000"],
        ["simulator", "--latency", "soon"],
    ],
    ids=" ".join,
)
def test_wrong_command_lines(run, arguments):
    done = run(*arguments)
    assert done.returncode == 2
    named = [argument for argument in arguments if argument not in ("serve", "simulator", "0")]
    assert any(argument.lstrip("-") in done.stderr for argument in named), done.stderr
    assert done.stdout == "" or "listening" not in done.stdout


INVALID = [
    {"THREADS": "many"},
    {"THREADS": "-1"},
    {"HTTP_HEADER_TIMEOUT_SECONDS": "0"},
    {"ACCESS_LOG": "loud"},
    {"PROFILES_PUBLIC": "sometimes"},
    {"SPOTIFY_API_URL": "ftp://spotify.example"},
    {"SPOTIFY_API_URL": "http://spotify.example"},
    {"SPOTIFY_ACCOUNTS_URL": "not a url"},
    {"FRONTEND_URL": "javascript:alert(1)"},
    {"SPOTIFY_CALL_BUDGET": "-3"},
    {"SPOTIFY_REDIRECT_URI": "/callback"},
    {"LISTEN": "localhost"},
    {"EMOTION_ENGINE": "cloud"},
    {"EMOTION_ENGINE": "huggingface"},
    {"EMOTION_ENGINE": "hybrid"},
    {"TRANSLATOR": "deepl"},
    {"TRANSLATOR": "google"},
    {"HF_MODEL": "no-owner"},
    {"HF_INFERENCE_URL": "http://models.example"},
    {"LYRICS_SOURCES": "azlyrics"},
    {"GENRE_SOURCE": "spotify"},
    {"GENIUS_API_URL": "http://genius.example"},
    {"LISTEN": "1.2.3.4.5"},
    {"LOG_FORMAT": "xml"},
    {"LOG_LEVEL": "debug"},
    {"METRICS_LISTEN": "9464"},
    {"METRICS_LISTEN": "localhost:9464"},
    {"METRICS_LISTEN": "::1:9464"},
    {"METRICS_LISTEN": "127.0.0.1:70000"},
]


@pytest.mark.parametrize("settings", INVALID, ids=lambda settings: "=".join(*settings.items()))
def test_invalid_settings_are_named(run, tmp_path, settings):
    base = server_settings("http://127.0.0.1:9", "http://127.0.0.1:9")
    done = run("serve", "--port", "0", "--data-dir", str(tmp_path / "data"), **(base | settings))
    assert done.returncode == 2
    assert next(iter(settings)) in done.stderr
    assert "listening on" not in done.stdout + done.stderr


def test_a_genre_source_needs_its_key(run, tmp_path):
    base = server_settings("http://127.0.0.1:9", "http://127.0.0.1:9")
    settings = base | {"GENRE_SOURCE": "lastfm", "LASTFM_API_KEY": ""}
    done = run("serve", "--port", "0", "--data-dir", str(tmp_path / "data"), **settings)
    assert done.returncode == 2
    assert "GENRE_SOURCE=lastfm needs a LASTFM_API_KEY" in done.stderr


def test_all_invalid_settings_are_told_in_one_message(run, tmp_path):
    done = run(
        "serve",
        "--port",
        "0",
        "--data-dir",
        str(tmp_path / "data"),
        THREADS="many",
        ACCESS_LOG="perhaps",
        SPOTIFY_API_URL="ftp://spotify.example",
    )
    assert done.returncode == 2
    for name in ("THREADS", "ACCESS_LOG", "SPOTIFY_API_URL"):
        assert name in done.stderr


def test_a_refusal_repeats_no_secret(run, tmp_path):
    done = run(
        "serve", "--port", "0", "--data-dir", str(tmp_path / "data"), APP_SECRET="short-one", THREADS="many"
    )
    assert done.returncode == 2
    assert "short-one" not in done.stdout + done.stderr


def test_env_file_is_below_the_environment(run, tmp_path):
    (tmp_path / ".env").write_text(
        "# settings of this folder\nFRONTEND_URL=https://file.example.org\nPROFILES_PUBLIC = true\n"
        'SPOTIFY_CLIENT_ID=an-id\nSPOTIFY_CLIENT_SECRET="quoted-secret-9876543210"\n\nexport THREADS=3\n'
    )
    from_file = run("config")
    assert "https://file.example.org" in from_file.stdout
    assert "quoted-secret-9876543210" not in from_file.stdout
    overridden = run("config", FRONTEND_URL="https://environment.example.org")
    assert "https://environment.example.org" in overridden.stdout
    assert "https://file.example.org" not in overridden.stdout


def test_flags_are_above_all(program, tmp_path):
    """The data folder and the port of the command line win over those of .env and the environment."""
    (tmp_path / ".env").write_text("PORT=1\nDATA_DIR=/nonexistent/by-file\nRATE_LIMIT=off\n")
    server = Server(tmp_path, server_settings("http://127.0.0.1:9", "http://127.0.0.1:9", PORT="2"))
    try:
        assert server.port > 2
        assert (tmp_path / "data").is_dir()
        with client_of(server) as client:
            assert client.get("/healthz").status_code == 200
        server.check_stopped_well()
    finally:
        server.kill()


def test_config_file_flag(run, tmp_path):
    (tmp_path / "site.env").write_text("FRONTEND_URL=https://named.example.org\n")
    done = run("config", "--config", str(tmp_path / "site.env"))
    assert done.returncode == 0 and "https://named.example.org" in done.stdout
    missing = run("config", "--config", str(tmp_path / "missing.env"))
    assert missing.returncode == 2 and "missing.env" in missing.stderr


def test_a_secret_is_generated_once_and_kept_private(make_server):
    server = make_server()
    server.check_stopped_well()
    folder = server.folder / "data"
    before = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert before and not any(mode & 0o077 for mode in before.values()), before
    assert folder.stat().st_mode & 0o077 == 0
    make_server.adopt(server.again()).check_stopped_well()


def test_the_port_is_announced_on_standard_output_only_when_bound(make_server):
    server = make_server()
    assert server.output().count("listening on http://") == 1
    with client_of(server) as client:
        assert client.get("/healthz").status_code == 200


def test_a_port_in_use_is_told_with_what_to_do(run, tmp_path):
    settings = server_settings("http://127.0.0.1:9", "http://127.0.0.1:9")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for arguments in (["serve", "--data-dir", str(tmp_path / "data")], ["simulator"]):
            done = run(*arguments, "--port", port, **settings)
            assert done.returncode == 1
            assert f"cannot listen on 127.0.0.1:{port}" in done.stderr
            assert "another port with --port" in done.stderr
            assert "bind" not in done.stderr and "system:" not in done.stderr, "in our words"
            assert "listening on" not in done.stdout


def test_an_address_of_another_machine(run, tmp_path):
    settings = server_settings("http://127.0.0.1:9", "http://127.0.0.1:9", LISTEN="192.0.2.1")
    done = run("serve", "--port", "0", "--data-dir", str(tmp_path / "data"), **settings)
    assert done.returncode == 1
    assert "this machine does not have the address 192.0.2.1" in done.stderr
    assert "LISTEN" in done.stderr


def test_a_data_folder_that_cannot_be_made(run, tmp_path):
    (tmp_path / "file").write_text("in the way")
    done = run(
        "serve",
        "--port",
        "0",
        "--data-dir",
        str(tmp_path / "file" / "data"),
        **server_settings("http://127.0.0.1:9", "http://127.0.0.1:9"),
    )
    assert done.returncode not in (0, -6, -11)
    assert str(tmp_path / "file") in done.stderr


def test_documentation_is_what_the_code_says(run):
    done = run("config", "--markdown")
    assert done.returncode == 0
    documented = (REPOSITORY / "docs" / "configuration.md").read_text(encoding="utf-8")
    assert done.stdout == documented, "write it anew: personalify config --markdown > docs/configuration.md"
