// The review before publishing: what will happen, the exact diff, what is left out, and one button that names the act.
// The hash it sends is the server's, of the rows as shown.
import { useEffect, useRef, useState } from 'react';
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { call } from '../bridge.js';
import { claimsOf } from '../parts/blocks.jsx';
import { Problem } from '../parts/problem.jsx';
import { problemOf } from '../parts/use-task.js';
import { IfItFails } from '../studio/if-it-fails.jsx';
import { RouteCard, tenseOf } from '../studio/route-card.jsx';
import { dayAndClock, ago } from '../parts/format.js';
import { t } from '../parts/t.js';
import { Rows, Summary } from './rows.jsx';

/** True once the approval's time is over; checked at the moment it ends. */
function useExpired(until) {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const left = until - Date.now();
    if (left <= 0 || left > 2 ** 31 - 1) return undefined;
    const timer = setTimeout(() => setNow(Date.now()), left + 50);
    return () => clearTimeout(timer);
  }, [until]);
  return now >= until;
}

export const publishLabel = (review) => (review.baseVersion === null ? t('act.publish.new') : t('act.publish', { version: review.nextVersion }));

/** Sends the choice; only the latest one's answer counts. */
function useChoice(job, state, dispatch, put) {
  const round = useRef(0);
  const leftOut = new Set(state.leftOut ?? job.review.leftOut);
  const toggle = async (id) => {
    const next = new Set(leftOut);
    if (!next.delete(id)) next.add(id);
    const list = [...next];
    const mine = ++round.current;
    dispatch({ type: 'leave', leftOut: list });
    try {
      const answer = await call('review.choose', { jobId: job.id, leftOut: list });
      if (mine !== round.current) return;
      put(answer);
      dispatch({ type: 'chosen', round: state.chosen + 1 });
    } catch (error) {
      if (mine === round.current) dispatch({ type: 'failed', problem: problemOf(error) });
    }
  };
  return { leftOut, toggle, isSaving: state.leftOut !== null };
}

export function Draft({ job, state, dispatch, act, put, onAgain }) {
  const { review } = job;
  const claims = claimsOf(job);
  const { leftOut, toggle, isSaving } = useChoice(job, state, dispatch, put);
  const publish = useRef(null);
  const isExpired = useExpired(review.approveBy);
  const changes = review.rows.filter((row) => row.kind !== 'same' && row.id).length;
  const isEmpty = changes > 0 && leftOut.size >= changes;
  return (
    <div className="review-grid">
      <div className="stack gap-200">
        {state.isStale ? (
          <SectionMessage appearance="warning" title={t('stale.title')}><p>{t('stale.body', { version: review.baseVersion ?? 0 })}</p></SectionMessage>
        ) : null}
        <button type="button" className="text-button only-narrow" onClick={() => publish.current?.scrollIntoView({ block: 'center' })}>{t('review.jump')}</button>
        <div className="review-bar">
          <Summary summary={review.summary} />
          {leftOut.size ? <span className="subtle small">{t('review.left-out', { n: leftOut.size })}</span> : null}
        </div>
        <Rows rows={review.rows} claims={claims} leftOut={leftOut} onToggle={isExpired ? undefined : toggle} label={t('review.diff')} />
      </div>
      <aside className="review-side stack gap-200" aria-label={t('review.publish')}>
        <div className="publish-card stack gap-150" ref={publish}>
          <h3>{t('review.what')}</h3>
          <p>{review.baseVersion === null ? t('review.what.new', { space: job.target.spaceName ?? '' }) : t('review.what.version', { version: review.nextVersion, base: review.baseVersion })}</p>
          {review.message ? (
            <div>
              <p className="section-label">{t('review.message')}</p>
              <p className="message" dir="auto">{review.message}</p>
            </div>
          ) : null}
          {state.problem ? <Problem problem={state.problem} kept={t('kept.nothing-written')} /> : null}
          {isExpired ? (
            <>
              <SectionMessage appearance="warning" title={t('expired.title')}><p>{t('expired.body')}</p></SectionMessage>
              <Button shouldFitContainer onClick={onAgain}>{t('act.start-again')}</Button>
            </>
          ) : (
            <>
              <Button appearance="primary" shouldFitContainer isLoading={state.act === 'publish'} isDisabled={isSaving || isEmpty || Boolean(state.act && state.act !== 'publish')} onClick={() => act('publish', 'publish', { hash: review.hash })}>{publishLabel(review)}</Button>
              <p className="hint">{isEmpty ? t('review.empty') : t('review.until', { when: dayAndClock(review.approveBy), ago: ago(review.approveBy) })}</p>
            </>
          )}
          <p className="hint">{t(review.baseVersion === null ? 'review.undo.new' : 'review.undo', { version: review.baseVersion ?? 0 })}</p>
          {isExpired ? null : <div><Button appearance="subtle" spacing="compact" isLoading={state.act === 'discard'} onClick={() => act('discard', 'draft.cancel')}>{t('act.discard')}</Button></div>}
        </div>
        <RouteCard route={job.route} tense={tenseOf(job)} />
        <IfItFails routes={job.fallbacks} answered={job.answered} />
      </aside>
    </div>
  );
}
