// What the core writes as ADF is ADF by Atlassian's own JSON schema: made from Markdown, from storage format, by an edit
// script whole and in part, by a draft, by masking and restoring. It judges no words; the schema alone.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv';
import { loadCore } from '../../dev/core.mjs';
import { Random } from '../../dev/host/random.mjs';
import { SCHEMAS, definitions, document, sample } from './schema.mjs';

const core = loadCore();
const GOLDEN = fileURLToPath(new URL('../golden/content/', import.meta.url));
/** Documents made for each kind of node. */
const SEEDS = 12;

const ajv = new Ajv({ strict: false });
ajv.addSchema({ ...SCHEMAS.full, $schema: undefined, $id: 'full' });
/** What a page may hold today. @type {import('ajv').ValidateFunction} */
const full = /** @type {any} */ (ajv.getSchema('full#/definitions/doc_node'));

/** @param {string} adf @param {string} what */
function assertValid(adf, what) {
  if (full(JSON.parse(adf))) return;
  assert.fail(`${what}: ${place(JSON.parse(adf))}\n${adf.slice(0, 2000)}`);
}

/** The smallest node that is none: what the schema's alternatives bury. @param {any} node @returns {string} */
function place(node) {
  const inner = (node.content ?? []).map(place).filter(Boolean);
  if (inner.length > 0) return inner[0];
  const names = definitions(SCHEMAS.full).filter((name) => {
    const type = SCHEMAS.full.definitions[name].properties?.type?.enum?.[0];
    return type === node.type || name.startsWith(`${node.type}_`);
  });
  const fits = node.type !== 'text' && names.length > 0 && !names.some((name) => ajv.validate(`full#/definitions/${name}`, node));
  return fits ? `${node.type} is none of ${names.join(', ')}: ${JSON.stringify(node).slice(0, 400)}` : '';
}

/** Bodies that are ADF by the schema, of every kind of node. */
const made = definitions(SCHEMAS.full).flatMap((name) =>
  Array.from({ length: SEEDS }, (_, seed) => {
    return document(name, sample(SCHEMAS.full, name, seed + 1).value);
  }),
).filter((body) => full(body)).map((body) => JSON.stringify(body));

/** Markdown of every construct, and of such as may stand in a place where ADF has none of it. */
const PIECES = [
  '# Title', '###### Deep', 'text **bold _both_** `code` ~~gone~~', '- a\n- b\n  - c\n    1. d', '1. a\n\n   ```js\n   x\n   ```', '- [ ] todo\n- [x] done\n  - [ ] below',
  '> quote\n>\n> # title in it\n>\n> > quote in it', '> | a | b |\n> | - | - |\n> | c | d |', '| a | b |\n| - | - |\n| **c** | ![p](https://example.org/p.png) |', '```\ncode\n```', '    indented',
  '---', '![alt](https://example.org/a.png)', 'a ![alt](a.png) b', '[![alt](a.png)](https://example.org)', '<https://example.org>', '[x](https://example.org "t")', '[x](javascript:alert(1))', '[](a)',
  '> **Warning**\n>\n> Wear gloves.', '> **Details: more**\n>\n> inside\n>\n> > **Details: deeper**\n> >\n> > in it', '* **Decision:** yes', '- # title in an item\n- > quote in an item\n- ---', '- | a |\n  | - |\n  | b |',
  'line\\\nbreak', '<b>html</b>', '<div>\nblock\n</div>', '&nbsp;', '**', '`` ` ``', '-', '1.', '>', '- [ ]', '#', '```', '\\', '[^1]\n\n[^1]: note', 'a\u0000b', '@Mira Valdez :tada: 2024-01-31 [OPEN]', '| a |\n| - |', '* a\n\n  b\n\n  * c\n* - d',
];

/** @param {number} seed */
function markdownOf(seed) {
  const random = new Random(seed);
  const indent = (/** @type {string} */ text, /** @type {string} */ by) => text.split('\n').map((line) => by + line).join('\n');
  return Array.from({ length: 1 + random.below(6) }, () => {
    const [piece, other] = [random.pick(PIECES), random.pick(PIECES)];
    return [piece, indent(piece, '> '), `- ${indent(piece, '  ').slice(2)}`, `${piece}\n${other}`, `- [ ] ${piece}`, `1. a\n\n${indent(piece, '   ')}`][random.below(6)];
  }).join('\n\n');
}

