// @ts-check
// The index as the admin sees it: its list by what is typed, its acts one at a time, and a polite look at it while something is being indexed.
// It indexes nothing; the app's own jobs do.
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../../bridge.js';
import { problemOf, useSettled } from '../../parts/use-task.js';
import { isMoving, merge, rowId } from './rows.js';

const LOOK_MS = 2000;
const LONGEST_MS = 30_000;
const PAUSE_MS = 300;

const firstOf = (text) => (text ? { text } : {});

export function useIndex() {
  const [text, setText] = useState('');
  const settled = useSettled(text.trim(), PAUSE_MS);
  const [state, setState] = useState(/** @type {any} */ ({ status: 'loading', view: null, problem: null, of: '' }));
  const [act, setAct] = useState(/** @type {string|null} */ (null));
  const [problems, setProblems] = useState(/** @type {Record<string, any>} */ ({}));
  const [failures, setFailures] = useState(0);
  const [round, setRound] = useState(0);
  const turn = useRef(0);

  // The list for what was typed, from its start.
  useEffect(() => {
    const mine = ++turn.current;
    call('index.open', firstOf(settled)).then(
      (view) => mine === turn.current && setState({ status: 'ready', view, problem: null, of: settled }),
      (error) => mine === turn.current && setState((last) => ({ ...last, status: last.view ? 'ready' : 'failed', problem: problemOf(error), of: settled })),
    );
    return () => {
      turn.current += 1;
    };
  }, [settled, round]);

  const refresh = useCallback((view) => setState((last) => (last.view && view.containers ? { ...last, view: { ...view, containers: merge(last.view.containers, view.containers), cursor: last.view.cursor } } : last)), []);
  useLooks({ isOn: isMoving(state.view), failures, look: useCallback(async () => {
    try {
      const view = await call('index.open', firstOf(settled));
      refresh(view);
      setFailures(0);
    } catch {
      setFailures((count) => count + 1);
    }
  }, [settled, refresh]) });

  /** Runs one act; resolves to its answer, or undefined when it failed (then `problems[name]` says why). */
  const run = async (name, type, fields = {}) => {
    setAct(name);
    setProblems((last) => ({ ...last, [name]: undefined }));
    try {
      const view = await call(type, fields);
      refresh(view?.containers ? view : await call('index.open', firstOf(settled)));
      return view ?? true;
    } catch (error) {
      setProblems((last) => ({ ...last, [name]: problemOf(error) }));
      return undefined;
    } finally {
      setAct(null);
    }
  };
  const more = async () => {
    setAct('more');
    try {
      const next = await call('index.open', { ...firstOf(settled), cursor: state.view.cursor });
      setState((last) => ({ ...last, view: { ...last.view, cursor: next.cursor, containers: [...last.view.containers, ...next.containers.filter((row) => !last.view.containers.some((one) => rowId(one) === rowId(row)))] } }));
    } catch (error) {
      setProblems((last) => ({ ...last, list: problemOf(error) }));
    } finally {
      setAct(null);
    }
  };
  const forget = (name) => setProblems((last) => ({ ...last, [name]: undefined }));
  return { ...state, text, setText, isSettled: state.of === text.trim(), act, problems, run, more, forget, unsteady: failures > 0, retry: () => setRound((count) => count + 1) };
}

/** Looks again every two seconds while `isOn` and the page is seen; slower while looks fail, at once when the page is seen again. */
function useLooks({ isOn, failures, look }) {
  const [isSeen, setSeen] = useState(document.visibilityState !== 'hidden');
  const [turn, setTurn] = useState(0);
  const wasHidden = useRef(false);
  useEffect(() => {
    const tell = () => setSeen(document.visibilityState !== 'hidden');
    document.addEventListener('visibilitychange', tell);
    return () => document.removeEventListener('visibilitychange', tell);
  }, []);
  useEffect(() => {
    if (!isSeen) wasHidden.current = true;
    if (!isOn || !isSeen) return undefined;
    let gone = false;
    const pause = wasHidden.current ? 0 : Math.min(LOOK_MS * 2 ** failures, LONGEST_MS);
    wasHidden.current = false;
    const timer = setTimeout(() => look().then(() => gone || setTurn((count) => count + 1)), pause);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [isOn, isSeen, failures, look, turn]);
}
