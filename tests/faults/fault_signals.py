# SPDX-License-Identifier: Apache-2.0
"""Runs that are killed, interrupted, stopped and let go on."""

import os
import signal
import time

from bench import FORMS, TEMPORARY, Bench, cordon, cordon_begun, ended, expect, go_on, needs_proc, stop, temporaries, wait_until

ROWS = 60_000


def _old_ones(names):
    """What stood under each name before the run."""
    return {name: f"old {name}\n".encode() for name in names}


def _renew(b, names=()):
    """Nothing but an old file under each name; gives their contents."""
    for path in b.out.iterdir():
        path.unlink()
    for name, content in _old_ones(names).items():
        (b.out / name).write_bytes(content)
    return _old_ones(names)


def _files(names):
    """With the provenance beside those that cannot hold it."""
    beside = {"v.provenance.json" for name in names if name.endswith((".csv", ".geojson", ".fgb"))}
    return [*names, *beside, "f.csv", "f.provenance.json"]


def _begun_writing(b, name):
    """Some of the answer is in its temporary file."""
    return any(path.name.startswith(f".{name}.tmp-") and path.stat().st_size > 0 for path in b.out.iterdir())


def killed_outright():
    """SIGKILL while each form is being written: no file, or the old one; what stays has a name that shows it; the next run works."""
    needs_proc()
    for name in FORMS:
        with Bench("killed", ROWS if name != "v.json" else ROWS // 3) as b:
            new = b.answer(names=(name,), findings=True)
            for words in ((), ("--force",)):
                replaced = _files((name,)) if words else ()
                process = b.caught(lambda _: _begun_writing(b, name), *words, prepare=lambda: _renew(b, replaced), names=(name,), findings=True)
                expect(process, f"{name}: no run was caught while it wrote")
                old = _old_ones(replaced)
                process.kill()
                expect(ended(process).status == -signal.SIGKILL, f"{name}: it was not killed")
                for path in b.out.iterdir():
                    expect(path.name in old or TEMPORARY.fullmatch(path.name), f"{name}: {path.name} does not show what it is")
                b.old_or_new(old, {**new, **old}, allow_temporaries=True)
                stale = {path.name: path.read_bytes() for path in temporaries(b.out)}
                expect(stale, f"{name}: nothing was being written")
                again = b.run(*words, names=(name,), findings=True)
                expect(again.status == 0, f"{name}: the next run: {again}")
                for file, content in new.items():
                    expect((b.out / file).read_bytes() == content, f"{name}: the next run's {file} is not whole")
                for file, content in stale.items():
                    expect((b.out / file).read_bytes() == content, f"{name}: the next run wrote into {file}")


class Lasts:
    """How long a run takes: the shortest that was seen, as a busy machine makes some of them longer."""

    def __init__(self, run):
        started = time.monotonic()
        run()
        self.seconds = time.monotonic() - started

    def wait(self, process, share):
        """Until so much of a run's time has gone, or until it has ended, which tells how long it took."""
        started = time.monotonic()
        end = started + self.seconds * share
        while process.poll() is None and time.monotonic() < end:
            time.sleep(min(0.002, max(0.0, end - time.monotonic())))
        if process.poll() is not None:
            self.seconds = min(self.seconds, time.monotonic() - started)


def killed_at_any_moment():
    """At many moments of a run that replaces old files: each is the old one or the new one, whole."""
    with Bench("any-moment", ROWS // 2) as b:
        names = ("v.csv", "v.geojson")
        new = b.answer(names=names, findings=True)
        lasts = Lasts(lambda: b.answer(names=names, findings=True))
        seen = set()
        for n in range(40):
            old = _renew(b, _files(names))
            process = b.begin("--force", names=names, findings=True)
            # Ever nearer to the end, where files go into their places.
            lasts.wait(process, 1.1 * (n / 39) ** 0.5)
            process.kill()
            ended(process)
            b.old_or_new(old, new, allow_temporaries=True)
            seen.add(sum((b.out / name).read_bytes() == new[name] for name in new))
        expect(0 in seen, "no run was killed before its end")


def interrupted():
    """Ctrl-C, a terminal that closes, `kill`: no file, no temporary file, and the signal's own exit status."""
    needs_proc()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        for names in (("v.csv",), ("v.gpkg",), ("v.json", "v.geojson", "v.fgb")):
            with Bench("interrupted", ROWS if names == ("v.csv",) else ROWS // 3) as b:
                process = b.caught(lambda _: _begun_writing(b, names[0]), "--force", prepare=lambda: _renew(b, names[:1]), names=names, findings=True)
                expect(process, f"{names}: no run was caught while it wrote")
                old = _old_ones(names[:1])
                process.send_signal(number)
                started = time.monotonic()
                go_on(process)
                run = ended(process)
                expect(run.status in (-number, 128 + number), f"{number.name}, {names}: {run}")
                expect(time.monotonic() - started < 60, f"{number.name}: it went on for {time.monotonic() - started:.0f} s")
                expect(not run.out and "fault" not in run.err and "terminate" not in run.err, f"{number.name}: {run}")
                b.holds(old)
                b.old_or_new(old, old)


def interrupted_at_any_moment():
    """From the first moment on, when nothing is open yet, to the last, when files go into their places."""
    with Bench("interrupted-any", ROWS // 2) as b:
        names = ("v.csv", "v.fgb")
        new = b.answer(names=names)
        lasts = Lasts(lambda: b.answer(names=names))
        stopped = 0
        for n in range(40):
            _renew(b)
            process = b.begin(names=names)
            lasts.wait(process, 1.05 * n / 39)
            process.send_signal(signal.SIGTERM if n % 2 else signal.SIGINT)
            run = ended(process)
            expect(run.status in (0, -signal.SIGINT, -signal.SIGTERM, 128 + signal.SIGINT, 128 + signal.SIGTERM), str(run))
            expect(not temporaries(b.out), f"after {n}/39 of a run: left behind: {b.left()}")
            b.old_or_new({}, new)
            stopped += run.status != 0
        expect(stopped >= 10, f"only {stopped} runs of 40 were interrupted in time")


def hang_up_that_is_ignored():
    """Under nohup a run goes on when the terminal closes."""
    needs_proc()
    with Bench("nohup", ROWS) as b:
        new = b.answer()
        process = b.caught(lambda _: _begun_writing(b, "v.csv"), prepare=lambda: _renew(b), before=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        expect(process, "no run was caught while it wrote")
        process.send_signal(signal.SIGHUP)
        go_on(process)
        run = ended(process)
        expect(run.status == 0, str(run))
        b.old_or_new({}, new)


def stopped_and_let_go_on():
    """Ctrl-Z and fg, and signals that mean nothing here: the same bytes."""
    needs_proc()
    with Bench("stopped", ROWS) as b:
        new = b.answer(names=("v.csv", "v.gpkg"))
        process = b.begin(names=("v.csv", "v.gpkg"))
        for _ in range(10):
            time.sleep(0.05)
            if process.poll() is None:
                process.send_signal(signal.SIGWINCH)
                process.send_signal(signal.SIGCHLD)
                stop(process)
                go_on(process)
        run = ended(process)
        expect(run.status == 0, str(run))
        b.old_or_new({}, new)
        b.holds(new)


# A browser that begins as a real one does, and then does not end: a helper of it goes on too.
_BROWSER = """#!/bin/sh
for word; do case $word in --user-data-dir=*) folder=${word#*=} ;; esac; done
mkdir -p "$folder/Default" && echo held >"$folder/Default/cookies"
[ -n "$TEST_ENDS" ] && exit 1
sleep 600 &
echo "$$ $!" >"$TEST_BEGAN.part" && mv "$TEST_BEGAN.part" "$TEST_BEGAN"
wait
"""


def _goes_on(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _printing(b, **more):
    """Words and surroundings of a run that prints a sheet by that browser."""
    browser = b.path / "chromium"
    browser.write_text(_BROWSER, encoding="ascii")
    browser.chmod(0o755)
    scratch = b.path / "tmp"
    scratch.mkdir(exist_ok=True)
    words = ["report", b.study, "--proposal", "25/00785/FUL", "--out", b.out / "sheet.pdf"]
    return words, scratch, {"CORDON_CHROMIUM": str(browser), "TMPDIR": str(scratch), "TEST_BEGAN": str(b.path / "began"), **more}


def interrupted_while_a_pdf_is_printed():
    """However the run ends, its browser, what the browser began and the folder it worked in are gone soon after."""
    needs_proc()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL):
        with Bench("printing", 0) as b:
            words, scratch, env = _printing(b)
            process = cordon_begun(words, b.path, env=env)
            expect(wait_until(process, (b.path / "began").exists), f"no browser was begun: {process.poll()}")
            began = [int(pid) for pid in (b.path / "began").read_text().split()]
            expect(list(scratch.iterdir()) and all(map(_goes_on, began)), "the browser is not under way")
            process.send_signal(number)
            run = ended(process)
            expect(run.status in (-number, 128 + number), f"{number.name}: {run}")
            until = time.monotonic() + 20
            while time.monotonic() < until and (list(scratch.iterdir()) or any(map(_goes_on, began))):
                time.sleep(0.02)
            left = [pid for pid in began if _goes_on(pid)]
            for pid in left:
                os.kill(pid, signal.SIGKILL)
            expect(not left, f"{number.name}: the browser goes on")
            expect(not list(scratch.iterdir()), f"{number.name}: left behind: {list(scratch.iterdir())}")
            b.holds([path.name for path in temporaries(b.out)] if number == signal.SIGKILL else [])


def a_browser_that_fails():
    """One line that says so, and nothing stays."""
    with Bench("browser-fails", 0) as b:
        words, scratch, env = _printing(b, TEST_ENDS="at once")
        b.fails(cordon(words, b.path, env=env), "made no PDF")
        expect(not list(scratch.iterdir()), f"left behind: {list(scratch.iterdir())}")
