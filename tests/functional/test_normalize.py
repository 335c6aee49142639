"""`personalify normalize`: slang into formal words, line by line, other bytes untouched."""

import subprocess

from processes import binary


def normalize(text: bytes, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run([binary(), "normalize", *arguments], input=text, capture_output=True, env=environment, timeout=60)


def test_reads_the_standard_input(tmp_path):
    done = normalize(b"yg penting org senang\r\n\r\nkata2nya bgt")
    assert done.returncode == 0, done.stderr
    assert done.stdout == b"yang penting orang senang\r\n\r\nkata-katanya banget"


def test_reads_a_file_and_the_operators_slang(tmp_path):
    (tmp_path / "text").write_bytes(b"mantul @yg \xff\xfe\n")
    (tmp_path / "slang.tsv").write_text("# ours\nmantul\tsangat bagus\n")
    done = normalize(b"", str(tmp_path / "text"), SLANG_FILE=str(tmp_path / "slang.tsv"))
    assert done.returncode == 0, done.stderr
    assert done.stdout == b"sangat bagus @yg \xff\xfe\n"


def test_a_missing_file_is_named(tmp_path):
    done = normalize(b"", str(tmp_path / "nothing"))
    assert done.returncode == 1 and b"nothing" in done.stderr and done.stdout == b""
    done = normalize(b"", SLANG_FILE=str(tmp_path / "no.tsv"))
    assert done.returncode == 1 and b"no.tsv" in done.stderr
