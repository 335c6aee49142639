"""Inverts the FreeDict English-Indonesian dictionary into models/words/freedict-indonesian-english.tsv.

freedict.py [--dictd FOLDER] [--out FILE]    needs Debian's dict-freedict-eng-ind and words-requirements.txt
"""

import argparse
import gzip
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from wordfreq import zipf_frequency

ROOT = Path(__file__).resolve().parents[1]
BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
SENSE = re.compile(r"^(\d+)\. (.+)$")
NOTE = """\
# Indonesian<TAB>English, the best translation only.
# Derived from the FreeDict+WikDict English-Bahasa Indonesia dictionary 2022.11.18, which is derived from Wiktionary
# (DBnary); Copyright its contributors. Licence: Creative Commons Attribution-ShareAlike 3.0 (CC BY-SA 3.0),
# https://creativecommons.org/licenses/by-sa/3.0/. Changed: inverted and reduced by training/freedict.py.
"""


def number(text: str) -> int:
    value = 0
    for char in text:
        value = value * 64 + BASE64.index(char)
    return value


def entries(folder: Path) -> Iterator[tuple[str, str, int, list[str]]]:
    """(English headword, part of speech, rank of the sense, Indonesian translations) of every sense."""
    text = gzip.open(folder / "freedict-eng-ind.dict.dz").read()
    for line in (folder / "freedict-eng-ind.index").read_text().splitlines():
        headword, start, size = line.split("\t")
        if headword.startswith("00"):
            continue
        lines = text[number(start):number(start) + number(size)].decode().rstrip().split("\n")
        part = re.search(r"<(\w+)>\s*$", lines[0])
        rank = 0
        for index, body in enumerate(lines[1:]):
            numbered = SENSE.match(body)
            if not numbered and index != 0:
                continue  # a definition
            words = re.sub(r"\s+\d+\.$", "", numbered.group(2) if numbered else body)
            yield headword.lower(), part.group(1) if part else "", rank, [w.strip().lower() for w in words.split(",")]
            rank += 1


def invert(folder: Path) -> dict[str, str]:
    """The best English word for each Indonesian one: a first sense, and a common word."""
    scores: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for english, part, rank, translations in entries(folder):
        if not re.fullmatch(r"[a-z][a-z' -]*[a-z]|i", english) or part in ("suffix", "prefix", "phrase"):
            continue
        common = zipf_frequency(english, "en")
        for place, indonesian in enumerate(translations):
            if re.fullmatch(r"[a-z][a-z -]*[a-z]", indonesian) and indonesian != english:
                scores[indonesian][english] += max(0.1, common - rank * 0.7 - place * 0.5)
    return {word: max(found, key=lambda english: (found[english], english)) for word, found in scores.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--dictd", type=Path, default=Path("/usr/share/dictd"))
    options.add_argument("--out", type=Path, default=ROOT / "models/words/freedict-indonesian-english.tsv")
    given = options.parse_args()
    pairs = invert(given.dictd)
    given.out.write_text(NOTE + "".join(f"{word}\t{pairs[word]}\n" for word in sorted(pairs)))
    print(f"{len(pairs)} words")


if __name__ == "__main__":
    main()
