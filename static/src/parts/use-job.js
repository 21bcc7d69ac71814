// @ts-check
// Follows a job until it needs the writer: continues it while it reads, else asks how it stands, at once when the app says it moved.
// It does not start, publish or revert one; those answers are handed in with `put`.
import { useCallback, useEffect, useRef, useState } from 'react';
import { call, listen } from '../bridge.js';
import { problemOf } from './use-task.js';

const MOVING = new Set(['reading', 'queued', 'drafting']);
const PAUSE_MS = [400, 700, 1000, 1500, 2000];
/** Where signals arrive, asking is for the one that is lost. */
const PAUSE_HEARD_MS = 5000;
const TRIES = 5;
/** Faults that are likely gone at the next try: the job itself is safe on the server. */
const PASSING = new Set(['offline', 'deadline', 'product-unavailable', 'storage-unavailable']);

export const isMoving = (job) => MOVING.has(job?.state) && !job?.problem;

/** The page itself goes on with a job that still reads, unless an earlier call of it is at work. */
const needsReader = (job) => job?.state === 'reading' && !job.lease;

/** How long to wait before the next question, in milliseconds. */
function pauseOf(job, { failures, polls, isHeard, isNew }) {
  if (!job || needsReader(job)) return failures * 1000;
  if (isNew && !failures) return 0;
  return (isHeard ? PAUSE_HEARD_MS : PAUSE_MS[Math.min(polls, PAUSE_MS.length - 1)]) * (failures + 1);
}

/** @returns {{job: any, put: (job: any) => void, problem: any, unsteady: boolean, again: () => void}} */
export function useJob(jobId, known) {
  const [job, setJob] = useState(known ?? null);
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [failures, setFailures] = useState(0);
  const [round, setRound] = useState(0);
  const polls = useRef(0);
  const signal = useRef({ isHeard: false, isNew: false });
  const current = job?.id === jobId ? job : known?.id === jobId ? known : null;

  const put = useCallback((next) => {
    polls.current = 0;
    setProblem(null);
    setFailures(0);
    setJob(next);
  }, []);

  const isWritten = isMoving(current) && !needsReader(current);
  useEffect(() => {
    if (!jobId || !isWritten) return undefined;
    return listen(`job-${jobId}`, () => {
      signal.current = { isHeard: true, isNew: true };
      setRound((count) => count + 1);
    });
  }, [jobId, isWritten]);

  useEffect(() => {
    if (!jobId || problem || (current && !isMoving(current))) return undefined;
    let gone = false;
    const act = needsReader(current) ? 'draft.continue' : 'job.get';
    const pause = pauseOf(current, { failures, polls: polls.current, ...signal.current });
    const timer = setTimeout(async () => {
      polls.current += 1;
      signal.current.isNew = false;
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
