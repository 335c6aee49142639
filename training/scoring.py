"""The figures that the models are judged by."""

import numpy as np

from corpora import GROUPS, INDEX, LABELS


def sigmoid(logits):
    return 1 / (1 + np.exp(-np.asarray(logits, np.float64)))


def f1_per_label(chosen, truth):
    hits = (chosen * truth).sum(0)
    return 2 * hits / np.maximum(chosen.sum(0) + truth.sum(0), 1e-9)


def best_thresholds(probabilities, truth):
    """Per label the threshold of the best F1, smoothed: the middle of the plateau around it."""
    grid = np.concatenate([np.arange(0.03, 0.2, 0.01), np.arange(0.2, 0.85, 0.02)])
    thresholds = np.zeros(probabilities.shape[1])
    for label in range(probabilities.shape[1]):
        chosen = probabilities[:, label][:, None] >= grid[None]
        hits = (chosen * truth[:, label][:, None]).sum(0)
        scores = 2 * hits / np.maximum(chosen.sum(0) + truth[:, label].sum(), 1)
        smooth = np.convolve(np.pad(scores, 1, mode="edge"), [0.25, 0.5, 0.25], "valid")
        thresholds[label] = grid[smooth.argmax()]
    return thresholds


def macro_f1(probabilities, truth, thresholds):
    return float(f1_per_label(probabilities >= thresholds, truth).mean())


def group_sums(probabilities, names=tuple(GROUPS)):
    columns = [[INDEX[label] for label in GROUPS[name]] for name in names]
    return np.stack([probabilities[:, column].sum(1) for column in columns], 1)


def coarse_macro_f1(probabilities, truth):
    """Macro-F1 of "the group with the largest sum of its labels' probabilities"."""
    names = [name for name in GROUPS if name in set(truth)]
    guessed = np.array(names)[group_sums(probabilities, names).argmax(1)]
    truth = np.array(truth)
    scores = []
    for name in names:
        hits = ((guessed == name) & (truth == name)).sum()
        scores.append(2 * hits / max((guessed == name).sum() + (truth == name).sum(), 1))
    return float(np.mean(scores))


POSITIVE = GROUPS["joy"] + GROUPS["love"]
NEGATIVE = GROUPS["anger"] + GROUPS["fear"] + GROUPS["sadness"]


def polarity_score(probabilities):
    return (
        probabilities[:, [INDEX[label] for label in POSITIVE]].sum(1)
        - probabilities[:, [INDEX[label] for label in NEGATIVE]].sum(1)
    )


def auc(scores, positive):
    """Area under the ROC curve; ties count half."""
    scores, positive = np.asarray(scores), np.asarray(positive, bool)
    better = scores[positive][:, None] - scores[~positive][None]
    return float(((better > 0) + 0.5 * (better == 0)).mean())


def polarity_auc(probabilities, truth):
    """Positive against negative texts; neutral ones are left out."""
    clear = truth != 0
    return auc(polarity_score(probabilities[clear]), truth[clear] > 0)


def table(probabilities, truth, thresholds):
    scores = f1_per_label(probabilities >= thresholds, truth)
    return {label: round(float(score), 3) for label, score in zip(LABELS, scores)}
