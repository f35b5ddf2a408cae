// SPDX-License-Identifier: Apache-2.0
// node build.mjs SOURCE BUILD: bundles SOURCE/src and the styles into BUILD/map.js and BUILD/map.css, with the packages of BUILD/node_modules.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [source, build] = process.argv.slice(2).map((folder) => path.resolve(folder));
const require = createRequire(path.join(build, 'package.json'));
const esbuild = require('esbuild');
const common = {
    bundle: true,
    minify: true,
    write: false,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    nodePaths: [path.join(build, 'node_modules')],
};

const script = await esbuild.build({
    ...common,
    entryPoints: [path.join(source, 'src/main.js')],
    format: 'iife',
    target: ['es2022'],
});
const style = await esbuild.build({
    ...common,
    entryPoints: [path.join(source, 'style.css')],
    loader: { '.svg': 'dataurl' },
});

const package_of = (name) => JSON.parse(readFileSync(path.join(build, 'node_modules', name, 'package.json'), 'utf8'));
const maplibre = package_of('maplibre-gl');
const licence = readFileSync(path.join(build, 'node_modules/maplibre-gl/LICENSE.txt'), 'utf8').replaceAll('*/', '* /').trim();
const notice = `/*\ncordon map, Apache-2.0; with MapLibre GL JS ${maplibre.version}, https://maplibre.org, whose licence is:\n\n${licence}\n*/\n`;
// Nothing in either may end the element that it will stand in.
const js = script.outputFiles[0].text.replace(/<(\/script|!--)/gi, '\\x3c$1');
const css = style.outputFiles[0].text.replace(/<\//g, '\\3c /');
writeFileSync(path.join(build, 'map.js'), notice + js);
writeFileSync(path.join(build, 'map.css'), css);
