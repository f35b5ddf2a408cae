# SPDX-License-Identifier: Apache-2.0
"""Outputs in odd places, odd options, odd surroundings."""

import os
import resource
import subprocess
from pathlib import Path

from harness import Skip, as_nobody, expect, program, sanitized
from world import OUTLETS, SCHOOLS, again, base, base_answer, same_answer

FILES = ("v.csv", "v.json", "v.geojson", "f.csv", "v.provenance.json", "f.provenance.json")


def _bytes_of(bench):
    return {name: (bench.folder / name).read_bytes() for name in FILES}


# ---- outputs

def output_that_is_an_input(bench):
    """By its name, by another spelling, by a link: refused with --force too, and the input stays."""
    base(bench)
    os.symlink("schools.csv", bench.folder / "report-link.csv")
    os.link(bench.folder / "schools.csv", bench.folder / "report-hard.csv")
    (bench.folder / "sub").mkdir()
    for name in ("schools.csv", "sub/../schools.csv", "outlets.csv", "report-link.csv", "report-hard.csv", "areas.csv"):
        for option in ("--out", "--findings", "--places"):
            bench.fails("(?i)reads this file|exists", option, str(bench.folder / name), "--force", files=(), status=None)
    expect((bench.folder / "schools.csv").read_text(encoding="utf-8") == SCHOOLS, "the input is what it was")


def output_that_is_a_policy_of_the_command_line(bench):
    base(bench)
    bench.write_study()
    bench.write("other.csv", bench.policy_text)
    text = bench.policy_text
    run = bench.call_study("--policy", str(bench.folder / "other.csv"), "--out", str(bench.folder / "other.csv"), "--force")
    expect(run.status == 2 and "reads this file" in run.err, f"status {run.status} {run.err}")
    expect((bench.folder / "other.csv").read_text(encoding="utf-8") == text, "the policy is overwritten")


def output_that_exists(bench):
    base(bench)
    bench.write("report.csv", "mine\n")
    run = bench.fails("--force", "--out", str(bench.folder / "report.csv"), files=())
    expect((bench.folder / "report.csv").read_text() == "mine\n", "the file is what it was")
    run = bench.finishes("--out", str(bench.folder / "report.csv"), "--force", files=())
    expect((bench.folder / "report.csv").read_text(encoding="utf-8").startswith("reference,"), run.err)
    bench.write("report.provenance.json", "mine\n")
    (bench.folder / "report.csv").unlink()
    bench.fails("provenance", "--out", str(bench.folder / "report.csv"), files=())
    expect((bench.folder / "report.provenance.json").read_text() == "mine\n", "the file is what it was")


def output_kept_when_the_run_fails(bench):
    """--force replaces a file only by a whole one."""
    base(bench)
    bench.write("report.csv", "mine\n")
    bench.write("schools.csv", SCHOOLS.replace("Beech", '"Beech'))
    run = bench.call_study("--out", str(bench.folder / "report.csv"), "--force")
    expect(run.status == 3, f"status {run.status}")
    expect((bench.folder / "report.csv").read_text() == "mine\n", "the old file is gone though the new one failed")


def output_that_is_a_folder(bench):
    base(bench)
    (bench.folder / "report.csv").mkdir()
    bench.fails("(?i)directory|folder", "--out", str(bench.folder / "report.csv"), files=())
    bench.fails("(?i)directory|folder", "--out", str(bench.folder / "report.csv"), "--force", files=())


def output_twice(bench):
    base(bench)
    path = bench.folder / "report.csv"
    bench.fails("twice", "--out", str(path), "--out", str(path), files=(), status=2)
    bench.fails("twice", "--out", str(path), "--findings", str(bench.folder / "." / "report.csv"), files=(), status=2)
    (bench.folder / "sub").mkdir()
    bench.fails("twice", "--out", str(path), "--places", str(bench.folder) + "/sub/../report.csv", files=(), status=2)


def output_of_no_form(bench):
    base(bench)
    for name in ("report.xlsx", "report", "report.CSV.exe", ".csv/", "report.", "report.tsv"):
        bench.fails("(?i)csv|ending|directory|folder", "--out", str(bench.folder / name), files=())
    bench.fails("(?i)csv", "--findings", str(bench.folder / "report.json"), files=(), status=2)


def output_that_is_a_link_to_nowhere(bench):
    base(bench)
    os.symlink("nowhere.csv", bench.folder / "report.csv")
    run = bench.run("--out", str(bench.folder / "report.csv"), files=())
    expect(run.status in (0, 2, 3), run.err)
    if run.status == 0:
        expect((bench.folder / "report.csv").exists(), "an answer that cannot be found")


