// @ts-check
// Bundles the app's function with Forge's own bundler, offline: `node tests/bundle/make.cjs OUTPUT`.
// CommonJS and a process of its own, because the bundler wants to be started from such a file, in the app's folder.

const { cpSync, mkdirSync, readFileSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { join } = require('node:path');
const { parse } = require('yaml');

const output = /** @type {string} */ (process.argv[2]);
const root = join(__dirname, '../..');

// The bundler downloads two scripts of the platform and puts them beside the bundle; these stand in for them.
const runtime = join(output, 'runtime');
mkdirSync(join(runtime, 'dist'), { recursive: true });
for (const name of ['loader', 'wrapper']) writeFileSync(join(runtime, 'dist', `${name}.js`), `// ${name}\n`);
process.env.FORGE_RUNTIME_PATH = runtime;

const { getEntryPoints, getNodeBundler, getWrapperProvider } = require('@forge/bundler');

const manifest = parse(readFileSync(join(root, 'manifest.yml'), 'utf8'));
/** @type {any} */
const logger = { info() {}, debug() {}, trace() {}, warn: (/** @type {string} */ message) => console.error(`warning: ${message}`), error: console.error };

async function make() {
  process.chdir(root);
  const handlers = manifest.modules.function.map((/** @type {{ handler: string }} */ { handler }) => ({ module: handler.split('.')[0] }));
  /** @type {any} */
  const fileSystemReader = { readFileAsync: (/** @type {string} */ path) => readFile(path, 'utf8') };
  /** @type {any} */
  const config = { readConfig: async () => manifest };
  const bundler = getNodeBundler(logger, getWrapperProvider({ fileSystemReader }), config);
  const { outputDir } = await bundler.bundle({ appDirectory: root, entryPoints: getEntryPoints(handlers) });
  cpSync(outputDir, join(output, 'bundle'), { recursive: true });
}

make().catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
