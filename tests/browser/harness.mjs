// SPDX-License-Identifier: Apache-2.0
// Chromium, maps made by the real program, and checks that say what they saw.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const here = path.dirname(fileURLToPath(import.meta.url));
export const root = path.resolve(here, '../..');
const packages = process.env.CORDON_BROWSER_PACKAGES ?? here;
export const require = createRequire(path.join(path.resolve(packages), 'package.json'));

/** For ctest: this machine cannot run these tests. */
export function skip(why) {
    console.log(`skipped: ${why}`);
    process.exit(77);
}

export function need(name) {
    try {
        return require(name);
    } catch {
        return skip(`the package ${name} is not there (npm ci in ${packages})`);
    }
}

function chromium() {
    const folders = (process.env.PATH ?? '').split(path.delimiter);
    const names = process.env.CORDON_CHROMIUM ? [process.env.CORDON_CHROMIUM] : ['chromium', 'chromium-browser', 'google-chrome'].flatMap((name) => folders.map((folder) => path.join(folder, name)));
    return names.find((name) => existsSync(name)) ?? skip('no Chromium was found (Debian: apt-get install chromium)');
}

const temporary = mkdtempSync(path.join(os.tmpdir(), 'cordon-browser-'));
process.on('exit', () => rmSync(temporary, { recursive: true, force: true }));
export const folder = (name) => mkdtempSync(path.join(temporary, `${name}-`));

export function expect(holds, words) {
    if (!holds) throw new Error(words);
}
export function equal(seen, wanted, what) {
    expect(JSON.stringify(seen) === JSON.stringify(wanted), `${what}: expected ${JSON.stringify(wanted)}, saw ${JSON.stringify(seen)}`);
}

/** Runs the program under test. */
function cordon(words) {
    const program = process.env.CORDON_PROGRAM ?? path.join(root, 'build/release/bin/cordon');
    const environment = { ...process.env };
    if (!environment.CORDON_GRIDS) environment.CORDON_GRIDS = path.join(root, 'build/grids');
    try {
        execFileSync(program, words, { stdio: ['ignore', 'pipe', 'pipe'], env: environment });
    } catch (error) {
        // 4: finished, and incomplete. Fernhill has a proposal without a location, which hides no breach; others may.
        if (error.status !== 4) throw new Error(`cordon ${words[0]} ended with ${error.status}: ${error.stderr}`);
    }
}

/** Makes a map with the program under test; gives its path. */
export function mapOf(study, ...more) {
    const out = path.join(folder('map'), 'map.html');
    cordon(['map', study, '--out', out, ...more]);
    return out;
}
/** A sheet or pack, as the options say. */
export function reportOf(study, ...more) {
    const out = path.join(folder('report'), 'report.html');
    cordon(['report', study, '--out', out, ...more]);
    return out;
}
export const fernhillStudy = path.join(root, 'datasets/fernhill/study.toml');
let fernhillMap = null;
export const fernhill = () => (fernhillMap ??= mapOf(fernhillStudy));

let browser = null;
export async function start() {
    browser = await need('playwright-core').chromium.launch({
        executablePath: chromium(),
        args: ['--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--force-device-scale-factor=1', '--font-render-hinting=none'],
    });
}
export const stop = () => browser?.close();

export const desktop = { width: 1280, height: 860 };
export const phone = { width: 390, height: 844 };

/** Opens a page; what it asked for and complained of is in `page.asked` and `page.said`. */
export async function openPage(file, { viewport = desktop, hash = '', allow = [], ...more } = {}) {
    const context = await browser.newContext({ viewport, locale: 'en-GB', timezoneId: 'Europe/London', ...more });
    const page = await context.newPage();
    page.said = [];
    page.asked = [];
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && page.said.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => page.said.push(`exception: ${error.message}`));
    page.on('request', (request) => page.asked.push(request.url()));
    const url = pathToFileURL(file).href;
    page.own = url;
    await page.goto(url + hash);
    page.quiet = () => {
        equal(page.said.filter((line) => !/GPU stall due to ReadPixels|GL Driver Message/.test(line)), [], 'the console is silent');
        const outside = page.asked.filter((asked) => !asked.startsWith(url) && !/^(data|blob):/.test(asked) && !allow.some((host) => asked.startsWith(host)));
        equal(outside, [], 'nothing is asked of anybody');
    };
    return page;
}
/** A map, ready to be used. */
export async function open(file, options) {
    const page = await openPage(file, options);
    await page.waitForFunction(() => window.__ready === 1, null, { timeout: 90_000 });
    return page;
}

/** Waits until the map has drawn what it was told to. */
export const drawn = (page) => page.evaluate(() => new Promise((resolve) => {
    const { map } = window.cordon;
    map.once('idle', () => resolve());
    map.triggerRepaint();
}));

export const readPng = (bytes) => need('pngjs').PNG.sync.read(bytes);
export const writePng = (picture) => need('pngjs').PNG.sync.write(picture);
export const axeSource = () => readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
