# SPDX-License-Identifier: Apache-2.0
"""Runs of the whole program in folders of their own, for tests in Python. CORDON_PROGRAM is the built cordon."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2]
FERNHILL = SOURCE / "datasets" / "fernhill"
SKIPPED = 77  # what ctest is told
PASSED_ON = ("PATH", "CORDON_GRIDS", "ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS", "LD_LIBRARY_PATH")


class Skip(Exception):
    """Why a test cannot be run here."""


class Fault(AssertionError):
    """What the program got wrong."""


def expect(holds, message):
    if not holds:
        raise Fault(message)


def program():
    path = os.environ.get("CORDON_PROGRAM", "")
    if not path or not os.access(path, os.X_OK):
        raise SystemExit("CORDON_PROGRAM is not the built cordon")
    return path


def sanitized():
    """Sanitizers take terabytes of addresses and several times as long: some limits cannot be set for such a build."""
    if not hasattr(sanitized, "answer"):
        binary = Path(program()).read_bytes()
        sanitized.answer = b"__asan_init" in binary or b"__tsan_init" in binary
    return sanitized.answer


class Ran:
    def __init__(self, status, out, err):
        self.status = status  # below 0: killed by that signal
        self.out, self.err = out, err

    def __str__(self):
        return f"status {self.status}: {self.err[:600] or self.out[:600]}"


def environment(more=None):
    kept = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return {**kept, "LANG": "C.UTF-8", **(more or {})}


def cordon(words, cwd, env=None, before=None, seconds=300, prefix=(), stdout=subprocess.PIPE):
    """One run; `before` is called in the child before the program begins."""
    done = subprocess.run([*prefix, program(), *map(str, words)], cwd=cwd, env=environment(env), preexec_fn=before, stdin=subprocess.DEVNULL,
                          stdout=stdout, stderr=subprocess.PIPE, timeout=seconds, check=False)
    return Ran(done.returncode, (done.stdout or b"").decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace"))


def cordon_begun(words, cwd, env=None, before=None, stdout=subprocess.PIPE):
    """A run that goes on while the test does something to it. Signals have their usual meaning, though who runs the tests may ignore some (nohup; &)."""
    def begin():
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU):
            signal.signal(number, signal.SIG_DFL)
        if before:
            before()
    return subprocess.Popen([program(), *map(str, words)], cwd=cwd, env=environment(env), preexec_fn=begin, stdin=subprocess.DEVNULL, stdout=stdout,
                            stderr=subprocess.PIPE)


def ended(process, seconds=300):
    out, err = process.communicate(timeout=seconds)
    return Ran(process.returncode, (out or b"").decode("utf-8", "replace"), err.decode("utf-8", "replace"))


def fernhill(folder):
    """A copy of the demonstration study, without what makes it."""
    shutil.copytree(FERNHILL, folder, copy_function=shutil.copyfile, ignore=shutil.ignore_patterns("*.py", "__pycache__", "fhrs", "expected*", "*.md", "fernhill"))
    return folder / "study.toml"


class Folder:
    """A folder that goes away with its contents, whatever their modes are."""

    def __init__(self, name, parent=None):
        self.path = Path(tempfile.mkdtemp(prefix=f"cordon-{name}-", dir=parent))

    def __enter__(self):
        return self.path

    def __exit__(self, *_):
        for folder, names, _files in os.walk(self.path):
            for name in names:
                if not os.path.islink(os.path.join(folder, name)):
                    os.chmod(os.path.join(folder, name), 0o755)
        shutil.rmtree(self.path, ignore_errors=True)


def run_tests(tests, only=()):
    """Runs functions without arguments; prints a line for each; gives ctest's status."""
    chosen = [test for test in tests if not only or any(re.fullmatch(word, test.__name__) for word in only)]
    if not chosen:
        print(f"no test is called {' or '.join(only)}")
        return 1
    wrong, skipped = [], 0
    for test in chosen:
        try:
            test()
            print(f"ok    {test.__name__}")
        except Skip as reason:
            skipped += 1
            print(f"skip  {test.__name__}: {reason}")
        except Exception as fault:  # of the program, or an answer that cannot be read
            wrong.append(test.__name__)
            print(f"WRONG {test.__name__}: {'' if isinstance(fault, Fault) else type(fault).__name__ + ': '}{fault}")
        sys.stdout.flush()
    print(f"{len(chosen)} tests, {len(wrong)} wrong, {skipped} skipped" + (": " + " ".join(wrong) if wrong else ""))
    if wrong:
        return 1
    return SKIPPED if skipped == len(chosen) else 0


def tests_of(module):
    """Its public functions without arguments, in the order of the file."""
    found = [f for f in vars(module).values() if getattr(f, "__module__", "") == module.__name__ and hasattr(f, "__code__")]
    return [f for f in found if f.__code__.co_argcount == 0 and not f.__name__.startswith("_") and f.__name__ != "main"]
