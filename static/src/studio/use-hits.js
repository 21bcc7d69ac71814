// @ts-check
// Search results for the picker: debounced, late answers dropped, further pages appended.
// It does not rank or filter; the core does.
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../bridge.js';
import { problemOf, useSettled } from '../parts/use-task.js';

const SETTLE_MS = 180;
const KINDS = { all: ['issue', 'page'], issue: ['issue'], page: ['page'] };

export function useHits(text, kind) {
  const settled = useSettled(text.trim(), SETTLE_MS);
  const [found, setFound] = useState({ status: 'loading', hits: [], failed: [], cursor: undefined, problem: null });
  const [round, setRound] = useState(0);
  const asked = useRef(0);
  const fetchPage = useCallback(async (cursor) => {
    const mine = ++asked.current;
    setFound((last) => ({ ...last, status: cursor ? 'more' : last.hits.length ? 'refreshing' : 'loading', problem: null }));
    try {
      const view = await call('sources.search', { text: settled, kinds: KINDS[kind], cursor });
      if (mine !== asked.current) return;
      setFound((last) => ({ status: 'ready', hits: cursor ? [...last.hits, ...view.hits] : view.hits, failed: view.failed ?? [], cursor: view.cursor, problem: null }));
    } catch (error) {
      if (mine === asked.current) setFound({ status: 'failed', hits: [], failed: [], cursor: undefined, problem: problemOf(error) });
    }
  }, [settled, kind]);
  useEffect(() => {
    fetchPage(undefined);
  }, [fetchPage, round]);
  return { ...found, isSettling: settled !== text.trim(), more: () => fetchPage(found.cursor), again: () => setRound((count) => count + 1) };
}
