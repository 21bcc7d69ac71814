// @ts-check
// Which words say what a test found: a title by its code, and what to do by the core's hint.
import { has } from '../../parts/t.js';

const bare = (code) => code?.replace(/^model-/, '') ?? 'unknown';

/**
 * The words for a code and what to do about it; the provider's own way where there is one, and that for a model that embeds where
 * `of` is one.
 * @param {{ code?: string, hint?: string }} found
 * @param {{ provider?: string, embeds?: boolean }} [of]
 */
export function wordsOf({ code, hint }, { provider, embeds } = {}) {
  const title = [`test.${bare(code)}.${hint}`, `test.${bare(code)}`, 'test.unknown'].find(has) ?? 'test.unknown';
  const what = [embeds ? `hint.embeds.${hint}` : '', `hint.${hint}.${provider}`, `hint.${hint}`, `${title}.do`, 'test.unknown.do'].find(has) ?? 'test.unknown.do';
  return { title, what };
}
