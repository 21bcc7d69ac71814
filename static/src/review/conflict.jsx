// The three-way view: a person edited the page since; what taking back only Quillgate's blocks would do to it.
// It reverts nothing by itself: the writer sees the result first.
import Button from '@atlaskit/button/new';
import SectionMessage from '@atlaskit/section-message';
import { open } from '../bridge.js';
import { claimsOf } from '../parts/blocks.jsx';
import { Problem } from '../parts/problem.jsx';
import { t } from '../parts/t.js';
import { Rows, Summary } from './rows.jsx';

export function Conflict({ job, state, act, go }) {
  const { conflict, published } = job;
  const who = conflict.by ?? t('conflict.someone');
  return (
    <div className="stack gap-200">
      <SectionMessage appearance="warning" title={t('conflict.title', { who })}>
        <p>{t(conflict.possible ? 'conflict.body' : 'conflict.impossible', { who, version: conflict.currentVersion, ours: published.version })}</p>
      </SectionMessage>
      <ol className="versions" aria-label={t('conflict.versions')}>
        <li><b>{t('version', { version: published.version - 1 })}</b><span className="subtle">{t('conflict.before')}</span></li>
        <li><b>{t('version', { version: published.version })}</b><span className="subtle">{t('conflict.ours')}</span></li>
        <li><b>{t('version', { version: conflict.currentVersion })}</b><span className="subtle">{t('conflict.theirs', { who })}</span></li>
        {conflict.possible ? <li data-next="true"><b>{t('version', { version: conflict.currentVersion + 1 })}</b><span className="subtle">{t('conflict.result')}</span></li> : null}
      </ol>
      {conflict.possible ? (
        <>
          <div className="review-bar"><h3>{t('conflict.diff')}</h3><Summary summary={conflict.summary} /></div>
          <Rows rows={conflict.rows} claims={claimsOf(job)} label={t('conflict.diff')} />
        </>
      ) : null}
      {state.problem ? <Problem problem={state.problem} kept={t('kept.page')} /> : null}
      <div className="row gap-100 wrap sticky-foot">
        {conflict.possible ? <Button appearance="primary" isLoading={state.act === 'revert'} onClick={() => act('revert', 'revert', { hash: conflict.hash })}>{t('act.revert.ours')}</Button> : null}
        <Button onClick={() => open(published.url)}>{t('act.open-page')}</Button>
        <Button appearance="subtle" onClick={() => go('/history')}>{t('act.keep-page')}</Button>
      </div>
    </div>
  );
}
