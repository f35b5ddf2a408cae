// SPDX-License-Identifier: Apache-2.0
// The same facts as tables: for keyboards, for screen readers, for whoever prefers rows.
import { data, figures, proposalCount, referenceOf, text, useWords, verdictWord } from './data.js';
import { capital, counted, el, grouped, isolated, longDay, replace, spoken } from './dom.js';
import { choose } from './details.js';
import { inSquare } from './mapview.js';
import { onChange, speak, state } from './state.js';
import { mark, verdictOf, verdicts } from './symbols.js';

const pageSize = 25;
const column = (title, value, more = {}) => ({ title, value, ...more });
const number = (title, value, decimals = 0) => column(title, value, { number: true, words: (cell) => (cell === null || cell === undefined ? '' : decimals ? cell.toFixed(decimals) : grouped(cell)) });
const gravity = new Map(verdicts.map((verdict, k) => [verdict.word, k]));

function proposals() {
    const { proposals: all } = data;
    return {
        title: 'Applications', one: 'application', rows: proposalCount, keep: (i) => state.verdicts.has(verdictWord(i)), follows: 'verdicts',
        chosen: (i) => ({ kind: 'proposal', index: i }),
        columns: [
            column('Reference', referenceOf),
            column('Verdict', verdictWord, { order: (i) => gravity.get(verdictWord(i)), cell: (i) => el('span', { class: 'marked' }, mark(verdictWord(i)), verdictOf(verdictWord(i)).label) }),
            column('Address', (i) => text(all.name, i)),
            column('Why', (i) => text(all.why, i), { wide: true }),
            column('Nearest place', (i) => text(all.nearestName, i) || text(all.nearestId, i)),
            number('Metres to it', (i) => all.nearestM[i], 1),
            column('As at', (i) => text(all.asAt, i), { words: longDay }),
            ...all.keptNames.map((name, k) => column(spoken(name), (i) => text(all.kept[k], i))),
        ],
    };
}

function findingsTable() {
    const { findings } = data;
    const of = [];
    data.proposals.findings.forEach((count, i) => {
        for (let k = 0; k < count; ++k) of.push(i);
    });
    const result = (f) => data.results[findings.result[f]];
    return {
        title: 'Findings', one: 'finding', rows: of.length, keep: (f) => state.verdicts.has(verdictWord(of[f])), follows: 'verdicts',
        chosen: (f) => ({ kind: 'proposal', index: of[f] }),
        columns: [
            column('Reference', (f) => referenceOf(of[f])),
            column('Rule', (f) => text(findings.rule, f)),
            column('Result', result, { cell: (f) => el('span', { class: 'marked' }, mark(result(f)), capital(result(f))) }),
            column('Place', (f) => text(findings.place, f)),
            number('Measured', (f) => findings.measured[f], 3),
            ...(findings.walked.some(Boolean) ? [
                column('Way', (f) => (findings.placeX[f] === null ? '' : findings.walked[f] ? 'on foot' : 'straight line')),
                column('Walked from', (f) => text(findings.startKind, f)),
                number('Place to street', (f) => findings.accessPlace[f], 3),
                number('Along streets', (f) => findings.along[f], 3),
                number('Street to site', (f) => findings.accessSite[f], 3),
            ] : []),
            number('Limit', (f) => findings.limit[f]),
            column('Unit', (f) => text(findings.unit, f)),
            number('Margin', (f) => findings.margin[f], 3),
            number('Tolerance', (f) => findings.tolerance[f], 3),
            column('In words', (f) => text(findings.sentence, f), { wide: true }),
        ],
    };
}

function places() {
    const rows = data.places.flatMap((layer, k) => layer.id.map((_, i) => [k, i]));
    return {
        title: 'Protected places', one: 'place', rows: rows.length, keep: () => true,
        chosen: (r) => ({ kind: 'place', layer: rows[r][0], index: rows[r][1], shape: data.places[rows[r][0]].shapes[rows[r][1]] }),
        columns: [
            column('Name', (r) => text(data.places[rows[r][0]].name, rows[r][1]) || text(data.places[rows[r][0]].id, rows[r][1])),
            column('Layer', (r) => data.places[rows[r][0]].layer),
            column('Kind', (r) => text(data.places[rows[r][0]].kind, rows[r][1])),
            column('Id', (r) => text(data.places[rows[r][0]].id, rows[r][1])),
            column('State', (r) => text(data.places[rows[r][0]].state, rows[r][1])),
        ],
    };
}

