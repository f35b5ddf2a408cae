// SPDX-License-Identifier: Apache-2.0
// One function a test; its name with dashes is the test's. Returns words for the report, throws where something is wrong.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { axeSource, desktop, drawn, equal, expect, fernhill, fernhillStudy, folder, here, mapOf, open, openPage, phone, readPng, reportOf, writePng } from './harness.mjs';
import { hostile, hostileNames, large, walked } from './studies.mjs';

const reference = '19/00425/FUL';
const sentence = '250.0 m from the boundary of Alderbrook Academy (schools 990001), limit 400 m: contrary to FH1';
const rendered = (page, layer) => page.evaluate((id) => window.cordon.map.queryRenderedFeatures({ layers: [id] }).length, layer);
const details = (page) => page.locator('.details').innerText();

async function choose(page, name) {
    const index = await page.evaluate((wanted) => {
        const { data } = window.cordon;
        return data.proposals.reference.findIndex((text) => data.texts[text] === wanted);
    }, name);
    expect(index >= 0, `${name} is in the data`);
    const at = await page.evaluate((i) => {
        const { map, data } = window.cordon;
        const position = [data.proposals.x[i] / 1e6, data.proposals.y[i] / 1e6];
        map.jumpTo({ center: position, zoom: 15.4 });
        const { x, y } = map.project(position);
        const box = map.getContainer().getBoundingClientRect();
        return { x: box.left + x, y: box.top + y };
    }, index);
    await drawn(page);
    await page.mouse.click(at.x, at.y);
    await drawn(page);
}

export async function opens_from_disk() {
    const page = await open(fernhill());
    page.quiet();
    equal(page.asked[0], page.own, 'the first request is the page itself');
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    expect(policy.startsWith("default-src 'none'") && !policy.includes('unsafe'), 'the policy of the page forbids all else');
    // What the policy promises, the browser holds.
    const asked = await page.evaluate(() => fetch('https://example.org/').then(() => 'answered', () => 'refused'));
    equal(asked, 'refused', 'a request to a server');
    const head = await page.locator('header').innerText();
    expect(head.includes('Fernhill') && head.includes('As at 1 April 2026'), 'title and date in the head');
    expect((await rendered(page, 'proposals')) > 100, 'proposals are drawn');
    expect((await rendered(page, 'zone-all')) > 0, 'zones are drawn');
    const side = await page.locator('.side').innerText();
    expect(side.includes('Zones are drawings'), 'zones are labelled as drawings');
    const table = await page.locator('.tables tbody tr').count();
    equal(table, 25, 'rows on the first page of the table');
}

export async function slider_moves_through_the_years() {
    const page = await open(fernhill());
    const shown = async () => {
        const ids = await page.evaluate(() => window.cordon.map.queryRenderedFeatures({ layers: ['outlets-0'] }).map((each) => each.properties.i).sort((a, b) => a - b));
        return ids;
    };
    const last = await shown();
    const total = await page.locator('.total').innerText();
    await page.locator('#day').focus();
    await page.keyboard.press('Home');
    await drawn(page);
    const first = await shown();
    expect(JSON.stringify(first) !== JSON.stringify(last), 'other outlets are drawn on the first day');
    const traded = await page.evaluate(() => {
        const { data } = window.cordon;
        return data.outlets[0].from.filter((from, i) => from <= 0 && data.outlets[0].until[i] > 0 && data.outlets[0].shapes[i]).length;
    });
    expect(first.length > 0 && first.length <= traded, `no more are drawn (${first.length}) than traded (${traded})`);
    equal(await page.locator('.day').innerText(), '1 January 2012', 'the day is said');
    expect((await page.locator('.total').innerText()) !== total, 'the number of outlets follows');
    await page.getByRole('button', { name: 'Play' }).click();
    await page.waitForFunction(() => window.cordon.state.day >= 2);
    await page.getByRole('button', { name: 'Pause' }).click();
    const stopped = await page.evaluate(() => window.cordon.state.day);
    await page.waitForTimeout(1200);
    equal(await page.evaluate(() => window.cordon.state.day), stopped, 'the day after the pause');
    page.quiet();
    return `${first.length} outlets drawn in 2012, ${last.length} in 2026`;
}

