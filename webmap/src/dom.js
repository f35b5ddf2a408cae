// SPDX-License-Identifier: Apache-2.0
// Elements from data. Text goes in as text nodes only; nothing here, or anywhere, parses markup.

export function el(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === null || value === false) continue;
        if (name === 'on') for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
        else if (name === 'value') made.value = value;
        else if (name === 'checked') made.checked = value;
        else made.setAttribute(name, value === true ? '' : value);
    }
    return append(made, children);
}

export function svg(tag, attributes = {}, ...children) {
    const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return append(made, children);
}

function append(parent, children) {
    for (const child of children.flat(Infinity)) {
        if (child === undefined || child === null || child === false) continue;
        parent.append(child instanceof Node ? child : document.createTextNode(String(child)));
    }
    return parent;
}

export function replace(parent, ...children) {
    parent.replaceChildren();
    return append(parent, children);
}

/** Text from data, which may run from right to left: it stays in its place. */
export const isolated = (text) => el('bdi', {}, text);

export const grouped = (number) => String(number).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
export const counted = (number, one, many = one + 's') => `${grouped(number)} ${number === 1 ? one : many}`;
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
/** `town-centres` → `Town centres`. */
export const spoken = (name) => capital(name.replace(/[-_]+/g, ' '));

const months = 'January February March April May June July August September October November December'.split(' ');
/** `2026-04-01` → `1 April 2026`. */
export function longDay(iso) {
    if (!iso) return '';
    const [year, month, day] = iso.split('-').map(Number);
    return `${day} ${months[month - 1]} ${year}`;
}
