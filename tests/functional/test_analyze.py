"""`personalify analyze` and `personalify model`: what is measured from outside goes through them."""

import json
import subprocess

import pytest

from processes import REPOSITORY, binary, clean_environment, patience

pytestmark = [pytest.mark.usefixtures("model"), pytest.mark.timeout(150)]


def run(*arguments: str, text: str = "", **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([str(binary()), *arguments], input=text.encode(), capture_output=True, cwd=REPOSITORY,
                          env=clean_environment(environment), timeout=patience(120))  # fmt: skip


def answers(text: str) -> list[dict]:
    done = run("analyze", "--json", text=text)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.decode().split("\n") if line]


def test_one_json_line_for_each_line():
    text = "I love you so much\n\n   \nPulang tanpa kamu, sedih banget\r\naing keuheul pisan ka sia\nthe last has no end"
    read = answers(text)
    assert [answer["language"] for answer in read] == ["en", "und", "und", "id", "su", "en"]
    for answer in read:
        assert set(answer) >= {"labels", "probabilities", "language", "engine"}
        assert len(answer["probabilities"]) == 28
        assert all(0 <= probability <= 1 for probability in answer["probabilities"].values())
        assert answer["engine"] == "local"
    assert "love" in read[0]["labels"]
    assert "sadness" in read[3]["labels"]


def test_escapes_stand_for_line_breaks_and_backslashes():
    broken, plain = answers("so sad\\nso alone\nso sad so alone\n")
    assert broken["probabilities"]["sadness"] == pytest.approx(plain["probabilities"]["sadness"], abs=0.3)
    assert len(answers("a \\\\n b\n")) == 1


def test_people_get_the_strongest_and_their_text():
    done = run("analyze", text="I love you\\nso \\\\ much\n")
    emotions, text = done.stdout.decode().rstrip("\n").split("\t")
    assert emotions.startswith("love ") and emotions.endswith("(en)") and emotions.count("%") == 3
    assert text == "I love you\\nso \\\\ much"


def test_the_same_text_reads_the_same_in_any_company():
    lines = [f"line {number} of a song about rain and you" for number in range(40)]
    together = answers("\n".join(lines) + "\n")
    for number in (0, 17, 39):
        (alone,) = answers(lines[number] + "\n")
        for label, probability in alone["probabilities"].items():
            assert together[number]["probabilities"][label] == pytest.approx(probability, abs=1e-3)


def test_any_bytes_are_read():
    text = "🙂🙂🙂\nשלום אהובי\n\u200b\u200d\n" + "x" * 100_000 + "\n" + "word " * 30_000 + "\n"
    assert len(answers(text)) == 5
    done = subprocess.run([str(binary()), "analyze", "--json"], input=b"\xff\xfe\x00\n\xc3(\n", capture_output=True,
                          cwd=REPOSITORY, timeout=60)  # fmt: skip
    assert done.returncode == 0
    assert done.stdout.count(b"\n") == 2


def test_words_for_people():
    done = run("analyze", "--titles", text="Thank You (Live at Home) [Remastered 2009]\n")
    assert done.returncode == 0
    assert done.stdout.decode().startswith("gratitude ")


def test_the_model_is_as_it_was_made():
    done = run("model", "verify")
    assert done.returncode == 0, done.stderr
    assert b"2026" in run("model", "info").stdout


def test_a_missing_model_is_named(tmp_path):
    done = run("analyze", text="hello\n", MODELS_DIR=str(tmp_path))
    assert done.returncode == 1
    assert b"The emotion model is not installed." in done.stderr
    assert run("model", "verify", MODELS_DIR=str(tmp_path)).returncode == 1
