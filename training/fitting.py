"""Training and prediction, the same for both encoders."""

import random
import time

import numpy as np
import torch
from torch import nn


def seed_all(seed):
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def batches_by_length(lengths, size, rng):
    """Shuffled batches of texts of about the same length."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    batches = []
    for start in range(0, len(order), size * 64):
        part = sorted(order[start : start + size * 64], key=lambda i: lengths[i])
        batches += [part[i : i + size] for i in range(0, len(part), size)]
    rng.shuffle(batches)
    return batches


def pad(rows, filler):
    longest = max(map(len, rows))
    ids = torch.tensor([row + [filler] * (longest - len(row)) for row in rows])
    mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    return ids, mask


def optimizer_of(network, rate, head_rate):
    decayed, plain, head = [], [], []
    for name, parameter in network.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith("head"):
            head.append(parameter)
        elif "LayerNorm" in name or name.endswith("bias"):
            plain.append(parameter)
        else:
            decayed.append(parameter)
    return torch.optim.AdamW(
        [
            {"params": decayed, "lr": rate, "weight_decay": 0.01},
            {"params": plain, "lr": rate, "weight_decay": 0.0},
            {"params": head, "lr": head_rate, "weight_decay": 0.0},
        ],
        fused=True,
    )


def group_losses(logits, targets, groups):
    """Zero for texts whose labels belong to no group."""
    probabilities = torch.sigmoid(logits)
    read = torch.stack([probabilities[:, group].sum(1) for group in groups], 1)
    wanted = torch.stack([targets[:, group].sum(1) for group in groups], 1)
    wanted = wanted / wanted.sum(1, keepdim=True).clamp(min=1e-6)
    return -(wanted * torch.log(read / read.sum(1, keepdim=True) + 1e-6)).sum(1)


def single(numbers):
    return torch.tensor(np.asarray(numbers, np.float32))


class Losses:
    """The loss of a batch: binary cross-entropy on (soft) targets, and over groups of labels where asked for."""

    def __init__(self, targets, weights, groups, group_weights):
        self._targets = single(targets)
        self._weights = torch.ones(len(self._targets)) if weights is None else single(weights)
        self._groups = groups
        self._group_weights = None if groups is None else single(group_weights)

    def of(self, logits, batch):
        targets = self._targets[batch]
        losses = nn.functional.binary_cross_entropy_with_logits(logits, targets, reduction="none")
        losses = losses.sum(1) * self._weights[batch]
        if self._groups is not None:
            losses = losses + self._group_weights[batch] * group_losses(logits, targets, self._groups)
        return losses.mean()


class Pace:
    """Counts steps and prints how it goes, every hundred of them."""

    def __init__(self, total):
        self.total, self.step = total, 0
        self._running, self._seen, self._began = 0.0, 0, time.time()

    @property
    def is_done(self):
        return self.step >= self.total

    def count(self, loss, texts):
        self.step, self._seen = self.step + 1, self._seen + texts
        self._running = 0.98 * self._running + 0.02 * loss
        if self.step % 100 == 0:
            spent = time.time() - self._began
            print(f"step {self.step}/{self.total} loss {self._running / (1 - 0.98**self.step):.4f} "
                  f"{self._seen / spent:.0f} texts/s {spent / self.step * (self.total - self.step) / 60:.1f} min left",
                  flush=True)  # fmt: skip


class Learning:
    """A network's steps: linear warm-up and decay of the rate, and the average of its weights where asked for."""

    def __init__(self, network, total, rate, head_rate, average):
        self._network = network
        self._optimizer = optimizer_of(network, rate, head_rate)
        self._warm = warm = max(1, total // 20)
        self._schedule = torch.optim.lr_scheduler.LambdaLR(
            self._optimizer, lambda step: min((step + 1) / warm, max(0.0, (total - step) / max(1, total - warm)))
        )
        self._mean = None
        if average:
            self._mean = torch.optim.swa_utils.AveragedModel(
                network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(average)
            )

    @property
    def kept(self):
        """The network to keep."""
        return self._network if self._mean is None else self._mean.module

    def step(self, loss, number):
        self._optimizer.zero_grad(set_to_none=True)
        loss.backward()
        nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        self._schedule.step()
        if self._mean is not None and number > self._warm:
            self._mean.update_parameters(self._network)


def fit(network, tokens, texts, targets, *, weights=None, epochs, rate, head_rate=1e-3, size=32, most=40,
        seed=1, after_epoch=None, average=0.0,
        standardize=False, groups=None, group_weights=None):  # fmt: skip
    """Binary cross-entropy on (soft) targets, linear warm-up and decay; prints its pace. With `average` the
    weights that are kept are an exponential average over steps (its decay per step). With `groups` (lists of
    labels) texts are also told apart by group, by a cross-entropy over the groups' summed probabilities."""
    seed_all(seed)
    rng = random.Random(seed)
    rows = tokens(texts, most)
    lengths = [len(row) for row in rows]
    losses = Losses(targets, weights, groups, group_weights)
    per_epoch = batches_by_length(lengths, size, random.Random(0))
    pace = Pace(int(len(per_epoch) * epochs))
    learning = Learning(network, pace.total, rate, head_rate, average)

    def padded(batch):
        return pad([rows[i] for i in batch], tokens.pad)

    if standardize:
        network.standardize([padded(batch) for batch in per_epoch[:20]])
    network.train()
    while not pace.is_done:
        for batch in batches_by_length(lengths, size, rng)[: pace.total - pace.step]:
            with torch.autocast("cpu", dtype=torch.bfloat16):  # twice as fast; weights stay in single precision
                logits = network(*padded(batch)).float()
            loss = losses.of(logits, batch)
            learning.step(loss, pace.step)
            pace.count(loss.item(), len(batch))
        if after_epoch is not None:
            after_epoch(learning.kept, pace.step / pace.total)
            network.train()
    return learning.kept


@torch.inference_mode()
def predict(network, tokens, texts, most=64, size=64):
    """Logits, one row a text."""
    network.eval()
    rows = tokens(texts, most)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    logits = np.zeros((len(rows), network.head.out_features), np.float32)
    for start in range(0, len(order), size):
        batch = order[start : start + size]
        logits[batch] = network(*pad([rows[i] for i in batch], tokens.pad)).float().numpy()
    return logits
