import assert from 'node:assert/strict';
import { test } from 'node:test';
import Ajv from 'ajv';
import { loadCore } from '../../dev/core.mjs';
import { SCHEMAS, definitions, document, sample } from './schema.mjs';

const core = loadCore();
const SEEDS = 40;

for (const [published, schema] of Object.entries(SCHEMAS)) {
  const ajv = new Ajv({ strict: false }).addSchema({ ...schema, $schema: undefined, $id: published });
  for (const name of definitions(schema)) {
    test(`${published} ${name}: comes back as it was, and its words are in the Markdown`, () => {
      let valid = 0;
      for (let seed = 1; seed <= SEEDS; seed += 1) {
        const { value, words } = sample(schema, name, seed);
        if (ajv.validate(`${published}#/definitions/${name}`, value)) valid += 1;
        const body = document(name, value);
        const printed = core.roundtrip({ id: seed, format: 'adf', body: JSON.stringify(body) });
        assert.deepEqual(JSON.parse(printed.body), body, `seed ${seed}`);
        const { markdown } = core.markdown({ id: seed, format: 'adf', body: JSON.stringify(body) });
        for (const word of words) assert.ok(markdown.includes(word), `seed ${seed}: ${word} of ${JSON.stringify(body)} in ${markdown}`);
      }
      // Some definitions forbid what they add (marks on a closed node), so not every sample can be valid.
      assert.ok(valid > 0, 'none of the samples is what the schema means');
    });
  }
}
