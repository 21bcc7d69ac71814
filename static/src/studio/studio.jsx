// The Studio: three columns on a wide screen, three steps on a narrow one; the draft's life from choice to preview.
// The review and the history are pages of their own.
import { useEffect, useState } from 'react';
import { call } from '../bridge.js';
import { useJob, isMoving } from '../parts/use-job.js';
import { useTask } from '../parts/use-task.js';
import { Problem } from '../parts/problem.jsx';
import { Skeleton } from '../parts/small.jsx';
import Button from '@atlaskit/button/new';
import { t } from '../parts/t.js';
import { Picker } from '../picker/picker.jsx';
import { Form } from './form.jsx';
import { Progress, SourceStates } from './progress.jsx';
import { Preview, Ended } from './preview.jsx';
import { SealColumn } from './seal-column.jsx';
import { Waiting } from './waiting.jsx';
import { requestOf, targetOf } from './reducer.js';

const STEPS = ['sources', 'draft', 'seal'];

function Column({ name, step, children, aside }) {
  return (
    <section className="column" data-name={name} data-shown={step === name} aria-labelledby={`column-${name}`}>
      <div className="column-head">
        <h2 id={`column-${name}`}>{t(`column.${name}`)}</h2>
        {aside}
      </div>
      {children}
    </section>
  );
}

function Steps({ step, onStep, picked }) {
  return (
    <nav className="steps" aria-label={t('studio.steps')}>
      {STEPS.map((name, index) => (
        <button key={name} type="button" className="step" aria-current={step === name ? 'step' : undefined} onClick={() => onStep(name)}>
          <span className="step-number">{index + 1}</span> {t(`column.${name}`)}
          {name === 'sources' && picked ? <span className="count">{picked}</span> : null}
        </button>
      ))}
    </nav>
  );
}

export function Studio({ state, dispatch, go, latest }) {
  const { form, view, step, jobId } = state;
  const { busy, problem, run, setProblem } = useTask();
  const { job, put, problem: jobProblem, unsteady, again } = useJob(jobId);
  useEffect(() => {
    if (latest && latest.id === jobId) put(latest);
  }, [latest, jobId, put]);
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  // The request the writer looked at; of another choice it says nothing.
  const [seen, setSeen] = useState(null);
  const start = async (engine = form.engine) => {
    const previewed = seen?.form === form && engine !== 'extract' ? { previewed: seen.digest } : {};
    // The same request id until an answer came: a repeated click or a lost answer must not make two drafts.
    const started = await run('start', () => call('draft.start', { requestId, ...requestOf({ ...form, engine }), target: targetOf(form), engine, ...previewed }));
    if (!started) return;
    setRequestId(crypto.randomUUID());
    put(started);
    dispatch({ type: 'started', jobId: started.id });
  };
  const cancel = async () => {
    const ended = await run('cancel', () => call('draft.cancel', { jobId }));
    if (ended) dispatch({ type: 'back' });
  };
  const useExtract = () => {
    setProblem(null);
    dispatch({ type: 'set', field: 'engine', value: 'extract' });
    dispatch({ type: 'back' });
    dispatch({ type: 'step', step: 'draft' });
  };
  const back = () => dispatch({ type: 'back' });
  const isLocked = Boolean(jobId);
  return (
    <>
      <Steps step={step} onStep={(name) => dispatch({ type: 'step', step: name })} picked={form.sources.length} />
      <div className="columns">
        <Column name="sources" step={step} aside={isLocked ? null : <span className="subtle small">{t('studio.picked', { n: form.sources.length, max: view.limits.maxSources })}</span>}>
          {isLocked && job?.sourceList?.length ? <SourceStates job={job} /> : (
            <Picker picked={form.sources} max={view.limits.maxSources} about={state.about} disabled={isLocked} onAdd={(hit) => dispatch({ type: 'add', hit })} onRemove={(hit) => dispatch({ type: 'remove', hit })} />
          )}
          {isLocked ? null : <div className="step-next"><Button shouldFitContainer onClick={() => dispatch({ type: 'step', step: 'draft' })}>{t('act.next')}</Button></div>}
        </Column>
        <Column name="draft" step={step}>
          {isLocked ? (
            <>
              {problem ? <Problem problem={problem} kept={t('kept.nothing-written')} /> : null}
              {jobProblem ? <Problem problem={jobProblem} kept={t('kept.job')} actions={<><Button onClick={again}>{t('act.retry')}</Button><Button appearance="subtle" onClick={back}>{t('act.back-to-choices')}</Button></>} /> : <JobView job={job} unsteady={unsteady} busy={busy} onCancel={cancel} onReview={() => go(`/job/${jobId}`)} onBack={back} onExtract={useExtract} />}
            </>
          ) : (
            <>
              <Waiting jobs={view.jobs} go={go} />
              <Form state={state} dispatch={dispatch} onStart={() => start()} busy={busy === 'start'} problem={problem} onExtract={useExtract} go={go} />
            </>
          )}
        </Column>
        <Column name="seal" step={step}>
          <SealColumn state={state} job={job} onExtract={useExtract} onSeen={setSeen} />
        </Column>
      </div>
    </>
  );
}

function JobView({ job, unsteady, busy, onCancel, onReview, onBack, onExtract }) {
  if (!job) return <Skeleton lines={6} />;
  if (isMoving(job)) return <Progress job={job} unsteady={unsteady} onCancel={onCancel} canceling={busy === 'cancel'} />;
  if (job.state === 'review' && job.review) return <Preview job={job} onReview={onReview} onDiscard={onCancel} busy={busy === 'cancel'} />;
  if (['publishing', 'published', 'reverting', 'reverted'].includes(job.state)) return <Button onClick={onReview}>{t('act.open-job')}</Button>;
  return <Ended job={job} onBack={onBack} onExtract={onExtract} />;
}
