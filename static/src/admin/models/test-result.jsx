// What a test found, in the admin's words: what happened, whether anything was kept, what to do.
// It shows nothing that a provider wrote.
import SectionMessage from '@atlaskit/section-message';
import { t } from '../../parts/t.js';
import { placeOf } from './names.js';
import { wordsOf } from './words-of.js';

/** @param {{test: any, of: any}} props `of`: the route or the fields that were tested, for the names in a sentence. */
export function TestResult({ test, of }) {
  if (!test) return null;
  if (test.ok) return <div role="status"><SectionMessage appearance="success" title={t('test.ok')}><p>{t('test.ok.what', { ms: test.latencyMs })}</p></SectionMessage></div>;
  const { title, what } = wordsOf(test, of);
  const names = { account: test.account ?? of?.key?.account ?? t('hint.the-account'), model: of?.model ?? '', region: of?.region ? placeOf(of.region) : '', project: test.project ?? of?.project ?? t('hint.the-project') };
  const kept = test.kept === undefined ? null : t(test.kept ? 'test.kept' : 'test.not-kept');
  return (
    <div role="alert">
      <SectionMessage appearance={test.kept ? 'warning' : 'error'} title={t(title)}>
        <p>{kept ? <strong>{kept} </strong> : null}{t(what, names)}</p>
      </SectionMessage>
    </div>
  );
}
