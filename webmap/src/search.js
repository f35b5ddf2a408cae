// SPDX-License-Identifier: Apache-2.0
// Finds applications by reference or address, places by name, and postcodes.
import { data, proposalCount, referenceOf, text, verdictWord } from './data.js';
import { counted, el, isolated, replace } from './dom.js';
import { pointAt } from './geometry.js';
import { choose } from './details.js';
import { mark, verdictOf } from './symbols.js';
import { speak } from './state.js';

const folded = (words) => words.toLowerCase().normalize('NFKD').replace(/[\u0300-\u036f]/g, '').replace(/\s+/g, ' ').trim();
const tight = (words) => folded(words).replace(/ /g, '');
const most = 8;

function everything() {
    const items = [];
    for (let i = 0; i < proposalCount; ++i) {
        const reference = referenceOf(i);
        const name = text(data.proposals.name, i);
        items.push({ key: folded(`${reference} ${name}`), exact: tight(reference), chosen: { kind: 'proposal', index: i }, words: () => [mark(verdictWord(i)), el('strong', {}, isolated(reference)), ` ${verdictOf(verdictWord(i)).label}: `, isolated(name)] });
    }
    data.places.forEach((places, layer) => places.id.forEach((_, i) => {
        const name = text(places.name, i) || text(places.id, i);
        items.push({ key: folded(name), exact: tight(text(places.id, i)), chosen: { kind: 'place', layer, index: i, shape: places.shapes[i] }, words: () => [el('strong', {}, isolated(name)), ` ${places.layer}`] });
    }));
    data.postcodes.code.forEach((code, i) => {
        const at = pointAt(data.postcodes.x[i], data.postcodes.y[i]);
        if (at) items.push({ key: folded(code), exact: tight(code), postcode: true, chosen: { kind: 'spot', name: code, at }, words: () => [el('strong', {}, code), ' postcode'] });
    });
    return items;
}

export function makeSearch() {
    let items = null;
    const list = el('ul', { class: 'found', id: 'found', 'aria-label': 'Found', hidden: true });
    const input = el('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'search-help', maxlength: 120 });

    function found(words) {
        items ??= everything();
        const wanted = folded(words).split(' ');
        const whole = tight(words);
        const score = (item) => {
            if (item.exact === whole) return 0;
            if (item.exact.startsWith(whole)) return item.postcode ? 2 : 1;
            if (!item.postcode && wanted.every((word) => item.key.includes(word))) return 3;
            return 9;
        };
        return items.map((item) => [score(item), item]).filter(([points]) => points < 9).sort((a, b) => a[0] - b[0]).map(([, item]) => item);
    }

    const pick = (item) => {
        list.hidden = true;
        choose(item.chosen, { look: true, focus: true });
    };
    function update() {
        const words = input.value.trim();
        if (words.length < 2) {
            list.hidden = true;
            replace(list);
            return [];
        }
        const hits = found(words);
        replace(list, hits.slice(0, most).map((item) => el('li', {}, el('button', { type: 'button', on: { click: () => pick(item) } }, item.words()))),
            hits.length > most && el('li', { class: 'small' }, `and ${hits.length - most} more: type more of it`),
            !hits.length && el('li', { class: 'small' }, 'Nothing found'));
        list.hidden = false;
        speak(hits.length ? `${counted(hits.length, 'result')} below the search field` : 'Nothing found');
        return hits;
    }
    input.addEventListener('input', update);
    const form = el('form', { role: 'search', class: 'search', on: { submit: (event) => {
        event.preventDefault();
        const [first] = update();
        if (first) pick(first);
    } } },
        el('label', { for: 'search' }, 'Find an application, a place or a postcode'), input,
        el('p', { class: 'small', id: 'search-help' }, 'By reference, address or name. Enter takes the first.'), list);
    form.addEventListener('keydown', (event) => {
        if (event.key === 'Escape') list.hidden = true;
    });
    return form;
}
