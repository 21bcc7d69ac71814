// Builds the Custom UI: one folder per Forge resource (studio, panel, admin), each with its own index.html and relative paths.
// The three are made from one `pages/index.html`: what stands in a head is said once, and a page is its script.
// It does not bundle the app's function; `dev/build.mjs` does.
import { createRequire } from 'node:module';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);
export const PAGES = ['studio', 'panel', 'admin'];

/**
 * The theme as one static file. Forge's policy refuses the `<style>` elements that `setGlobalTheme` would add,
 * so light and dark both ship as CSS and `data-color-mode` on `<html>` chooses.
 */
async function themeCss() {
  // The tokens package asks feature gates that are never set up outside Atlassian: off is their default.
  require('@atlaskit/platform-feature-flags').setBooleanFeatureFlagResolver(() => false);
  const { getThemeStyles } = require('@atlaskit/tokens/get-theme-styles');
  const themes = await getThemeStyles({ colorMode: 'auto', light: 'light', dark: 'dark', shape: 'shape', spacing: 'spacing', typography: 'typography' });
  return themes.filter((theme) => theme.id !== 'motion').map((theme) => theme.css.trim()).join('\n');
}

/** What the one `index.html` becomes for a page: its script, and the theme as a file beside it (added last, so that Vite leaves the link alone). */
const headOf = (page) => [
  { name: 'page-script', transformIndexHtml: { order: 'pre', handler: (html) => html.replace('%page%', `./${page}.jsx`) } },
  { name: 'theme-link', transformIndexHtml: () => [{ tag: 'link', attrs: { rel: 'stylesheet', href: './theme.css' }, injectTo: 'head-prepend' }] },
];

async function buildPage(page, { theme, minify, quiet }) {
  const outDir = join(here, 'dist', page);
  await build({
    root: join(here, 'pages'),
    base: './',
    configFile: false,
    logLevel: quiet ? 'error' : 'warn',
    plugins: [react(), headOf(page)],
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    resolve: {
      alias: [
        { find: /^@atlaskit\/platform-feature-flags(\/.*)?$/, replacement: join(here, 'src/parts/flags-off.js') },
        { find: '@atlaskit/tokens/set-global-theme', replacement: join(here, 'src/parts/theme-off.js') },
      ],
    },
    build: { outDir, emptyOutDir: true, target: 'es2022', minify, sourcemap: false, modulePreload: { polyfill: false }, assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
  });
  await writeFile(join(outDir, 'theme.css'), theme);
}

/** Builds every page; a page is a few seconds of work and they are independent. */
export async function buildPages({ pages = PAGES, minify = true, quiet = false } = {}) {
  const theme = await themeCss();
  await mkdir(join(here, 'dist'), { recursive: true });
  await Promise.all(pages.map((page) => buildPage(page, { theme, minify, quiet })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await rm(join(here, 'dist'), { recursive: true, force: true });
  await buildPages();
}
