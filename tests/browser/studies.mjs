// SPDX-License-Identifier: Apache-2.0
// Studies that the browser tests make for themselves.
import { writeFileSync } from 'node:fs';
import path from 'node:path';

const policy = `[policy]
id = "small"
title = "Small policy"
authority = "Small Council"
kind = "spd"
status = "adopted"
in-force = { from = 2010-01-01 }
applies-to = ["hot-food-takeaway"]
source = "SPD"

[[rule]]
id = "S1"
cite = "S1"
text = "No takeaway within 400 m of a school."
distance = { to = ["schools"], from = "boundary", by = "straight-line" }
breach = "<= 400 m"
outcome = "refuse"
`;

const study = (title) => `[study]
title = ${JSON.stringify(title)}
crs = "EPSG:27700"
as-at = 2026-04-01
policies = ["policy.toml"]

[layers.schools]
kind = "places"
file = "schools.csv"
crs = "EPSG:27700"
columns = { id = "id", name = "name", x = "x", y = "y" }
accuracy = "1 m"

[layers.takeaways]
kind = "outlets"
use = "hot-food-takeaway"
file = "outlets.csv"
crs = "EPSG:27700"
columns = { id = "id", name = "name", opened = "opened", closed = "closed", x = "x", y = "y" }
accuracy = "1 m"

[layers.areas]
kind = "areas"
file = "areas.csv"
crs = "EPSG:27700"
columns = { code = "code", name = "name", wkt = "wkt" }

[layers.applications]
kind = "proposals"
file = "applications.csv"
crs = "EPSG:27700"
columns = { reference = "reference", name = "address", x = "x", y = "y", use = "use" }
accuracy = "1 m"
`;

const cell = (value) => `"${String(value).replace(/"/g, '""')}"`;
const csv = (rows) => rows.map((row) => row.map(cell).join(',')).join('\n') + '\n';

function write(folder, title, { schools, outlets, areas, applications }) {
    writeFileSync(path.join(folder, 'policy.toml'), policy);
    writeFileSync(path.join(folder, 'study.toml'), study(title));
    writeFileSync(path.join(folder, 'schools.csv'), csv([['id', 'name', 'x', 'y'], ...schools]));
    writeFileSync(path.join(folder, 'outlets.csv'), csv([['id', 'name', 'opened', 'closed', 'x', 'y'], ...outlets]));
    writeFileSync(path.join(folder, 'areas.csv'), csv([['code', 'name', 'wkt'], ...areas]));
    writeFileSync(path.join(folder, 'applications.csv'), csv([['reference', 'address', 'x', 'y', 'use'], ...applications]));
    return path.join(folder, 'study.toml');
}

/** Numbers in [0, 1) that are the same on every machine. */
function numbers(seed) {
    let state = seed;
    return () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state / 2 ** 32;
    };
}

const takeaway = 'Sui Generis (hot food takeaway)';
const square = (x, y, size) => `POLYGON((${x} ${y}, ${x + size} ${y}, ${x + size} ${y + size}, ${x} ${y + size}, ${x} ${y}))`;

/** `proposals` applications, `outlets` outlets and 100 schools on 12 by 12 km, in 9 areas. */
export function large(folder, proposals, outlets) {
    const next = numbers(20260401);
    const spot = () => [(500000 + next() * 12000).toFixed(1), (200000 + next() * 12000).toFixed(1)];
    const many = (count, make) => Array.from({ length: count }, (_, k) => make(k));
    const year = () => 2012 + Math.floor(next() * 13);
    return write(folder, 'A large borough', {
        schools: many(100, (k) => [`S${k}`, `School ${k}`, ...spot()]),
        outlets: many(outlets, (k) => {
            const opened = year();
            return [`O${k}`, `Outlet ${k}`, `${opened}-05-01`, next() < 0.4 ? `${opened + 1 + Math.floor(next() * 3)}-03-01` : '', ...spot()];
        }),
        areas: many(9, (k) => [`A${k}`, `Area ${k}`, square(500000 + (k % 3) * 4000, 200000 + Math.floor(k / 3) * 4000, 4000)]),
        applications: many(proposals, (k) => [`26/${String(k).padStart(5, '0')}`, `${k} Long Street`, ...spot(), takeaway]),
    });
}

/** One school with a gate, one street that leads round a corner, one rule that walks: 12 + 395 + 5 = 412 m on foot. */
export function walked(folder) {
    const made = write(folder, 'One street', {
        schools: [['S1', 'Ash School', 500200, 200050]],
        outlets: [],
        areas: [['A1', 'Area', square(499000, 199000, 3000)]],
        applications: [['26/1', '5 Long Road', 500512, 200150, takeaway]],
    });
    const streets = '[layers.roads]\nkind = "streets"\nfile = "roads.csv"\ncrs = "EPSG:27700"\ncolumns = { name = "name", wkt = "line" }\ntopology = "endpoints"\n';
    writeFileSync(path.join(folder, 'study.toml'), `${study('One street')}\n${streets}`);
    writeFileSync(path.join(folder, 'policy.toml'), policy.replace('from = "boundary", by = "straight-line"', 'from = "point", by = "walking"').replace('<= 400 m', '<= 500 m'));
    writeFileSync(path.join(folder, 'roads.csv'), csv([['name', 'line'], ['Long Road', 'LINESTRING(500212 199800, 500212 200145, 501212 200145)']]));
    return made;
}

export const hostile = {
    title: 'Title </script><script>window.hacked=1</script>',
    reference: '"><img src=x onerror=window.hacked=2>',
    script: '<script>window.hacked=3</script> Road',
    formula: "=cmd|'/C calc'!A0",
    turned: 'Turned \u202egnp.exe',
    control: 'Bell \u0007 Street',
    school: '</script><svg onload=window.hacked=4> School',
};

export function hostileNames(folder) {
    return write(folder, hostile.title, {
        schools: [['S1', hostile.school, 500100, 200100]],
        outlets: [['O1', hostile.script, '2015-01-01', '', 500300, 200300]],
        areas: [['A1', hostile.script, square(499000, 199000, 3000)]],
        applications: [[hostile.reference, hostile.script, 500200, 200100, takeaway], ['26/2', hostile.formula, 500250, 200150, takeaway], ['26/3', hostile.turned, 501900, 201900, takeaway], ['26/4', hostile.control, 501950, 201900, takeaway]],
    });
}
