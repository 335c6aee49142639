"""Measures `personalify normalize` on lists that are not part of this project.

measure_normalizer.py SHARED_DATA [--program FILE] [--show N]

SHARED_DATA holds kamus_alay/, nusax/ and goemotions/. Printed: how many occurrences of slang become the formal word
of the list, by category, and how many words of formal Indonesian and of English change though they should not.
"""

import argparse
import collections
import csv
import random
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def normalized(program: Path, lines: list[str]) -> list[str]:
    lines = [line.replace("\n", " ") for line in lines]
    done = subprocess.run([program, "normalize"] if program.name == "personalify" else [program],
                          input="\n".join(lines) + "\n", capture_output=True, text=True, check=True)
    return done.stdout.split("\n")[:-1]


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(newline="") as opened:
        return list(csv.DictReader(opened))


def measure_slang(program: Path, data: Path, show: int) -> None:
    pairs = rows(data / "kamus_alay/colloquial-indonesian-lexicon.csv")
    found = normalized(program, [pair["slang"] for pair in pairs])
    right: collections.Counter = collections.Counter()
    total: collections.Counter = collections.Counter()
    wrong: collections.Counter = collections.Counter()
    kept = 0
    for pair, word in zip(pairs, found, strict=True):
        good = word.lower() == pair["formal"].lower()
        for category in ("all", pair["category1"]):
            total[category] += 1
            right[category] += good
        if not good:
            kept += word == pair["slang"]
            wrong[f"{pair['category1']}: {pair['slang']} -> {pair['formal']}, not {word}"] += 1
    for category, count in total.most_common():
        print(f"{right[category] / count:6.1%} of {count:5} {category}")
    print(f"{kept} of the {total['all'] - right['all']} wrong ones were left as they are")
    lines = sorted(wrong)
    for line in random.Random(1).sample(lines, min(show, len(lines))):
        print(f"   {wrong[line]:3} {line}")


def measure_changes(program: Path, name: str, texts: list[str], show: int) -> None:
    after = normalized(program, texts)
    words = changed = 0
    examples = []
    for before, now in zip(texts, after, strict=True):
        old, new = before.split(), now.split()
        words += len(old)
        same = collections.Counter(old) & collections.Counter(new)
        changed += len(old) - same.total()
        if before.replace("\n", " ") != now:
            examples += [f"{(collections.Counter(old) - same).total()}: "
                         f"{' '.join(collections.Counter(old) - same)} -> {' '.join(collections.Counter(new) - same)}"]
    print(f"{changed / words:6.2%} of {words} words changed: {name}")
    for example in random.Random(1).sample(examples, min(show, len(examples))):
        print("      ", example)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("data", type=Path)
    options.add_argument("--program", type=Path, default=ROOT / "build/dev/personalify")
    options.add_argument("--show", type=int, default=0, help="examples of each kind")
    given = options.parse_args()
    measure_slang(given.program, given.data, given.show)
    parallel = [row for part in ("train", "dev") for row in rows(given.data / f"nusax/mt/{part}.csv")]
    for language in ("indonesian", "english", "sundanese"):
        measure_changes(given.program, f"NusaX {language}", [row[language] for row in parallel], given.show)
    comments = (given.data / "goemotions/dev.tsv").read_text().splitlines()
    measure_changes(given.program, "GoEmotions", [line.split("\t")[0] for line in comments], given.show)


if __name__ == "__main__":
    main()
