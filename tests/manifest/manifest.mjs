// @ts-check
// The manifest as its tests read it.
// Validates nothing.

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

/** The repository. */
export const root = resolve(fileURLToPath(import.meta.url), '../../..');

/** The manifest's text. */
export const text = readFileSync(resolve(root, 'manifest.yml'), 'utf8');

/** The manifest's content. @type {any} */
export const manifest = parse(text);
