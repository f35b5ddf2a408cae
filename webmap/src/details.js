// SPDX-License-Identifier: Apache-2.0
// What is known of the one thing that was clicked, found or chosen in a table.
import { data, decidingFinding, figures, firstFinding, proposalCount, referenceOf, text, useWords, verdictWord } from './data.js';
import { capital, el, isolated, grouped, longDay, replace, spoken } from './dom.js';
import { middle, pointAt } from './geometry.js';
import { inSquare, lookAt, measured } from './mapview.js';
import { countWords, rateWords } from './shade.js';
import { change, onChange, speak, state } from './state.js';
import { mark, verdictOf, verdicts } from './symbols.js';

const fact = (name, ...words) => words.flat(Infinity).some((each) => each !== '' && each !== null && each !== undefined) && [el('dt', {}, name), el('dd', {}, words)];
const facts = (...rows) => el('dl', {}, rows.filter(Boolean).flat());
const resultWords = (word) => (word === 'triggered' ? 'Triggered' : verdictOf(word).label);

const order = new Map(['breach', 'borderline', 'unknown', 'triggered', 'exempt', 'clear'].map((word, k) => [word, k]));

function findingRow(f, deciding) {
    const { findings } = data;
    const word = data.results[findings.result[f]];
    const cite = text(findings.cite, f);
    const measuredTo = findings.measured[f] !== null && text(findings.place, f);
    return el('li', { class: f === deciding ? 'deciding' : null },
        el('p', { class: 'result' }, mark(word), el('strong', {}, resultWords(word)), ' ', isolated(cite),
            findings.counts[f] ? null : ` (${text(findings.policyStatus, f)} policy: not in the verdict)`),
        el('p', {}, isolated(text(findings.sentence, f))),
        measuredTo && findings.limit[f] !== null && el('p', { class: 'small' }, `Margin ${unitOf(findings.margin[f], f)}`,
            findings.tolerance[f] === null ? null : `, tolerance ${unitOf(findings.tolerance[f], f)}`));
}

function unitOf(value, f) {
    if (value === null) return 'not known';
    const unit = text(data.findings.unit, f);
    const words = unit === 'm' ? value.toFixed(Math.abs(value) < 1 ? 3 : 1) : String(value);
    return `${words.replace('-', '−')}${unit ? ' ' + unit : ''}`;
}

function findingList(i) {
    const rows = [];
    for (let k = 0; k < data.proposals.findings[i]; ++k) rows.push(firstFinding[i] + k);
    const gravity = (f) => (data.findings.counts[f] ? 0 : 100) + (order.get(data.results[data.findings.result[f]]) ?? 9);
    rows.sort((a, b) => gravity(a) - gravity(b) || a - b);
    const deciding = decidingFinding(i);
    return el('ol', { class: 'findings' }, rows.map((f) => findingRow(f, deciding)));
}

function nearest(i) {
    const { proposals } = data;
    const metres = proposals.nearestM[i];
    if (metres === null) return null;
    const name = text(proposals.nearestName, i) || text(proposals.nearestId, i);
    return [isolated(name), ` (${text(proposals.nearestLayer, i)} ${text(proposals.nearestId, i)}), ${metres.toFixed(1)} m ${proposals.nearestWalked[i] ? 'on foot' : 'in a straight line'}`];
}

function wording(i) {
    const rules = new Set();
    for (let k = 0; k < data.proposals.findings[i]; ++k) rules.add(text(data.findings.cite, firstFinding[i] + k));
    const rows = [];
    for (const policy of data.policies)
        for (const rule of policy.rules)
            if (rules.has(rule.cite) && rule.text) rows.push(el('dt', {}, isolated(rule.cite), ` · ${policy.title}, ${policy.status}`), el('dd', {}, isolated(rule.text)));
    return rows.length > 0 && el('details', {}, el('summary', {}, 'The policy’s wording'), el('dl', { class: 'wording' }, rows));
}

