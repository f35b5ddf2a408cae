// SPDX-License-Identifier: Apache-2.0
// Shapes of the page's data as GeoJSON.

const degrees = (millionths) => millionths / 1e6;

function positions(steps, closed) {
    const out = [];
    let x = 0;
    let y = 0;
    for (let k = 0; k < steps.length; k += 2) {
        x += steps[k];
        y += steps[k + 1];
        out.push([degrees(x), degrees(y)]);
    }
    if (closed && out.length) out.push(out[0]);
    return out;
}

/** The geometries of a shape: none, or one of each kind that it has. */
export function geometries(shape) {
    const out = [];
    if (!shape) return out;
    if (shape.a) out.push({ type: 'MultiPolygon', coordinates: shape.a.map((rings) => rings.map((ring) => positions(ring, true))) });
    if (shape.l) out.push({ type: 'MultiLineString', coordinates: shape.l.map((line) => positions(line, false)) });
    if (shape.p) {
        const coordinates = [];
        for (let k = 0; k < shape.p.length; k += 2) coordinates.push([degrees(shape.p[k]), degrees(shape.p[k + 1])]);
        out.push({ type: 'MultiPoint', coordinates });
    }
    return out;
}

export function features(shapes, properties) {
    const out = [];
    shapes.forEach((shape, i) => {
        for (const geometry of geometries(shape)) out.push({ type: 'Feature', id: i, geometry, properties: properties(i) });
    });
    return out;
}

export const collection = (list) => ({ type: 'FeatureCollection', features: list });
export const pointAt = (x, y) => (x === null || x === undefined ? null : [degrees(x), degrees(y)]);

/** A point to look at: the middle of a shape's box. */
export function middle(shape) {
    const box = boxOf(shape);
    return box && [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

export function boxOf(shape) {
    let box = null;
    const add = ([x, y]) => {
        box = box ? [Math.min(box[0], x), Math.min(box[1], y), Math.max(box[2], x), Math.max(box[3], y)] : [x, y, x, y];
    };
    const walk = (list) => (typeof list[0] === 'number' ? add(list) : list.forEach(walk));
    for (const geometry of geometries(shape)) walk(geometry.coordinates);
    return box;
}
