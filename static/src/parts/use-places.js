// @ts-check
// Where the reader is inside a page, kept in step with the host's address where it has one.
// It does not know which places there are; `parse` does.
import { useCallback, useEffect, useState } from 'react';
import { places } from '../bridge.js';

/** @template T @param {(path: string) => T} parse a function of the module, not made anew at each render @returns {{place: T|null, go: (path: string) => void}} */
export function usePlaces(parse) {
  const [place, setPlace] = useState(/** @type {T|null} */ (null));
  const [keeper, setKeeper] = useState(/** @type {any} */ (null));
  useEffect(() => {
    let stop;
    let gone = false;
    places().then((found) => {
      if (gone) return;
      setKeeper(found);
      setPlace(parse(found.read()));
      stop = found.listen((path) => setPlace(parse(path)));
    });
    return () => {
      gone = true;
      stop?.();
    };
  }, [parse]);
  const go = useCallback((path) => keeper?.go(path), [keeper]);
  return { place, go };
}
