// SPDX-License-Identifier: Apache-2.0
// The map: sources from the data, layers from bottom to top, and what of them is shown.
import * as ml from 'maplibre-gl';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs' with { type: 'text' };
import { data, decidingFinding, figures, firstFinding, proposalCount, text, verdictWord } from './data.js';
import { collection, features, geometries, pointAt } from './geometry.js';
import { nothing, colourOf, classes } from './shade.js';
import { calm, state } from './state.js';
import { pixels, placeLook, useLook, verdictOf, verdicts } from './symbols.js';

const font = ['Arial', 'Helvetica', 'sans-serif'];
const orange = '#c2410c';
export const zoneLook = { fill: orange, line: orange, opacity: 0.13, dashed: true };
export const reachLook = { fill: 'none', line: '#7c5a3a', dashed: true };

/** Groups that can be switched off: key, label, layers of the map. Filled as layers are added, in the order of the list. */
export const groups = [];
let map = null;

function style() {
    const sources = {};
    const layers = [{ id: 'ground', type: 'background', paint: { 'background-color': '#ebe9e2' } }];
    if (data.tiles) {
        sources.tiles = { type: 'raster', tiles: [data.tiles.url], tileSize: 256, maxzoom: 19, attribution: '' };
        layers.push({ id: 'tiles', type: 'raster', source: 'tiles' });
    }
    return { version: 8, sources, layers };
}

function source(id, list) {
    map.addSource(id, { type: 'geojson', data: collection(list), tolerance: 0.2 });
}
function layer(group, definition) {
    map.addLayer(definition);
    if (group) group.layers.push(definition.id);
}
function group(key, label, off = false, look = null) {
    const made = { key, label, layers: [], look };
    groups.push(made);
    if (off) state.hidden.add(key);
    return made;
}

function addAreas() {
    if (!data.areas?.shapes) return;
    source('areas', features(data.areas.shapes, (i) => ({ i, name: text(data.areas.name, i) || text(data.areas.code, i) })));
    layer(null, { id: 'areas-fill', type: 'fill', source: 'areas', paint: { 'fill-color': ['coalesce', ['feature-state', 'colour'], nothing], 'fill-opacity': 0 } });
}

function addAreaLines() {
    if (!data.areas?.shapes) return;
    const of = group('areas', data.areas.layer.replace(/[-_]+/g, ' '), false, { fill: 'none', line: '#6f6f78' });
    layer(of, { id: 'areas-line', type: 'line', source: 'areas', paint: { 'line-color': '#6f6f78', 'line-width': ['interpolate', ['linear'], ['zoom'], 9, 0.6, 15, 1.6] } });
}

