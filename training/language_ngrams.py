"""Writes models/words/language-ngrams.tsv: how usual three letters are in English, Indonesian and Sundanese words.

language_ngrams.py --english FILE... --indonesian FILE... --sundanese FILE...

The files are texts, one per line; a column after a tab or " | " is a label. The word lists (word_list.py) count too.
English is GoEmotions' train split (CC BY 4.0; only counts are kept); the others are our own texts.
"""

import argparse
import collections
import math
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS = ROOT / "models/words"
LANGUAGES = ("english", "indonesian", "sundanese")
WORD = re.compile(r"[a-z]{2,}")
LEAST = 3  # occurrences in all languages together
HEADER = """\
# Three letters (^ begins a word, $ ends it), then -10 * log10 of how often a word's letters are followed so in English,
# Indonesian and Sundanese. Written by training/language_ngrams.py, do not edit.
"""


def text_of(line: str) -> str:
    return re.split(r"\t| \| ", line)[0].lower().replace("é", "e")


def grams(word: str) -> list[str]:
    word = f"^{word}$"
    return [word[i:i + 3] for i in range(len(word) - 2)]


def counts_of(language: str, files: list[Path]) -> collections.Counter:
    words: collections.Counter = collections.Counter()
    for file in files:
        for line in file.read_text(errors="replace").splitlines():
            words.update(WORD.findall(re.sub(r"\[\w+\]|https?:\S+|[@#]\w+", " ", text_of(line))))
    listed = [row.split("\t") for row in (WORDS / f"words-{language}.txt").read_text().splitlines() if row[0] != "#"]
    for word, zipf in listed:
        # A listed word counts as if read twice, more when it is common: types matter as much as tokens here.
        if WORD.fullmatch(word):
            words[word] += max(1, int(zipf.rstrip("~")) // 10 - 2)
    counts: collections.Counter = collections.Counter()
    for word, count in words.items():
        for gram in grams(word):
            counts[gram] += 1 + math.log2(count)
    return counts


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for language in LANGUAGES:
        options.add_argument(f"--{language}", type=Path, nargs="+", required=True)
    given = vars(options.parse_args())
    counts = {language: counts_of(language, given[language]) for language in LANGUAGES}
    kept = sorted(gram for gram in set().union(*counts.values())
                  if sum(counts[language][gram] for language in LANGUAGES) >= LEAST)
    lines = []
    for gram in kept:
        costs = []
        for language in LANGUAGES:
            total = counts[language].total()
            # Smoothed by the size of the language's own texts, so that few texts do not look sure of themselves.
            share = (counts[language][gram] + 0.5) / (total + 0.5 * len(kept))
            costs.append(str(min(99, round(-10 * math.log10(share)))))
        lines.append(f"{gram}\t{' '.join(costs)}\n")
    (WORDS / "language-ngrams.tsv").write_text(HEADER + "".join(lines))
    print(f"{len(kept)} n-grams")


if __name__ == "__main__":
    main()
