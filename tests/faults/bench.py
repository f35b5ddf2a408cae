# SPDX-License-Identifier: Apache-2.0
"""A study in a folder of its own, beside a folder for answers; what must hold after any run, whatever was done to it."""

import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import lattice_study
from whole_runs import Fault, Folder, Skip, cordon, cordon_begun, ended, expect, fernhill, program, sanitized  # noqa: F401

FORMS = ("v.csv", "v.json", "v.geojson", "v.gpkg", "v.fgb")
TEMPORARY = re.compile(r"\..+\.tmp-(\d+-\d+\.[a-z]+(-journal|-wal|-shm)?|rows-\w{6})")


class Bench(Folder):
    """`with Bench("disk", 1000) as b`: b.study (1,000 rows, or Fernhill where rows is 0) and b.out, an empty folder."""

    def __init__(self, name, rows=2000):
        super().__init__(name)
        home = self.path / "study"
        if sanitized():
            rows = min(rows, max(5000, rows // 4))  # slow enough to be caught in the middle
        self.study = lattice_study.write(home, rows) if rows else fernhill(home)
        self.out = self.path / "out"
        self.out.mkdir()
        self.before = self.inputs()

    def __enter__(self):
        return self

    def inputs(self):
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(self.study.parent.rglob("*")) if p.is_file() and not p.is_symlink()}

    def words(self, names=("v.csv",), out=None, findings=False):
        words = ["check", self.study]
        for name in names:
            words += ["--out", (out or self.out) / name]
        return [*words, "--findings", (out or self.out) / "f.csv"] if findings else words

    def run(self, *words, **how):
        return cordon([*self.words(**{k: how.pop(k) for k in ("names", "out", "findings") if k in how}), *words], how.pop("cwd", self.path), **how)

    def begin(self, *words, **how):
        return cordon_begun([*self.words(**{k: how.pop(k) for k in ("names", "out", "findings") if k in how}), *words], self.path, **how)

    def caught(self, holds, *words, tries=20, prepare=None, **how):
        """A run, stopped with all its threads at a moment at which holds(process) is true. One that was over before it was looked at is begun again:
        on a busy machine we look late. `prepare` is called before each. None when no run came to such a moment in time."""
        for _ in range(tries):
            if prepare:
                prepare()
            process = self.begin(*words, **how)
            if wait_until(process, lambda p=process: holds(p)) and stop(process) and holds(process):
                return process
            go_on(process)
            ended(process)
        return None

    def left(self, folder=None):
        return sorted(p.name for p in (folder or self.out).iterdir())

    def fails(self, run, pattern, status=3, left=(), folder=None):
        """One line that says what is wrong, nothing on standard output, nothing left but `left`; the inputs are as they were."""
        expect(run.status == status, f"status {status} was expected, not {run}")
        expect(re.fullmatch(r"cordon: [^\n]+\n", run.err), f"the message is not one line: {run.err[:800]!r}")
        expect(re.search(pattern, run.err), f"the message does not match {pattern}: {run.err}")
        expect("fault in cordon itself" not in run.err, run.err)
        expect(not run.out, f"an error, and yet output: {run.out[:200]}")
        self.holds(left, folder)

    def holds(self, left, folder=None):
        expect(self.left(folder) == sorted(left), f"in the folder of answers: {self.left(folder)}, expected {sorted(left)}")
        expect(self.inputs() == self.before, "an input was changed")

    def answer(self, *words, names=("v.csv",), **how):
        """The bytes of an undisturbed run."""
        with Folder("answer", self.path) as out:
            run = self.run(*words, names=names, out=out, **how)
            expect(run.status == 0, str(run))
            return {p.name: p.read_bytes() for p in out.iterdir()}

    def old_or_new(self, old, new, allow_temporaries=False):
        """Every file is its old self or its new one, whole; and a temporary file's name shows what it is."""
        for path in sorted(self.out.iterdir()):
            if allow_temporaries and TEMPORARY.fullmatch(path.name):
                continue
            expect(path.name in new, f"{path.name} was not asked for")
            content = path.read_bytes()
            expect(content in (old.get(path.name), new[path.name]), f"{path.name} is neither the old file nor the new one: {len(content)} bytes")
        for name in old:
            expect((self.out / name).exists(), f"the old {name} is gone")
        expect(self.inputs() == self.before, "an input was changed")


def bytes_read(process):
    """What the process has asked of its files so far."""
    with open(f"/proc/{process.pid}/io", encoding="ascii") as file:
        return int(next(line.split()[1] for line in file if line.startswith("rchar")))


def temporaries(folder):
    return [p for p in folder.iterdir() if TEMPORARY.fullmatch(p.name)]


def has_open(process, path):
    """Does it hold this file open?"""
    wanted = os.path.realpath(path)
    folder = f"/proc/{process.pid}/fd"
    for name in os.listdir(folder):
        try:
            if os.readlink(f"{folder}/{name}") == wanted:
                return True
        except FileNotFoundError:  # closed meanwhile
            pass
    return False


def wait_until(process, holds, seconds=300):
    """Polls while the process goes on; False when it ended first."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            return False
        try:
            if holds():
                return True
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            pass
        time.sleep(0.0005)
    process.kill()
    raise Fault(f"nothing happened within {seconds} s")


def stop(process):
    """Stopped, all its threads: what is done to its files now happens at one moment of the run. False when it ended first."""
    process.send_signal(signal.SIGSTOP)
    return wait_until(process, lambda: all(state in "TtZX" for state in states_of(process)))


def go_on(process):
    """Nothing where it has ended."""
    process.send_signal(signal.SIGCONT)


def states_of(process):
    """Of each thread: R, S, D, T (stopped), Z (ended)."""
    states = []
    for task in os.listdir(f"/proc/{process.pid}/task"):
        with open(f"/proc/{process.pid}/task/{task}/stat", encoding="ascii", errors="replace") as file:
            states.append(file.read().rsplit(")", 1)[1].split()[0])
    return states


def needs_proc():
    if not os.path.exists("/proc/self/io"):
        raise Skip("no /proc here")


def as_nobody():
    """Words that run the program as an unprivileged user; none when this is one already."""
    if os.geteuid() != 0:
        return []
    if shutil.which("setpriv") is None:
        raise Skip("no setpriv here to become an unprivileged user")
    prefix = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"]
    if subprocess.run([*prefix, program(), "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode != 0:
        raise Skip("an unprivileged user cannot reach the program")
    return prefix
