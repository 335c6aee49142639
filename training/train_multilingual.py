"""Fine-tunes multilingual E5 on English GoEmotions, code-switched copies of it, and our own Indonesian and
Sundanese sentences: build/training/multilingual.pt. Needs the English model, which labels parallel texts."""

import argparse
import random
import re
from collections import defaultdict
from pathlib import Path

import numpy as np
import torch

import corpora
import networks
import scoring
import vocabulary
from corpora import INDEX, NEUTRAL
from fitting import fit, predict


def inverted(*paths):
    """English word -> its words in the other language, from lists `word<TAB>english`."""
    words = defaultdict(list)
    for line in (line for path in paths for line in Path(path).read_text("utf-8").splitlines()):
        if line.startswith("#") or "\t" not in line:
            continue
        word, english = line.split("\t")[:2]
        if english:
            words[english.lower()].append(word)
    return words


def switched(text, words, share, chance):
    """The text with most of its known words in the other language."""

    def other(match):
        known = words.get(match.group(0).lower())
        return chance.choice(known) if known and chance.random() < share else match.group(0)

    return re.sub(r"[A-Za-z']+", other, text)


def polarity_targets(probabilities, polarity):
    """What the English model read, corrected by what people said: positive, neutral or negative."""
    targets = probabilities.copy()
    positive = [INDEX[label] for label in scoring.POSITIVE]
    negative = [INDEX[label] for label in scoring.NEGATIVE]
    for row, value in zip(targets, polarity):
        if value > 0:
            row[negative] *= 0.1
            row[positive] *= min(max(0.9 / max(row[positive].sum(), 1e-3), 1), 20)
        elif value < 0:
            row[positive] *= 0.1
            row[negative] *= min(max(0.9 / max(row[negative].sum(), 1e-3), 1), 20)
        else:
            row[NEUTRAL] = max(row[NEUTRAL], 0.6)
    return np.clip(targets, 0, 0.95)


def parallel_examples(shared, english_path):
    network, tokens = networks.minilm()
    network.load_state_dict(torch.load(english_path))
    texts, targets = [], []
    read, polarity = corpora.polarity(shared, "english", "train")
    labels = polarity_targets(scoring.sigmoid(predict(network, tokens, read)), polarity)
    for language in ("indonesian", "sundanese"):
        theirs, same = corpora.polarity(shared, language, "train")
        assert (same == polarity).all()  # parallel, in the same order
        texts += theirs
        targets.append(labels)
    return texts, np.concatenate(targets)


def examples(arguments):
    """Texts, targets and two kinds of weights of one epoch."""
    chance = random.Random(arguments.seed)
    texts, targets, weights, group_weights = [], [], [], []

    def add(some, rows, weight=1.0, times=1, by_group=0.0):
        for _ in range(times):
            texts.extend(some)
            targets.append(rows)
            weights.extend([weight] * len(some))
            group_weights.extend([by_group] * len(some))

    read, rows = corpora.goemotions(arguments.shared, "train")
    only_neutral = (rows[:, NEUTRAL] == 1) & (rows.sum(1) == 1)
    kept = [i for i in range(len(read)) if not only_neutral[i] or chance.random() < 0.35]
    chance.shuffle(kept)
    english, mixed = kept[: arguments.english], kept[arguments.english :]
    add([read[i] for i in english], rows[english])
    indonesian = inverted(Path(arguments.words) / "indonesian-english.tsv",
                          Path(arguments.words) / "freedict-indonesian-english.tsv")  # fmt: skip
    sundanese = inverted(Path(arguments.words) / "sundanese-english.tsv")
    mixed = mixed[: arguments.mixed]
    add([switched(read[i], sundanese if k % 3 == 0 else indonesian, 0.85, chance) for k, i in enumerate(mixed)],
        rows[mixed], 0.7)  # fmt: skip
    add(*corpora.own("indonesian"), times=arguments.repeat, by_group=1.0)
    add(*corpora.own("sundanese"), times=arguments.repeat + 1, by_group=1.0)
    add(*corpora.composed(chance, 2 * arguments.repeat), weight=0.7, by_group=0.7)
    add(*parallel_examples(arguments.shared, arguments.english_model), weight=0.7)
    return texts, np.concatenate(targets), weights, group_weights


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", default=corpora.SHARED)
    parser.add_argument("--words", default="models/words")
    parser.add_argument("--english-model", default="build/training/english.pt")
    parser.add_argument("--kept", default="build/training/kept.json")
    parser.add_argument("--out", default="build/training/multilingual.pt")
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--english", type=int, default=10_000)
    parser.add_argument("--mixed", type=int, default=12_000)
    parser.add_argument("--repeat", type=int, default=2)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    file = networks.e5_file()
    kept = vocabulary.load_or_choose(arguments.kept, arguments.shared, arguments.words, file)
    print(f"{len(kept)} pieces", flush=True)
    network, tokens = networks.e5_small(kept, file)
    texts, targets, weights, group_weights = examples(arguments)
    print(f"{len(texts)} texts", flush=True)
    groups = [[INDEX[label] for label in labels] for labels in corpora.GROUPS.values()]
    measured = {name: corpora.coarse(arguments.shared, name, "dev") for name in ("emot_id", "sundanese_emotion")}

    def report(network, part):
        figures = []
        for name, (some, truth) in measured.items():
            read = predict(network, tokens, [corpora.without_marks(text) for text in some])
            figures.append(f"{name} {scoring.coarse_macro_f1(scoring.sigmoid(read), truth):.3f}")
        for language in ("indonesian", "sundanese", "english"):
            some, truth = corpora.polarity(arguments.shared, language, "dev")
            read = scoring.sigmoid(predict(network, tokens, some))
            figures.append(f"{language} AUC {scoring.polarity_auc(read, truth):.3f}")
        print(f"after {part:.2f}: {', '.join(figures)}", flush=True)

    network = fit(network, tokens, texts, targets, weights=weights, epochs=arguments.epochs, rate=arguments.rate,
                  seed=arguments.seed, most=56, after_epoch=report, average=arguments.average,
                  standardize=True, groups=groups, group_weights=group_weights)  # fmt: skip
    torch.save(network.state_dict(), arguments.out)


if __name__ == "__main__":
    main()