function proposal(i) {
    const { proposals } = data;
    const word = verdictWord(i);
    const reference = referenceOf(i);
    const kept = proposals.keptNames.map((name, k) => fact(spoken(name), isolated(text(proposals.kept[k], i))));
    const triggers = text(proposals.triggers, i);
    const count = proposals.findings[i];
    return [
        el('h2', { id: 'details-title', tabindex: -1 }, isolated(reference)),
        el('p', {}, isolated(text(proposals.name, i))),
        el('p', { class: `chip v-${word}` }, mark(word, 22), el('strong', {}, verdictOf(word).label), el('span', {}, ` ${verdictOf(word).meaning}`)),
        el('p', { class: 'why' }, isolated(text(proposals.why, i))),
        triggers && el('p', { class: 'result' }, mark('triggered'), el('span', {}, 'Beside it: ', isolated(triggers))),
        facts(
            fact('Nearest place', nearest(i)),
            fact('Use', capital(text(proposals.use, i))),
            fact('Assessed as at', longDay(text(proposals.asAt, i))),
            fact('Decided', longDay(text(proposals.decided, i))),
            ...kept,
        ),
        count > 0 && el('h3', {}, 'What each rule found'),
        count > 0 && findingList(i),
        wording(i),
        el('p', { class: 'small' }, el('a', { href: `#proposal=${encodeURIComponent(reference)}` }, 'Link to this application')),
    ];
}

function place({ layer, index }) {
    const places = data.places[layer];
    return [
        el('h2', { id: 'details-title', tabindex: -1 }, isolated(text(places.name, index) || text(places.id, index))),
        el('p', {}, `Protected place: ${places.layer}`),
        facts(fact('Id', isolated(text(places.id, index))), fact('Kind', isolated(capital(text(places.kind, index)))), fact(`On ${longDay(data.asAt)}`, capital(text(places.state, index)))),
    ];
}

function outlet({ layer, index }) {
    const outlets = data.outlets[layer];
    const uses = useWords.filter((_, k) => outlets.uses[index] & (1 << k));
    const opened = text(outlets.opened, index);
    const closed = text(outlets.closed, index);
    return [
        el('h2', { id: 'details-title', tabindex: -1 }, isolated(text(outlets.name, index) || text(outlets.id, index))),
        el('p', {}, `Outlet: ${uses.join(', ') || 'use not stated'}`),
        facts(fact('Id', isolated(text(outlets.id, index))), fact('In trade from', opened ? longDay(opened) : 'before the first record'), fact('Until', closed ? longDay(closed) : 'the last record, and perhaps longer'), fact('Layer', outlets.layer)),
    ];
}

function unit({ layer, index }) {
    const units = data.units[layer];
    return [
        el('h2', { id: 'details-title', tabindex: -1 }, isolated(text(units.name, index) || text(units.id, index))),
        el('p', {}, 'Unit of ', isolated(text(units.frontage, index))),
        facts(fact('Id', isolated(text(units.id, index))), fact('Use', capital(text(units.use, index))), fact('State', capital(text(units.state, index)))),
    ];
}

function area({ index }) {
    const rows = data.uses.map((_, use) => {
        const row = figures(use, state.day, index);
        return [el('h3', {}, capital(useWords[use])), facts(fact('Outlets', countWords(row)), fact('Rate', rateWords(row)),
            fact('Residents', row?.population === null || !row ? 'not known' : grouped(Math.round(row.population))), fact('Per km²', row?.per_km2?.toFixed(2)))];
    });
    return [
        el('h2', { id: 'details-title', tabindex: -1 }, isolated(text(data.areas.name, index) || text(data.areas.code, index))),
        el('p', {}, isolated(text(data.areas.code, index)), `, ${data.areas.layer}, on ${longDay(data.days[state.day])}`),
        rows,
    ];
}

function square({ index }) {
    const holds = inSquare(index);
    const { grid } = data;
    return [
        el('h2', { id: 'details-title', tabindex: -1 }, `Square of ${grid.size} m`),
        el('p', {}, `From easting ${grid.easting[index]}, northing ${grid.northing[index]}`),
        facts(...verdicts.map((each) => {
            const count = holds.proposals[data.results.indexOf(each.word)];
            return count > 0 && fact(each.label, counts(count, 'application'));
        }), holds.outlets > 0 && fact('Outlets', `${grouped(holds.outlets)} on ${longDay(data.days[state.day])}`), holds.places > 0 && fact('Protected places', grouped(holds.places))),
    ];
}
const counts = (count, word) => `${grouped(count)} ${word}${count === 1 ? '' : 's'}`;

