// SPDX-License-Identifier: Apache-2.0
// What the reader has chosen. Whoever shows something of it asks to be told when it changes.
import { data } from './data.js';
import { verdicts } from './symbols.js';

function lastDayNotAfter(day) {
    let last = 0;
    data.days.forEach((each, k) => {
        if (each <= day) last = k;
    });
    return last;
}

const counts = new Map(data.results.map((word, k) => [word, data.verdicts[k]]));
export const verdictCount = (word) => counts.get(word) ?? 0;

export const state = {
    verdicts: new Set(verdicts.map((verdict) => verdict.word)),
    uses: new Set(data.uses.map((_, k) => k)),
    day: lastDayNotAfter(data.asAt),
    shade: 'none', // none, rate, outlets, per_km2, change
    shadeUse: 0,
    hidden: new Set(), // groups of layers that are switched off
    selected: null, // { kind, index, layer }
};

const listeners = [];
/** `listener(what)`: `verdicts`, `uses`, `day`, `shade`, `hidden` or `selected`. */
export const onChange = (listener) => listeners.push(listener);
export function change(what, edit) {
    edit(state);
    for (const listener of listeners) listener(what);
}

let region = null;
export const speakInto = (element) => {
    region = element;
};
/** Said to screen readers, politely. */
export function speak(words) {
    if (region) region.textContent = words;
}

export const calm = window.matchMedia('(prefers-reduced-motion: reduce)');
