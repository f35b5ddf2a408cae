// SPDX-License-Identifier: Apache-2.0
// What is shown: verdicts, uses, shading, layers. Each control is its own legend.
import { data, proposalCount, useWords } from './data.js';
import { capital, counted, el, grouped, isolated, longDay, replace } from './dom.js';
import { groups } from './mapview.js';
import { classes, nothing, shadeOf, shades } from './shade.js';
import { change, onChange, speak, state, verdictCount } from './state.js';
import { mark, patch, useMark, verdicts } from './symbols.js';

function check(id, checked, onToggle, ...words) {
    const input = el('input', { type: 'checkbox', id, checked, on: { change: () => onToggle(input.checked) } });
    return el('li', {}, input, el('label', { for: id }, words));
}

function section(title, ...content) {
    return el('section', {}, el('h2', {}, title), content);
}

export function shownProposals() {
    let shown = 0;
    for (const word of state.verdicts) shown += verdictCount(word);
    return shown;
}

function verdictSection() {
    if (!data.proposalsInAll) return null;
    const shownWords = el('p', { class: 'small', id: 'shown' });
    const boxes = verdicts.map((each) => check(`verdict-${each.word}`, true, (on) => change('verdicts', ({ verdicts: set }) => (on ? set.add(each.word) : set.delete(each.word))),
        mark(each.word), el('span', { class: 'name' }, each.label), el('span', { class: 'count' }, grouped(verdictCount(each.word))), el('span', { class: 'meaning' }, each.meaning)));
    const tell = () => {
        const words = `${grouped(shownProposals())} of ${counted(data.proposalsInAll, 'application')} shown`;
        replace(shownWords, words);
        return words;
    };
    tell();
    onChange((what) => {
        if (what === 'verdicts') speak(tell());
    });
    return section('Applications by verdict', el('fieldset', {}, el('legend', { class: 'unseen' }, 'Verdicts shown'), el('ul', { class: 'checks verdicts' }, boxes)), shownWords);
}

function useSection() {
    if (!data.uses.length) return null;
    const boxes = data.uses.map((word, k) => check(`use-${word}`, true, (on) => change('uses', ({ uses }) => (on ? uses.add(k) : uses.delete(k))), useMark(word, k), el('span', { class: 'name' }, capital(useWords[k]))));
    return section('Outlets by use', el('fieldset', {}, el('legend', { class: 'unseen' }, 'Uses shown'), el('ul', { class: 'checks' }, boxes)));
}

function shadeSection() {
    if (!data.areas?.shapes) return null;
    const options = shades.map((shade) => el('option', { value: shade.key }, shade.label));
    const select = el('select', { id: 'shade', on: { change: () => change('shade', (of) => { of.shade = select.value; }) } }, options);
    select.value = state.shade;
    const uses = data.uses.length > 1 && el('select', { id: 'shade-use', on: { change: () => change('shade', (of) => { of.shadeUse = uses.selectedIndex; }) } }, useWords.map((words) => el('option', {}, capital(words))));
    const legend = el('div', { class: 'legend', id: 'shade-legend' });
    const draw = () => {
        if (state.shade === 'none') return replace(legend);
        const shade = shadeOf(state.shade);
        replace(legend, el('p', { class: 'small' }, `${capital(useWords[state.shadeUse])}: ${shade.label.toLowerCase()}, ${longDay(data.days[state.day])}`),
            el('ul', { class: 'keys' }, classes().map((each) => el('li', {}, patch({ fill: each.colour, line: '#55555c' }), each.label)), el('li', {}, patch({ fill: nothing, line: '#55555c' }), 'not known')));
    };
    draw();
    onChange((what) => {
        if (what === 'shade' || what === 'day') draw();
    });
    return section(`Shade ${data.areas.layer}`, el('label', { for: 'shade' }, 'By'), select, uses && [el('label', { for: 'shade-use' }, 'Of the use'), uses], legend);
}

function layerSection() {
    const boxes = groups.filter((each) => each.layers.length).map((each) => check(`layer-${each.key}`, !state.hidden.has(each.key), (on) => change('hidden', ({ hidden }) => (on ? hidden.delete(each.key) : hidden.add(each.key))),
        each.look && patch(each.look), el('span', { class: 'name' }, isolated(capital(each.label)))));
    const zones = groups.some((each) => each.key.startsWith('zone-'));
    const remarks = data.zones.remarks;
    return section('Layers', el('fieldset', {}, el('legend', { class: 'unseen' }, 'Layers shown'), el('ul', { class: 'checks' }, boxes)),
        zones && el('p', { class: 'note' }, el('strong', {}, 'Zones are drawings.'), ` They show where a verdict would fall on ${longDay(data.asAt)}; each verdict is a measured distance.`),
        remarks.length > 0 && el('details', {}, el('summary', {}, 'What the zones leave out'), el('ul', {}, remarks.map((words) => el('li', {}, isolated(words))))));
}

export const makePanel = () => [verdictSection(), useSection(), shadeSection(), layerSection()].filter(Boolean);

/** Beside the map in print: the same marks and words, of what is shown. */
export function printLegend() {
    const item = (look, words) => el('li', {}, look, words);
    const list = [];
    if (proposalCount) for (const each of verdicts) if (state.verdicts.has(each.word) && !state.hidden.has('proposals')) list.push(item(mark(each.word), `${each.label} (${grouped(verdictCount(each.word))})`));
    if (!state.hidden.has('outlets') && data.outlets.length) for (const k of [...state.uses].sort()) list.push(item(useMark(data.uses[k], k), `${capital(useWords[k])}, in trade on ${longDay(data.days[state.day])}`));
    for (const each of groups) if (each.look && each.layers.length && !state.hidden.has(each.key)) list.push(item(patch(each.look), capital(each.label)));
    if (state.shade !== 'none') {
        list.push(el('li', { class: 'wide' }, `${capital(useWords[state.shadeUse])}: ${shadeOf(state.shade).label.toLowerCase()}, ${longDay(data.days[state.day])}`));
        for (const each of classes()) list.push(item(patch({ fill: each.colour, line: '#55555c' }), each.label));
    }
    return el('ul', { class: 'keys' }, list);
}
