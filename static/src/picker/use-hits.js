// @ts-check
// Search results for the picker. Typing reads nothing: it narrows what the page has met; the query runs when the typing pauses, or at once on demand.
// It does not rank; the core does. Answers that come late are dropped.
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { call } from '../bridge.js';
import { problemOf } from '../parts/use-task.js';
import { narrow } from './query.js';

const PAUSE_MS = 300;
const KEEP_MS = 120_000;
const MOST_KNOWN = 300;
/** Longer texts are not sent: no search needs them, and the host would refuse the call. */
const LONGEST = 300;
export const KINDS = { all: ['issue', 'page'], issue: ['issue'], page: ['page'] };

export const idOf = (hit) => `${hit.kind}:${hit.id}`;
const keyOf = (query, kind) => `${kind} ${query}`;
const NOTHING = { key: '', status: 'loading', hits: [], failed: [], cursor: undefined, index: undefined, problem: null };

/** Whether a refusal is about the words in the field, which then says so itself. */
const isOfQuery = ({ code, params }) => code === 'bad-query' || (code === 'bad-input' && params.field === 'text');
const TOO_LONG = { kind: 'refused', code: 'bad-query', params: { field: 'query', reason: 'too-long' } };

/** Every hit the page has met, the latest first: what typing is answered from. */
function usePool(extra) {
  const [known, setKnown] = useState(/** @type {any[]} */ ([]));
  const meet = useCallback((hits) => setKnown((last) => unique([...hits, ...last]).slice(0, MOST_KNOWN)), []);
  const pool = useMemo(() => unique([...known, ...extra.filter((hit) => hit.container)]), [known, extra]);
  return { pool, meet };
}

function unique(hits) {
  const seen = new Map();
  for (const hit of hits) if (!seen.has(idOf(hit))) seen.set(idOf(hit), hit);
  return [...seen.values()];
}

/** The query that is to be asked: the typed one once it stood still, or when `now` was called. */
function useAsked(query) {
  const [asked, setAsked] = useState({ query, round: 0 });
  useEffect(() => {
    if (query === asked.query) return undefined;
    const timer = setTimeout(() => setAsked((last) => ({ ...last, query })), query ? PAUSE_MS : 0);
    return () => clearTimeout(timer);
  }, [query, asked.query]);
  const now = useCallback(() => setAsked((last) => (last.query === query ? last : { ...last, query })), [query]);
  const again = useCallback(() => setAsked((last) => ({ query, round: last.round + 1 })), [query]);
  return { asked, now, again };
}

export function useHits(query, kind, extra) {
  const { asked, now, again } = useAsked(query);
  const { pool, meet } = usePool(extra);
  const [found, setFound] = useState(/** @type {any} */ (NOTHING));
  const turn = useRef(0);
  const kept = useRef(new Map());

  /** Once more with the meaning of the words, where an admin switched that on. Nothing that was found goes away, and a failure changes nothing. */
  const refine = useCallback(async (of, kindOf, mine) => {
    const view = await call('sources.search', { text: of, kinds: KINDS[kindOf], refine: true }).catch(() => null);
    if (!view || mine !== turn.current) return;
    setFound((last) => {
      const next = { ...last, hits: unique([...view.hits, ...last.hits]), failed: view.failed ?? [], cursor: view.cursor, index: view.index ?? last.index };
      if (!next.failed.length) kept.current.set(next.key, { at: Date.now(), next });
      return next;
    });
    meet(view.hits);
  }, [meet]);

  const read = useCallback(async (of, kindOf, cursor) => {
    const mine = ++turn.current;
    const key = keyOf(of, kindOf);
    setFound((last) => ({ ...last, status: cursor ? 'more' : last.hits.length ? 'refreshing' : 'loading', problem: null }));
    try {
      if (of.length > LONGEST) throw TOO_LONG;
      const view = await call('sources.search', { text: of, kinds: KINDS[kindOf], ...(cursor ? { cursor } : {}) });
      if (mine !== turn.current) return;
      setFound((last) => {
        const hits = cursor ? unique([...last.hits, ...view.hits]) : view.hits;
        const next = { key, status: 'ready', hits, failed: view.failed ?? [], cursor: view.cursor, index: view.index ?? last.index, problem: null };
        if (!next.failed.length) kept.current.set(key, { at: Date.now(), next });
        return next;
      });
      meet(view.hits);
      if (of && !cursor && view.index?.refines) refine(of, kindOf, mine);
    } catch (error) {
      if (mine !== turn.current) return;
      const problem = problemOf(error);
      setFound((last) => ({ ...last, key, status: isOfQuery(problem) ? 'bad' : 'failed', problem, failed: [], cursor: undefined }));
    }
  }, [meet, refine]);

  useEffect(() => {
    const known = kept.current.get(keyOf(asked.query, kind));
    if (!known || Date.now() - known.at > KEEP_MS) {
      read(asked.query, kind);
      return;
    }
    turn.current += 1;
    setFound(known.next);
  }, [asked, kind, read]);

  const isSettled = found.key === keyOf(query, kind) && ['ready', 'more', 'failed', 'bad'].includes(found.status);
  const isWhole = isSettled && (found.status === 'ready' || found.status === 'more');
  const narrowed = useMemo(() => (isWhole ? [] : narrow(pool, query, KINDS[kind])), [isWhole, pool, query, kind]);
  return {
    ...found,
    status: isSettled || found.status === 'loading' ? found.status : 'refreshing',
    problem: isSettled ? found.problem : null,
    hits: isWhole ? found.hits : narrowed,
    isSettled,
    isWhole,
    pool,
    now,
    again: () => {
      kept.current.clear();
      again();
    },
    more: () => read(query, kind, found.cursor),
  };
}
