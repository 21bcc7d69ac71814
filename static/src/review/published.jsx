// After publishing: what was done, where, what left, and the one-click way back; and the state in between, when nobody knows yet.
// It does not retry a write: it asks the core to find out.
import { useEffect, useRef, useState } from 'react';
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { LinkExternalIcon as LinkIcon } from '../parts/icons.js';
import { open } from '../bridge.js';
import { Seal, sealOf } from '../parts/seal.jsx';
import { claimsOf } from '../parts/blocks.jsx';
import { Problem } from '../parts/problem.jsx';
import { regionOf } from '../studio/route-card.jsx';
import { SourceStates } from '../studio/progress.jsx';
import { dayAndClock } from '../parts/format.js';
import { t } from '../parts/t.js';
import { Rows, Summary } from './rows.jsx';

const sum = (items, field) => items.reduce((total, item) => total + (item[field] ?? 0), 0);

function sentOf(job) {
  if (!job.route.leaves) return t('receipt.sent.nothing');
  const name = job.route.providerName ?? job.route.host;
  return t('receipt.sent.model', { excerpts: sum(job.sourceList, 'excerpts'), masked: sum(job.masked, 'count'), name, region: regionOf(job.route) });
}

function Receipt({ job }) {
  const { published } = job;
  const facts = [
    ['receipt.version', t('version', { version: published.version })],
    ['receipt.when', dayAndClock(published.at)],
    ['receipt.message', published.message],
    ['receipt.sources', t('receipt.sources.n', { n: job.sourceList.length })],
    ['receipt.sent', sentOf(job)],
  ];
  return <dl className="facts facts-wide">{facts.filter(([, value]) => value !== '').map(([label, value]) => <div key={label}><dt>{t(label)}</dt><dd dir="auto">{value}</dd></div>)}</dl>;
}

export function Published({ job, state, act, onAgain }) {
  const { published, written } = job;
  const [isShown, setShown] = useState(false);
  const isReverted = job.state === 'reverted';
  const before = job.target.version;
  const isNew = before === undefined;
  const title = isReverted ? t(isNew ? 'reverted.new' : 'reverted.title', { version: before }) : isNew ? t('published.new') : t('published.title', { version: published.version });
  return (
    <div className="stack gap-250 narrow">
      <div className="done-card" data-state={isReverted ? 'reverted' : sealOf(job.route)}>
        <Seal state={sealOf(job.route)} size={40} />
        <div className="stack gap-100 grow">
          <h3>{title}</h3>
          <p className="subtle">{t(isReverted ? 'reverted.body' : 'published.body')}</p>
          <div className="row gap-100 wrap">
            {isReverted && isNew ? null : <Button appearance={isReverted ? 'default' : 'primary'} iconAfter={LinkIcon} onClick={() => open(published.url)}>{t('act.open-page')}</Button>}
            {isReverted ? null : <Button isLoading={state.act === 'revert'} onClick={() => act('revert', 'revert')}>{isNew ? t('act.revert.new') : t('act.revert', { version: before })}</Button>}
            <Button appearance="subtle" onClick={onAgain}>{t('act.another')}</Button>
          </div>
          {isReverted ? null : <p className="hint">{t(isNew ? 'published.revert.new' : 'published.revert', { version: before })}</p>}
        </div>
      </div>
      {state.problem ? <Problem problem={state.problem} kept={t('kept.page')} actions={<Button onClick={() => act('revert', 'revert')}>{t('act.try-again')}</Button>} /> : null}
      <section className="stack gap-100">
        <h3 className="section-label">{t('receipt.title')}</h3>
        <Receipt job={job} />
      </section>
      <section className="stack gap-100">
        <h3 className="section-label">{t('column.sources')}</h3>
        <SourceStates job={job} />
      </section>
      {written?.rows.length ? (
        <section className="stack gap-100">
          <div className="row spread wrap"><Summary summary={written.summary} /><Button spacing="compact" onClick={() => setShown(!isShown)}>{t(isShown ? 'act.hide-diff' : 'act.show-diff')}</Button></div>
          {isShown ? <Rows rows={written.rows} claims={claimsOf(job)} leftOut={new Set()} label={t('review.diff')} /> : null}
        </section>
      ) : null}
    </div>
  );
}

const ASK_AGAIN_MS = [1500, 4000, 8000];

/** A write was sent and no answer came, or a tab was closed in between: the core looks at the page and says which. */
export function Unknown({ job, state, act }) {
  const asked = useRef(0);
  const verb = job.state === 'reverting' ? 'revert' : 'publish.resume';
  const ask = () => act('resume', verb);
  useEffect(() => {
    if (state.act || state.problem || asked.current >= ASK_AGAIN_MS.length) return undefined;
    const timer = setTimeout(() => {
      asked.current += 1;
      ask();
    }, ASK_AGAIN_MS[asked.current]);
    return () => clearTimeout(timer);
  }, [job, state.act]); // eslint-disable-line -- asks again after each answer, a few times
  return (
    <div className="narrow stack gap-200">
      <SectionMessage appearance="warning" title={t(job.state === 'reverting' ? 'unknown.revert' : 'unknown.title', { version: job.review?.nextVersion ?? 0 })}>
        <p>{t('unknown.body')}</p>
      </SectionMessage>
      {state.problem ? <Problem problem={state.problem} /> : null}
      <div><Button appearance="primary" isLoading={state.act === 'resume'} onClick={ask}>{t('act.check')}</Button></div>
    </div>
  );
}
