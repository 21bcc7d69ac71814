// The draft as the page will look, each sentence with its source; then the way to the review.
// It changes nothing: keeping and leaving out is the review's.
import Button from '@atlaskit/button/new';
import { Block, claimsOf } from '../parts/blocks.jsx';
import { Problem } from '../parts/problem.jsx';
import { t } from '../parts/t.js';

/** A row as the page will show it. A new block that is left out is still shown, plainly apart: leaving out is not hiding. */
function Shown({ row, claims }) {
  if (row.leftOut && row.kind === 'added') {
    return (
      <div className="left-out">
        <span className="small">{t('preview.left-out')}</span>
        <Block block={row.after} claims={claims} />
      </div>
    );
  }
  if (row.kind === 'removed' && !row.leftOut) return null;
  return <Block block={row.leftOut ? row.before : row.after ?? row.before} claims={claims} />;
}

export function Preview({ job, onReview, onDiscard, busy }) {
  const claims = claimsOf(job);
  const unsupported = job.claims.filter((claim) => !claim.supported).length;
  const failed = job.sourceList.filter((source) => source.state === 'failed').length;
  return (
    <div className="stack gap-200">
      <p className="note">
        {t(job.engine === 'extract' ? 'preview.extract' : 'preview.model', { n: job.claims.length - unsupported, sources: job.sourceList.length - failed })} {t('preview.hover')}
      </p>
      {unsupported ? <p className="note note-warn">{t('preview.unsupported', { n: unsupported })}</p> : null}
      {failed ? <p className="note note-warn">{t('preview.partial', { n: failed })}</p> : null}
      <article className="doc doc-sheet" aria-label={t('preview.label')}>
        <h3 className="doc-title"><bdi>{job.review.title}</bdi></h3>
        {job.review.rows.map((row, index) => <Shown key={row.id ?? index} row={row} claims={claims} />)}
      </article>
      <div className="primary-area sticky-foot">
        <Button appearance="primary" shouldFitContainer onClick={onReview}>{t('act.review')}</Button>
        <div className="row spread">
          <span className="hint">{t('preview.nothing-written')}</span>
          <Button appearance="subtle" spacing="compact" isLoading={busy} onClick={onDiscard}>{t('act.discard')}</Button>
        </div>
      </div>
    </div>
  );
}

/** A job that ended without a draft. */
export function Ended({ job, onBack, onExtract }) {
  if (job.state === 'discarded') {
    return (
      <div className="stack gap-200">
        <p className="note">{t('job.discarded.what')}</p>
        <div><Button onClick={onBack}>{t('act.back-to-choices')}</Button></div>
      </div>
    );
  }
  const problem = { kind: 'fault', code: job.problem?.code ?? 'internal', params: job.problem?.params ?? {} };
  const sent = job.problem?.code === 'not-sent' || !job.route.leaves ? t('seal.nothing-sent') : t('kept.nothing-written');
  return (
    <div className="stack gap-200">
      <Problem problem={problem} kept={sent} actions={<><Button appearance="primary" onClick={onBack}>{t('act.try-again')}</Button>{job.engine === 'extract' ? null : <Button onClick={onExtract}>{t('act.use-extract')}</Button>}</>} />
      <p className="hint">{t('kept.choices')}</p>
    </div>
  );
}
