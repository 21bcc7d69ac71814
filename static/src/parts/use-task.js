// @ts-check
// One running act at a time: busy while it runs, its problem when it fails.
// It does not retry.
import { useCallback, useEffect, useRef, useState } from 'react';

/** The problem of an error: its kind, code and values; errors of the page itself are `internal`. */
export const problemOf = (error) => ({ kind: error?.kind ?? 'fault', code: error?.kind ? error.code : 'internal', params: error?.params ?? {} });

/** `run(name, act)` resolves to the act's value, or undefined when it failed (then `problem` says why). */
export function useTask() {
  const [busy, setBusy] = useState(/** @type {string|null} */ (null));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const alive = useRef(true);
  useEffect(() => {
    alive.current = true;
    return () => {
      alive.current = false;
    };
  }, []);
  const run = useCallback(async (name, act) => {
    setBusy(name);
    setProblem(null);
    try {
      return await act();
    } catch (error) {
      if (alive.current) setProblem(problemOf(error));
      return undefined;
    } finally {
      if (alive.current) setBusy(null);
    }
  }, []);
  return { busy, problem, setProblem, run };
}

/** The latest value after it stood still for `ms`. */
export function useSettled(value, ms) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** Keeps the active option of a list in sight. Some browsers answer `scrollIntoView` with a promise, which an effect must not return. */
export function useActiveInSight(list, active) {
  useEffect(() => {
    list.current?.querySelector('[data-active="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [list, active]);
}

/** Runs `act` at once when the results of the typed text are there, else as soon as they are, unless the text changes before. */
export function useWhenReady(isReady, text, act) {
  const wanted = useRef(/** @type {string|null} */ (null));
  useEffect(() => {
    if (!isReady || wanted.current === null) return;
    const isSame = wanted.current === text;
    wanted.current = null;
    if (isSame) act();
  });
  return () => {
    if (isReady) act();
    else wanted.current = text;
  };
}
