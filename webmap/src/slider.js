// SPDX-License-Identifier: Apache-2.0
// Moves through the days that outlets are counted on.
import { data, figures, useWords } from './data.js';
import { capital, counted, el, longDay, replace } from './dom.js';
import { calm, change, onChange, speak, state } from './state.js';

function totals() {
    return [...state.uses].sort().map((use) => {
        const row = data.areas ? figures(use, state.day, -1) : null;
        return row && row.outlets !== null ? `${capital(useWords[use])}: ${counted(row.outlets, 'outlet')}` : null;
    }).filter(Boolean).join(' · ');
}

export function makeSlider() {
    const last = data.days.length - 1;
    if (last < 0) return null;
    const input = el('input', { type: 'range', id: 'day', min: 0, max: last, step: 1, value: state.day });
    const day = el('output', { for: 'day', class: 'day' });
    const total = el('span', { class: 'total' });
    const button = el('button', { type: 'button', class: 'play' });
    let timer = null;

    const set = (to) => change('day', (of) => { of.day = to; });
    const show = () => {
        input.value = state.day;
        input.setAttribute('aria-valuetext', longDay(data.days[state.day]));
        replace(day, longDay(data.days[state.day]));
        replace(total, totals());
        replace(button, timer ? '❚❚ Pause' : '▶ Play');
    };
    const stop = () => {
        clearInterval(timer);
        timer = null;
        show();
    };
    button.addEventListener('click', () => {
        if (timer) return stop();
        if (state.day === last) set(0);
        // Who asked for less motion sees the years change slowly, and only because they pressed play.
        timer = setInterval(() => {
            if (state.day < last) set(state.day + 1);
            if (state.day === last) stop();
        }, calm.matches ? 2500 : 900);
        show();
    });
    input.addEventListener('input', () => {
        if (timer) stop();
        set(Number(input.value));
        speak(`${longDay(data.days[state.day])}. ${totals()}`);
    });
    onChange((what) => {
        if (what === 'day' || what === 'uses') show();
    });
    show();
    return el('section', { class: 'timebar', 'aria-label': 'Outlets over time' },
        button, el('div', { class: 'track' }, el('label', { for: 'day' }, 'Outlets in trade on ', day), input,
            el('div', { class: 'ends small' }, el('span', {}, longDay(data.days[0])), el('span', {}, longDay(data.days[last])))), total);
}
