// SPDX-License-Identifier: Apache-2.0
// Areas shaded by a figure of `cordon density`: classes over every day, so that colours mean the same as the slider moves.
import { data, figures } from './data.js';
import { counted, grouped } from './dom.js';
import { state } from './state.js';

const per = data.areas ? grouped(data.areas.per) : '';
export const shades = [
    { key: 'none', label: 'Nothing' },
    { key: 'rate', label: `Outlets per ${per} residents`, decimals: 2 },
    { key: 'outlets', label: 'Number of outlets', decimals: 0 },
    { key: 'per_km2', label: 'Outlets per km²', decimals: 2 },
    { key: 'change', label: 'Change since the day before', decimals: 0, diverging: true },
];
export const shadeOf = (key) => shades.find((shade) => shade.key === key);

const sequential = ['#fef0d9', '#fdcc8a', '#fc8d59', '#e34a33', '#b30000']; // OrRd
const diverging = ['#2166ac', '#92c5de', '#f7f7f7', '#f4a582', '#b2182b']; // RdBu
export const nothing = '#e3e3e6';

function everyValue(key, use) {
    const values = [];
    for (let day = 0; day < data.days.length; ++day) {
        for (let area = 0; area < data.areas.code.length; ++area) {
            const value = figures(use, day, area)?.[key];
            if (value !== null && value !== undefined) values.push(value);
        }
    }
    return values.sort((a, b) => a - b);
}

function signed(value) {
    return value > 0 ? `+${value}` : String(value).replace('-', '−');
}

/** Classes from low to high: `{ from, to, colour, label }`, a value belongs where from <= value < to. */
const made = new Map();
export function classes(key = state.shade, use = state.shadeUse) {
    const id = `${key} ${use}`;
    if (!made.has(id)) made.set(id, shadeOf(key).diverging ? changes(key, use) : fifths(key, use));
    return made.get(id);
}

function changes(key, use) {
    const values = everyValue(key, use);
    if (!values.length) return [];
    const most = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]), 2);
    const middle = Math.ceil(most / 2);
    const edges = [-Infinity, -middle, 0, 1, middle + 1, Infinity];
    const span = (low, high) => (low === high ? signed(low) : `${signed(low)} to ${signed(high)}`);
    const labels = [`${signed(-middle - 1)} or fewer`, span(-middle, -1), 'no change', span(1, middle), `${signed(middle + 1)} or more`];
    return diverging.map((colour, k) => ({ from: edges[k], to: edges[k + 1], colour, label: labels[k] }))
        .map((each, k) => (k === 0 ? { ...each, to: -middle } : each));
}

function fifths(key, use) {
    const values = everyValue(key, use);
    if (!values.length) return [];
    const { decimals } = shadeOf(key);
    const scale = 10 ** decimals;
    const edges = [];
    for (let k = 1; k < 5; ++k) {
        const edge = Math.ceil(values[Math.floor((values.length * k) / 5)] * scale) / scale;
        if (edge > (edges.length ? edges[edges.length - 1] : values[0])) edges.push(edge);
    }
    const words = (value) => value.toFixed(decimals);
    const out = [];
    for (let k = 0; k <= edges.length; ++k) {
        const from = k === 0 ? -Infinity : edges[k - 1];
        const to = k === edges.length ? Infinity : edges[k];
        let label;
        if (k === 0 && k === edges.length) label = words(values[0]);
        else if (k === 0) label = `under ${words(to)}`;
        else if (k === edges.length) label = `${words(from)} and over`;
        else label = decimals === 0 && to - from === 1 ? words(from) : `${words(from)} to under ${words(to)}`;
        out.push({ from, to, label, colour: sequential[Math.round((k * 4) / Math.max(1, edges.length))] });
    }
    return out;
}

export function colourOf(value, list = classes()) {
    if (value === null || value === undefined) return nothing;
    return list.find((each) => value >= each.from && value < each.to)?.colour ?? nothing;
}

/** `3.42 outlets per 1,000 residents (95 % interval 2.1 to 5.2)`; words for a figure that is not known. */
export function rateWords(row) {
    if (!row || row.rate === null) return 'no rate: residents are not known, or no snapshot covers the day';
    const interval = row.rate_lower === null ? '' : ` (${+(data.areas.confidence * 100).toFixed(1)} % interval ${row.rate_lower.toFixed(2)} to ${row.rate_upper.toFixed(2)})`;
    return `${row.rate.toFixed(2)} per ${per} residents${interval}`;
}

export function countWords(row) {
    if (!row || row.outlets === null) return 'not known: no snapshot covers the day';
    const moved = row.opened === null ? '' : `; ${grouped(row.opened)} opened and ${grouped(row.closed)} closed since the day before`;
    return counted(row.outlets, 'outlet') + moved;
}
