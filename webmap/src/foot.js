// SPDX-License-Identifier: Apache-2.0
// What the map rests on: remarks, sources with their licences, files with their hashes.
import { data } from './data.js';
import { counted, el, grouped, isolated, longDay } from './dom.js';

export function attributions() {
    const lines = data.attributions.map((line) => el('li', {}, isolated(line.text || line.layers), line.licence && ` (${line.licence})`, line.text && `: ${line.layers}`, line.dates && `, data of ${line.dates.split(', ').map(longDay).join(', ')}`));
    if (data.tiles) lines.unshift(el('li', {}, 'Basemap: ', isolated(data.tiles.attribution)));
    return el('ul', { class: 'sources' }, lines);
}

export function makeFoot(container) {
    const { provenance } = data;
    const short = (hash) => hash.slice(0, 12);
    container.append(
        el('section', {}, el('h2', {}, 'Sources'), attributions()),
        data.policies.length > 0 && el('section', {}, el('h2', {}, 'Policies'), el('ul', {}, data.policies.map((policy) => el('li', {}, isolated(policy.title), ` (${policy.id}, ${policy.status})`)))),
        data.remarks.length > 0 && el('details', {}, el('summary', {}, `To know: ${counted(data.remarks.length, 'remark')}`), el('ul', {}, data.remarks.map((words) => el('li', {}, isolated(words))))),
        el('details', {}, el('summary', {}, 'Files that this map was made from'), el('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Files, table' }, el('table', {},
            el('thead', {}, el('tr', {}, ['Layer', 'File', 'Rows read', 'Rows used', 'Date', 'SHA-256 begins'].map((title) => el('th', { scope: 'col' }, title)))),
            el('tbody', {}, provenance.files.map((file) => el('tr', {}, el('th', { scope: 'row' }, isolated(file.layer)), el('td', {}, isolated(file.file)), el('td', { class: 'n' }, grouped(file.rows)), el('td', { class: 'n' }, grouped(file.used)), el('td', {}, longDay(file.date)), el('td', {}, el('code', {}, short(file.sha256))))))))),
        el('p', { class: 'small' }, `Made by ${provenance.program} from ${provenance.study} (${short(provenance.sha256)}). Positions are shown in WGS 84; distances were measured in ${data.crs}.`),
    );
}
