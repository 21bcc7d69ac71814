import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { root } from './manifest.mjs';

const { ProcessorBuilder, ValidationTypes } = createRequire(import.meta.url)('@forge/manifest');

for (const type of [ValidationTypes.FULL, ValidationTypes.PRODUCT_TRIGGER, ValidationTypes.DEPRECATED_EGRESS_PERMISSIONS]) {
  assert.ok(type);
  test(`Forge's own validation finds no error and no warning: ${type}`, async () => {
    process.chdir(root);
    const processor = ProcessorBuilder.instance().withValidation(type).withOptions({ deprecatedRuntimes: [] }).build();
    const { success, errors = [] } = await processor.process(undefined);
    assert.deepEqual(errors.map(({ level, line, message }) => `${level ?? 'error'} in line ${line}: ${message}`), []);
    assert.ok(success);
  });
}
