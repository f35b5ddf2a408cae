# SPDX-License-Identifier: Apache-2.0
"""Inputs that change while they are read: they grow, are cut short, are replaced, go. The run is stopped at some moment, the file is changed, the run
goes on: it ends in an error that names the file, or with the answer that the undisturbed file has, provenance and all."""

import os
import re
import struct

from bench import Bench, bytes_read, ended, expect, go_on, has_open, needs_proc, sanitized

ROWS = 150_000
MOMENTS = (0.0, 0.1, 0.6, 1.3, 2.1, 2.8)  # bytes read since it was opened, in sizes of the file: it is read for its dates, for its rows and for its hash


def _grow(path):
    with open(path, "ab") as file:
        file.write(b'99/1,"Late Street",400000.0,300000.0,,sui generis (hot food takeaway),Officer Z\n')


def _grow_by_half_a_row(path):
    with open(path, "ab") as file:
        file.write(b'99/1,"Late')


def _cut_short(path):
    os.truncate(path, path.stat().st_size // 2)


def _empty(path):
    os.truncate(path, 0)


def _rewrite(path):
    """Other bytes, the same size."""
    content = path.read_bytes()
    with open(path, "r+b") as file:
        file.write(content.replace(b"4", b"5"))


def _replace(path):
    """As an editor or a copy over it does: another file under the name."""
    other = path.with_name("another")
    other.write_bytes(path.read_bytes().replace(b"400", b"401"))
    os.replace(other, path)


def _remove(path):
    path.unlink()


def _move_away(path):
    path.rename(path.with_name("moved"))


def _folder_in_its_place(path):
    path.unlink()
    path.mkdir()


CHANGES = (_grow, _grow_by_half_a_row, _cut_short, _empty, _rewrite, _replace, _remove, _move_away, _folder_in_its_place)


class _Moment:
    """Calls hold from the moment on at which so many bytes were read since the run opened the file. What is done to a file before it is opened is
    nobody's business: the run then reads another file, and rightly so."""

    def __init__(self, path, sizes):
        self.path, self.bytes = path, sizes * path.stat().st_size
        self.process, self.opened_at = None, None

    def __call__(self, process):
        if process is not self.process:
            self.process, self.opened_at = process, None
        if self.opened_at is None:
            if not has_open(process, self.path):
                return False
            self.opened_at = bytes_read(process)
        return bytes_read(process) >= self.opened_at + self.bytes


def _disturb(b, path, change, moment, new, names):
    """One run with one change; False when no run came to its moment in time."""
    process = b.caught(_Moment(path, moment), "--threads", "2", tries=4, prepare=lambda: _clear(b), names=names)
    if process is None:
        return False
    change(path)
    go_on(process)
    run = ended(process)
    what = f"{change.__name__[1:]} at {moment}"
    if run.status == 0:
        for name, content in new.items():
            expect((b.out / name).read_bytes() == content, f"{what}: finished, and {name} is not the answer of the file as it was")
        return True
    expect(run.status == 3, f"{what}: {run}")
    expect(re.fullmatch(r"cordon: [^\n]+\n", run.err) and path.stem in run.err, f"{what}: the message: {run.err[:500]!r}")
    expect(re.search("while it was read|no such file|gone|vanished", run.err), f"{what}: the message does not say that the file changed: {run.err}")
    expect(str(path) not in run.err, f"{what}: the file is not named as the study names it: {run.err}")
    expect(not b.left(), f"{what}: left behind: {b.left()}")
    return True


def _clear(b):
    for path in b.out.iterdir():
        path.unlink()


def _each_change_at_each_moment(b, path, changes, moments, names=("v.csv", "v.json")):
    needs_proc()
    if sanitized():
        moments = moments[1::2]  # each run takes ten times as long
    new = b.answer(names=names)
    home = path.parent
    kept = {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in home.iterdir() if p.stem == path.stem}
    for change in changes:
        reached = 0
        for moment in moments:
            _clear(b)
            reached += _disturb(b, path, change, moment, new, names)
            for name in ("another", "moved"):
                (home / name).unlink(missing_ok=True)
            if path.is_dir():
                path.rmdir()
            for name, (content, time) in kept.items():
                (home / name).write_bytes(content)
                os.utime(home / name, ns=(time, time))
        expect(reached >= min(2, len(moments)), f"{change.__name__[1:]}: it came in time at {reached} of {len(moments)} moments only")


def proposals_that_change():
    with Bench("changing", ROWS) as b:
        _each_change_at_each_moment(b, b.study.parent / "applications.csv", CHANGES, MOMENTS)


def places_that_change():
    """Loaded whole: a layer of places large enough to be caught in the middle."""
    with Bench("places", 2000) as b:
        path = b.study.parent / "parks.csv"
        head, *rows = path.read_text().splitlines()
        many = [row.replace("P0", f"P{n}-0", 1).replace("G0", f"G{n}-0", 1) for n in range(2000) for row in rows]
        path.write_text("\n".join([head, *many]) + "\n")
        b.before = b.inputs()
        _each_change_at_each_moment(b, path, CHANGES, (0.2, 0.7, 1.1, 1.6), names=("v.csv",))


def _point_shapefile(home, count):
    """applications.shp: as many points as told, byte by byte."""
    head = struct.pack("<2i8d", 1000, 1, 400000, 300000, 411000, 311000, 0, 0, 0, 0)
    body = b"".join(struct.pack(">2i", i + 1, 10) + struct.pack("<i2d", 1, 400000 + i % 280 * 40, 300000 + i // 280 % 280 * 40) for i in range(count))
    index = b"".join(struct.pack(">2i", 50 + 14 * i, 10) for i in range(count))
    (home / "applications.shp").write_bytes(struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(body) // 2) + head + body)
    (home / "applications.shx").write_bytes(struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(index) // 2) + head + index)
    fields = [("ref", 12), ("use", 30)]
    table = struct.pack("<4BIHH20x", 3, 124, 1, 1, count, 33 + 32 * len(fields), 1 + sum(w for _, w in fields))
    table += b"".join(struct.pack("<11sc4xBB14x", name.encode(), b"C", width, 0) for name, width in fields) + b"\r"
    table += b"".join(b" " + f"24/{i:06d}".encode().ljust(12) + b"sui generis (hot food takeaway)"[:30].ljust(30) for i in range(count)) + b"\x1a"
    (home / "applications.dbf").write_bytes(table)
    (home / "applications.cpg").write_bytes(b"UTF-8")


def _shapefile_bench(b):
    _point_shapefile(b.study.parent, 120_000)
    (b.study.parent / "applications.csv").unlink()
    text = b.study.read_text()
    text = text[:text.index("[layers.applications]")]
    b.study.write_text(text + '[layers.applications]\nkind = "proposals"\nfile = "applications.shp"\ncrs = "EPSG:27700"\nuse = "hot-food-takeaway"\n'
                              'columns = { reference = "ref" }\naccuracy = "0 m"\n')
    b.before = b.inputs()
    return b.study.parent / "applications.shp"


def shapefile_that_changes():
    """What GDAL reads by itself: the same, for the file and for those beside it."""
    with Bench("shape", 10) as b:
        path = _shapefile_bench(b)
        for part in (path, path.with_suffix(".dbf")):
            _each_change_at_each_moment(b, part, (_cut_short, _rewrite, _replace, _remove), (0.5, 1.2, 2.0), names=("v.csv",))


def study_and_policy_that_change():
    """They are read at the beginning; what becomes of them later changes nothing."""
    needs_proc()
    with Bench("late", ROWS) as b:
        new = b.answer()
        for name in ("study.toml", "policy.toml"):
            text = (b.study.parent / name).read_text()
            process = b.caught(lambda _: any(p.name.startswith(".v.csv") and p.stat().st_size > 0 for p in b.out.iterdir()), prepare=lambda: _clear(b))
            expect(process, "no run was caught while it wrote")
            (b.study.parent / name).write_text("nothing = [")
            go_on(process)
            run = ended(process)
            (b.study.parent / name).write_text(text)
            expect(run.status == 0, f"{name}: {run}")
            b.old_or_new({}, new)
