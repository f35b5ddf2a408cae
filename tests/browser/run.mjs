// SPDX-License-Identifier: Apache-2.0
// node run.mjs [TEST…]: opens maps that the program made, in Chromium, and uses them as readers do. Exit status 77: not on this machine.
//   CORDON_PROGRAM           the program under test; else build/release/bin/cordon
//   CORDON_BROWSER_PACKAGES  the folder with node_modules of package.json; else this one
//   CORDON_CHROMIUM          Chromium; else the one on PATH
//   CORDON_UPDATE_EXPECTED   set: writes expected/ in place of comparing
import { start, stop } from './harness.mjs';
import * as tests from './tests.mjs';

const names = Object.keys(tests).map((name) => name.replaceAll('_', '-'));
if (process.argv[2] === '--list') {
    console.log(names.join('\n'));
    process.exit(0);
}
const wanted = process.argv.length > 2 ? process.argv.slice(2) : names;
let failed = 0;
await start();
for (const name of wanted) {
    const test = tests[name.replaceAll('-', '_')];
    try {
        if (!test) throw new Error(`there is no such test; there are ${names.join(', ')}`);
        const words = await test();
        console.log(`ok    ${name}${words ? `: ${words}` : ''}`);
    } catch (error) {
        failed += 1;
        console.log(`FAILED ${name}: ${error.message}`);
    }
}
await stop();
process.exit(failed ? 1 : 0);
