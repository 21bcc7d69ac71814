// @ts-check
// Where a model's text is processed, in words.
// It decides no place; the app does.
import { has, t } from '../../parts/t.js';

const OWN = 'own:';

/** @param {string} boundary */
export function placeOf(boundary) {
  if (boundary.startsWith(OWN)) return t('place.own', { host: boundary.slice(OWN.length) });
  return has(`place.${boundary}`) ? t(`place.${boundary}`) : t('place.other', { name: boundary });
}

/** A route's name by its id. @param {any} view @param {string} id */
export const nameOf = (view, id) => view.routes.find((route) => route.id === id)?.label ?? id;