def output_name_with_odd_letters(bench):
    base(bench)
    name = "report \u202e\x1b[31m é\n.csv"
    run = bench.run("--out", str(bench.folder / name), files=())
    expect(run.status == 0 and (bench.folder / name).exists(), run.err)
    again_run = bench.fails("(?i)exists", "--out", str(bench.folder / name), files=())
    expect("\x1b" not in again_run.err, "the name is escaped in the message")


def output_to_a_closed_pipe(bench):
    """`| head`: an error or a quiet end, never a crash, and no file stays half."""
    base(bench)
    bench.write_study()
    read_end, write_end = os.pipe()
    os.close(read_end)
    run = bench.call_study("--out", "/dev/stdout", stdout=write_end)
    os.close(write_end)
    expect(run.status in (0, 3), f"status {run.status} {run.err}")


def output_without_standard_streams(bench):
    """Standard output and error closed: no file of ours may be opened in their place."""
    base(bench)
    path = bench.folder / "report.csv"

    def close():
        os.close(1)
        os.close(2)
    bench.write_study()
    run = bench.call(["check", str(bench.folder / "study.toml"), "--out", str(path)], before=close)
    expect(run.status in (0, 3), f"status {run.status}")
    if run.status == 0:
        expect(path.read_text(encoding="utf-8").count("\n") == 7, "the report is whole, and nothing else is in it")


def output_on_standard_output(bench):
    base(bench)
    run = bench.finishes("--out", "/dev/stdout", files=())
    expect(run.out.startswith("reference,") and run.out.count("\n") == 7, run.out[:300])


# ---- options

def threads_that_are_none(bench):
    base(bench)
    for number in ("0", "-1", "abc", "1.5", "99999999999999999999", "", " 2", "1e3"):
        run = bench.run("--threads", number, rules=False)
        if number == "":
            continue  # an empty option is an option not given, or an error: both are right
        expect(run.status == 2 and "--threads" in run.err, f"--threads {number!r}: status {run.status} {run.err}")


def threads_by_the_thousand(bench):
    base(bench)
    same_answer(bench, "--threads", "1000")
    one = _bytes_of(bench)
    same_answer(bench, "--threads", "1")
    expect(_bytes_of(bench) == one, "the number of threads changes a byte")


def options_that_are_none(bench):
    base(bench)
    for words, pattern in ((["--oot", "x.csv"], "--oot.*--out"), (["--tie", "400"], "--tie"), (["--tie", "nan m"], "--tie"), (["--tie", "-1 mm"], "--tie"), (["--on", "yesterday"], "--on"),
                           (["--grids", "/nonexistent"], "(?i)grids"), (["--at", "nowhere at all"], "(?i)at"), (["--at", "nan,nan"], "(?i)at|place"), (["--at", "0,0", "--out", "x.csv"], "--at"),
                           (["second.toml"], "second"), (["--at", "1e300,1e300"], "(?i)outside|at"), (["--at", "uprn:1"], "(?i)look-up|uprn"), (["--at", "SW2 1RW"], "(?i)look-up|postcode")):
        bench.fails(pattern, *words, files=())
    for words in (["chek", "study.toml"], ["check"], ["check", "--threads"], []):
        run = bench.call(words)
        expect(run.status == 2, f"{words}: status {run.status} {run.err}")


# ---- surroundings

def locales(bench):
    base(bench)
    same_answer(bench)
    plain = _bytes_of(bench)
    for locale in ("C", "de_DE.UTF-8", "tr_TR.UTF-8", "fr_FR", "rubbish"):
        for variable in ("LC_ALL", "LANG"):
            again(bench)
            same_answer(bench, env={variable: locale, "LC_NUMERIC": locale})
            expect(_bytes_of(bench) == plain, f"{variable}={locale} changes a byte")


def time_zones(bench):
    base(bench)
    same_answer(bench)
    plain = _bytes_of(bench)
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago", "rubbish", ":/etc/passwd", ""):
        same_answer(bench, env={"TZ": zone})
        expect(_bytes_of(bench) == plain, f"TZ={zone} changes a byte")


