// One job, full width: its review before publishing, the receipt after, the revert, the three-way view when a person edited since.
// It runs the acts of the contract one at a time and shows what each answered.
import '../styles/review.css';
import { useEffect, useReducer, useRef, useState } from 'react';
import Button from '@atlaskit/button/new';
import { call } from '../bridge.js';
import { isMoving, useJob } from '../parts/use-job.js';
import { problemOf } from '../parts/use-task.js';
import { Problem } from '../parts/problem.jsx';
import { Live, Skeleton, StateLozenge } from '../parts/small.jsx';
import { Ended } from '../studio/preview.jsx';
import { Progress, SourceStates } from '../studio/progress.jsx';
import { t } from '../parts/t.js';
import { Draft } from './draft.jsx';
import { Published, Unknown } from './published.jsx';
import { Conflict } from './conflict.jsx';
import { initial, reduce } from './reducer.js';

export default function ReviewPage({ jobId, view, go, onAgain, onJob }) {
  const { job, put: keep, problem, unsteady, again } = useJob(jobId);
  const put = (next) => {
    keep(next);
    onJob(next);
  };
  const [state, dispatch] = useReducer(reduce, initial);
  const top = useRef(null);
  const [isRead, setRead] = useState(false);
  useEffect(() => {
    if (job && !isRead) {
      setRead(true);
      top.current?.focus();
    }
  }, [job, isRead]);

  /** Runs one act; what it answers replaces the job. A refusal about the page's state reads the job anew. */
  const act = async (name, type, fields = {}) => {
    dispatch({ type: 'begin', act: name });
    try {
      put(await call(type, { jobId, ...fields }));
      dispatch({ type: 'end' });
      top.current?.focus();
    } catch (error) {
      const found = problemOf(error);
      if (found.code === 'stale' || found.code === 'wrong-hash') await refresh(found);
      else dispatch({ type: 'failed', problem: found });
    }
  };
  const refresh = async (found) => {
    try {
      put(await call('job.get', { jobId }));
      dispatch({ type: 'stale' });
      top.current?.focus();
    } catch {
      dispatch({ type: 'failed', problem: found });
    }
  };
  return (
    <div className="review">
      <div className="review-title" tabIndex={-1} ref={top}>
        <h2><bdi>{job?.title ?? t('review.title')}</bdi></h2>
        {job ? <StateLozenge state={job.state} /> : null}
      </div>
      {problem && !job ? <Problem problem={problem} actions={<Button onClick={again}>{t('act.retry')}</Button>} /> : null}
      {!job && !problem ? <Skeleton lines={9} /> : null}
      {job ? <Body job={job} view={view} state={state} dispatch={dispatch} act={act} put={put} go={go} onAgain={onAgain} unsteady={unsteady} /> : null}
      <Live>{state.act ? t(`act.${state.act}.now`) : job ? t(`job.${job.state}.said`) : ''}</Live>
    </div>
  );
}

function Body({ job, state, dispatch, act, put, go, onAgain, unsteady }) {
  if (isMoving(job)) {
    return (
      <div className="two-columns">
        <Progress job={job} unsteady={unsteady} canceling={state.act === 'cancel'} onCancel={() => act('cancel', 'draft.cancel')} />
        <SourceStates job={job} />
      </div>
    );
  }
  if (job.conflict) return <Conflict job={job} state={state} act={act} go={go} />;
  if (job.state === 'review' && job.review) return <Draft job={job} state={state} dispatch={dispatch} act={act} put={put} onAgain={onAgain} />;
  if (job.state === 'publishing' || job.state === 'reverting') return <Unknown job={job} state={state} act={act} />;
  if (job.published) return <Published job={job} state={state} act={act} go={go} onAgain={onAgain} />;
  return <Ended job={job} onBack={onAgain} onExtract={onAgain} />;
}