export async function a_click_shows_the_finding() {
    const page = await open(fernhill());
    await choose(page, reference);
    const text = await details(page);
    for (const words of [reference, 'Breach', sentence, 'Nearest place', 'Alderbrook Academy', '250.0 m in a straight line', 'Margin 150.0 m, tolerance 3.0 m'])
        expect(text.includes(words), `the details say “${words}”: ${text}`);
    expect((await rendered(page, 'chosen-line')) > 0, 'the measured line is drawn');
    expect((await rendered(page, 'chosen-words')) > 0, 'its length is written');
    expect((await rendered(page, 'chosen-place')) > 0, 'the place is outlined');
    expect(page.url().endsWith(`#proposal=${encodeURIComponent(reference)}`), 'the address names the application');
    await page.getByRole('button', { name: 'Close the details' }).click();
    await drawn(page);
    equal(await rendered(page, 'chosen-line'), 0, 'lines after closing');
    page.quiet();
}

export async function a_walk_is_drawn_along_the_streets() {
    const page = await open(mapOf(walked(folder('walked'))));
    await choose(page, '26/1');
    const text = await details(page);
    for (const words of ['412.0 m on foot (12.0 m to the street, 395.0 m along it, 5.0 m to the site; 327.6 m in a straight line)', 'Ash School', '412.0 m on foot'])
        expect(text.includes(words), `the details say “${words}”: ${text}`);
    expect(text.includes('(schools S1), 412.0 m on foot'), 'the nearest place is told by its walk');
    const [way] = await page.evaluate(() => window.cordon.map.querySourceFeatures('chosen', { filter: ['==', ['get', 'part'], 'way'] }).map((each) => each.geometry));
    equal(way.type, 'LineString', 'the way');
    expect(way.coordinates.length >= 3, 'the way turns at the corner');
    expect((await rendered(page, 'chosen-way')) > 0, 'the way is drawn');
    expect((await rendered(page, 'chosen-access')) > 0, 'so are the stretches between the street and the two ends');
    expect((await rendered(page, 'chosen-way-words')) > 0, 'its length is written');
    equal(await rendered(page, 'chosen-line'), 0, 'straight lines beside it');
    const zone = await page.evaluate(() => window.cordon.data.zones.rules.map((each) => each.label));
    expect(zone.every((label) => label.includes('500 m on foot from')), `a zone on foot is called so: ${zone}`);
    await page.locator('.tables label', { hasText: 'Findings' }).click();
    const heads = await page.locator('.tables th').allInnerTexts();
    expect(heads.some((head) => head.startsWith('Along streets')), `the table of findings has the parts of the walk: ${heads}`);
    await page.getByRole('button', { name: 'Close the details' }).click();
    await drawn(page);
    equal(await rendered(page, 'chosen-way'), 0, 'ways after closing');
    page.quiet();
}

export async function areas_are_shaded_with_a_legend() {
    const page = await open(fernhill());
    await page.selectOption('#shade', 'rate');
    await drawn(page);
    const colours = () => page.evaluate(() => {
        const { map, data } = window.cordon;
        return data.areas.code.map((_, i) => map.getFeatureState({ source: 'areas', id: i }).colour);
    });
    const late = await colours();
    expect(new Set(late).size > 2, 'areas differ in colour');
    const keys = await page.locator('#shade-legend li').allInnerTexts();
    expect(keys.length >= 4 && keys.some((key) => key.startsWith('under')), `the legend has classes: ${keys}`);
    await page.locator('#day').focus();
    await page.keyboard.press('Home');
    expect(JSON.stringify(await colours()) !== JSON.stringify(late), 'the shading follows the slider');
    await page.selectOption('#shade', 'change');
    expect((await page.locator('#shade-legend').innerText()).includes('no change'), 'change has its own legend');
    page.quiet();
}

