// The right column: what leaves, by which route, with what masked; the very bytes on request; a refusal with the way on.
// It sends nothing: the preview is made by the core and shown here.
import { lazy, Suspense, useEffect, useState } from 'react';
import Button from '@atlaskit/button/new';
import { call } from '../bridge.js';
import { MaskedList } from '../parts/small.jsx';
import { Problem, sentenceOf } from '../parts/problem.jsx';
import { useTask } from '../parts/use-task.js';
import { t } from '../parts/t.js';
import { IfItFails } from './if-it-fails.jsx';
import { RouteCard, tenseOf } from './route-card.jsx';
import { missingOf, requestOf, routeOf } from './reducer.js';

const SentBytes = lazy(() => import('./sent-bytes.jsx'));

function Refusal({ route, onExtract }) {
  const { title, body } = sentenceOf({ kind: 'refused', code: route.refusal, params: {} });
  return (
    <div className="note note-warn" role="status">
      <p><strong>{title}</strong></p>
      <p>{body}</p>
      <p><Button onClick={onExtract}>{t('act.use-extract')}</Button></p>
    </div>
  );
}

/** What became of the bytes the writer looked at, once they were sent. */
function AsSeen({ job }) {
  if (!job?.previewed || tenseOf(job) !== 'did') return null;
  return <p className={job.previewed === 'same' ? 'note' : 'note note-warn'} role="status">{t(job.previewed === 'same' ? 'sent.as-seen' : 'sent.not-as-seen')}</p>;
}

export function SealColumn({ state, job, onExtract, onSeen }) {
  const { form, view } = state;
  const route = job ? job.route : routeOf(view, form);
  const { busy, problem, run, setProblem } = useTask();
  const [preview, setPreview] = useState(null);
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    setPreview(null);
    setProblem(null);
  }, [form, setProblem]);
  const ready = !missingOf(form).length;
  const show = async () => {
    const made = preview ?? (await run('preview', () => call('draft.preview', requestOf(form))));
    if (!made) return;
    setPreview(made);
    onSeen(made.request ? { form, digest: made.request.digest } : null);
    setShown(true);
  };
  const masked = job?.masked?.length ? job.masked : preview?.masked;
  const isModel = route.mode !== 'extract';
  return (
    <div className="stack gap-200">
      <RouteCard route={route} tense={tenseOf(job)} />
      <IfItFails routes={job ? job.fallbacks : isModel && !route.refusal ? view.fallbacks : undefined} answered={job?.answered} />
      <AsSeen job={job} />
      {!job && view.route.refusal ? <Refusal route={view.route} onExtract={onExtract} /> : null}
      {isModel && !route.refusal ? (
        <section className="stack gap-100">
          <h3 className="section-label">{t('seal.masked')}</h3>
          {masked?.length ? <MaskedList masked={masked} /> : <p className="hint">{t(job || preview ? 'seal.masked.none' : 'seal.masked.before')}</p>}
        </section>
      ) : null}
      {!job && isModel && !route.refusal ? (
        <div className="stack gap-075">
          <Button shouldFitContainer isDisabled={!ready} isLoading={busy === 'preview'} onClick={show}>{t('seal.show')}</Button>
          <p className="hint">{ready ? t('seal.show.hint') : t('seal.show.not-yet')}</p>
        </div>
      ) : null}
      {problem ? <Problem problem={problem} kept={t('seal.nothing-sent')} actions={<Button onClick={show}>{t('act.retry')}</Button>} /> : null}
      <section className="stack gap-100">
        <h3 className="section-label">{t('seal.rules')}</h3>
        <ul className="plain-list">
          {(isModel ? ['seal.rule.masked', 'seal.rule.local', 'seal.rule.rights'] : ['seal.rule.extract', 'seal.rule.rights']).map((key) => <li key={key}>{t(key)}</li>)}
          <li>{t('seal.rule.undo')}</li>
        </ul>
      </section>
      {isShown ? <Suspense fallback={null}><SentBytes preview={preview} onClose={() => setShown(false)} /></Suspense> : null}
    </div>
  );
}