function spot({ name }) {
    return [el('h2', { id: 'details-title', tabindex: -1 }, name), el('p', {}, 'The place of this postcode, shown by a ring.')];
}

function several({ list }) {
    return [
        el('h2', { id: 'details-title', tabindex: -1 }, `${list.length} applications here`),
        el('ul', { class: 'plain' }, list.map((i) => el('li', {}, el('button', { type: 'button', class: 'link', on: { click: () => choose({ kind: 'proposal', index: i }) } },
            mark(verdictWord(i)), `${verdictOf(verdictWord(i)).label} `, isolated(referenceOf(i)), ' ', isolated(text(data.proposals.name, i)))))),
    ];
}

const kinds = { proposal: ({ index }) => proposal(index), place, outlet, unit, area, square, spot, several };

function setHash(selected) {
    const hash = selected?.kind === 'proposal' ? `#proposal=${encodeURIComponent(referenceOf(selected.index))}` : '';
    if (hash === location.hash) return;
    history.replaceState(null, '', hash || location.pathname + location.search);
}

/** Selects one thing. `look`: brings it into sight; `focus`: a keyboard goes on in the details. */
export function choose(selected, { look = false, focus = false } = {}) {
    change('selected', (of) => {
        of.selected = selected;
    });
    setHash(selected);
    if (!selected) return;
    if (look) lookAt(pointsOf(selected), selected.kind === 'area' ? 15 : 16);
    speak(`Details: ${document.getElementById('details-title').textContent}`);
    if (focus) document.getElementById('details-title').focus();
}

function pointsOf(selected) {
    if (selected.kind === 'spot') return [selected.at];
    if (selected.kind !== 'proposal') return [middle(selected.shape)].filter(Boolean);
    const at = pointAt(data.proposals.x[selected.index], data.proposals.y[selected.index]);
    const lines = measured(selected.index).filter((line) => line.deciding);
    return [...(at ? [at] : []), ...lines.flatMap((line) => [line.site, line.place, ...(line.walk ? line.walk.way : [])])];
}

/** What a click on the map hit. */
export function chooseHit(hits) {
    if (!hits.length) return choose(null);
    const [{ source, properties }] = hits;
    const index = properties.i;
    const number = Number(source.split('-')[1]);
    if (source === 'proposals' && hits.length > 1) return choose({ kind: 'several', list: hits.map((hit) => hit.properties.i) });
    if (source === 'proposals' || source === 'sites') return choose({ kind: 'proposal', index });
    if (source.startsWith('outlets-')) return choose({ kind: 'outlet', layer: number, index, shape: data.outlets[number].shapes[index] });
    if (source.startsWith('units-')) return choose({ kind: 'unit', layer: number, index, shape: data.units[number].shapes[index] });
    if (source.startsWith('places-')) return choose({ kind: 'place', layer: number, index, shape: data.places[number].shapes[index] });
    if (source === 'grid') return choose({ kind: 'square', index, shape: data.grid.shapes[index] });
    return choose({ kind: 'area', index, shape: data.areas.shapes[index] });
}

/** `#proposal=REF`: true where there is such an application. */
export function chooseFromHash(options = { look: true }) {
    const wanted = /^#proposal=(.*)$/.exec(location.hash);
    if (!wanted) return false;
    let reference = wanted[1];
    try {
        reference = decodeURIComponent(reference);
    } catch {
        // as it stands
    }
    for (let i = 0; i < proposalCount; ++i) {
        if (referenceOf(i) !== reference) continue;
        choose({ kind: 'proposal', index: i }, options);
        return true;
    }
    speak(`There is no application ${reference} in this map`);
    return false;
}

export function makeDetails(container) {
    const show = () => {
        const { selected } = state;
        container.hidden = !selected;
        document.body.classList.toggle('has-details', Boolean(selected));
        if (!selected) return replace(container);
        const close = el('button', { type: 'button', class: 'close', 'aria-label': 'Close the details', on: { click: () => choose(null) } }, '×');
        replace(container, close, kinds[selected.kind](selected));
        container.scrollTop = 0;
    };
    onChange((what) => {
        if (what === 'selected' || (what === 'day' && ['area', 'square'].includes(state.selected?.kind))) show();
    });
    container.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') choose(null);
    });
    show();
}
