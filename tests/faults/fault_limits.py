# SPDX-License-Identifier: Apache-2.0
"""Limits of the machine, from far too little to enough: at each the whole answer or one line and status 3, never something between."""

import os
import re
import resource
import signal
from pathlib import Path

from bench import FORMS, Bench, Fault, Skip, as_nobody, cordon, expect, sanitized

CANNOT_START = 127  # the loader's own: it cannot even map the libraries


def _limited(which, value):
    def before():
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(which, (value, value))
    return before


def _whole_or_nothing(b, run, new, what, pattern, statuses=(3,)):
    if run.status == 0:
        expect(set(b.left()) == set(new), f"{what}: {b.left()}")
        for name, content in new.items():
            expect((b.out / name).read_bytes() == content, f"{what}: {name} has other bytes")
        return True
    if run.status != CANNOT_START or "error while loading shared libraries" not in run.err:
        expect(run.status in statuses, f"{what}: {run}")
        expect(re.fullmatch(r"cordon: [^\n]+\n", run.err), f"{what}: the message is not one line: {run.err[:600]!r}")
        expect(re.search(pattern, run.err), f"{what}: the message does not say why: {run.err}")
        expect("fault in cordon itself" not in run.err, f"{what}: {run.err}")
    expect(not run.out, f"{what}: output: {run.out[:200]}")
    expect(not b.left(), f"{what}: left behind: {b.left()}")
    return False


def _cannot_begin(b, which, value):
    """The libraries make their own constants before the program's first line (PROJ its ellipsoids, libnuma its masks), and end it where they get no memory for them."""
    return cordon(["--version"], b.path, before=_limited(which, value)).status != 0


def _each(b, which, values, pattern, names, statuses=(3,), **how):
    new = b.answer(names=names, **how)
    whole, faults = [], []
    for value in values:
        for path in b.out.iterdir():
            path.unlink()
        try:
            run = b.run(names=names, before=_limited(which, value), **how)
            if run.status in (1, -signal.SIGABRT) and which == resource.RLIMIT_AS and _cannot_begin(b, which, value):
                expect(not b.left(), f"a limit of {value}: left behind: {b.left()}")
                whole.append(False)
                continue
            whole.append(_whole_or_nothing(b, run, new, f"a limit of {value}", pattern, statuses))
        except Fault as fault:
            whole.append(False)
            faults.append(str(fault).strip())
    expect(not faults, f"{len(faults)} of {len(values)} limits: " + "; ".join(faults[:4]))
    expect(b.inputs() == b.before, "an input was changed")
    expect(whole[-1], f"even {values[-1]} is not enough")
    expect(not whole[0], f"{values[0]} is enough: nothing is tested")
    return whole


def little_memory():
    """Address space, in steps: `not enough memory`, status 3, no core, no file."""
    if sanitized():
        raise Skip("a sanitizer takes terabytes of addresses")
    with Bench("memory", 40_000) as b:
        sizes = [m << 20 for m in (*range(40, 200, 8), *range(200, 800, 40), 3000)]
        _each(b, resource.RLIMIT_AS, sizes, "(?i)not enough memory|cannot allocate memory|out of memory|no memory", ("v.csv",))


def little_memory_for_layers():
    """The same where GDAL, GEOS, PROJ and SQLite do the work: a study of many formats, and each form of answer."""
    if sanitized():
        raise Skip("a sanitizer takes terabytes of addresses")
    with Bench("memory-layers", 0) as b:
        sizes = [m << 20 for m in (*range(60, 280, 6), 300, 400, 3000)]
        _each(b, resource.RLIMIT_AS, sizes, "(?i)memory", FORMS)


def few_open_files():
    """From none to plenty: no layer is read in part because a file beside it could not be opened."""
    if sanitized():
        raise Skip("the undefined-behaviour sanitizer looks at memory through a pipe of its own, and takes every object for a wrong one where it gets none")
    with Bench("handles", 0) as b:
        whole = _each(b, resource.RLIMIT_NOFILE, [*range(3, 48), 64, 256], r"(?i)too many open files|cannot be (read|opened|written)|no such file|not found|unable to open", FORMS,
                      statuses=(2, 3))
        expect(sum(whole) >= 2, "hardly any limit was enough")


def few_threads():
    """No thread but the first can be begun: said, where it does not do with one."""
    if sanitized():
        raise Skip("the leak check at the end begins a thread of its own, and ends in an error where it gets none")
    prefix = as_nobody()
    with Bench("threads", 5000) as b:
        new = b.answer()
        os.chmod(b.path, 0o755)
        os.chmod(b.out, 0o777)
        # Processes of that user elsewhere count too: one more than there are.
        for more in (0, 1, 2):
            run = b.run("--threads", "4", prefix=["prlimit", f"--nproc={_threads_of(65534) + more}", *prefix], before=_limited(resource.RLIMIT_CORE, 0))
            _whole_or_nothing(b, run, new, f"{more} threads more", "(?i)thread|resource")
            for path in b.out.iterdir():
                path.unlink()


def _threads_of(user):
    count = 0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and folder.stat().st_uid == user:
                count += len(list((folder / "task").iterdir()))
        except OSError:
            pass
    return count


def small_files():
    """A quota on the size of one file, as a full disk: also where only the last byte has no room."""
    with Bench("quota", 3000) as b:
        for name in FORMS:
            size = max(len(content) for content in b.answer(names=(name,)).values())
            _each(b, resource.RLIMIT_FSIZE, [1, 4096, size // 3, size - 4096, size - 1, size * 4], r"(?i)file too large|cannot be written|disk", (name,))


def short_of_processor_time():
    """SIGXCPU ends it as a kill does; nothing half is in its place, and no temporary file stays."""
    with Bench("cpu", 150_000) as b:
        run = b.run(before=lambda: resource.setrlimit(resource.RLIMIT_CPU, (1, 20)), names=("v.json",))
        expect(run.status in (0, -signal.SIGXCPU, 128 + signal.SIGXCPU), str(run))
        b.holds(("v.json",) if run.status == 0 else ())


def little_stack():
    with Bench("stack", 0) as b:
        new = b.answer(names=("v.csv", "v.gpkg"))
        run = b.run(names=("v.csv", "v.gpkg"), before=_limited(resource.RLIMIT_STACK, 512 << 10))
        _whole_or_nothing(b, run, new, "512 KiB of stack", "(?i)memory|stack")