export async function filter_and_layers() {
    const page = await open(fernhill());
    const before = await rendered(page, 'proposals');
    await page.locator('#verdict-breach').uncheck();
    await drawn(page);
    const verdicts = await page.evaluate(() => window.cordon.map.queryRenderedFeatures({ layers: ['proposals'] }).map((each) => each.properties.verdict));
    expect(verdicts.length > 0 && verdicts.length < before && !verdicts.includes('breach'), 'no breach is drawn any more');
    equal(await page.locator('#shown').innerText(), '138 of 207 applications shown', 'the count');
    equal(await page.locator('[aria-live]').innerText(), '138 of 207 applications shown', 'what a screen reader is told');
    expect(!(await page.locator('.tables tbody').innerText()).includes('Breach'), 'nor is one in the table');
    await page.locator('#layer-zone-all').uncheck();
    await drawn(page);
    equal(await rendered(page, 'zone-all'), 0, 'zones after they were switched off');
    page.quiet();
}

export async function search_finds() {
    const page = await open(fernhill());
    const search = page.getByRole('searchbox', { name: /Find an application/ });
    await search.fill('19/00425');
    await page.keyboard.press('Enter');
    expect((await details(page)).includes(sentence), 'by reference');
    equal(await page.evaluate(() => document.activeElement.id), 'details-title', 'the focus');
    await search.fill('218 poplar lane');
    await page.locator('#found button').first().click();
    expect((await details(page)).includes(reference), 'by address, in small letters');
    await search.fill('Alderbrook Academy');
    await page.locator('#found button', { hasText: 'schools' }).first().click();
    expect((await details(page)).includes('Protected place'), 'a place by its name');
    const postcode = await page.evaluate(() => window.cordon.data.postcodes.code[0]);
    await search.fill(postcode.replace(' ', '').toLowerCase());
    await page.keyboard.press('Enter');
    expect((await details(page)).includes(postcode), 'a postcode without its blank');
    await search.fill('nowhere at all');
    expect((await page.locator('#found').innerText()).includes('Nothing found'), 'what is not there');
    page.quiet();
}

export async function a_link_opens_at_one_application() {
    const page = await open(fernhill(), { hash: `#proposal=${encodeURIComponent(reference)}` });
    expect((await details(page)).includes(sentence), 'with the reference escaped');
    await drawn(page);
    expect((await rendered(page, 'chosen-line')) > 0, 'the line is drawn');
    const plain = await open(fernhill(), { hash: `#proposal=${reference}` });
    expect((await details(plain)).includes(sentence), 'and as written');
    const none = await open(fernhill(), { hash: '#proposal=%E0%A4%A' });
    expect(await none.locator('.details').isHidden(), 'a link to nothing opens the map');
    for (const each of [page, plain, none]) each.quiet();
}

export async function tables_by_keyboard() {
    const page = await open(fernhill());
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    equal(await page.evaluate(() => document.activeElement.textContent), 'Skip the map, to the tables', 'the second stop');
    await page.keyboard.press('Enter');
    equal(await page.evaluate(() => document.activeElement.id), 'tables', 'the focus after it');
    await page.getByRole('button', { name: /^Metres to it/ }).press('Enter');
    const first = page.locator('.tables tbody tr').first();
    equal(await page.locator('th[aria-sort]').getAttribute('aria-sort'), 'descending', 'the order');
    const metres = (await page.locator('.tables tbody td:nth-child(6)').allInnerTexts()).filter(Boolean).map(Number);
    expect(metres.length > 5 && metres.every((value, k) => k === 0 || value <= metres[k - 1]), `sorted: ${metres}`);
    await page.getByLabel('Rows that hold').fill('Poplar Lane');
    expect((await page.locator('.tables tbody').innerText()).split('\n').length > 0 && (await first.innerText()).includes('Poplar Lane'), 'rows that hold the words');
    await first.getByRole('button').press('Enter');
    expect((await details(page)).includes('Poplar Lane'), 'a row opens its details');
    for (const title of ['Findings', 'Protected places', 'Outlets', 'Wards']) {
        await page.getByRole('radio', { name: title }).check({ force: true });
        equal(await page.locator('.tables caption').innerText(), title, 'the caption');
        expect((await page.locator('.tables tbody tr').count()) > 5, `${title} has rows`);
    }
    page.quiet();
}

