// A draft under way: the stages with what is really done, each source's state, and cancel.
// It invents no percentage: a stage without a count shows none.
import Button from '@atlaskit/button/new';
import Spinner from '@atlaskit/spinner';
import { CheckCircleIcon as CheckIcon, WarningIcon as WarnIcon } from '../parts/icons.js';
import { Live } from '../parts/small.jsx';
import { has, t } from '../parts/t.js';
import { regionOf } from './route-card.jsx';

const ORDER = ['reading', 'masking', 'waiting', 'checking'];

/** The stages of this job: the extract asks no model and masks nothing on its way out. */
const stagesOf = (job) => (job.engine === 'extract' || job.route.mode === 'extract' ? ['reading', 'checking'] : ORDER);

function sentence(name, job) {
  const { stage } = job;
  const values = { done: stage?.done ?? 0, total: stage?.total ?? 0, model: job.route.model, region: regionOf(job.route), n: stage?.total || job.sources };
  if (stage?.name === name) return t(`stage.${name}.now`, values);
  return t(`stage.${name}`, values);
}

export function Progress({ job, unsteady, onCancel, canceling }) {
  const stages = stagesOf(job);
  const at = stages.indexOf(job.stage?.name ?? (job.state === 'reading' ? 'reading' : 'waiting'));
  const now = stages[Math.max(0, at)];
  return (
    <div className="stack gap-200">
      <h3 className="doc-title"><bdi>{job.title}</bdi></h3>
      <ol className="stages">
        {stages.map((name, index) => (
          <li key={name} className="stage" data-state={index < at ? 'done' : index === at ? 'now' : 'next'} aria-current={index === at ? 'step' : undefined}>
            <span className="stage-mark">{index < at ? <CheckIcon label={t('stage.done')} color="currentColor" /> : index === at ? <Spinner size="small" label="" /> : <span className="dot" />}</span>
            <span>
              {sentence(name, job)}
              {index === at && job.stage?.total ? <progress max={job.stage.total} value={job.stage.done} aria-label={t(`stage.${name}`, { n: job.stage.total, model: job.route.model, region: regionOf(job.route) })} /> : null}
            </span>
          </li>
        ))}
      </ol>
      {unsteady ? <p className="note note-warn">{t('job.unsteady')}</p> : null}
      <div className="primary-area">
        <div><Button onClick={onCancel} isLoading={canceling}>{t('act.cancel')}</Button></div>
        <p className="hint">{t('job.leave')}</p>
      </div>
      <Live>{sentence(now, job)}</Live>
    </div>
  );
}

/** Each source of a job with how its reading went. */
export function SourceStates({ job }) {
  return (
    <ul className="source-states">
      {job.sourceList.map((source) => (
        <li key={`${source.kind}${source.id}`} data-state={source.state}>
          <span className="stage-mark">{source.state === 'read' ? <CheckIcon label="" color="currentColor" /> : source.state === 'failed' ? <WarnIcon label="" color="currentColor" /> : job.state === 'reading' ? <Spinner size="xsmall" label="" /> : <span className="dot" />}</span>
          <span>
            <b>{source.key}</b> <bdi>{source.title}</bdi>
            <span className="subtle small block">
              {source.state === 'read' ? t('source.read', { n: source.excerpts }) : source.state === 'failed' ? t(has(`source.failed.${source.code}`) ? `source.failed.${source.code}` : 'source.failed') : t('source.waiting')}
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}
