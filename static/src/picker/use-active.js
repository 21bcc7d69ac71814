// @ts-check
// The keyboard of the picker: which hit is active, and what each key does. The field keeps the focus throughout.
// It picks nothing by itself: Enter picks what is marked, and while an answer is due it asks for it at once.
import { useLayoutEffect, useRef, useState } from 'react';
import { complete } from './query.js';
import { idOf } from './use-hits.js';

/** Whether the caret is at the end of the text with nothing selected: only then are arrows and Home, End not the field's own. */
const isAtEnd = ({ currentTarget: field }) => field.selectionStart === field.value.length && field.selectionEnd === field.value.length;

export function useActive({ typed, found, order, preview, isWide, completions, kind, picks }) {
  const { text, filters, query } = typed;
  const [active, setActive] = useState(/** @type {string|null} */ (null));
  const wantsKey = useRef(/** @type {string|null} */ (null));
  const at = order.findIndex((hit) => idOf(hit) === active);
  const hidePreview = preview.hide;
  useLayoutEffect(() => {
    setActive(null);
    hidePreview();
  }, [query, kind]); // eslint-disable-line -- only when the question changes
  useLayoutEffect(() => {
    if (!found.isWhole || !query) return;
    // The answer is there: its first hit is marked, so that Enter picks what is seen. A key typed with Enter is picked as it comes.
    const first = order[0];
    if (first && !picks.has(first) && wantsKey.current === query && first.key?.toLowerCase() === query.toLowerCase()) picks.toggle(first);
    wantsKey.current = null;
    setActive((last) => last ?? (first ? idOf(first) : null));
  }, [found.isWhole, query]); // eslint-disable-line -- once an answer
  const mark = (index) => {
    const hit = order[index];
    if (!hit) return;
    setActive(idOf(hit));
    if (isWide) preview.show(idOf(hit));
    else if (preview.shown) preview.hide();
  };
  const enter = () => {
    if (at >= 0) return picks.toggle(order[at]);
    if (!found.isSettled && query) {
      wantsKey.current = query;
      found.now();
    }
    return undefined;
  };
  const removeLast = () => (filters.length ? typed.drop(filters.at(-1)) : picks.picked.length && picks.remove(picks.picked.at(-1)));
  const escape = () => {
    setActive(null);
    if (preview.shown) preview.hide();
    else typed.clear();
  };
  const forward = () => {
    const [next] = completions;
    if (next) typed.type(complete(text, next));
    else if (at >= 0 && !isWide) preview.toggle(active);
    return Boolean(next) || (at >= 0 && !isWide);
  };
  const keys = {
    ArrowDown: () => mark(at < 0 ? 0 : (at + 1) % order.length),
    ArrowUp: () => mark(at <= 0 ? order.length - 1 : at - 1),
    Enter: enter,
    Escape: escape,
  };
  const onKeyDown = (event) => {
    if (event.nativeEvent.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (keys[key]) {
      event.preventDefault();
      keys[key]();
    } else if (key === 'Backspace' && !text) removeLast();
    else if ((key === 'Home' || key === 'End') && at >= 0 && !event.shiftKey && isAtEnd(event)) {
      event.preventDefault();
      mark(key === 'Home' ? 0 : order.length - 1);
    } else if (key === 'ArrowRight' && isAtEnd(event) && forward()) event.preventDefault();
  };
  return { active, at, onKeyDown };
}