async function violations(page, where) {
    await page.evaluate(axeSource());
    const found = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
    equal(found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target).join(' ')}`), [], `axe ${where}`);
    return found.passes.length;
}

export async function accessible() {
    let rules = 0;
    for (const [name, viewport] of [['desktop', desktop], ['phone', phone]]) {
        const page = await open(fernhill(), { viewport, bypassCSP: true });
        rules = Math.max(rules, await violations(page, `${name}, as it opens`));
        await page.getByRole('searchbox', { name: /Find an application/ }).fill('Poplar');
        await violations(page, `${name}, while searching`);
        await page.keyboard.press('Enter');
        await page.selectOption('#shade', 'rate');
        await violations(page, `${name}, with details and shading`);
        for (const id of ['table-1', 'table-3', 'table-4']) {
            await page.locator(`#${id}`).check({ force: true });
            await violations(page, `${name}, ${id}`);
        }
    }
    return `${rules} rules of axe pass, none fails`;
}

/** Sheets of each kind that Fernhill has, and its pack: without script, so that what is tested is what is there. */
export async function reports_are_accessible() {
    const pages = {
        'sheet of a breach': ['--proposal', reference],
        'borderline sheet': ['--proposal', '25/00785/FUL'],
        'sheet of a place': ['--at', '657600,256050'],
        pack: [],
    };
    let rules = 0;
    for (const [name, words] of Object.entries(pages)) {
        const file = reportOf(fernhillStudy, ...words);
        for (const viewport of [desktop, phone]) {
            const page = await openPage(file, { viewport, bypassCSP: true });
            rules = Math.max(rules, await violations(page, `${name}, ${viewport.width} px`));
            const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
            expect(width <= viewport.width, `${name}: ${width} px of ${viewport.width}: it runs out of the page`);
            page.quiet();
            await page.context().close();
        }
    }
    return `${rules} rules of axe pass, none fails`;
}

export async function works_at_phone_width() {
    const page = await open(fernhill(), { viewport: phone, hasTouch: true, isMobile: true });
    const wide = () => page.evaluate(() => document.scrollingElement.scrollWidth);
    expect((await wide()) <= phone.width, 'nothing runs out of the page');
    await choose(page, reference);
    expect((await details(page)).includes(sentence), 'a tap shows the finding');
    expect((await wide()) <= phone.width, 'nor with the details');
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    const head = await page.locator('.as-at').boundingBox();
    expect(head.y >= 0 && head.y + head.height < 120, 'the date stays in sight at the end of the page');
    const small = await page.evaluate(() => [...document.querySelectorAll('button, input, select, summary')].filter((each) => {
        const box = each.getBoundingClientRect();
        return box.width > 1 && box.height > 1 && !each.classList.contains('link') && each.closest('table') === null && (each.closest('label, li') ?? each).getBoundingClientRect().height < 24;
    }).map((each) => each.outerHTML.slice(0, 80)));
    equal(small, [], 'targets under 24 px');
    page.quiet();
}

export async function prints() {
    const page = await open(fernhill(), { hash: `#proposal=${encodeURIComponent(reference)}` });
    await drawn(page);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await page.waitForFunction(() => document.querySelector('.paper img')?.complete);
    for (const gone of ['.side', '#map', '.tables', '.skip']) expect(!(await page.locator(gone).first().isVisible()), `${gone} is not printed`);
    const paper = await page.locator('.paper').innerText();
    const breaches = await page.evaluate(() => {
        const { data } = window.cordon;
        return data.proposals.verdict.filter((verdict) => data.results[verdict] === 'breach').length;
    });
    for (const words of ['Legend', `Breach (${breaches})`, 'Fictional data, CC0', sentence, 'Zones are drawings']) expect(paper.includes(words), `on paper: ${words}`);
    expect((await page.locator('header').innerText()).includes('As at 1 April 2026'), 'the date is printed');
    const colours = await page.evaluate(() => {
        const picture = document.querySelector('.paper img');
        const canvas = document.createElement('canvas');
        canvas.width = 64;
        canvas.height = 64;
        const pen = canvas.getContext('2d');
        pen.drawImage(picture, 0, 0, 64, 64);
        const seen = new Set();
        const { data } = pen.getImageData(0, 0, 64, 64);
        for (let k = 0; k < data.length; k += 4) seen.add(`${data[k] >> 4} ${data[k + 1] >> 4} ${data[k + 2] >> 4}`);
        return seen.size;
    });
    expect(colours > 8, `the map is in the picture (${colours} colours)`);
    const pdf = await page.pdf({ format: 'A4', tagged: true });
    expect(pdf.subarray(0, 5).toString() === '%PDF-' && pdf.length > 20_000, 'a PDF');
    page.quiet();
}

