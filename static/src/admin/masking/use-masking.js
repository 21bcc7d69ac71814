// @ts-check
// What is masked as the admin sees it: loaded once, each act one at a time, and the last act with its way back.
// It masks nothing; the app does.
import { useCallback, useEffect, useState } from 'react';
import { call } from '../../bridge.js';
import { problemOf } from '../../parts/use-task.js';

export function useMasking() {
  const [state, setState] = useState(/** @type {any} */ ({ status: 'loading', view: null, problem: null }));
  const [act, setAct] = useState(/** @type {string|null} */ (null));
  const [problems, setProblems] = useState(/** @type {Record<string, any>} */ ({}));
  const [done, setDone] = useState(/** @type {{of: string, text: string, undo?: () => void}|null} */ (null));
  const [round, setRound] = useState(0);

  useEffect(() => {
    let gone = false;
    setState((last) => ({ ...last, status: last.view ? 'ready' : 'loading' }));
    call('masking.open').then(
      (view) => gone || setState({ status: 'ready', view, problem: null }),
      (error) => gone || setState((last) => ({ ...last, status: 'failed', problem: problemOf(error) })),
    );
    return () => {
      gone = true;
    };
  }, [round]);

  /** Runs one act; resolves to the section after it, or undefined when it failed (then `problems[name]` says why). */
  const run = async (name, type, fields = {}) => {
    setAct(name);
    setDone(null);
    setProblems((last) => ({ ...last, [name]: undefined }));
    try {
      const { planted, ...view } = await call(type, fields);
      setState({ status: 'ready', view, problem: null });
      return { ...view, planted };
    } catch (error) {
      setProblems((last) => ({ ...last, [name]: problemOf(error) }));
      return undefined;
    } finally {
      setAct(null);
    }
  };
  const forget = useCallback((name) => setProblems((last) => ({ ...last, [name]: undefined })), []);
  return { ...state, act, problems, done, setDone, run, forget, retry: () => setRound((count) => count + 1) };
}
