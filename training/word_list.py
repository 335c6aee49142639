"""Writes models/words/words-{indonesian,english,sundanese}.txt: known words and how common they are.

word_list.py [--texts FILE...] [--sundanese-texts FILE...]    needs words-requirements.txt

A line is `word<TAB>zipf * 10`: 60 for one in a thousand words, 30 for one in a million. An Indonesian word gets a ~
when only frequency lists know it: it may be a name, a slip or slang; the others stand in a dictionary, or derive from
a word that does.
"""

import argparse
import collections
import math
import re
from collections.abc import Iterable
from pathlib import Path

from wordfreq import get_frequency_dict, zipf_frequency

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "models/words"
WORD = re.compile(r"[a-zé]+(?:-[a-zé]+)*")
LEAST_ENGLISH = 2.8
UNSEEN = 27  # a word of a dictionary that no text has
HEADER = ("# word<TAB>10 x zipf frequency; written by training/word_list.py, do not edit.\n"
          "# Frequencies from wordfreq 3.1.1 (Robyn Speer and others; data CC BY-SA 4.0,\n"
          "# https://creativecommons.org/licenses/by-sa/4.0/, changed: reduced) and from our own texts{extra}.\n")
FREEDICT = ";\n# words also from the FreeDict English-Bahasa Indonesia dictionary (CC BY-SA 3.0)"

PREFIXES = [("memper", [""]), ("diper", [""]), ("meny", ["s"]), ("peny", ["s"]), ("meng", ["", "k"]),
            ("peng", ["", "k"]), ("mem", ["", "p"]), ("pem", ["", "p"]), ("men", ["", "t"]), ("pen", ["", "t"]),
            ("ber", [""]), ("ter", [""]), ("per", [""]), ("me", [""]), ("di", [""]), ("ke", [""]), ("se", [""]),
            ("pe", [""]), ("ku", [""])]
SUFFIXES = ["kannya", "annya", "inya", "kanlah", "nya", "kan", "ku", "mu", "lah", "kah", "pun", "an", "i"]


def columns(file: Path) -> Iterable[list[str]]:
    """The fields of a file's lines, without comments; nothing when there is no such file."""
    lines = file.read_text().splitlines() if file.is_file() else []
    return (line.lower().split("\t") for line in lines if line and not line.startswith("#"))


def words_of(texts: Iterable[str]) -> Iterable[str]:
    return (word for text in texts for word in WORD.findall(text.lower()))


def zipf(count: int, total: int) -> int:
    return round(10 * math.log10(count / total * 1e9))


def roots(word: str) -> Iterable[str]:
    """What may be left of a derived word, whether or not it is a word."""
    bases = [word] + [word.removesuffix(suffix) for suffix in SUFFIXES if word.endswith(suffix)]
    for base in bases:
        yield base
        for prefix, starts in PREFIXES:
            if base.startswith(prefix):
                yield from (start + base.removeprefix(prefix) for start in starts)


def is_derived(word: str, known: set[str]) -> bool:
    return any(len(root) >= 4 and root in known for root in roots(word))


def counts_of(files: list[Path]) -> collections.Counter:
    """Of texts, one per line; what follows a tab or " | " is a label."""
    return collections.Counter(words_of(re.split(r"\t| \| ", line)[0] for file in files
                                        for line in file.read_text().splitlines()))


def indonesian(texts: list[Path]) -> dict[str, str]:
    slang = {row[0] for row in columns(WORDS / "slang-indonesian.tsv") if row[0] != row[1]}
    formal = set(words_of(row[1] for row in columns(WORDS / "slang-indonesian.tsv") if len(row) > 1))
    headwords = {row[0] for name in ("indonesian-english.tsv", "freedict-indonesian-english.tsv")
                 for row in columns(WORDS / name) if " " not in row[0]}
    known = {word for word in (formal | headwords) - slang if WORD.fullmatch(word)}
    ours = counts_of(texts)
    total = max(sum(ours.values()), 1)
    listed = {word: round(10 * math.log10(frequency * 1e9)) for word, frequency in get_frequency_dict("id").items()
              if WORD.fullmatch(word) and not re.search(r"(.)\1\1", word) and (len(word) > 2 or word in known)}
    counted = {word: zipf(count, total) for word, count in ours.items() if count > 1}
    result = {}
    for word in sorted(known | set(listed) | set(counted)):
        frequency = listed.get(word, min(counted.get(word, UNSEEN), 40))
        vouched = word not in slang and (word in known or is_derived(word, known))
        foreign = zipf_frequency(word, "en") * 10 > frequency + 5
        if vouched or (word in listed and not foreign):
            result[word] = f"{frequency}{'' if vouched else '~'}"
    return result


def english() -> dict[str, str]:
    indonesian_zipf = {word: zipf_frequency(word, "id") for word in get_frequency_dict("id")}
    result = {}
    for word, frequency in get_frequency_dict("en").items():
        value = math.log10(frequency * 1e9)
        # Foreign words get into frequency lists of English; its own are more common there than in Indonesian.
        if value >= LEAST_ENGLISH and re.fullmatch(r"[a-z]+(?:'[a-z]+)?", word) \
                and value + 0.3 > indonesian_zipf.get(word, 0):
            result[word] = str(round(10 * value))
    return dict(sorted(result.items()))


def sundanese(texts: list[Path]) -> dict[str, str]:
    formal = set(words_of(row[1] for row in columns(WORDS / "slang-sundanese.tsv") if len(row) > 1))
    headwords = {row[0] for row in columns(WORDS / "sundanese-english.tsv") if " " not in row[0]}
    ours = counts_of(texts)
    total = max(sum(ours.values()), 1)
    slang = {row[0] for name in ("indonesian", "sundanese") for row in columns(WORDS / f"slang-{name}.tsv")}
    words = formal | headwords | ({word for word, count in ours.items() if count > 1} - slang)
    return {word: str(zipf(ours[word], total) if ours[word] else UNSEEN + 8)
            for word in sorted(words) if WORD.fullmatch(word)}


def write(name: str, words: dict[str, str], extra: str = "") -> None:
    lines = "".join(f"{word}\t{value}\n" for word, value in words.items())
    (WORDS / f"words-{name}.txt").write_text(HEADER.format(extra=extra) + lines)
    print(f"{name}: {len(words)} words")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--texts", type=Path, nargs="*", default=[])
    options.add_argument("--sundanese-texts", type=Path, nargs="*", default=[])
    given = options.parse_args()
    write("indonesian", indonesian(given.texts), FREEDICT)
    write("english", english())
    write("sundanese", sundanese(given.sundanese_texts))


if __name__ == "__main__":
    main()