/** Mean colour of blocks of 8 by 8 pixels: small type and edges, which differ between machines, weigh little. */
function blocks(bytes, size = 8) {
    const picture = readPng(bytes);
    const width = Math.floor(picture.width / size);
    const height = Math.floor(picture.height / size);
    const out = { width, height, data: Buffer.alloc(width * height * 4, 255) };
    for (let y = 0; y < height; ++y) for (let x = 0; x < width; ++x) for (let c = 0; c < 3; ++c) {
        let sum = 0;
        for (let v = 0; v < size; ++v) for (let u = 0; u < size; ++u) sum += picture.data[((y * size + v) * picture.width + x * size + u) * 4 + c];
        out.data[(y * width + x) * 4 + c] = Math.round(sum / (size * size));
    }
    return out;
}

function difference(a, b) {
    if (a.width !== b.width || a.height !== b.height) return { mean: 255, far: 1 };
    let sum = 0;
    let far = 0;
    for (let k = 0; k < a.data.length; k += 4) {
        const each = Math.max(...[0, 1, 2].map((c) => Math.abs(a.data[k + c] - b.data[k + c])));
        sum += each;
        if (each > 48) far += 1;
    }
    return { mean: sum / (a.data.length / 4), far: far / (a.data.length / 4) };
}

export async function looks_as_stored() {
    const page = await open(fernhill(), { viewport: { width: 1184, height: 800 } });
    await page.addStyleTag({ content: '.maplibregl-control-container, .home { visibility: hidden }' }).catch(() => {});
    const picture = async () => blocks(await page.locator('#map canvas').screenshot());
    const seen = await picture();
    const stored = path.join(here, 'expected', 'fernhill-map.png');
    if (process.env.CORDON_UPDATE_EXPECTED || !existsSync(stored)) {
        if (!process.env.CORDON_UPDATE_EXPECTED) throw new Error(`${stored} is not there`);
        mkdirSync(path.dirname(stored), { recursive: true });
        writeFileSync(stored, writePng(seen));
    }
    const wanted = readPng(readFileSync(stored));
    const far = difference(seen, wanted);
    expect(far.mean < 4 && far.far < 0.01, `the map looks otherwise: mean difference ${far.mean.toFixed(2)} of 255, ${(far.far * 100).toFixed(1)} % of it far off`);
    // The tolerance is not so wide that a layer could go missing in it.
    await page.locator('#layer-zone-all').uncheck();
    await drawn(page);
    const without = difference(await picture(), wanted);
    expect(without.mean >= 4 || without.far >= 0.01, `a map without zones would pass (${without.mean.toFixed(2)}, ${(without.far * 100).toFixed(1)} %)`);
    return `mean difference ${far.mean.toFixed(2)} of 255; without zones ${without.mean.toFixed(2)}`;
}