/** @param {string} end @returns {[string, string][]} */
const golden = (end) => readdirSync(GOLDEN).filter((name) => name.endsWith(end)).map((name) => [name, readFileSync(join(GOLDEN, name), 'utf8')]);

/** Real documents, where a folder of them is named; nothing of them is part of the project. @param {string} folder @returns {[string, string][]} */
function real(folder) {
  const all = process.env.QUILLGATE_DATA && join(process.env.QUILLGATE_DATA, 'content', folder);
  return all ? readdirSync(all).map((name) => [name, readFileSync(join(all, name), 'utf8')]) : [];
}

/** Real ADF that is valid: the folder has documents that are not, on purpose. */
const realAdf = real('adf').map(([, body]) => body).filter((body) => isValid(body));

/** @param {string} body */
function isValid(body) {
  try {
    return full(JSON.parse(body));
  } catch {
    return false;
  }
}

/** The types that definitions of nodes or marks stand for. @param {string} end */
function types(end) {
  const of = (/** @type {any} */ rule) => [rule.properties?.type?.enum ?? [], ...(rule.allOf ?? []).map(of)].flat();
  return [...new Set(Object.values(SCHEMAS).flatMap(({ definitions: all }) => Object.keys(all).filter((name) => name.endsWith(end)).flatMap((name) => of(all[name]))))];
}

/**
 * Types that say nothing to a reader of text, or no more than what stands in them: the reader carries them along.
 * Where something stands on the page, and how it looks there; places that other pages name; frames around blocks.
 */
const CARRIED = {
  nodes: ['bodiedRule', 'bodiedSyncBlock', 'extensionFrame', 'syncBlock'],
  marks: ['alignment', 'border', 'breakout', 'dataConsumer', 'fontSize', 'fragment', 'indentation'],
};

/** Whether the reader makes something else of a type than of one that nobody knows. @param {string} type @param {boolean} isMark */
function isKnown(type, isMark) {
  const stranger = (/** @type {string} */ text) => text.replaceAll(`"type":"${type}"`, '"type":"ofASchemaToCome"');
  const says = (/** @type {string} */ adf) => core.markdown({ id: 1, format: 'adf', body: adf }).markdown + core.storage({ id: 1, adf }).storage;
  return Object.values(SCHEMAS).some((schema) => definitions(schema).some((name) => {
    if (name.endsWith('_mark') !== isMark) return false;
    return [1, 2, 3, 4].some((seed) => {
      const body = JSON.stringify(document(name, sample(schema, name, seed).value));
      return body.includes(`"type":"${type}"`) && says(body) !== says(stranger(body)).replaceAll('ofASchemaToCome', type);
    });
  }));
}

test('every type of node and mark of the schemas is known to the reader, or carried for a reason', () => {
  const nodes = types('_node').filter((type) => type !== 'doc');
  const marks = types('_mark');
  assert.ok(nodes.length >= 44 && marks.length >= 17, `${nodes.length} nodes, ${marks.length} marks`);
  assert.deepEqual(nodes.filter((type) => !isKnown(type, false)).sort(), CARRIED.nodes);
  assert.deepEqual(marks.filter((type) => !isKnown(type, true)).sort(), CARRIED.marks);
});

test('ADF made from Markdown is valid', () => {
  for (const [name, markdown] of golden('.md')) assertValid(core.adf({ id: 1, markdown }).adf, name);
  for (let seed = 1; seed <= 2_000; seed += 1) {
    const markdown = markdownOf(seed);
    assertValid(core.adf({ id: 1, markdown }).adf, `seed ${seed}: ${JSON.stringify(markdown)}`);
  }
});

test('ADF made from the Markdown of ADF and of storage format is valid', () => {
  assert.ok(made.length > 500, `${made.length} made documents`);
  const storage = [...golden('.xhtml'), ...real('storage'), ...real('storage-generated')].map(([, body]) => body);
  for (const [format, bodies] of /** @type {const} */ ([['adf', [...made, ...realAdf]], ['storage', [...storage, ...made.map((adf) => core.storage({ id: 1, adf }).storage)]]])) {
    for (const body of bodies) {
      const { markdown } = core.markdown({ id: 1, format, body });
      assertValid(core.adf({ id: 1, markdown }).adf, `${body}\n${markdown}`);
    }
  }
});

