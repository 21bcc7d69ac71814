// @ts-check
// The rules for models as the admin sees them: loaded once and when a route changed, each act one at a time, and a
// comparison followed until it is over. It decides nothing; the app does.
import { useEffect, useRef, useState } from 'react';
import { call, listen } from '../../bridge.js';
import { problemOf } from '../../parts/use-task.js';

const PAUSE_MS = 2_000;

/** @param {string} of changes when routes were connected, removed or chosen */
export function useRules(of) {
  const [state, setState] = useState(/** @type {any} */ ({ status: 'loading', view: null, problem: null }));
  const [act, setAct] = useState(/** @type {string|null} */ (null));
  const [problems, setProblems] = useState(/** @type {Record<string, any>} */ ({}));
  const [round, setRound] = useState(0);
  const put = (view) => setState({ status: 'ready', view, problem: null });

  useEffect(() => {
    let gone = false;
    call('models.open').then(
      (view) => gone || put(view),
      (error) => gone || setState((last) => ({ ...last, status: 'failed', problem: problemOf(error) })),
    );
    return () => {
      gone = true;
    };
  }, [of, round]);

  const isRunning = state.view?.bakeOff?.state === 'running';
  const done = state.view?.bakeOff?.done;
  const [signals, setSignals] = useState(0);
  const asked = useRef(0);
  useEffect(() => (isRunning ? listen('bake-off', () => setSignals((count) => count + 1)) : undefined), [isRunning]);
  useEffect(() => {
    if (!isRunning) return undefined;
    let gone = false;
    const pause = signals > asked.current ? 0 : PAUSE_MS;
    const timer = setTimeout(() => {
      asked.current = signals;
      call('models.bakeOffGet').then(
        (bakeOff) => gone || setState((last) => ({ ...last, view: { ...last.view, bakeOff: bakeOff ?? undefined } })),
        // The comparison goes on without the page; the next look tells.
        () => gone || setState((last) => ({ ...last })),
      );
    }, pause);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [isRunning, done, state, signals]);

  /** Runs one act that answers with the whole section; true when the app did it. */
  const run = async (name, type, fields = {}) => {
    const after = await attempt(name, type, fields);
    if (after !== undefined) put(after);
    return after !== undefined;
  };
  /** Runs one act that answers with a comparison. */
  const bake = async (name, type, fields = {}) => {
    const bakeOff = await attempt(name, type, fields);
    if (bakeOff !== undefined) setState((last) => ({ ...last, view: { ...last.view, bakeOff: bakeOff ?? undefined } }));
  };
  const attempt = async (name, type, fields) => {
    setAct(name);
    setProblems((last) => ({ ...last, [name]: undefined }));
    try {
      return await call(type, fields);
    } catch (error) {
      setProblems((last) => ({ ...last, [name]: problemOf(error) }));
      return undefined;
    } finally {
      setAct(null);
    }
  };
  return { ...state, act, problems, run, bake, retry: () => setRound((count) => count + 1) };
}