const limit = 3; // seconds
export async function ten_thousand_features_in_time() {
    const file = mapOf(large(folder('large'), 6000, 3900), '--by', 'areas');
    const times = [];
    // A machine that others use as well takes longer: as many times as it has more to do than processors.
    const busy = Math.max(1, (os.loadavg()[0] + 1) / os.cpus().length);
    for (let run = 0; run < 3; ++run) {
        const page = await open(file);
        times.push(await page.evaluate(() => window.__readyAt / 1000));
        page.quiet();
        equal(await page.evaluate(() => window.cordon.data.proposals.reference.length + window.cordon.data.outlets[0].id.length + window.cordon.data.places[0].id.length), 10000, 'features one by one');
        await page.context().close();
        if (Math.min(...times) < limit) break;
    }
    const best = Math.min(...times);
    expect(best < limit * busy, `ready after ${best.toFixed(2)} s; expected under ${(limit * busy).toFixed(1)} s`);
    return `ready after ${best.toFixed(2)} s (load ${os.loadavg()[0].toFixed(1)} on ${os.cpus().length} processors)`;
}

export async function more_is_counted_by_squares() {
    const page = await open(mapOf(large(folder('larger'), 10001, 3900), '--by', 'areas'));
    page.quiet();
    equal(await page.evaluate(() => [window.cordon.data.proposals.reference.length, window.cordon.data.outlets[0].id.length]), [0, 3900], 'proposals and outlets one by one');
    equal(await page.evaluate(() => window.cordon.data.grid.verdicts.flat().reduce((sum, count) => sum + count, 0)), 10001, 'proposals in squares');
    expect((await rendered(page, 'grid-fill')) > 10, 'squares are drawn');
    expect((await page.locator('footer').textContent()).includes('10,001 proposals are more than this map shows one by one'), 'the page says so');
    await page.mouse.click(760, 400);
    expect((await details(page)).includes('Square of') || (await details(page)).length > 0, 'a square has its counts');
    await page.getByRole('radio', { name: 'Squares' }).check({ force: true });
    expect((await page.locator('.tables tbody tr').count()) > 10, 'squares are in the table');
}

export async function hostile_names_are_text() {
    const page = await open(mapOf(hostileNames(folder('hostile')), '--by', 'areas'));
    page.quiet();
    const table = await page.locator('.tables tbody').innerText();
    for (const words of [hostile.reference, hostile.script, hostile.formula, 'Turned \\xE2\\x80\\xAEgnp.exe', 'Bell \\x07 Street']) expect(table.includes(words), `in the table: ${words}; it holds ${table}`);
    expect(!/[\u202a-\u202e\u0007]/.test(await page.locator('body').innerText()), 'nothing turns text round');
    await choose(page, hostile.reference);
    const text = await details(page);
    for (const words of [hostile.reference, hostile.script, hostile.school]) expect(text.includes(words), `in the details: ${words}`);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    equal(await page.evaluate(() => [window.hacked === undefined, document.querySelectorAll('script').length, document.querySelectorAll('.tables img, .details img, iframe, object').length]), [true, 2, 0], 'nothing ran, nothing was added');
    expect((await page.title()).startsWith(hostile.title), 'the title is text');
    await page.reload();
    await page.waitForFunction(() => window.__ready === 1);
    expect((await details(page)).includes(hostile.reference), 'and a link to it leads there');
    page.quiet();
}

export async function only_the_named_tiles_are_asked() {
    const dot = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    const asked = [];
    const server = http.createServer((request, answer) => {
        asked.push(request.url);
        answer.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' }).end(dot);
    });
    await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
    const host = `http://127.0.0.1:${server.address().port}`;
    try {
        const file = mapOf(hostileNames(folder('tiles')), '--by', 'areas', '--tiles', `${host}/t/{z}/{x}/{y}.png`, '--tiles-attribution', 'Tiles © the council <b>');
        const page = await open(file, { allow: [`${host}/t/`] });
        page.quiet();
        expect(asked.length > 0 && asked.every((url) => /^\/t\/\d+\/\d+\/\d+\.png$/.test(url)), `tiles were asked: ${asked[0]}`);
        expect((await page.locator('footer').innerText()).includes('Tiles © the council <b>'), 'whose they are');
        const other = await page.evaluate(() => fetch('http://127.0.0.1:9/').then(() => 'answered', (error) => String(error)));
        expect(other !== 'answered', 'no other host');
    } finally {
        server.closeAllConnections?.();
        server.close();
    }
}
