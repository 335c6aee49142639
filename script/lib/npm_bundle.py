"""Takes one file out of an npm archive after checking the archive against package-lock.json.

npm_bundle.py version LOCK PACKAGE                      prints the pinned version
npm_bundle.py extract LOCK PACKAGE ARCHIVE MEMBER OUT   checks, then writes MEMBER to OUT
"""

import base64
import hashlib
import json
import sys
import tarfile
from pathlib import Path


def pinned(lock: str, package: str) -> dict:
    return json.loads(Path(lock).read_text())["packages"][f"node_modules/{package}"]


def extract(lock: str, package: str, archive: str, member: str, out: str) -> None:
    algorithm, _, expected = pinned(lock, package)["integrity"].partition("-")
    digest = base64.b64encode(hashlib.new(algorithm, Path(archive).read_bytes()).digest()).decode()
    if digest != expected:
        sys.exit(f"{archive}: {algorithm} is {digest}, {lock} says {expected}")
    with tarfile.open(archive) as files:
        Path(out).write_bytes(files.extractfile(f"package/{member}").read())


if __name__ == "__main__":
    command, *arguments = sys.argv[1:]
    if command == "version":
        print(pinned(*arguments)["version"])
    else:
        extract(*arguments)
