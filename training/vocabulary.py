"""Which pieces of multilingual E5's vocabulary we keep: those our texts use, and the common Latin ones."""

import json
from pathlib import Path

import corpora
import networks

SPECIAL = 4  # beginning, padding, end, unknown
COMMON = 30_000  # pieces are ordered by frequency


def texts(shared, words):
    seen = corpora.goemotions(shared, "train")[0]
    for name in ("indonesian", "sundanese"):
        seen += corpora.own(name)[0]
    for row in corpora.parallel(shared, "train"):
        seen += row
    for path in sorted(Path(words).glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            seen += line.split("\t")[:2]
    return seen


def is_plain(piece):
    return all(char == "▁" or 32 <= ord(char) < 127 for char in piece)


def kept_pieces(shared, words, file):
    """Ids in the whole vocabulary, ascending; the special ones first."""
    whole = networks.UnigramTokens(file.pieces, file.scores, file.normalization)
    used = {token for row in whole(texts(shared, words), 4096) for token in row}
    plain = {i for i in range(COMMON) if is_plain(file.pieces[i])}
    single = {i for i, piece in enumerate(file.pieces) if len(piece) == 1 and i < 60_000}
    return sorted(set(range(SPECIAL)) | used | plain | single)


def load_or_choose(path, shared, words, file):
    path = Path(path)
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(kept_pieces(shared, words, file)))
    return json.loads(path.read_text())
