// Bundles the fixture's page (real @forge/bridge) into one script, as an app's build would.
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

export async function bundlePage() {
  const root = fileURLToPath(new URL('./fixture-app/page/', import.meta.url));
  await build({
    root, configFile: false, logLevel: 'error', publicDir: false,
    define: { 'process.env.NODE_ENV': '"production"', 'process.env': '{}' },
    build: { outDir: root, emptyOutDir: false, minify: false, lib: { entry: `${root}entry.js`, formats: ['iife'], name: 'fixture', fileName: () => 'page.js' } },
  });
}