function addStreets() {
    data.base.forEach((base, k) => {
        if (!base.streets) return;
        const id = `base-${k}`;
        source(id, features(base.shapes, (i) => ({ name: text(base.name, i) })));
        const of = group(id, 'Streets', false, { fill: 'none', line: '#b9b4a6' });
        const width = (least, most) => ['interpolate', ['exponential', 1.5], ['zoom'], 10, least, 14, 2.2, 18, most];
        layer(of, { id: `${id}-case`, type: 'line', source: id, minzoom: 12, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': '#cfcabd', 'line-width': width(0.8, 14) } });
        layer(of, { id, type: 'line', source: id, layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': '#ffffff', 'line-width': width(0.5, 11) } });
        layer(of, { id: `${id}-names`, type: 'symbol', source: id, minzoom: 14.5, layout: { 'symbol-placement': 'line', 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 11 }, paint: { 'text-color': '#55524a', 'text-halo-color': '#fff', 'text-halo-width': 1.4 } });
    });
}

function addBase() {
    data.base.forEach((base, k) => {
        if (base.streets) return;
        const id = `base-${k}`;
        source(id, features(base.shapes, (i) => ({ name: text(base.name, i) })));
        const own = base.studyArea ? { line: '#33333b', width: 2.2 } : { line: '#5b6b86', width: 1.4 };
        const of = group(id, base.studyArea ? 'Edge of the study area' : base.layer.replace(/[-_]+/g, ' '), !(base.studyArea || base.ofPolicy), { fill: base.ofPolicy && !base.studyArea ? '#5b6b86' : 'none', line: own.line, opacity: 0.12 });
        if (base.ofPolicy && !base.studyArea) layer(of, { id: `${id}-fill`, type: 'fill', source: id, paint: { 'fill-color': '#5b6b86', 'fill-opacity': 0.12 } });
        layer(of, { id, type: 'line', source: id, paint: { 'line-color': own.line, 'line-width': own.width, ...(base.studyArea ? {} : { 'line-dasharray': [5, 2] }) } });
    });
}

function addZones() {
    const { zones } = data;
    const list = [];
    const add = (key, shapes) => {
        if (shapes) list.push(...features(shapes, () => ({ key })));
    };
    add('all', zones.all?.breach);
    zones.rules.forEach((zone, k) => {
        add(`rule-${k}`, zone.breach);
        add(`reach-${k}`, zone.reach);
    });
    if (!list.length) return;
    source('zones', list);
    const draw = (key, label, off, look) => {
        const of = group(`zone-${key}`, label, off, look);
        const filter = ['==', ['get', 'key'], key];
        if (look.fill !== 'none') layer(of, { id: `zone-${key}-fill`, type: 'fill', source: 'zones', filter, paint: { 'fill-color': look.fill, 'fill-opacity': look.opacity } });
        layer(of, { id: `zone-${key}`, type: 'line', source: 'zones', filter, paint: { 'line-color': look.line, 'line-width': 1.5, 'line-dasharray': [4, 2] } });
    };
    if (zones.all?.breach) draw('all', 'Where a proposal would breach (all adopted rules)', false, zoneLook);
    zones.rules.forEach((zone, k) => {
        const draft = zone.counts ? '' : ' (not adopted)';
        draw(`rule-${k}`, `Would breach ${zone.label}${draft}`, true, zoneLook);
        draw(`reach-${k}`, `Within ${zone.label}, exemptions aside${draft}`, true, reachLook);
    });
}

function addPlaces() {
    data.places.forEach((places, k) => {
        if (!places.id.length) return;
        const id = `places-${k}`;
        const look = placeLook(places.layer, k);
        source(id, features(places.shapes, (i) => ({ i, name: text(places.name, i) || text(places.id, i) })));
        const of = group(id, places.layer.replace(/[-_]+/g, ' '), false, look);
        layer(of, { id: `${id}-fill`, type: 'fill', source: id, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': look.fill, 'fill-opacity': 0.75 } });
        layer(of, { id: `${id}-line`, type: 'line', source: id, filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'line-color': look.line, 'line-width': 1.4 } });
        layer(of, { id: `${id}-point`, type: 'circle', source: id, filter: ['==', ['geometry-type'], 'Point'], paint: { 'circle-color': look.fill, 'circle-stroke-color': look.line, 'circle-stroke-width': 2, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 3, 14, 6] } });
    });
}

function addPlaceNames() {
    data.places.forEach((places, k) => {
        if (!places.id.length) return;
        const of = groups.find((each) => each.key === `places-${k}`);
        layer(of, { id: `places-${k}-names`, type: 'symbol', source: `places-${k}`, minzoom: 13.2, layout: { 'text-field': ['get', 'name'], 'text-font': font, 'text-size': 11.5, 'text-max-width': 9, 'text-variable-anchor': ['center', 'top', 'bottom', 'left', 'right'], 'text-radial-offset': 0.7 }, paint: { 'text-color': placeLook(places.layer, k).line, 'text-halo-color': '#fff', 'text-halo-width': 1.6 } });
    });
}

function addUnits() {
    data.units.forEach((units, k) => {
        if (!units.id.length) return;
        const id = `units-${k}`;
        source(id, features(units.shapes, (i) => ({ i })));
        const of = group(id, `Units: ${units.layer}`, true, { fill: '#ffffff', line: '#6b5b2e' });
        layer(of, { id, type: 'circle', source: id, minzoom: 12, paint: { 'circle-color': '#fff', 'circle-stroke-color': '#6b5b2e', 'circle-stroke-width': 1.2, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 12, 1.5, 17, 5] } });
    });
}

function addGrid() {
    if (!data.grid) return;
    source('grid', features(data.grid.shapes, (i) => ({ i, proposals: data.grid.verdicts.reduce((sum, column) => sum + column[i], 0) })));
    const of = group('grid', `Counted by squares of ${data.grid.size} m`, false, { fill: '#7f6aa8', line: '#54428a', opacity: 0.6 });
    layer(of, { id: 'grid-fill', type: 'fill', source: 'grid', paint: { 'fill-color': '#54428a', 'fill-opacity': ['coalesce', ['feature-state', 'depth'], 0] } });
    layer(of, { id: 'grid-line', type: 'line', source: 'grid', paint: { 'line-color': '#54428a', 'line-opacity': 0.35, 'line-width': 0.6 } });
}

function addOutlets() {
    data.outlets.forEach((outlets, k) => {
        const id = `outlets-${k}`;
        const bits = data.uses.map((_, use) => use);
        source(id, features(outlets.shapes, (i) => {
            const uses = bits.filter((use) => outlets.uses[i] & (1 << use));
            const properties = { i, layer: k, from: outlets.unclear[i] ? 1e6 : outlets.from[i], until: outlets.until[i], use: uses[0] ?? -1 };
            for (const use of uses) properties[`u${use}`] = 1;
            return properties;
        }));
        const of = groups.find((each) => each.key === 'outlets') ?? group('outlets', 'Outlets on the day chosen');
        const colour = ['match', ['get', 'use']];
        const letter = ['match', ['get', 'use']];
        data.uses.forEach((word, use) => {
            colour.push(use, useLook(word, use).fill);
            letter.push(use, useLook(word, use).letter);
        });
        colour.push('#999');
        letter.push('');
        // Without a use there is nothing to match.
        const ofUse = (match, other) => (data.uses.length ? match : other);
        const radius = ['interpolate', ['linear'], ['zoom'], 9, 2.4, 13, 4.2, 15, 7.5, 18, 9];
        layer(of, { id, type: 'circle', source: id, paint: { 'circle-color': ofUse(colour, '#999'), 'circle-stroke-color': '#1b1b1f', 'circle-stroke-width': 1, 'circle-radius': radius } });
        layer(of, { id: `${id}-letters`, type: 'symbol', source: id, minzoom: 14.6, layout: { 'text-field': ofUse(letter, ''), 'text-font': ['Arial Bold', 'Helvetica', 'sans-serif'], 'text-size': 10, 'text-allow-overlap': true, 'text-ignore-placement': true }, paint: { 'text-color': '#1b1b1f' } });
    });
}

function addProposals() {
    if (!proposalCount) return;
    const { proposals } = data;
    source('sites', features(proposals.sites, (i) => ({ i, verdict: verdictWord(i) })));
    const list = [];
    for (let i = 0; i < proposalCount; ++i) {
        const at = pointAt(proposals.x[i], proposals.y[i]);
        if (at) list.push({ type: 'Feature', id: i, geometry: { type: 'Point', coordinates: at }, properties: { i, verdict: verdictWord(i), rank: proposals.verdict[i] } });
    }
    source('proposals', list);
    const of = group('proposals', 'Applications by verdict');
    const colour = ['match', ['get', 'verdict']];
    for (const each of verdicts) colour.push(each.word, each.word === 'not-applicable' ? '#767676' : each.fill);
    colour.push('#999');
    layer(of, { id: 'sites', type: 'line', source: 'sites', minzoom: 13, paint: { 'line-color': colour, 'line-width': 2.4 } });
    // Of an application with several points each has its ring; the mark stands at the one that decided.
    layer(of, { id: 'sites-point', type: 'circle', source: 'sites', minzoom: 13, paint: { 'circle-color': '#fff', 'circle-stroke-color': colour, 'circle-stroke-width': 2.4, 'circle-radius': 5 } });
    for (const each of verdicts) map.addImage(`verdict-${each.word}`, pixels(each), { pixelRatio: 2 });
    layer(of, { id: 'proposals', type: 'symbol', source: 'proposals', layout: { 'icon-image': ['concat', 'verdict-', ['get', 'verdict']], 'icon-allow-overlap': true, 'icon-ignore-placement': true, 'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.4, 12, 0.58, 15, 0.9], 'symbol-sort-key': ['get', 'rank'] } });
}

function addSelection() {
    source('chosen', []);
    layer(null, { id: 'chosen-line-case', type: 'line', source: 'chosen', filter: ['==', ['get', 'part'], 'line'], paint: { 'line-color': '#fff', 'line-width': 6, 'line-opacity': 0.85 } });
    layer(null, { id: 'chosen-line', type: 'line', source: 'chosen', filter: ['==', ['get', 'part'], 'line'], paint: { 'line-color': '#1b1b1f', 'line-width': ['case', ['get', 'deciding'], 3, 1.6], 'line-dasharray': [3, 1.5] } });
    // A walk: the way along the streets, and broken lines between them and the two ends.
    const round = { 'line-cap': 'round', 'line-join': 'round' };
    const either = ['in', ['get', 'part'], ['literal', ['way', 'access']]];
    layer(null, { id: 'chosen-way-case', type: 'line', source: 'chosen', filter: either, layout: round, paint: { 'line-color': '#fff', 'line-width': 7, 'line-opacity': 0.85 } });
    layer(null, { id: 'chosen-way', type: 'line', source: 'chosen', filter: ['==', ['get', 'part'], 'way'], layout: round, paint: { 'line-color': '#1b1b1f', 'line-width': ['case', ['get', 'deciding'], 4, 2] } });
    layer(null, { id: 'chosen-access', type: 'line', source: 'chosen', filter: ['==', ['get', 'part'], 'access'], paint: { 'line-color': '#1b1b1f', 'line-width': ['case', ['get', 'deciding'], 3, 1.6], 'line-dasharray': [1.2, 1] } });
    layer(null, { id: 'chosen-place', type: 'line', source: 'chosen', filter: ['==', ['get', 'part'], 'place'], paint: { 'line-color': '#1b1b1f', 'line-width': 3.5 } });
    layer(null, { id: 'chosen-end', type: 'circle', source: 'chosen', filter: ['==', ['get', 'part'], 'end'], paint: { 'circle-color': '#fff', 'circle-stroke-color': '#1b1b1f', 'circle-stroke-width': 2.5, 'circle-radius': 4.5 } });
    layer(null, { id: 'chosen-ring', type: 'circle', source: 'chosen', filter: ['==', ['get', 'part'], 'site'], paint: { 'circle-color': 'rgba(255,255,255,0)', 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 7, 'circle-radius': 14 } });
    layer(null, { id: 'chosen-ring-ink', type: 'circle', source: 'chosen', filter: ['==', ['get', 'part'], 'site'], paint: { 'circle-color': 'rgba(255,255,255,0)', 'circle-stroke-color': '#1b1b1f', 'circle-stroke-width': 3, 'circle-radius': 15.5 } });
    const words = { 'text-field': ['get', 'words'], 'text-font': ['Arial Bold', 'Helvetica', 'sans-serif'], 'text-size': 14, 'text-offset': [0, -0.9], 'text-allow-overlap': true };
    const ink = { 'text-color': '#1b1b1f', 'text-halo-color': '#fff', 'text-halo-width': 2.5 };
    layer(null, { id: 'chosen-words', type: 'symbol', source: 'chosen', filter: ['==', ['get', 'part'], 'line'], layout: { 'symbol-placement': 'line-center', ...words }, paint: ink });
    layer(null, { id: 'chosen-way-words', type: 'symbol', source: 'chosen', filter: ['==', ['get', 'part'], 'half-way'], layout: words, paint: ink });
}

/** Ends, lines and words of what was measured for proposal i; the deciding one first, then what else is near a limit. */
export function measured(i) {
    const { findings } = data;
    const deciding = decidingFinding(i);
    const out = [];
    const worth = new Set(['breach', 'borderline', 'exempt', 'triggered']);
    const seen = new Set();
    const end = firstFinding[i] + data.proposals.findings[i];
    const rows = [];
    for (let f = firstFinding[i]; f < end; ++f) rows.push(f);
    rows.sort((a, b) => (b === deciding) - (a === deciding) || a - b);
    for (const f of rows) {
        const site = pointAt(findings.siteX[f], findings.siteY[f]);
        const place = pointAt(findings.placeX[f], findings.placeY[f]);
        if (!site || !place || (f !== deciding && !worth.has(data.results[findings.result[f]]))) continue;
        const walk = walkOf(f);
        const key = `${site} ${place} ${walk ? 'on foot' : ''}`;
        if (seen.has(key)) continue;
        seen.add(key);
        out.push({ finding: f, deciding: f === deciding, site, place, walk, words: text(findings.measuredWords, f) });
    }
    return out;
}

/** The three parts of a finding's walk: place to street, along the streets, street to site. */
function walkOf(f) {
    const [geometry] = geometries(data.findings.ways?.[f]);
    if (!geometry) return null;
    const [start, way, end] = geometry.coordinates;
    return { start, way, end };
}

/** Where a walker has done half of the way. */
function halfWay(way) {
    const length = (k) => Math.hypot((way[k + 1][0] - way[k][0]) * Math.cos(way[k][1] * Math.PI / 180), way[k + 1][1] - way[k][1]);
    let left = 0;
    for (let k = 0; k + 1 < way.length; ++k) left += length(k) / 2;
    for (let k = 0; k + 1 < way.length; ++k) {
        const step = length(k);
        if (left <= step) {
            const part = step ? left / step : 0;
            return [way[k][0] + (way[k + 1][0] - way[k][0]) * part, way[k][1] + (way[k + 1][1] - way[k][1]) * part];
        }
        left -= step;
    }
    return way[way.length - 1];
}

const lineFeature = (coordinates, properties) => ({ type: 'Feature', geometry: { type: 'LineString', coordinates }, properties });

function lineFeatures({ site, place, walk, words, deciding }) {
    if (!walk) return [lineFeature([site, place], { part: 'line', words, deciding })];
    const parts = [['access', walk.start], ['way', walk.way], ['access', walk.end]].filter(([, line]) => line.length > 1);
    return [...parts.map(([part, line]) => lineFeature(line, { part, deciding })), { type: 'Feature', geometry: { type: 'Point', coordinates: halfWay(walk.way) }, properties: { part: 'half-way', words } }];
}

function placeFeature(f) {
    const { findings } = data;
    const layerName = text(findings.layer, f);
    const id = text(findings.placeId, f);
    for (const places of data.places) {
        if (places.layer !== layerName) continue;
        const at = places.id.findIndex((cell) => data.texts[cell] === id);
        if (at >= 0) return features([places.shapes[at]], () => ({ part: 'place' })).filter((each) => each.geometry.type !== 'MultiPoint');
    }
    return [];
}

function showSelection() {
    const { selected } = state;
    const list = [];
    if (selected?.kind === 'proposal') {
        const at = pointAt(data.proposals.x[selected.index], data.proposals.y[selected.index]);
        for (const line of measured(selected.index)) {
            if (line.deciding) list.push(...placeFeature(line.finding));
            list.push(...lineFeatures(line));
            list.push({ type: 'Feature', geometry: { type: 'Point', coordinates: line.place }, properties: { part: 'end' } });
        }
        if (at) list.push({ type: 'Feature', geometry: { type: 'Point', coordinates: at }, properties: { part: 'site' } });
    } else if (selected?.kind === 'spot') {
        list.push({ type: 'Feature', geometry: { type: 'Point', coordinates: selected.at }, properties: { part: 'site' } });
    } else if (selected?.shape) {
        list.push(...features([selected.shape], () => ({ part: selected.shape.p ? 'site' : 'place' })));
    }
    map.getSource('chosen').setData(collection(list));
}

function showVerdicts() {
    if (!proposalCount) return;
    const shown = ['in', ['get', 'verdict'], ['literal', [...state.verdicts]]];
    map.setFilter('proposals', shown);
    map.setFilter('sites', ['all', ['!=', ['geometry-type'], 'Point'], shown]);
    map.setFilter('sites-point', ['all', ['==', ['geometry-type'], 'Point'], shown]);
}

function showDay() {
    data.outlets.forEach((_, k) => {
        const uses = [...state.uses].map((use) => ['has', `u${use}`]);
        const filter = ['all', ['<=', ['get', 'from'], state.day], ['>', ['get', 'until'], state.day], uses.length ? ['any', ...uses] : ['literal', false]];
        for (const id of [`outlets-${k}`, `outlets-${k}-letters`]) map.setFilter(id, filter);
    });
    showShade();
    showGrid();
}

function showShade() {
    if (!map.getLayer('areas-fill')) return;
    const on = state.shade !== 'none';
    map.setPaintProperty('areas-fill', 'fill-opacity', on ? 0.78 : 0);
    if (!on) return;
    const list = classes();
    for (let area = 0; area < data.areas.code.length; ++area)
        map.setFeatureState({ source: 'areas', id: area }, { colour: colourOf(figures(state.shadeUse, state.day, area)?.[state.shade], list) });
}

/** How much a square holds of what is counted by squares. */
export function inSquare(i) {
    const { grid } = data;
    return { proposals: grid.verdicts.map((column) => column[i]), outlets: grid.outlets.length ? grid.outlets[state.day][i] : 0, places: grid.places[i] };
}

function showGrid() {
    if (!data.grid) return;
    const sums = data.grid.easting.map((_, i) => {
        const square = inSquare(i);
        return square.proposals.reduce((sum, count, k) => sum + (state.verdicts.has(data.results[k]) ? count : 0), 0) + square.outlets + square.places;
    });
    const most = Math.max(1, ...sums);
    sums.forEach((sum, i) => map.setFeatureState({ source: 'grid', id: i }, { depth: sum ? 0.12 + 0.6 * Math.sqrt(sum / most) : 0 }));
}

function showHidden() {
    for (const each of groups) for (const id of each.layers) map.setLayoutProperty(id, 'visibility', state.hidden.has(each.key) ? 'none' : 'visible');
}

export function show(what) {
    if (what === 'verdicts') showVerdicts(), showGrid();
    else if (what === 'uses' || what === 'day') showDay();
    else if (what === 'shade') showShade();
    else if (what === 'hidden') showHidden();
    else if (what === 'selected') showSelection();
}

/** Brings points into sight, with room around them. */
export function lookAt(points, nearest = 16) {
    if (!map?.isStyleLoaded) return;
    const box = new ml.LngLatBounds();
    for (const point of points) box.extend(point);
    if (box.isEmpty()) return;
    const small = map.getContainer().clientWidth < 600;
    map.fitBounds(box, { padding: small ? 40 : { top: 90, bottom: 70, left: 70, right: 430 }, maxZoom: nearest, animate: !calm.matches, duration: 600 });
}

export const whole = () => map.fitBounds([data.bounds.slice(0, 2), data.bounds.slice(2)], { padding: 24, animate: false });
export const resize = () => map.resize();
export const picture = () => map.getCanvas().toDataURL('image/png');

/** What can be clicked, nearest to the reader first. */
export function under(point) {
    const near = [[point.x - 6, point.y - 6], [point.x + 6, point.y + 6]];
    const exact = [[point.x, point.y], [point.x, point.y]];
    const ids = (test) => map.getStyle().layers.map((each) => each.id).filter(test);
    const hits = (box, test) => {
        const list = ids(test);
        const seen = new Set();
        return (list.length ? map.queryRenderedFeatures(box, { layers: list }) : []).filter((each) => {
            const key = `${each.source} ${each.properties.i}`;
            return !seen.has(key) && seen.add(key);
        });
    };
    const tests = [[near, (id) => id === 'proposals'], [near, (id) => id === 'sites' || id === 'sites-point'], [near, (id) => /^outlets-\d+$/.test(id)], [near, (id) => /^units-/.test(id)], [near, (id) => /^places-\d+-point$/.test(id)], [exact, (id) => /^places-\d+-fill$/.test(id)], [exact, (id) => id === 'grid-fill'], [exact, (id) => id === 'areas-fill']];
    for (const [box, test] of tests) {
        const found = hits(box, test);
        if (found.length) return found;
    }
    return [];
}

export function makeMap(container, onClick) {
    ml.setWorkerUrl(URL.createObjectURL(new Blob([worker], { type: 'text/javascript' })));
    map = new ml.Map({
        container,
        style: style(),
        bounds: [data.bounds.slice(0, 2), data.bounds.slice(2)],
        fitBoundsOptions: { padding: 24 },
        attributionControl: false,
        canvasContextAttributes: { preserveDrawingBuffer: true },
        dragRotate: false,
        pitchWithRotate: false,
        touchPitch: false,
        fadeDuration: 0,
        maxZoom: 19,
        cooperativeGestures: false,
        locale: { 'Map.Title': 'Map' },
    });
    map.touchZoomRotate.disableRotation();
    map.keyboard.disableRotation();
    map.addControl(new ml.NavigationControl({ showCompass: false }), 'top-left');
    map.addControl(new ml.ScaleControl({ unit: 'metric' }), 'bottom-left');
    map.on('click', (event) => onClick(under(event.point), event.lngLat));
    map.on('mousemove', (event) => {
        const ids = map.getStyle().layers.map((each) => each.id).filter((id) => /^(proposals|outlets-\d+|places-\d+-(fill|point)|grid-fill)$/.test(id));
        map.getCanvas().style.cursor = ids.length && map.queryRenderedFeatures(event.point, { layers: ids }).length ? 'pointer' : '';
    });
    return new Promise((resolve) => {
        map.once('style.load', () => {
            for (const add of [addAreas, addStreets, addAreaLines, addBase, addZones, addPlaces, addUnits, addGrid, addOutlets, addPlaceNames, addProposals, addSelection]) add();
            for (const what of ['verdicts', 'day', 'hidden']) show(what);
            resolve(map);
        });
    });
}

export const labelOf = (word) => verdictOf(word)?.label ?? word;
