// @ts-check
// Models as the admin sees them: loaded once, each act one at a time, with the last test of each and its problem where it happened.
// It decides nothing; the app does.
import { useCallback, useEffect, useState } from 'react';
import { call } from '../../bridge.js';
import { problemOf } from '../../parts/use-task.js';

/** A test that belongs to no connected model: of what was typed, or of Quillgate's own. */
export const UNKEPT = 'unkept';

export function useModels() {
  const [state, setState] = useState(/** @type {any} */ ({ status: 'loading', view: null, problem: null }));
  const [act, setAct] = useState(/** @type {string|null} */ (null));
  const [problems, setProblems] = useState(/** @type {Record<string, any>} */ ({}));
  const [tests, setTests] = useState(/** @type {Record<string, any>} */ ({}));
  const [round, setRound] = useState(0);

  useEffect(() => {
    let gone = false;
    setState({ status: 'loading', view: null, problem: null });
    call('admin.open').then(
      (view) => gone || setState({ status: 'ready', view, problem: null }),
      (error) => gone || setState({ status: 'failed', view: null, problem: problemOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [round]);

  /** Runs one act; resolves to the view after it, or null when it failed (then `problems[name]` says why). */
  const run = async (name, type, fields = {}) => {
    setAct(name);
    setProblems((last) => ({ ...last, [name]: undefined }));
    try {
      const view = await call(type, fields);
      setState({ status: 'ready', view, problem: null });
      if (view.test) setTests((last) => ({ ...last, [UNKEPT]: undefined, [view.test.id ?? UNKEPT]: view.test }));
      return view;
    } catch (error) {
      setProblems((last) => ({ ...last, [name]: problemOf(error) }));
      return null;
    } finally {
      setAct(null);
    }
  };
  const forget = useCallback((name) => {
    setProblems((last) => ({ ...last, [name]: undefined }));
    setTests((last) => ({ ...last, [UNKEPT]: undefined }));
  }, []);
  return { ...state, act, problems, tests, run, forget, retry: () => setRound((count) => count + 1) };
}
