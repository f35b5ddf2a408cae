# SPDX-License-Identifier: Apache-2.0
"""A study on a lattice: many rows, many batches, and as many ties as can be.

Schools and parks stand on corners of a 1 km lattice, some twice under two ids, some as points and some as squares; proposals stand on a
40 m lattice, so that thousands have two to four nearest places at one distance, and thousands are at exactly 400 m. Some rows are doubtful, some
references have several sites. Everything comes from whole numbers: no random numbers, the same text everywhere."""

POLICY = """[policy]
id = "lattice"
title = "Lattice"
authority = "Nowhere"
kind = "spd"
status = "adopted"
source = "none"
in-force = { from = 2010-01-01 }
applies-to = ["hot-food-takeaway"]

[[rule]]
id = "L1"
cite = "L1"
distance = { to = ["schools", "parks"], from = "boundary" }
breach = "<= 400 m"
unless = { inside = ["centres"] }
outcome = "refuse"

[[rule]]
id = "L2"
cite = "L2"
distance = { to = [{ layer = "schools", kinds = ["secondary"] }], from = "boundary" }
breach = "< 200 m"
outcome = "consult"
"""

STUDY = """[study]
title = "Lattice"
crs = "EPSG:27700"
area = { layer = "borough" }
as-at = 2024-06-01
policies = ["policy.toml"]

[layers.schools]
kind = "places"
file = "schools.csv"
crs = "EPSG:27700"
columns = { id = "id", name = "name", wkt = "wkt", kind = "phase", opened = "opened", closed = "closed", state = "state" }
site-radius = "0 m"
accuracy = "0 m"

[layers.parks]
kind = "places"
file = "parks.csv"
crs = "EPSG:27700"
columns = { id = "id", name = "name", wkt = "wkt" }
accuracy = "0 m"

[layers.centres]
kind = "areas"
file = "centres.csv"
crs = "EPSG:27700"
columns = { code = "code", name = "name", wkt = "wkt" }
accuracy = "0 m"

[layers.borough]
kind = "areas"
file = "borough.csv"
crs = "EPSG:27700"
columns = { code = "code", name = "name", wkt = "wkt" }

[layers.applications]
kind = "proposals"
file = "applications.csv"
crs = "EPSG:27700"
columns = { reference = "ref", name = "address", x = "x", y = "y", decided = "decided", use = "use" }
keep = ["officer"]
accuracy = "0 m"
"""

WEST, SOUTH = 400_000, 300_000
STEP = 1000


def square(x, y, half):
    ring = [(x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half), (x - half, y - half)]
    return "POLYGON ((" + ", ".join(f"{a} {b}" for a, b in ring) + "))"


def schools():
    """Rows under a header: on every corner whose column and row are both even; each seventh twice, each third as a square."""
    rows, n = [], 0
    for j in range(0, 12, 2):
        for i in range(0, 12, 2):
            x, y = WEST + i * STEP, SOUTH + j * STEP
            wkt = square(x, y, 50) if n % 3 == 0 else f"POINT ({x} {y})"
            phase = ("Secondary", "Primary", "")[n % 3 if n % 5 else 2]
            closed = "2020-07-31" if n % 11 == 4 else ""
            state = "Closed" if closed else "Open"
            rows.append(f'S{n:03d},School {n},"{wkt}",{phase},1990-09-01,{closed},{state}')
            if n % 7 == 3:
                rows.append(f'A{n:03d},Annexe {n},"{wkt}",{phase},1990-09-01,{closed},{state}')
            n += 1
    return ["id,name,wkt,phase,opened,closed,state", *rows]


def parks():
    rows, n = [], 0
    for j in range(1, 12, 2):
        for i in range(1, 12, 2):
            x, y = WEST + i * STEP, SOUTH + j * STEP
            rows.append(f'P{n:03d},Park {n},"{square(x, y, 60)}"')
            if n % 9 == 2:  # the same ground under another id: a tie wherever it is the nearest
                rows.append(f'G{n:03d},Green {n},"{square(x, y, 60)}"')
            n += 1
    return ["id,name,wkt", *rows]


def proposals(count):
    """Every third on a corner's own line, so that distances are round; each 997th cannot be located; each 500th has a second site."""
    rows, across = [], 280
    for n in range(count):
        x, y = WEST - 80 + (n % across) * 40, SOUTH - 80 + (n // across % across) * 40
        if n % 3 == 0:
            x = WEST + (n // 3 % 23) * 500
        proposal = n - 1 if n % 500 == 17 else n
        decided = ("2019-03-01", "2021-05-17", "2024-01-02", "")[proposal % 4]
        use = "E(b)" if proposal % 29 == 5 else "sui generis (hot food takeaway)"
        at = ("", "") if n % 997 == 500 else (f"{x}.0", f"{y}.0")
        rows.append(f'24/{proposal:06d},"{n} Long Street, Nowhere",{at[0]},{at[1]},{decided},{use},Officer {chr(65 + n % 26)}')
    return ["ref,address,x,y,decided,use,officer", *rows]


def write(folder, count):
    """The study in `folder`; gives its path."""
    folder.mkdir(parents=True, exist_ok=True)

    def put(name, lines):
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    put("schools.csv", schools())
    put("parks.csv", parks())
    put("centres.csv", ["code,name,wkt", f'C1,Market Place,"{square(WEST + 4000, SOUTH + 4000, 500)}"', f'C2,Dock,"{square(WEST + 8600, SOUTH + 2000, 450)}"'])
    put("borough.csv", ["code,name,wkt", f'B1,Nowhere,"{square(WEST + 5500, SOUTH + 5500, 12000)}"'])
    put("applications.csv", proposals(count))
    (folder / "policy.toml").write_text(POLICY, encoding="utf-8")
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    return folder / "study.toml"
