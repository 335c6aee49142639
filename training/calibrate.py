"""Fits what model.json adds to the networks, on dev sets alone, through the program itself: thresholds of the
labels; how much the word-by-word route counts in each language; and for each language an offset of the logits
that mends the difference between the labels' frequencies where the model learned and where people write."""

import argparse
import json
import os
import subprocess
import tempfile
from pathlib import Path

import numpy as np

import corpora
import scoring
from corpora import GROUPS, INDEX, LABELS

LANGUAGES = {"id": ("emot_id", "indonesian"), "su": ("sundanese_emotion", "sundanese")}
SHARES = (0.0, 0.25, 0.35, 0.5, 0.65, 0.8, 1.0)  # of the dictionary route


class Program:
    """`personalify analyze` on a model.json of our choice."""

    def __init__(self, program, models):
        self.program, self.models = program, Path(models)
        self.described = json.loads((self.models / "emotions/model.json").read_text())

    def analyze(self, texts, **changes):
        """Probabilities and languages of texts, with some members of model.json changed."""
        with tempfile.TemporaryDirectory() as folder:
            models = Path(folder)
            (models / "words").symlink_to((self.models / "words").resolve())
            (models / "emotions").mkdir()
            for file in (self.models / "emotions").iterdir():
                if file.name != "model.json":
                    (models / "emotions" / file.name).symlink_to(file.resolve())
            (models / "emotions/model.json").write_text(json.dumps(self.described | changes))
            return self._run(texts, models)

    def _run(self, texts, models):
        lines = [text.replace("\\", "\\\\").replace("\n", "\\n") for text in texts]
        ran = subprocess.run([self.program, "analyze", "--json"], input="".join(line + "\n" for line in lines),
                             text=True, encoding="utf-8", capture_output=True, check=True,
                             env=os.environ | {"MODELS_DIR": str(models)})  # fmt: skip
        answers = [json.loads(line) for line in ran.stdout.split("\n") if line]
        if len(answers) != len(texts):
            raise ValueError(f"{len(answers)} answers to {len(texts)} texts")
        return (np.array([[answer["probabilities"][label] for label in LABELS] for answer in answers]),
                [answer["language"] for answer in answers])  # fmt: skip


def logits_of(probabilities):
    clipped = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.log(clipped / (1 - clipped))


def group_offsets(logits, truth, rounds=3):
    """An offset for each group, by coordinate descent on the macro-F1; small ones win ties."""
    names = [name for name in GROUPS if name in set(truth)]
    offset = np.zeros(len(LABELS))
    steps = np.arange(-2.5, 2.51, 0.125)
    for _ in range(rounds):
        for name in names:
            columns = [INDEX[label] for label in GROUPS[name]]
            scores = []
            for step in steps:
                tried = offset.copy()
                tried[columns] = step
                scores.append(scoring.coarse_macro_f1(scoring.sigmoid(logits + tried), truth))
            smooth = np.convolve(np.pad(scores, 2, mode="edge"), [0.1, 0.2, 0.4, 0.2, 0.1], "valid")
            offset[columns] = steps[np.argmax(smooth - 0.002 * np.abs(steps))]
    return offset


def fit_language(program, shared, language):
    """The route and the calibration of a language."""
    coarse_set, polarity_set = LANGUAGES[language]
    texts, truth = corpora.coarse(shared, coarse_set, "dev")
    said, mood = corpora.polarity(shared, polarity_set, "dev")

    def logits_by(network, some):
        route = {network: 1.0}
        return logits_of(program.analyze(some, routes={"*": route}, calibration={})[0])

    tweets = {network: logits_by(network, texts) for network in ("multilingual", "dictionary")}
    reviews = {network: logits_by(network, said) for network in ("multilingual", "dictionary")}
    best = None
    for share in SHARES:
        mixed = (1 - share) * tweets["multilingual"] + share * tweets["dictionary"]
        offset = group_offsets(mixed, truth)
        score = scoring.coarse_macro_f1(scoring.sigmoid(mixed + offset), truth)
        other = (1 - share) * reviews["multilingual"] + share * reviews["dictionary"]
        area = scoring.polarity_auc(scoring.sigmoid(other + offset), mood)
        print(f"{language}, dictionary {share:.2f}: macro-F1 {scoring.coarse_macro_f1(scoring.sigmoid(mixed), truth):.3f}, "
              f"with offsets {score:.3f}, polarity AUC {area:.3f}", flush=True)  # fmt: skip
        if best is None or score + area > best[0] + 0.004:  # the plainer one unless it is clearly worse
            best = (score + area, share, offset)
    _, share, offset = best
    route = {"multilingual": 1.0} if share == 0 else {"multilingual": 1 - share, "dictionary": share}
    return route, {"scale": [1.0] * len(LABELS), "offset": [round(float(value), 3) for value in offset]}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", default="build/release/personalify")
    parser.add_argument("--models", default="models")
    parser.add_argument("--shared", default=corpora.SHARED)
    arguments = parser.parse_args()
    program = Program(arguments.program, arguments.models)
    model = program.described

    texts, truth = corpora.goemotions(arguments.shared, "dev")
    probabilities, _ = program.analyze(texts)
    thresholds = scoring.best_thresholds(probabilities, truth)
    print(f"GoEmotions dev macro-F1 {scoring.macro_f1(probabilities, truth, thresholds):.4f}", flush=True)
    model["thresholds"] = [round(float(value), 3) for value in thresholds]
    for language in LANGUAGES:
        model["routes"][language], model["calibration"][language] = fit_language(program, arguments.shared, language)
    path = Path(arguments.models) / "emotions/model.json"
    path.write_text(json.dumps(model, indent=1) + "\n")


if __name__ == "__main__":
    main()
