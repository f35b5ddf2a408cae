# SPDX-License-Identifier: Apache-2.0
"""Whole processes, as the operating system accounts for them."""

import os
import statistics
import subprocess
import time
from collections import namedtuple

Run = namedtuple("Run", "wall cpu peak_mb")  # seconds, seconds of all threads, MB of the largest process


class Failed(Exception):
    """A contender that did not do its work; the bench goes no further."""


def run(argv, env=None, cwd=None, accept=(0,)):
    """One process from its start to its end. Its output goes to nowhere, its last words into the error."""
    started = time.monotonic()
    child = subprocess.Popen([str(word) for word in argv], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=env, cwd=cwd)
    words = child.stdout.read().decode("utf-8", "replace")
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    if child.returncode not in accept:
        raise Failed(f"{' '.join(map(str, argv))}\nended with {child.returncode}:\n{words[-2000:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024), words


def middle(runs):
    """The median of each figure but the memory, of which the largest counts."""
    return Run(statistics.median(r.wall for r in runs), statistics.median(r.cpu for r in runs), max(r.peak_mb for r in runs))


def seconds(value):
    return f"{value:.3f}" if value < 10 else f"{value:.1f}"


def table(header, rows):
    """Markdown, numbers to the right."""
    lines = ["| " + " | ".join(header) + " |", "| --- |" + " ---: |" * (len(header) - 1)]
    lines += ["| " + " | ".join(map(str, row)) + " |" for row in rows]
    return "\n".join(lines)
