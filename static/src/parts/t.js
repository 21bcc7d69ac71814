// @ts-check
// Looks a text up in the catalogue of the reader's language and fills its places in.
// It does not translate: a language without a catalogue reads English.
import { catalogues } from '../words.js';
import { language, number, pluralOf } from './format.js';

/**
 * `{name}` is a value; `{n|one ticket|# tickets}` chooses by the plural rules of the language (first form: one; last: other), `#` is the number.
 * @param {string} key @param {Record<string, any>} [values] @returns {string}
 */
export function t(key, values = {}) {
  const text = catalogues[language()]?.[key] ?? catalogues.en[key];
  if (text === undefined) return key;
  return text.replace(/\{(\w+)(?:\|([^{}]*))?\}/g, (_, name, forms) => {
    const value = values[name];
    if (forms !== undefined) return choose(forms.split('|'), Number(value ?? 0));
    return typeof value === 'number' ? number(value) : String(value ?? '');
  });
}

function choose(forms, count) {
  const index = pluralOf(count) === 'one' ? 0 : forms.length - 1;
  return (forms[index] ?? '').replaceAll('#', number(count));
}

/** Whether the catalogue has the key: codes that came over the wire may be newer than the page. */
export const has = (key) => catalogues.en[key] !== undefined;
