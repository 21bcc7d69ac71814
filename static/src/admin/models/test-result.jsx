// What a test found, in the admin's words: what happened, whether anything was kept, what to do.
// It shows nothing that a provider wrote.
import SectionMessage from '@atlaskit/section-message';
import { t } from '../../parts/t.js';
import { placeOf } from './names.js';
import { wordsOf } from './words-of.js';

/** @param {{test: any, of: any}} props `of`: the route or the fields that were tested, for the names in a sentence. */
export function TestResult({ test, of }) {
  if (!test) return null;
  if (test.ok && test.embedding?.ok === false) return <Beside test={test} of={of} />;
  if (test.ok) {
    const beside = test.embedding ? <p>{t('test.embeds.ok', { model: test.embedding.model })}</p> : null;
    return <div role="status"><SectionMessage appearance="success" title={t('test.ok')}><p>{t('test.ok.what', { ms: test.latencyMs })}</p>{beside}</SectionMessage></div>;
  }
  const { title, what } = wordsOf(test, of);
  const kept = test.kept === undefined ? null : t(test.kept ? 'test.kept' : 'test.not-kept');
  return (
    <div role="alert">
      <SectionMessage appearance={test.kept ? 'warning' : 'error'} title={t(title)}>
        <p>{kept ? <strong>{kept} </strong> : null}{t(what, namesOf(test, of))}</p>
      </SectionMessage>
    </div>
  );
}

const namesOf = (test, of) => ({ account: test.account ?? of?.key?.account ?? t('hint.the-account'), model: of?.model ?? '', region: of?.region ? placeOf(of.region) : '', project: test.project ?? of?.project ?? t('hint.the-project') });

/** The model that writes answers, and the one that embeds beside it does not: what is said is said of that one. */
function Beside({ test, of }) {
  const { model, region } = test.embedding;
  const { title, what } = wordsOf(test.embedding, { provider: of?.provider, embeds: true });
  return (
    <div role="alert">
      <SectionMessage appearance="warning" title={t('test.embeds.not-ok', { model })}>
        <p>{t('test.ok.what', { ms: test.latencyMs })} {t('test.embeds.so')}</p>
        <p><strong>{t(region ? 'test.embeds.why.at' : 'test.embeds.why', { model, region: region ? placeOf(region) : '', why: t(title) })}</strong> {t(what, namesOf(test, of))}</p>
      </SectionMessage>
    </div>
  );
}
