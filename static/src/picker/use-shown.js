// @ts-check
// Which hit the preview shows: at once by keyboard, after a moment's rest by pointer, gone a moment after both left.
// It knows nothing of hits; it keeps an id.
import { useEffect, useMemo, useRef, useState } from 'react';

const REST_MS = 350;
const NEXT_MS = 80;
const GRACE_MS = 260;
const WIDE = '(min-width: 1024px)';

/** Whether there is room beside the list. */
export function useWide() {
  const [isWide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const media = matchMedia(WIDE);
    const tell = () => setWide(media.matches);
    media.addEventListener('change', tell);
    return () => media.removeEventListener('change', tell);
  }, []);
  return isWide;
}

export function useShown() {
  const [shown, setShown] = useState(/** @type {string|null} */ (null));
  const timer = useRef(0);
  const aim = useRef(/** @type {string|null} */ (null));
  /** The row that was just clicked: its preview would only be in the way until the pointer goes to another. */
  const quiet = useRef(/** @type {string|null} */ (null));
  useEffect(() => () => clearTimeout(timer.current), []);
  return useMemo(() => {
    const later = (id, pause) => {
      if (aim.current === id) return;
      aim.current = id;
      clearTimeout(timer.current);
      timer.current = window.setTimeout(() => setShown(id), pause);
    };
    const show = (id) => {
      clearTimeout(timer.current);
      aim.current = id;
      setShown(id);
    };
    const dismiss = (id) => {
      show(null);
      quiet.current = id;
    };
    const rest = (id) => {
      if (quiet.current === id) return;
      quiet.current = null;
      later(id, shown ? NEXT_MS : REST_MS);
    };
    return { shown, show, dismiss, rest, hide: () => show(null), toggle: (id) => show(shown === id ? null : id), leave: () => later(null, GRACE_MS), stay: () => show(shown) };
  }, [shown]);
}