function outlets() {
    const rows = data.outlets.flatMap((layer, k) => layer.id.map((_, i) => [k, i]));
    const cell = (r, name) => text(data.outlets[rows[r][0]][name], rows[r][1]);
    const uses = (r) => useWords.filter((_, use) => data.outlets[rows[r][0]].uses[rows[r][1]] & (1 << use));
    const trades = ([k, i]) => {
        const layer = data.outlets[k];
        return !layer.unclear[i] && layer.from[i] <= state.day && layer.until[i] > state.day && data.uses.some((_, use) => state.uses.has(use) && layer.uses[i] & (1 << use));
    };
    return {
        title: 'Outlets', one: 'outlet', rows: rows.length, keep: (r) => trades(rows[r]), follows: 'day', about: () => `In trade on ${longDay(data.days[state.day])}.`,
        chosen: (r) => ({ kind: 'outlet', layer: rows[r][0], index: rows[r][1], shape: data.outlets[rows[r][0]].shapes[rows[r][1]] }),
        columns: [
            column('Name', (r) => cell(r, 'name') || cell(r, 'id')),
            column('Use', (r) => uses(r).join(', ')),
            column('In trade from', (r) => cell(r, 'opened'), { words: (day) => longDay(day) || 'before the records' }),
            column('Until', (r) => cell(r, 'closed'), { words: longDay }),
            column('Id', (r) => cell(r, 'id')),
        ],
    };
}

function areas() {
    const count = data.areas.code.length;
    const rows = data.uses.flatMap((_, use) => [...Array(count).keys(), -1].map((area) => [use, area]));
    const of = (r) => figures(rows[r][0], state.day, rows[r][1]);
    return {
        title: spoken(data.areas.layer), one: 'row', rows: rows.length, keep: (r) => state.uses.has(rows[r][0]), follows: 'day', about: () => `Outlets on ${longDay(data.days[state.day])}; opened, closed and change since the day before.`,
        chosen: (r) => (rows[r][1] < 0 ? null : { kind: 'area', index: rows[r][1], shape: data.areas.shapes?.[rows[r][1]] }),
        columns: [
            column('Area', (r) => (rows[r][1] < 0 ? 'All areas' : text(data.areas.name, rows[r][1]) || text(data.areas.code, rows[r][1]))),
            column('Use', (r) => capital(useWords[rows[r][0]])),
            number('Outlets', (r) => of(r)?.outlets),
            number('Opened', (r) => of(r)?.opened),
            number('Closed', (r) => of(r)?.closed),
            number('Change', (r) => of(r)?.change),
            number('Residents', (r) => of(r)?.population),
            number(`Per ${grouped(data.areas.per)} residents`, (r) => of(r)?.rate, 2),
            number('from', (r) => of(r)?.rate_lower, 2),
            number('to', (r) => of(r)?.rate_upper, 2),
            number('Per km²', (r) => of(r)?.per_km2, 2),
        ],
    };
}

function squares() {
    const { grid } = data;
    const held = (i, word) => inSquare(i).proposals[data.results.indexOf(word)];
    return {
        title: 'Squares', one: 'square', rows: grid.easting.length, keep: () => true, follows: 'day', about: () => `Squares of ${grid.size} m by their lower left corner${data.days.length ? `; outlets on ${longDay(data.days[state.day])}` : ''}.`,
        chosen: (i) => ({ kind: 'square', index: i, shape: grid.shapes[i] }),
        columns: [
            column('Square', (i) => `${grid.easting[i]}, ${grid.northing[i]}`),
            ...verdicts.filter((each) => data.verdicts[data.results.indexOf(each.word)]).map((each) => number(each.label, (i) => held(i, each.word))),
            number('Outlets', (i) => inSquare(i).outlets),
            number('Protected places', (i) => grid.places[i]),
        ],
    };
}

