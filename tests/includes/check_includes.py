#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Reads the #include lines of libgeo/ and tools/ against the stage table of the architecture.

usage: check_includes.py [ROOT]    (default: the repository this file is in)

Each folder of libgeo/ is a stage and may include what stands before it; each outside library is met in few
sources. Says each wrong line as `file:line: what`, and exits with 1 where there is one. First it checks itself:
that a bad tree is refused, and a good one is not.
"""

import re
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

# A stage may always include itself.
STAGES = {
    "base": [],
    "policy": ["base"],
    "geometry": ["base"],
    "sources": ["base", "geometry"],
    "layers": ["base", "geometry", "sources"],
    "assess": ["base", "geometry", "layers", "policy"],
    "coverage": ["base", "geometry", "sources", "layers", "policy", "assess"],
    "density": ["base", "geometry", "sources", "layers", "policy", "assess", "coverage"],
    "report": ["base", "geometry", "sources", "layers", "policy", "assess", "coverage", "density"],
}

# A library: the headers it is known by (a regular expression), and the files that may include them.
LIBRARIES = {
    "GDAL": (r"(gdal|ogr|cpl)[a-z_]*\.h", ["libgeo/sources/gdal_*", "tools/ostn15-grid/*"]),
    "PROJ": (r"proj(_[a-z_]+)?\.h|proj/.*", ["libgeo/geometry/crs.cpp", "tools/ostn15-grid/*"]),
    "GEOS": (r"geos_c\.h|geos/.*", ["libgeo/geometry/geos*"]),
    "toml++": (r"toml(\+\+/.*|\.hpp)", ["libgeo/base/toml_reader.cpp"]),
    "OpenSSL": (r"openssl/.*", ["libgeo/base/provenance.cpp", "tools/ostn15-grid/*"]),
    "zlib": (r"zlib\.h", ["libgeo/sources/inflate.cpp"]),
    "libosmium": (r"osmium/.*|protozero/.*", ["libgeo/sources/osm_ways.cpp"]),
    "pugixml": (r"pugi.*\.hpp", ["libgeo/sources/xml_table.cpp"]),
    "cairo": (r"cairo(-[a-z]+)?\.h|cairo/.*", ["libgeo/report/figure_cairo.cpp"]),
    "CLI11": (r"CLI/.*", ["tools/cordon/*"]),
    "oneTBB": (r"(oneapi/)?tbb/.*|tbb\.h", ["libgeo/base/*.cpp"]),
}

INCLUDE = re.compile(r"""^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)""")


def include_lines(path):
    """The (line number, quoted name, angled name) of each #include; one of the names is None."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found[1], found[2]


def stage_fault(file, included):
    """What is wrong with `file` including the repository's `included`, both from its top; None if nothing."""
    if file.startswith("tools/"):
        folder = file.rsplit("/", 1)[0] + "/"
        allowed = included.startswith(("libgeo/", folder))
        return None if allowed else "a tool includes libgeo and its own folder only"
    if not included.startswith("libgeo/"):
        return "written from the top of the repository it would start with libgeo/"
    if file.count("/") == 1:  # libgeo/geo.h and its source
        return None
    stage = file.split("/")[1]
    if stage not in STAGES:
        return f"{stage}/ is not in the stage table"
    if included.count("/") == 1:
        return f"{included} is the engine's front; no stage includes it"
    target = included.split("/")[1]
    if target != stage and target not in STAGES[stage]:
        return f"{stage} may not include {target}: only {', '.join(STAGES[stage]) or 'itself'}"
    return None


def library_fault(file, included):
    for library, (headers, files) in LIBRARIES.items():
        if re.fullmatch(headers, included) and not any(fnmatch(file, pattern) for pattern in files):
            return f"{library} is met in {', '.join(files)} only"
    return None


def faults(root):
    """Each wrong #include line as text, and the number of files read."""
    wrong, read = [], 0
    for path in sorted(p for top in ("libgeo", "tools") for p in (root / top).rglob("*") if p.suffix in (".h", ".cpp")):
        read += 1
        file = path.relative_to(root).as_posix()
        for number, quoted, angled in include_lines(path):
            fault = library_fault(file, quoted or angled) or (stage_fault(file, quoted) if quoted else None)
            if fault:
                wrong.append(f"{file}:{number}: #include {quoted or angled}: {fault}")
    return wrong, read


def self_test():
    """A tree of files, each with one include, and whether it is refused."""
    cases = [
        ("libgeo/base/dates.cpp", '"libgeo/base/dates.h"', False),
        ("libgeo/base/dates.h", '"libgeo/policy/policy.h"', True),
        ("libgeo/policy/policy.h", '"libgeo/geometry/shapes.h"', True),
        ("libgeo/geometry/geos.cpp", "<geos_c.h>", False),
        ("libgeo/geometry/shapes.cpp", "<geos_c.h>", True),
        ("libgeo/sources/gdal_reader.cpp", "<ogrsf_frmts.h>", False),
        ("libgeo/sources/gdal_reader.h", '"libgeo/layers/study.h"', True),
        ("libgeo/layers/study.cpp", "<gdal_priv.h>", True),
        ("libgeo/layers/study.h", '"libgeo/policy/policy.h"', True),
        ("libgeo/layers/places.cpp", '"places.h"', True),
        ("libgeo/assess/measures/distance.cpp", '"libgeo/layers/places.h"', False),
        ("libgeo/assess/assess.h", '"libgeo/coverage/zones.h"', True),
        ("libgeo/base/pipeline.cpp", "<tbb/parallel_pipeline.h>", False),
        ("libgeo/assess/assess.cpp", "<tbb/parallel_pipeline.h>", True),
        ("libgeo/base/pipeline.h", "<tbb/parallel_pipeline.h>", True),
        ("libgeo/coverage/zones.cpp", '"libgeo/geo.h"', True),
        ("libgeo/report/csv.cpp", '"libgeo/density/rates.h"', False),
        ("libgeo/report/csv.h", "<CLI/CLI.hpp>", True),
        ("libgeo/report/figure_cairo.cpp", "<cairo-pdf.h>", False),
        ("libgeo/report/figure.cpp", "<cairo.h>", True),
        ("libgeo/extras/odd.h", '"libgeo/base/dates.h"', True),
        ("libgeo/geo.h", '"libgeo/report/csv.h"', False),
        ("tools/cordon/main.cpp", '"libgeo/geo.h"', False),
        ("tools/cordon/check.cpp", "<CLI/CLI.hpp>", False),
        ("tools/cordon/zones.cpp", "<proj.h>", True),
    ]
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name, include, _ in cases:
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"#pragma once\n#include <vector>\n#include {include}\n", encoding="utf-8")
        refused = {line.split(":")[0] for line in faults(root)[0]}
    failed = [name for name, _, bad in cases if (name in refused) != bad]
    for name in failed:
        print(f"self-test: {name} was {'refused' if name in refused else 'not refused'}")
    return not failed


def main(arguments):
    if not self_test():
        return 1
    root = Path(arguments[0]) if arguments else Path(__file__).resolve().parents[2]
    wrong, read = faults(root)
    if not read:
        wrong.append(f"{root}: no sources below libgeo/ or tools/")
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
