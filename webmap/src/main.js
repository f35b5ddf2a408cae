// SPDX-License-Identifier: Apache-2.0
import { data } from './data.js';
import { el, isolated, longDay, replace } from './dom.js';
import { chooseFromHash, chooseHit, makeDetails } from './details.js';
import { attributions, makeFoot } from './foot.js';
import { makeMap, picture, resize, show, whole } from './mapview.js';
import { makePanel, printLegend } from './panel.js';
import { makeSearch } from './search.js';
import { makeSlider } from './slider.js';
import { onChange, speakInto, state } from './state.js';
import { makeTables } from './tables.js';

const live = el('div', { class: 'unseen', 'aria-live': 'polite', role: 'status' });
speakInto(live);

const header = el('header', {},
    el('h1', {}, isolated(data.title)),
    el('p', { class: 'as-at' }, el('strong', {}, `As at ${data.asAtLong}`), data.asAtWords !== data.asAt && el('span', { class: 'how' }, `Verdicts as at ${data.asAtWords}`)),
    data.incomplete && el('p', { class: 'incomplete' }, isolated(data.incomplete)));
// The map takes what the head leaves of the window.
new ResizeObserver(() => document.documentElement.style.setProperty('--head', `${header.offsetHeight}px`)).observe(header);

const canvas = el('div', { id: 'map', 'aria-describedby': 'map-help' });
const details = el('section', { class: 'details', 'aria-label': 'Details', hidden: true });
const side = el('div', { class: 'side' }, makeSearch());
const mapPart = el('div', { class: 'map-part', id: 'map-part' }, canvas,
    el('p', { class: 'unseen', id: 'map-help' }, 'Arrow keys move the map, plus and minus zoom. Everything on it is in the tables below it.'), makeSlider(), details);
const tables = el('section', { class: 'tables', id: 'tables', 'aria-labelledby': 'tables-title', tabindex: -1 });
const footer = el('footer', {});
const paper = el('div', { class: 'paper', 'aria-hidden': 'true' });

document.body.append(
    el('a', { class: 'skip', href: '#search' }, 'Skip to the search'), el('a', { class: 'skip', href: '#tables' }, 'Skip the map, to the tables'),
    header, el('main', {}, el('div', { class: 'top' }, side, mapPart), paper, tables), footer, live);
for (const [link, id] of [[0, 'search'], [1, 'tables']])
    document.querySelectorAll('.skip')[link].addEventListener('click', (event) => {
        event.preventDefault(); // the hash names an application
        document.getElementById(id).focus();
        document.getElementById(id).scrollIntoView();
    });

/** What goes on paper: the map as it stands, what its marks mean, whose data they are. */
function toPaper() {
    const chosen = details.hidden ? null : el('div', { class: 'chosen' }, [...details.children].filter((child) => !child.matches('button')).map((child) => child.cloneNode(true)));
    replace(paper, el('img', { src: picture(), alt: '' }), el('div', { class: 'beside' }, el('h2', {}, 'Legend'), printLegend(),
        el('p', { class: 'small' }, `Zones are drawings as at ${data.asAtLong}; a verdict is a measured distance.`), attributions()), chosen);
    for (const part of paper.querySelectorAll('[id]')) part.removeAttribute('id');
}

function failed(words) {
    canvas.append(el('p', { class: 'no-map' }, words));
    window.__ready = 1;
}

async function start() {
    let map = null;
    try {
        map = await makeMap(canvas, chooseHit);
    } catch {
        failed('This browser cannot draw the map (WebGL is switched off). Everything on it is in the tables below.');
    }
    if (map) {
        side.append(...makePanel());
        onChange(show);
        addEventListener('beforeprint', toPaper);
        matchMedia('print').addEventListener('change', (event) => event.matches && toPaper());
        new ResizeObserver(resize).observe(canvas);
    }
    makeDetails(details);
    makeTables(tables);
    makeFoot(footer);
    chooseFromHash();
    addEventListener('hashchange', () => chooseFromHash());
    if (!map) return;
    const home = el('button', { type: 'button', class: 'home', on: { click: whole } }, 'Whole area');
    mapPart.append(home);
    map.once('idle', () => {
        window.__readyAt = performance.now();
        window.__ready = 1;
    });
    window.cordon = { map, state, data };
}

start();
document.title = `${data.title}: map as at ${longDay(data.asAt)}`;
