// @ts-check
// The chosen sources as the picker changes them: one added or removed, a whole set as far as it fits.
// It holds no source itself; the Studio does.
import { useState } from 'react';
import { idOf } from './use-hits.js';

export function usePicked({ picked, max, onAdd, onRemove }) {
  const [fitted, setFitted] = useState(/** @type {{added: number, of: number}|null} */ (null));
  const isFull = picked.length >= max;
  const has = (hit) => picked.some((one) => idOf(one) === idOf(hit));
  const remove = (hit) => {
    setFitted(null);
    onRemove(hit);
  };
  const toggle = (hit) => {
    if (has(hit)) remove(hit);
    else if (!isFull) onAdd(hit);
  };
  /** Adds what can still be read of a saved set; says so when a draft cannot take all of it. */
  const apply = (set) => {
    const wanted = set.sources.filter((source) => source.title && !has(source));
    const fits = wanted.slice(0, max - picked.length);
    fits.forEach((source) => onAdd(source));
    setFitted(fits.length < wanted.length ? { added: fits.length, of: wanted.length } : null);
  };
  return { picked, max, isFull, fitted, has, toggle, remove, apply };
}
