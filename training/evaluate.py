"""Measures the emotion model through the program, on the dev sets: `script/eval` runs it. Prints Markdown.

The sets are found through PERSONALIFY_SHARED (default ../shared); see training/README.md for what they are."""

import argparse
import csv
import json
import os
import subprocess
import sys
from pathlib import Path

LABELS = """admiration amusement anger annoyance approval caring confusion curiosity desire disappointment
disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride
realization relief remorse sadness surprise neutral""".split()
GROUPS = {
    "joy": "admiration amusement approval excitement gratitude joy optimism pride relief".split(),
    "love": "love caring desire".split(),
    "anger": "anger annoyance disapproval disgust".split(),
    "fear": "fear nervousness".split(),
    "sadness": "sadness disappointment grief remorse embarrassment".split(),
}
POSITIVE = GROUPS["joy"] + GROUPS["love"]
NEGATIVE = GROUPS["anger"] + GROUPS["fear"] + GROUPS["sadness"]


def analyze(program, texts):
    """One answer of `personalify analyze --json` for each text."""
    lines = [text.replace("\\", "\\\\").replace("\n", "\\n") for text in texts]
    ran = subprocess.run([program, "analyze", "--json"], input="".join(line + "\n" for line in lines), text=True,
                         encoding="utf-8", capture_output=True)  # fmt: skip
    if ran.returncode != 0:
        sys.exit(ran.stderr)
    answers = [json.loads(line) for line in ran.stdout.split("\n") if line]
    if len(answers) != len(texts):
        sys.exit(f"{len(answers)} answers to {len(texts)} texts")
    return answers


def goemotions(shared):
    rows = [line.split("\t") for line in (shared / "data/goemotions/dev.tsv").read_text("utf-8").splitlines()]
    return [row[0] for row in rows], [{LABELS[int(i)] for i in row[1].split(",")} for row in rows]


def table(path):
    with open(path, encoding="utf-8") as file:
        return list(csv.DictReader(file))


def coarse(shared, name):
    rows = table(shared / "data" / name / "dev.csv")
    truth = [{"happy": "joy"}.get(row["label"], row["label"]) for row in rows]
    return [row.get("tweet") or row["text"] for row in rows], truth


def f1(hits, said, wanted):
    return 2 * hits / max(said + wanted, 1)


def per_label(said, truth):
    """F1 of each label; `said` and `truth` are sets of labels, text by text."""
    return {label: f1(sum(label in a and label in b for a, b in zip(said, truth)),
                      sum(label in a for a in said), sum(label in b for b in truth)) for label in LABELS}  # fmt: skip


def mean(values):
    values = list(values)
    return sum(values) / max(len(values), 1)


def group_of(answer, names):
    probabilities = answer["probabilities"]
    return max(names, key=lambda name: sum(probabilities[label] for label in GROUPS[name]))


def coarse_macro_f1(answers, truth):
    names = [name for name in GROUPS if name in set(truth)]
    said = [group_of(answer, names) for answer in answers]
    return mean(f1(sum(a == b == name for a, b in zip(said, truth)), said.count(name), truth.count(name))
                for name in names)  # fmt: skip


def polarity(answer):
    probabilities = answer["probabilities"]
    return sum(probabilities[label] for label in POSITIVE) - sum(probabilities[label] for label in NEGATIVE)


def auc(scores, positive):
    up = [score for score, is_up in zip(scores, positive) if is_up]
    down = [score for score, is_up in zip(scores, positive) if not is_up]
    return mean((a > b) + 0.5 * (a == b) for a in up for b in down)


def calibration_error(answers, truth, steps=10):
    """Expected calibration error over all labels: how far probabilities are from frequencies."""
    pairs = [(answer["probabilities"][label], label in wanted)
             for answer, wanted in zip(answers, truth) for label in LABELS]  # fmt: skip
    error = 0.0
    for step in range(steps):
        inside = [pair for pair in pairs if step / steps <= pair[0] < (step + 1) / steps or (step == steps - 1 and pair[0] == 1)]  # fmt: skip
        if inside:
            error += len(inside) / len(pairs) * abs(mean(p for p, _ in inside) - mean(hit for _, hit in inside))
    return error


def languages(answers):
    counts = {}
    for answer in answers:
        counts[answer["language"]] = counts.get(answer["language"], 0) + 1
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items(), key=lambda item: -item[1]))


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="build/release/personalify")
    program = parser.parse_args().program
    shared = Path(os.environ.get("PERSONALIFY_SHARED", "../shared"))
    if not (shared / "data").is_dir():
        sys.exit(f"the dev sets are not in {shared}/data; set PERSONALIFY_SHARED")

    texts, truth = goemotions(shared)
    answers = analyze(program, texts)
    scores = per_label([set(answer["labels"]) for answer in answers], truth)
    half = per_label([{l for l in LABELS if answer["probabilities"][l] >= 0.5} for answer in answers], truth)
    print("| measure (dev sets) | figure |\n|---|---|")
    print(f"| GoEmotions, 28 labels, macro-F1, thresholds as shipped | {mean(scores.values()):.3f} |")
    print(f"| the same at 0.5 | {mean(half.values()):.3f} |")
    print(f"| expected calibration error | {calibration_error(answers, truth):.3f} |")
    print(f"| languages told | {languages(answers)} |")
    for title, name in (("EmoT, Indonesian, 5 classes", "emot_id"), ("Sundanese tweets, 4 classes", "sundanese_emotion")):
        some, wanted = coarse(shared, name)
        read = analyze(program, some)
        print(f"| {title}, macro-F1 | {coarse_macro_f1(read, wanted):.3f} ({languages(read)}) |")
    for language in ("english", "indonesian", "sundanese"):
        rows = [row for row in table(shared / "data/nusax/sentiment" / language / "dev.csv") if row["label"] != "neutral"]
        read = analyze(program, [row["text"] for row in rows])
        area = auc([polarity(answer) for answer in read], [row["label"] == "positive" for row in rows])
        print(f"| NusaX polarity, {language}, AUC | {area:.3f} |")
    print("\n| label | F1 | in dev |\n|---|---|---|")
    for label in LABELS:
        print(f"| {label} | {scores[label]:.2f} | {sum(label in wanted for wanted in truth)} |")


if __name__ == "__main__":
    main()
