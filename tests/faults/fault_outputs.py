# SPDX-License-Identifier: Apache-2.0
"""Outputs that cannot be written: full disks, folders that refuse, files that exist, pipes that close."""

import os
import re
import shutil
import subprocess
from contextlib import contextmanager

from bench import FORMS, Bench, Folder, Skip, as_nobody, cordon, cordon_begun, ended, expect, go_on, needs_proc, program, temporaries

NO_SPACE = "(?i)no space left|disk is full|disk full|cannot be written"


@contextmanager
def _mounted(folder, *options):
    """A file system of its own: needs root, and a machine that lets root do it."""
    folder.mkdir()
    if os.geteuid() != 0 or shutil.which("mount") is None:
        raise Skip("only root can mount a small file system")
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "cordon-test", str(folder)], stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        raise Skip(f"a file system cannot be mounted here: {done.stderr.decode().strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=False)


def disk_full():
    """Each form, on disks that fill at once, soon and late; alone, and over an old file with --force."""
    with Bench("full", 3000) as b:
        whole = {name: sum(len(c) for c in b.answer(names=(name,)).values()) for name in FORMS}
        for name in FORMS:
            for share in (0.02, 0.3, 0.9):
                size = max(4096, int(whole[name] * share) // 4096 * 4096)
                with _mounted(b.path / "small", f"size={size}") as small:
                    b.fails(b.run(names=(name,), out=small), NO_SPACE, folder=small)
                    (small / name).write_text("old\n")
                    run = b.run("--force", names=(name,), out=small)
                    b.fails(run, NO_SPACE, left=(name,), folder=small)
                    expect("/v." in run.err, f"the message does not name the file: {run.err}")
                    expect((small / name).read_text() == "old\n", f"the old {name} is not what it was")
                (b.path / "small").rmdir()


def disk_full_of_names():
    """No file can be made at all."""
    with Bench("inodes") as b, _mounted(b.path / "small", "size=64k", "nr_inodes=1") as small:
        b.fails(b.run(out=small), NO_SPACE, folder=small)


def one_of_several_disks_full():
    """Two outputs, one of which cannot be written: neither is put in its place."""
    with Bench("one-full", 3000) as b, _mounted(b.path / "small", "size=64k") as small:
        for good, bad in (("v.csv", "w.json"), ("v.gpkg", "w.csv"), ("v.json", "w.gpkg"), ("v.csv", "w.fgb")):
            run = cordon(["check", b.study, "--out", b.out / good, "--out", small / bad], b.path)
            b.fails(run, NO_SPACE)
            b.holds((), small)


def full_device():
    with Bench("dev-full") as b:
        run = cordon(["check", b.study, "--out", "/dev/full"], b.path)
        b.fails(run, "/dev/full: No space left on device")
        run = cordon(["check", b.study, "--out", "/dev/full", "--out", b.out / "v.csv"], b.path)
        b.fails(run, "/dev/full: No space left on device")
        with open("/dev/full", "wb") as full:
            for words in (["check", b.study], ["check", b.study, "--out", "/dev/stdout"], ["check", b.study, "--out", "/dev/fd/1"], ["inspect", b.study], ["policies"], ["--version"], ["--help"], ["check", "--help"]):
                run = cordon(words, b.path, stdout=full)
                expect(run.status == 3 and "No space left on device" in run.err, f"{words}: {run}")
        b.holds(())


def full_standard_error():
    """Nobody can be told, and the exit status still tells."""
    with Bench("dev-full-2") as b, open("/dev/full", "wb") as full:
        done = subprocess.run([program(), "check", str(b.path / "none.toml")], stdout=subprocess.PIPE, stderr=full, check=False)
        expect(done.returncode == 2 and not done.stdout, f"status {done.returncode}")


def folder_that_refuses():
    """Read-only for the user: said at once, by name, and an old file stays what it was even with --force."""
    with Bench("read-only") as b:
        prefix = as_nobody()
        os.chmod(b.path, 0o755)
        (b.out / "v.csv").write_text("old\n")
        os.chmod(b.out, 0o555)
        for name in FORMS:
            left = ("v.csv",)
            run = b.run("--force", names=(name,), prefix=prefix)
            b.fails(run, f"{name}: its folder is not writable: Permission denied", left=left)
        expect((b.out / "v.csv").read_text() == "old\n", "the old file was changed")


def file_system_that_refuses():
    with Bench("read-only-disk") as b, _mounted(b.path / "small", "ro") as small:
        b.fails(b.run(out=small), "v.csv: its folder is not writable: Read-only file system", folder=small)


def folder_that_is_not_there():
    with Bench("no-folder") as b:
        b.fails(b.run(out=b.out / "none"), "v.csv: its folder does not exist")
        (b.out / "file").write_text("")
        b.fails(b.run(out=b.out / "file"), "(?i)v.csv: .*(does not exist|not a directory)", left=("file",))


def name_too_long():
    with Bench("long-name") as b:
        b.fails(b.run(names=("v" * 300 + ".csv",)), "(?i)name too long")


def longest_name_that_goes():
    """A name of 255 bytes is a name, though the temporary one beside it would be longer."""
    name = "v" * 251 + ".csv"
    with Bench("longest-name") as b:
        run = b.run(names=(name,))
        if run.status == 3:
            b.fails(run, "(?i)name too long")
        else:
            expect(run.status == 0 and (b.out / name).exists(), str(run))
        name = "v" * 200 + ".csv"
        run = b.run(names=(name,))
        expect(run.status == 0 and (b.out / name).exists(), str(run))


def file_that_exists():
    """Without --force: refused before any long work (the study is broken, and that is not said), by each option; the file is what it was."""
    with Bench("exists") as b:
        for name in FORMS:
            (b.out / name).write_text("old\n")
            run = b.run(names=(name,))
            expect(run.status == 2 and "exists already; `--force` replaces it" in run.err and name in run.err, str(run))
            expect((b.out / name).read_text() == "old\n", f"{name} was changed")
        for option in ("--findings", "--places"):
            run = cordon(["check", b.study, option, b.out / "v.csv"], b.path)
            expect(run.status == 2 and "exists already" in run.err, str(run))
        b.holds(FORMS)


def _clear(b):
    for path in b.out.iterdir():
        path.unlink()


def file_that_comes_into_being_meanwhile():
    """Nobody's file is overwritten without --force, not even one that was not there when the run began."""
    needs_proc()
    with Bench("meanwhile", 100_000) as b:
        process = b.caught(lambda _: temporaries(b.out), prepare=lambda: _clear(b))
        expect(process, "no run was caught while it wrote")
        (b.out / "v.csv").write_text("another's\n")
        go_on(process)
        run = ended(process)
        left = set(b.left())
        expect(run.status in (2, 3) and "v.csv" in run.err and "exists" in run.err, str(run))
        expect((b.out / "v.csv").read_text() == "another's\n", "another's file was overwritten")
        expect(left == {"v.csv"}, f"left behind: {left}")


def folder_that_goes_meanwhile():
    needs_proc()
    with Bench("gone", 100_000) as b:
        process = b.caught(lambda _: temporaries(b.out), prepare=lambda: _clear(b))
        expect(process, "no run was caught while it wrote")
        shutil.rmtree(b.out)
        go_on(process)
        run = ended(process)
        # The rows or the provenance beside them, whichever was under way.
        expect(run.status == 3 and re.search(r"/out/v\.(csv|provenance\.json): ", run.err) and run.err.count("\n") == 1, str(run))


def two_runs_at_once():
    """Both into one place: without --force one of them wins; with it the file is whole, whoever was last."""
    with Bench("two", 20_000) as b:
        new = b.answer()
        for words in ((), ("--force",)):
            runs = [ended(process) for process in [b.begin(*words) for _ in range(3)]]
            statuses = sorted(run.status for run in runs)
            expect(0 in statuses and set(statuses) <= ({0} if words else {0, 2, 3}), f"statuses {statuses}: {[r.err for r in runs]}")
            b.old_or_new({}, new)
            b.holds(("v.csv", "v.provenance.json"))


def _closed_after(words, cwd, read):
    """The reader takes `read` bytes and goes."""
    process = cordon_begun(words, cwd)
    if read:
        process.stdout.read(read)
    process.stdout.close()
    process.stdout = None
    return ended(process)


def reader_that_goes():
    """`| head -1`: the end of the run, and a quiet one: no message, no crash."""
    with Bench("head", 30_000) as b:
        for words in (["check", b.study, "--out", "/dev/stdout"], ["check", b.study, "--findings", "/dev/stdout"], ["check", b.study, "--out", "/dev/fd/1"]):
            for read in (0, 100, 300_000):
                run = _closed_after(words, b.path, read)
                expect(run.status == 3 and not run.err, f"{words[2:]} after {read} bytes: {run}")
        for words in (["check", b.study], ["inspect", b.study], ["policies"], ["--help"], ["--version"]):
            run = _closed_after(words, b.path, 0)
            expect(run.status in (0, 3) and not run.err, f"{words}: {run}")
        b.holds(())


def reader_that_goes_while_files_are_written():
    """The files are not written then, and that is said."""
    with Bench("head-files", 30_000) as b:
        run = _closed_after(["check", b.study, "--out", "/dev/stdout", "--out", b.out / "v.csv"], b.path, 100)
        expect(run.status == 3 and "/dev/stdout: Broken pipe" in run.err, str(run))
        b.holds(())


def reader_that_is_slow():
    """A pipe that is read a little at a time gets everything."""
    with Bench("slow", 20_000) as b:
        whole = b.answer()["v.csv"]
        process = cordon_begun(["check", b.study, "--out", "/dev/stdout"], b.path)
        got = b""
        while piece := process.stdout.read1(7001):
            got += piece
        process.stdout = None
        run = ended(process)
        expect(run.status == 0 and got == whole, f"{run}: {len(got)} bytes of {len(whole)}")


def pipe_by_name():
    with Bench("fifo", 20_000) as b:
        whole = b.answer()["v.csv"]
        fifo = b.out / "pipe"
        os.mkfifo(fifo)
        process = cordon_begun(["check", b.study, "--out", fifo], b.path)
        with open(fifo, "rb") as file:
            got = file.read()
        run = ended(process)
        expect(run.status == 0 and got == whole, f"{run}: {len(got)} bytes of {len(whole)}")
        b.holds(("pipe",))


def standard_output_closed():
    """`>&-`: an error, not an answer that goes nowhere; and no file of ours gets its number."""
    with Bench("closed") as b:
        for words in (["check", b.study], ["check", b.study, "--out", "/dev/stdout"]):
            done = subprocess.run([program(), *map(str, words)], preexec_fn=lambda: os.close(1), stderr=subprocess.PIPE, cwd=b.path, check=False)
            expect(done.returncode == 3 and (b"standard output" in done.stderr or b"/dev/stdout" in done.stderr), f"status {done.returncode}: {done.stderr}")
        b.holds(())


def standard_output_appended_to():
    """`>> file`: what the file holds stays; so it does where the file is given by its number."""
    with Bench("append") as b:
        whole = b.answer()["v.csv"]
        log = b.path / "log"
        for name in ("/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"):
            log.write_text("what was there\n")
            with open(log, "ab") as file:
                run = cordon(["check", b.study, "--out", name], b.path, stdout=file)
            expect(run.status == 0 and log.read_bytes() == b"what was there\n" + whole, f"{name}: {run}; the file begins with {log.read_bytes()[:60]}")
        b.holds(())


def device_folder_is_a_folder():
    """/dev/shm/v.json is a file like any other: JSON, put in place whole."""
    if not os.path.isdir("/dev/shm") or not os.access("/dev/shm", os.W_OK):
        raise Skip("no /dev/shm here")
    with Bench("shm") as b, Folder("shm", "/dev/shm") as shm:
        new = b.answer(names=("v.json", "v.csv"))
        run = b.run(names=("v.json", "v.csv"), out=shm)
        expect(run.status == 0, str(run))
        expect({p.name: p.read_bytes() for p in shm.iterdir()} == new, f"in /dev/shm: {b.left(shm)}")
