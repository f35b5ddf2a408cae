#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over our sources, several at a time, and not again over what was clean and has not changed.

usage: tidy.py --build DIR [--cache DIR] [--jobs N] [SOURCE…]

A source's key is the hash of its compile command, the settings, clang-tidy's version, its own text and that of
every header of ours that it reaches by #include. A clean source leaves an empty file of that name in the cache.
"""

import argparse
import hashlib
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INCLUDE = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)


@lru_cache(maxsize=None)
def our_includes(path, build):
    """The text of a file of ours, and the files of ours that it includes (written from the repository's top)."""
    text = path.read_text(encoding="utf-8")
    found = set()
    for name in INCLUDE.findall(text):
        for folder in (ROOT, build / "generated", path.parent):
            if (folder / name).is_file():
                found.add((folder / name).resolve())
                break
    return text, frozenset(found)


def reached(source, build):
    """The source and every file of ours that it reaches, sorted."""
    seen, waiting = set(), [source]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting.extend(our_includes(path, build)[1])
    return sorted(seen)


def settings():
    """What changes clang-tidy's answer for every source."""
    version = subprocess.run(["clang-tidy", "--version"], check=True, capture_output=True, text=True).stdout
    return version + "".join(p.read_text(encoding="utf-8") for p in sorted(ROOT.glob(".clang-tidy")) + sorted(ROOT.glob("*/.clang-tidy")))


def key_of(entry, build, common):
    digest = hashlib.sha256((common + entry["command"]).encode())
    for path in reached(Path(entry["file"]), build):
        digest.update(f"\n{path}\n{our_includes(path, build)[0]}".encode())
    return digest.hexdigest()


def tidy(entry, build):
    """clang-tidy's words about one source; empty where it is clean."""
    command = ["clang-tidy", "--quiet", "-p", str(build), "--extra-arg=-Wno-unknown-warning-option", entry["file"]]
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.stdout or done.stderr if done.returncode else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("sources", nargs="*", type=Path)
    options = parser.parse_args()
    build = options.build.resolve()
    entries = json.loads((build / "compile_commands.json").read_text(encoding="utf-8"))
    wanted = {path.resolve() for path in options.sources}
    # Not the tests: what doctest's and rapidcheck's macros unfold to is not ours, and takes longer than all the rest.
    tests = Path(__file__).resolve().parent.parent / "tests"
    skipped = {build, tests}
    ours = [e for e in entries
            if not skipped & set(Path(e["file"]).parents) and (not wanted or Path(e["file"]) in wanted)]
    common = settings()
    keys = {e["file"]: key_of(e, build, common) for e in ours}
    cache = options.cache
    if cache:
        cache.mkdir(parents=True, exist_ok=True)
    due = [e for e in ours if not (cache and (cache / keys[e["file"]]).exists())]
    print(f"clang-tidy: {len(ours)} sources, {len(due)} new or changed", file=sys.stderr)

    dirty = 0
    with ThreadPoolExecutor(options.jobs) as pool:
        for entry, words in zip(due, pool.map(lambda e: tidy(e, build), due)):
            if words:
                dirty += 1
                print(words, end="", flush=True)
            elif cache:
                (cache / keys[entry["file"]]).touch()
    if cache:  # what belongs to no source as it now stands
        for path in set(cache.iterdir()) - {cache / key for key in keys.values()}:
            if not wanted:
                path.unlink()
    if dirty:
        print(f"clang-tidy: {dirty} sources are not clean", file=sys.stderr)
    return 1 if dirty else 0


if __name__ == "__main__":
    sys.exit(main())