def variables_of_libraries(bench):
    """What would change GDAL's and PROJ's answers changes nothing here."""
    base(bench)
    same_answer(bench)
    plain = _bytes_of(bench)
    for variables in ({"GDAL_DATA": "/nonexistent", "PROJ_LIB": "/nonexistent", "PROJ_DATA": "/nonexistent"}, {"OGR_GEOMETRY_ACCEPT_UNCLOSED_RING": "NO", "OGR_ENABLE_PARTIAL_REPROJECTION": "YES"},
                      {"GDAL_DRIVER_PATH": "/tmp", "GDAL_SKIP": "GeoJSON GPKG", "OGR_SKIP": "GeoJSON"}, {"CPL_DEBUG": "ON", "CPL_LOG": str(bench.folder / "log.txt")},
                      {"PROJ_NETWORK": "ON", "PROJ_DEBUG": "3"}, {"HOME": "/nonexistent", "TMPDIR": "/nonexistent"}, {"MALLOC_PERTURB_": "77"}, {"OMP_NUM_THREADS": "0", "TBB_NUM_THREADS": "0"}):
        run = same_answer(bench, env=variables)
        expect(_bytes_of(bench) == plain, f"{variables} change a byte")
        expect("DEBUG" not in run.err and "GDAL:" not in run.err, run.err)


def working_folder_gone(bench):
    base(bench)
    gone = bench.folder / "gone"
    gone.mkdir()
    same_answer(bench)
    plain = _bytes_of(bench)
    same_answer(bench, cwd=gone, before=lambda: os.rmdir(gone))
    expect(_bytes_of(bench) == plain, "the working folder changes a byte")


def working_folders(bench):
    base(bench)
    same_answer(bench)
    plain = _bytes_of(bench)
    same_answer(bench, cwd="/")
    expect(_bytes_of(bench) == plain, "the working folder changes a byte")


def file_without_permission(bench):
    base(bench)
    bench.write_study()
    for path in [bench.folder, *bench.folder.rglob("*")]:
        os.chmod(path, 0o777 if path.is_dir() else 0o644)
    prefix = as_nobody()
    if prefix and subprocess.run([*prefix, "test", "-x", program()], check=False).returncode != 0:
        raise Skip("an unprivileged user cannot reach the program")
    for name in ("schools.csv", "policy.toml", "study.toml"):
        os.chmod(bench.folder / name, 0o000)
        run = bench.call(["check", str(bench.folder / "study.toml")], prefix=prefix)
        run.hold_rules()
        expect(run.status in (2, 3) and name in run.err, f"{name}: status {run.status} {run.err}")
        expect("ermission" in run.err or "read" in run.err, run.err)
        os.chmod(bench.folder / name, 0o644)


def few_open_files(bench):
    """Too few files may be open: an error that says so, no crash."""
    base(bench)
    bench.write_study()
    for limit in (8, 12, 20):
        run = bench.call_study(before=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit)))
        expect(run.status in (0, 2, 3), f"{limit} open files: status {run.status} {run.err}")


def little_memory(bench):
    """Not enough memory: said in one line with status 3, no crash, nothing written."""
    if sanitized():
        raise Skip("a sanitizer needs more")
    base(bench)
    rows = "".join(f"X{i},School {i},{430000 + i % 1000}.5,{310000 + i // 1000}.5,Open,1971-09-01,\n" for i in range(400_000))
    bench.write("schools.csv", SCHOOLS + rows)
    bench.write_study()
    path = Path(bench.folder / "report.csv")
    for megabytes in (120, 200, 300):
        size = megabytes << 20
        run = bench.call(["check", str(bench.folder / "study.toml"), "--out", str(path), "--threads", "2", "--force"],
                         before=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size)))
        expect(run.status in (0, 3, 127), f"{megabytes} MiB: status {run.status} {run.err[:300]}")
        if run.status == 3:
            expect(not path.exists(), "an error, and yet a report")
            expect(any(word in run.err for word in ("memory", "thread", "Resource")), run.err)  # what ran out first


def file_size_limit(bench):
    """A quota on the size of files: as a full disk."""
    base(bench)
    rows = "".join(f"Y{i},Shop {i},430300.0,{300000 + i}.0,2021-05-17\n" for i in range(2000))
    bench.write("outlets.csv", OUTLETS + rows)
    bench.write_study()
    run = bench.call(["check", str(bench.folder / "study.toml"), "--out", str(bench.folder / "report.csv")],
                     before=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)))
    expect(run.status == 3 and not (bench.folder / "report.csv").exists(), f"status {run.status} {run.err}")
    left = [p.name for p in bench.folder.iterdir() if p.name.startswith(".") or "tmp" in p.name]
    expect(not left, f"left behind: {left}")


def base_answer_on_a_terminal(bench):
    base(bench)
    run = bench.finishes(files=())
    expect("O-001" in run.out and "breach" in run.out, run.out)
    base_answer(bench.finishes())