test('ADF is as valid as it was after it was parsed and printed', () => {
  for (const body of [...made, ...realAdf]) assertValid(core.roundtrip({ id: 1, format: 'adf', body }).body, body);
});

test('an edit script of ADF, and each kind of edit of it alone, gives valid ADF', () => {
  const all = [...made.filter((body) => JSON.parse(body).content.length > 0), ...realAdf];
  const seen = new Set();
  all.forEach((body, at) => {
    const [one, other] = [JSON.parse(body), JSON.parse(all[(at + 7) % all.length] ?? body)];
    const [first] = one.content;
    // Some stay, some are rewritten, come, go and move.
    const after = JSON.stringify({ ...one, content: [...one.content.slice(1), ...other.content, { type: 'paragraph', content: [{ type: 'text', text: 'the end' }] }, first] });
    const before = JSON.stringify({ ...one, content: [...one.content, { type: 'paragraph', content: [{ type: 'text', text: 'the very end' }] }] });
    if (!isValid(after) || !isValid(before)) return;
    for (const [from, to] of [[before, after], [after, before]]) {
      const { edits } = core.diff({ id: 1, format: 'adf', before: from, after: to });
      for (const kind of [undefined, 'insert', 'replace', 'remove', 'move']) {
        const chosen = edits.edits.filter((/** @type {any} */ edit) => !kind || edit.op.type === kind);
        chosen.forEach((/** @type {any} */ edit) => seen.add(edit.op.type));
        const applied = core.apply({ id: 1, format: 'adf', before: from, edits: { ...edits, edits: chosen } });
        // To take every block out is a person's choice; a document without one is none to the schema.
        if (JSON.parse(applied.after).content.length > 0) assertValid(applied.after, `${kind}: ${from}\n${to}`);
        if (!kind) assert.equal(applied.after, to);
      }
    }
  });
  assert.deepEqual([...seen].sort(), ['insert', 'move', 'remove', 'replace']);
});

test('a draft is valid ADF, whatever the model and the sources say', () => {
  const claims = ['The VPN drops after 60 minutes.', '# The VPN drops\n\n- [ ] it', '<b>The VPN</b> | drops', '[x](javascript:alert(1)) ![y](z.png)', '\u0000\u202e', '', '```\n', '| a |\n| - |\n'];
  const sources = [{ ref: 'ITD-1', format: 'markdown', body: claims.join('\n\n') }];
  let drafts = 0;
  for (const [at, text] of claims.entries()) {
    const items = ['bullet', 'sentence'].flatMap((kind) => [text, claims[(at + 1) % claims.length]].map((text) => ({ kind, text, refs: ['ITD-1'] })));
    const outputs = {
      page: { title: text, sections: [{ heading: text, items }, { heading: 'Known', items }] },
      summary: { items },
      'release-notes': { sections: ['breaking', 'fix', 'other'].map((kind) => ({ kind, items })) },
    };
    for (const [useCase, output] of Object.entries(outputs)) {
      const { adf } = core.check({ id: 1, useCase, sources, modelOutput: JSON.stringify(output) });
      if (JSON.parse(adf).content.length === 0) continue;
      assertValid(adf, `${useCase}: ${JSON.stringify(output)}`);
      drafts += 1;
    }
  }
  assert.ok(drafts > 10, `${drafts} drafts`);
});

test('masked ADF is valid, and so is what is restored', () => {
  for (const body of [...made, ...realAdf].map((body) => body.replaceAll('"text":"w', '"text":"Anna Schmidt, anna@example.com, +49 30 901820: w'))) {
    const { text, tokens } = core.mask({ id: 1, text: body, format: 'adf', names: ['Anna Schmidt'] });
    assertValid(text, body);
    if (Object.values(tokens).every((value) => !/["\\]/.test(String(value)))) assert.equal(core.restore({ id: 1, text, tokens }).text, body);
  }
});
