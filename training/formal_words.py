"""Writes models/words/words-formal.txt: words that are formal Indonesian, so that no rule takes them for slang.

formal_words.py ID_ID_DIC

ID_ID_DIC is /usr/share/hunspell/id_ID.dic of Debian's hunspell-id (1:7.5.0-1; LGPL-3). Its affix flags are left out:
src/nlp/stems.cpp knows the affixes. Words that words-indonesian.txt has from a dictionary are left out, too, and so is
what our slang lists call slang.
"""

import argparse
import re
from pathlib import Path

WORDS = Path(__file__).resolve().parents[1] / "models" / "words"
HEAD = """\
# written by training/formal_words.py, do not edit.
# From the Indonesian dictionary of hunspell, as packaged by Debian (hunspell-id 1:7.5.0-1).
# Copyright (C) 2017 Ali Ahmadi, earlier versions by Benitius Brevoort; licence LGPL-3
# (https://www.gnu.org/licenses/lgpl-3.0.html). Changed: affixes left out, reduced.
"""


def entries(name: str) -> dict[str, str]:
    lines = (WORDS / name).read_text().split("\n")
    return dict(line.partition("\t")[::2] for line in lines if line and not line.startswith("#"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("dictionary", type=Path)
    lines = parser.parse_args().dictionary.read_text(encoding="latin-1").split("\n")[1:]
    words = {line.split("/")[0].strip().lower() for line in lines}
    known = {word for word, value in entries("words-indonesian.txt").items() if not value.endswith("~")}
    slang = {word for word, formal in entries("slang-indonesian.tsv").items() if word != formal}
    formal = {word for word in words if re.fullmatch(r"[a-z]{3,}", word)} - known - slang
    (WORDS / "words-formal.txt").write_text(HEAD + "".join(f"{word}\n" for word in sorted(formal)))


if __name__ == "__main__":
    main()
