"""The texts that the models learn from, with their labels."""

import csv
import os
import re
from pathlib import Path

import numpy as np

LABELS = """admiration amusement anger annoyance approval caring confusion curiosity desire disappointment
disapproval disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride
realization relief remorse sadness surprise neutral""".split()
INDEX = {label: i for i, label in enumerate(LABELS)}
NEUTRAL = INDEX["neutral"]

# What coarse labels of other data sets mean in terms of the 28.
GROUPS = {
    "joy": "admiration amusement approval excitement gratitude joy optimism pride relief".split(),
    "love": "love caring desire".split(),
    "anger": "anger annoyance disapproval disgust".split(),
    "fear": "fear nervousness".split(),
    "sadness": "sadness disappointment grief remorse embarrassment".split(),
}
COARSE = {"happy": "joy"}

OWN = Path(__file__).parent / "data"
SHARED = os.environ.get("PERSONALIFY_SHARED", "../shared")  # the sets that are no part of the repository


def goemotions(shared, split):
    """GoEmotions (CC BY 4.0): texts, and a row of 28 zeros and ones for each."""
    texts, rows = [], []
    for line in (Path(shared) / "data/goemotions" / f"{split}.tsv").read_text("utf-8").splitlines():
        text, labels, _ = line.split("\t")
        row = np.zeros(len(LABELS), np.float32)
        row[[int(label) for label in labels.split(",")]] = 1
        texts.append(text)
        rows.append(row)
    return texts, np.stack(rows)


def own(name):
    """Our own sentences in training/data: texts and rows as above."""
    texts, rows = [], []
    for line in (OWN / f"{name}.tsv").read_text("utf-8").splitlines():
        text, labels = line.split("\t")
        row = np.zeros(len(LABELS), np.float32)
        row[[INDEX[label] for label in labels.split(",")]] = 1
        texts.append(text)
        rows.append(row)
    return texts, np.stack(rows)


SHAPES = ("{frame} {phrase}", "{phrase} {frame}", "{phrase} euy, {frame}", "duh {phrase} {frame}", "{frame}, {phrase} teh",
          "{frame} meni {phrase}", "{phrase} da {frame}", "aduh {frame} {phrase} kieu", "{frame} {phrase} wae", "{phrase}",
          "{frame} mah {phrase} atuh", "{frame} teh {phrase} {second}")  # fmt: skip


def composed(chance, times):
    """Sundanese: words that carry an emotion, in all spellings, in the midst of everyday ones."""
    phrases = [line.split("\t") for line in (OWN / "sundanese-phrases.tsv").read_text("utf-8").splitlines()]
    frames = (OWN / "sundanese-frames.txt").read_text("utf-8").splitlines()
    alike = {}
    for phrase, label in phrases:
        alike.setdefault(label, []).append(phrase)
    texts, rows = [], []
    for phrase, label in phrases * times:
        text = chance.choice(SHAPES).format(frame=chance.choice(frames), phrase=phrase, second=chance.choice(alike[label]))
        row = np.zeros(len(LABELS), np.float32)
        row[INDEX[label]] = 1
        texts.append(text.capitalize() if chance.random() < 0.4 else text)
        rows.append(row)
    return texts, np.stack(rows)


def parallel(shared, split):
    """NusaX-MT (CC BY-SA 4.0): rows of (indonesian, english, sundanese)."""
    with open(Path(shared) / "data/nusax/mt" / f"{split}.csv", encoding="utf-8") as file:
        return [(row["indonesian"], row["english"], row["sundanese"]) for row in csv.DictReader(file)]


def polarity(shared, language, split):
    """NusaX sentiment (CC BY-SA 4.0): texts and -1, 0 or 1."""
    with open(Path(shared) / "data/nusax/sentiment" / language / f"{split}.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    value = {"negative": -1, "neutral": 0, "positive": 1}
    return [row["text"] for row in rows], np.array([value[row["label"]] for row in rows])


def coarse(shared, name, split):
    """A coarsely labelled data set that is only measured with: texts and group names."""
    with open(Path(shared) / "data" / name / f"{split}.csv", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    texts = [row.get("tweet") or row.get("text") for row in rows]
    return texts, [COARSE.get(row["label"], row["label"]) for row in rows]


def without_marks(text):
    """Drops the placeholders that data sets put in the place of names and links."""
    return re.sub(r"\s+", " ", re.sub(r"\[(USERNAME|URL|SENSITIVE-NO)\]", "", text)).strip()
