// @ts-check
// Where in a ticket or page a text stands, in words: the comment, the headings above it, the blocks.
// It finds no place: the core says it.
import { t } from './t.js';

/**
 * @typedef {{field: string, heading?: string[], blocks: {first: number, last: number, id?: string}, url: string}} Spot
 */

/** "Comment", "Set up › Pumps". A page's body is said by its headings alone. @param {Spot} spot */
export function partOf({ field, heading = [] }) {
  return [...(field === 'body' ? [] : [t(`field.${field}`)]), ...heading].join(' › ');
}

/** The same with the blocks, counted as people count. @param {Spot} spot */
export function spotOf(spot) {
  const { first, last } = spot.blocks;
  const blocks = first === last ? t('spot.block', { n: first + 1 }) : t('spot.blocks', { first: first + 1, last: last + 1 });
  return [partOf(spot), blocks].filter(Boolean).join(' · ');
}
