// SPDX-License-Identifier: Apache-2.0
// What the program wrote into the page: columns, texts kept once, positions as steps in millionths of a degree.

export const data = JSON.parse(document.getElementById('data').textContent);

const { texts } = data;
/** The text of a column's cell. */
export const text = (column, i) => texts[column[i]];

/** What the outlets of a use are called: `hot-food-takeaway` → `Hot food takeaway`. */
export const useWords = data.uses.map((word) => word.replace(/-/g, ' '));

/** The row in `data.findings` where each proposal's begin. */
export const firstFinding = [];
{
    let next = 0;
    for (const count of data.proposals.findings) {
        firstFinding.push(next);
        next += count;
    }
}

export const proposalCount = data.proposals.reference.length;
export const verdictWord = (i) => data.results[data.proposals.verdict[i]];
export const referenceOf = (i) => text(data.proposals.reference, i);

/** Rows of the areas' figures: figures(use, day, area); area -1 is the total. */
const rowOf = new Map();
const key = (use, day, area) => (use * data.days.length + day) * (data.areas.code.length + 1) + area + 1;
if (data.areas) {
    const { rows } = data.areas;
    for (let r = 0; r < rows.area.length; ++r) rowOf.set(key(rows.useIndex[r], rows.dayIndex[r], rows.area[r]), r);
}
export function figures(use, day, area) {
    const row = rowOf.get(key(use, day, area));
    if (row === undefined) return null;
    const { rows } = data.areas;
    const out = {};
    for (const name of ['outlets', 'opened', 'closed', 'population', 'rate', 'rate_lower', 'rate_upper', 'per_km2', 'change', 'change_percent'])
        out[name] = rows[name][row];
    return out;
}

/** The finding that shows where a proposal was measured from and to. */
export function decidingFinding(i) {
    const at = data.proposals.deciding[i];
    return at < 0 ? -1 : firstFinding[i] + at;
}
