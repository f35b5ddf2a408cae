// SPDX-License-Identifier: Apache-2.0
// How verdicts, uses and places look: a colour, a shape and a sign each, so that none is told by colour alone. Colours are those of the map layers.
import { svg } from './dom.js';

const diamond = 'M12 1.5 22.5 12 12 22.5 1.5 12Z';
const triangle = 'M12 2 22.5 21 1.5 21Z';
const square = 'M3.5 3.5H20.5V20.5H3.5Z';
const disc = 'M12 3.5a8.5 8.5 0 1 0 .01 0Z';
const small = 'M12 7a5 5 0 1 0 .01 0Z';

/** Gravest first; `meaning` is that of `cordon check`. */
export const verdicts = [
    { word: 'breach', label: 'Breach', path: diamond, fill: '#b2182b', sign: '×', ink: '#fff', meaning: 'contrary to a policy by more than the data’s accuracy' },
    { word: 'borderline', label: 'Borderline', path: triangle, fill: '#ef8a62', sign: '!', ink: '#1b1b1f', low: 2.5, meaning: 'too close to call with these data: check on site' },
    { word: 'unknown', label: 'Unknown', path: square, fill: '#762a83', sign: '?', ink: '#fff', meaning: 'something needed is missing; not the same as clear' },
    { word: 'exempt', label: 'Exempt', path: square, fill: '#92c5de', sign: 'e', ink: '#1b1b1f', meaning: 'within a limit, and in an area that the policy exempts' },
    { word: 'clear', label: 'Clear', path: disc, fill: '#2166ac', sign: '✓', ink: '#fff', meaning: 'beyond every limit by more than the data’s accuracy' },
    { word: 'not-applicable', label: 'Not applicable', path: small, fill: '#ffffff', sign: '', ink: '#1b1b1f', meaning: 'another use, another place, or not in force on the day' },
];
export const verdictOf = (word) => verdicts.find((verdict) => verdict.word === word);
const triggered = { word: 'triggered', label: 'Triggered', path: disc, fill: '#1b7837', sign: '›', ink: '#fff' };
const resultOf = (word) => (word === 'triggered' ? triggered : verdictOf(word));

const edge = '#1b1b1f';
const font = '"Arial", "Helvetica", sans-serif';

/** The mark as a picture of the page. Its word always stands beside it. */
export function mark(word, size = 18) {
    const look = resultOf(word);
    return svg('svg', { viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', class: 'mark' },
        svg('path', { d: look.path, fill: look.fill, stroke: edge, 'stroke-width': 1.4 }),
        look.sign && svg('text', { x: 12, y: 16.6 + (look.low ?? 0), 'text-anchor': 'middle', 'font-size': 13, 'font-weight': 700, 'font-family': 'Arial, Helvetica, sans-serif', fill: look.ink }, look.sign));
}

/** The same as pixels for the map, twice as fine. */
export function pixels(verdict) {
    const scale = 2;
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 26 * scale;
    const pen = canvas.getContext('2d', { willReadFrequently: true }); // drawn by the processor: to read it back from the graphics card takes far longer
    pen.scale(scale, scale);
    pen.translate(1, 1);
    const path = new Path2D(verdict.path);
    pen.lineJoin = 'round';
    pen.lineWidth = 4;
    pen.strokeStyle = 'rgba(255,255,255,.9)';
    pen.stroke(path);
    pen.fillStyle = verdict.fill;
    pen.fill(path);
    pen.lineWidth = 1.4;
    pen.strokeStyle = edge;
    pen.stroke(path);
    pen.font = `700 13px ${font}`;
    pen.textAlign = 'center';
    pen.fillStyle = verdict.ink;
    pen.fillText(verdict.sign, 12, 16.6 + (verdict.low ?? 0));
    return pen.getImageData(0, 0, canvas.width, canvas.height);
}

// Okabe and Ito's colours, apart for colour-blind eyes; the letter tells the use too.
const useColours = ['#e69f00', '#56b4e9', '#009e73', '#f0e442', '#0072b2', '#d55e00', '#cc79a7', '#666666'];
const letters = { 'hot-food-takeaway': 'T', 'restaurant-or-cafe': 'C', 'drinking-establishment': 'D', shop: 'S', 'off-licence': 'O', 'betting-shop': 'B', 'payday-lender': 'L', pawnbroker: 'P', 'amusement-centre': 'A', 'credit-union': 'U', 'bank-or-office': 'K', other: 'X' };
export const useLook = (word, k) => ({ fill: useColours[k % useColours.length], letter: letters[word] ?? word.charAt(0).toUpperCase() });

export function useMark(word, k, size = 18) {
    const look = useLook(word, k);
    return svg('svg', { viewBox: '0 0 24 24', width: size, height: size, 'aria-hidden': 'true', class: 'mark' },
        svg('circle', { cx: 12, cy: 12, r: 9, fill: look.fill, stroke: edge, 'stroke-width': 1.4 }),
        svg('text', { x: 12, y: 16.4, 'text-anchor': 'middle', 'font-size': 12, 'font-weight': 700, 'font-family': 'Arial, Helvetica, sans-serif', fill: edge }, look.letter));
}

const placeColours = [['#c6b8dd', '#54278f'], ['#f7c5a1', '#8c4a12'], ['#a9d3d8', '#0b5a63'], ['#e7b6c8', '#8a1c4a'], ['#d9d3a0', '#5f5a12'], ['#b9c4e4', '#2a3f86']];
/** Greens for parks and the like, by the layer's name; others in turn. */
export function placeLook(layer, k) {
    const [fill, line] = /park|green|open.?space|garden|allotment|playing/i.test(layer) ? ['#b8dba3', '#2f6b1e'] : placeColours[k % placeColours.length];
    return { fill, line };
}

/** A patch of colour for the legend; `dashed`: its line is broken. */
export function patch({ fill, line, opacity = 1, dashed = false, width = 1.6 }) {
    const shape = { x: 2, y: 4, width: 20, height: 16, fill, 'fill-opacity': opacity, stroke: line, 'stroke-width': width };
    if (dashed) shape['stroke-dasharray'] = '4 2';
    return svg('svg', { viewBox: '0 0 24 24', width: 18, height: 18, 'aria-hidden': 'true', class: 'mark' }, svg('rect', shape));
}
