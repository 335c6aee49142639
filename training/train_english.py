"""Fine-tunes MiniLM on GoEmotions: build/training/english.pt."""

import argparse
import random
from pathlib import Path

import numpy as np
import torch

import corpora
import networks
import scoring
from fitting import fit, predict


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", default=corpora.SHARED)
    parser.add_argument("--out", default="build/training/english.pt")
    parser.add_argument("--epochs", type=float, default=3)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--average", type=float, default=0.0)
    parser.add_argument("--size", type=int, default=32)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)

    texts, targets = corpora.goemotions(arguments.shared, "train")
    chance = random.Random(arguments.seed)
    only_neutral = (targets[:, corpora.NEUTRAL] == 1) & (targets.sum(1) == 1)
    kept = [i for i in range(len(texts)) if not only_neutral[i] or chance.random() < 0.5]
    texts, targets = [texts[i] for i in kept], targets[kept]
    dev_texts, dev_truth = corpora.goemotions(arguments.shared, "dev")
    network, tokens = networks.minilm()

    def report(network, part):
        probabilities = scoring.sigmoid(predict(network, tokens, dev_texts))
        thresholds = scoring.best_thresholds(probabilities, dev_truth)
        print(f"after {part:.2f}: dev macro-F1 {scoring.macro_f1(probabilities, dev_truth, thresholds):.4f}, at 0.5 "
              f"{scoring.macro_f1(probabilities, dev_truth, np.full(28, 0.5)):.4f}", flush=True)  # fmt: skip

    network = fit(network, tokens, texts, targets, epochs=arguments.epochs, rate=arguments.rate,
                  seed=arguments.seed, after_epoch=report, average=arguments.average, size=arguments.size)  # fmt: skip
    Path(arguments.out).parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), arguments.out)


if __name__ == "__main__":
    main()
