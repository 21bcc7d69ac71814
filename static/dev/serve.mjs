// Serves the built pages with the fake bridge in place of Forge's, under the exact policy Forge sends. For work on the pages and their tests.
// It is not the local host: no core, no product, no storage.
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml' };
const BRIDGE = '<script src="/dev/world.js"></script><script src="/dev/fake-search.js"></script><script src="/dev/fake-masking.js"></script><script src="/dev/fake-models.js"></script><script src="/dev/fake-models-rules.js"></script><script src="/dev/fake-bridge.js"></script>';

/** Forge's own header for an app without content permissions; reports stay here. */
export function policy() {
  const { CSPInjectionService } = createRequire(import.meta.url)('@forge/csp');
  const directives = new CSPInjectionService().getInjectableCSP({ existingCSPDetails: {}, microsEnv: 'prod' });
  return directives.filter((directive) => !directive.startsWith('report-uri')).join('; ');
}

/** Serves on a port, or on a free one; `more` adds scripts by their path, from wherever they are. What no test changes is cached, compiled too. */
export function serve(port = 0, more = {}) {
  const header = policy();
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://local').pathname));
    if (path === '/favicon.ico') return response.writeHead(204).end();
    const file = more[path] ?? (path.startsWith('/dev/') ? join(root, path) : join(root, 'dist', path.endsWith('/') ? `${path}index.html` : path));
    try {
      let content = await readFile(file);
      if (extname(file) === '.html') content = String(content).replace('<head>', `<head>${BRIDGE}`);
      response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': header, 'cache-control': path in more || path.includes('/assets/') ? 'max-age=3600, immutable' : 'no-store' });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(port, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() })));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url } = await serve(Number(process.env.PORT ?? 5173));
  console.log(`Studio ${url}/studio/\nPanel  ${url}/panel/\nAdmin  ${url}/admin/\nAdd ?s=<scenario>&theme=dark; scenarios are in static/dev/fake-bridge.js`);
}
