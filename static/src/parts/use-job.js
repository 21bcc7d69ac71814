// @ts-check
// Follows a job until it needs the writer: continues it while it reads, else asks how it stands.
// It does not start, publish or revert one; those answers are handed in with `put`.
import { useCallback, useEffect, useRef, useState } from 'react';
import { call } from '../bridge.js';
import { problemOf } from './use-task.js';

const MOVING = new Set(['reading', 'queued', 'drafting']);
const PAUSE_MS = [400, 700, 1000, 1500, 2000];
const TRIES = 5;
/** Faults that are likely gone at the next try: the job itself is safe on the server. */
const PASSING = new Set(['offline', 'deadline', 'product-unavailable', 'storage-unavailable']);

export const isMoving = (job) => MOVING.has(job?.state) && !job?.problem;

/** @returns {{job: any, put: (job: any) => void, problem: any, unsteady: boolean, again: () => void}} */
export function useJob(jobId, known) {
  const [job, setJob] = useState(known ?? null);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [failures, setFailures] = useState(0);
  const [round, setRound] = useState(0);
  const polls = useRef(0);
  const current = job?.id === jobId ? job : known?.id === jobId ? known : null;

  const put = useCallback((next) => {
    polls.current = 0;
    setProblem(null);
    setFailures(0);
    setJob(next);
  }, []);

  useEffect(() => {
    if (!jobId || problem || (current && !isMoving(current))) return undefined;
    let gone = false;
    const act = current?.state === 'reading' && !current.lease ? 'draft.continue' : 'job.get';
    const pause = !current || act === 'draft.continue' ? failures * 1000 : PAUSE_MS[Math.min(polls.current, PAUSE_MS.length - 1)] * (failures + 1);
    const timer = setTimeout(async () => {
      polls.current += 1;
      try {
        const next = await call(act, { jobId });
        if (gone) return;
        setFailures(0);
        setJob(next);
      } catch (error) {
        if (gone) return;
        const found = problemOf(error);
        if (PASSING.has(found.code) && failures < TRIES) setFailures(failures + 1);
        else setProblem(found);
      }
      if (!gone) setRound((count) => count + 1);
    }, pause);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [jobId, current, problem, failures, round]);

  const again = useCallback(() => {
    setFailures(0);
    setProblem(null);
    setRound((count) => count + 1);
  }, []);
  return { job: current, put, problem, unsteady: failures > 0 && !problem, again };
}