function makeTable(of) {
    let sorted = null; // { column, down }
    let page = 0;
    let words = '';
    const id = of.title.toLowerCase().replace(/\W+/g, '-');
    const caption = el('caption', {}, of.title);
    const body = el('tbody', {});
    const status = el('p', { class: 'small' });
    const filter = el('input', { type: 'search', id: `filter-${id}`, autocomplete: 'off', maxlength: 120 });
    const before = el('button', { type: 'button', on: { click: () => turn(-1) } }, '‹ Before');
    const after = el('button', { type: 'button', on: { click: () => turn(1) } }, 'Next ›');
    const value = (each, r) => each.value(r) ?? null;
    const shownCell = (each, r) => (each.words ? each.words(value(each, r)) : String(value(each, r) ?? ''));
    const orderOf = (each, r) => (each.order ? each.order(r) : value(each, r));
    const heads = of.columns.map((each) => {
        const button = el('button', { type: 'button', on: { click: () => sort(each) } }, each.title, el('span', { class: 'arrow', 'aria-hidden': 'true' }));
        return el('th', { scope: 'col', class: each.number ? 'n' : null }, button);
    });

    const matches = (r) => of.keep(r) && (!words || of.columns.some((each) => shownCell(each, r).toLowerCase().includes(words)));
    function rows() {
        const list = [];
        for (let r = 0; r < of.rows; ++r) if (matches(r)) list.push(r);
        if (!sorted) return list;
        const compare = (a, b) => {
            const [x, y] = [orderOf(sorted.column, a), orderOf(sorted.column, b)];
            if (x === null || y === null || x === '' || y === '') return (x === null || x === '') - (y === null || y === '') || a - b;
            const way = typeof x === 'number' ? x - y : x < y ? -1 : x > y ? 1 : 0;
            return (sorted.down ? -way : way) || a - b;
        };
        return list.sort(compare);
    }
    function row(r) {
        const chosen = of.chosen(r);
        const cells = of.columns.map((each, k) => {
            const content = each.cell ? each.cell(r) : isolated(shownCell(each, r));
            const name = each.number ? 'n' : each.wide ? 'wide' : null;
            if (k > 0) return el('td', { class: name }, content);
            return el('th', { scope: 'row' }, chosen ? el('button', { type: 'button', class: 'link', on: { click: () => { choose(chosen, { look: true, focus: true }); document.getElementById('map-part').scrollIntoView({ block: 'start' }); } } }, content) : content);
        });
        return el('tr', {}, cells);
    }
    function show(tell = false) {
        const list = rows();
        const pages = Math.max(1, Math.ceil(list.length / pageSize));
        page = Math.min(page, pages - 1);
        replace(body, list.slice(page * pageSize, (page + 1) * pageSize).map(row));
        const say = `${counted(list.length, of.one)}${list.length === of.rows ? '' : ` of ${grouped(of.rows)}`}, page ${page + 1} of ${pages}`;
        replace(status, say, of.about ? `. ${of.about()}` : '');
        before.disabled = page === 0;
        after.disabled = page === pages - 1;
        of.columns.forEach((each, k) => {
            const on = sorted?.column === each;
            if (on) heads[k].setAttribute('aria-sort', sorted.down ? 'descending' : 'ascending');
            else heads[k].removeAttribute('aria-sort');
            heads[k].querySelector('.arrow').textContent = on ? (sorted.down ? ' ▼' : ' ▲') : '';
        });
        if (tell) speak(say);
    }
    function sort(each) {
        sorted = { column: each, down: sorted?.column === each ? !sorted.down : Boolean(each.number) };
        page = 0;
        show(true);
    }
    function turn(by) {
        page += by;
        show(true);
    }
    filter.addEventListener('input', () => {
        words = filter.value.trim().toLowerCase();
        page = 0;
        show(true);
    });
    const root = el('div', { class: 'table' },
        el('div', { class: 'tools' }, el('label', { for: `filter-${id}` }, 'Rows that hold'), filter, before, after), status,
        el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `${of.title}, table` }, el('table', {}, caption, el('thead', {}, el('tr', {}, heads)), body)));
    return { root, show, follows: of.follows };
}

export function makeTables(container) {
    const kinds = [proposalCount && proposals(), proposalCount && findingsTable(), data.places.some((layer) => layer.id.length) && places(), data.outlets.some((layer) => layer.id.length) && outlets(), data.areas && areas(), data.grid && squares()].filter(Boolean);
    if (!kinds.length) return;
    const place = el('div', {});
    const made = new Map();
    let current = null;
    const open = (kind) => {
        if (!made.has(kind)) made.set(kind, makeTable(kind));
        current = made.get(kind);
        current.show();
        replace(place, current.root);
    };
    const choices = kinds.map((kind, k) => el('li', {}, el('input', { type: 'radio', name: 'table', id: `table-${k}`, checked: k === 0, on: { change: () => open(kind) } }), el('label', { for: `table-${k}` }, kind.title)));
    container.append(el('h2', { id: 'tables-title' }, 'The same facts as tables'), el('fieldset', { class: 'tabs' }, el('legend', { class: 'unseen' }, 'Which table'), el('ul', {}, choices)), place);
    open(kinds[0]);
    onChange((what) => {
        if (what === current.follows || (what === 'uses' && current.follows === 'day')) current.show();
    });
}
