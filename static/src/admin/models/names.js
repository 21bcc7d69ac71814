// @ts-check
// What a connected model is called, and what is known of its price and end, in words.
import { day, price } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';

/** The model's label where the catalog has one. */
export const modelOf = (route, view) => {
  const known = view.catalog.find(({ provider }) => provider === route.provider)?.models ?? [];
  return known.find(({ id }) => id === (route.baseModel ?? route.model))?.label ?? route.model;
};

/** What an admin calls it, else provider and model. */
export const nameOf = (route, view) => route.name || `${route.providerName}, ${modelOf(route, view)}`;

/** A location or area in words; its own name where the catalogue has none. */
export const placeOf = (region) => (has(`region.${region}`) ? t(`region.${region}`) : region);

/** "ends on …", "may be switched off from …", or null. */
export function endOf(life) {
  if (!life?.retires) return life?.state === 'gone' ? t('life.gone.undated') : null;
  return t(`life.${life.state}`, { day: day(life.retires, 'UTC') });
}

export const priceOf = (life) => (life?.price ? t('life.price', { input: price(life.price.input), output: price(life.price.output) }) : null);
