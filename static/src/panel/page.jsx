// The issue panel: the sentences that say most about this work item, each with its field, and the way to a draft.
// No model is asked here; the extract is made on the site.
import '../styles/panel.css';
import { useEffect, useState } from 'react';
import Button from '@atlaskit/button/new';
import { call, openStudio } from '../bridge.js';
import { Problem } from '../parts/problem.jsx';
import { Empty, OutLink, Skeleton } from '../parts/small.jsx';
import { Seal } from '../parts/seal.jsx';
import { problemOf } from '../parts/use-task.js';
import { ago } from '../parts/format.js';
import { partOf } from '../parts/spot.js';
import { has, t } from '../parts/t.js';

const SHOWN = 5;
const issueOf = (host) => host.extension?.issue?.key ?? host.extension?.issueKey ?? null;

export const PanelWaiting = () => <div className="panel"><Skeleton lines={5} /></div>;

/** Where a sentence stands: in which text, under which headings. A comment can be opened. */
function Part({ sentence: { field, spot } }) {
  if (!spot) return t(`field.${field}`);
  return field === 'comment' ? <OutLink href={spot.url}>{partOf(spot)}</OutLink> : <bdi>{partOf(spot)}</bdi>;
}

function Sentences({ sentences }) {
  const [isAll, setAll] = useState(false);
  return (
    <>
      <ol className="extract">
        {(isAll ? sentences : sentences.slice(0, SHOWN)).map((sentence) => (
          <li key={`${sentence.field}${sentence.start}`}>
            <span dir="auto">{sentence.text}</span> <span className="source-tag"><Part sentence={sentence} /></span>
          </li>
        ))}
      </ol>
      {sentences.length > SHOWN ? <button type="button" className="text-button" aria-expanded={isAll} onClick={() => setAll(!isAll)}>{isAll ? t('act.less') : t('act.more', { n: sentences.length - SHOWN })}</button> : null}
    </>
  );
}

/** What is in the ticket, by kind and count; the values themselves never come here. */
function Findings({ findings }) {
  const found = Object.entries(findings).sort(([, one], [, other]) => other - one);
  if (!found.length) return <p className="subtle small">{t('findings.none')}</p>;
  return (
    <section className="findings stack gap-050" aria-labelledby="findings-title">
      <h3 id="findings-title" className="section-label">{t('findings.title')}</h3>
      <ul className="kinds">{found.map(([kind, n]) => <li key={kind}>{t(has(`finding.${kind.toLowerCase()}`) ? `finding.${kind.toLowerCase()}` : 'finding.other', { n })}</li>)}</ul>
      <p className="subtle small">{t('findings.masked')}</p>
    </section>
  );
}

export function Panel({ host }) {
  const issueKey = issueOf(host);
  const [state, setState] = useState({ status: 'loading' });
  const [round, setRound] = useState(0);
  useEffect(() => {
    let gone = false;
    setState({ status: 'loading' });
    call('issue.extract', { issueKey }).then(
      (view) => gone || setState({ status: 'ready', view }),
      (error) => gone || setState({ status: 'failed', problem: problemOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [issueKey, round]);
  if (state.status === 'loading') return <PanelWaiting />;
  const draft = () => openStudio('jira', 'issue', issueKey);
  if (state.status === 'failed') {
    return <main className="panel"><Problem problem={state.problem} kept={t('seal.nothing-sent')} actions={<Button onClick={() => setRound(round + 1)}>{t('act.retry')}</Button>} /></main>;
  }
  const { issue, sentences, findings } = state.view;
  return (
    <main className="panel stack gap-150">
      <h2 className="sr-only">{t('panel.title')}</h2>
      {sentences.length ? <Sentences sentences={sentences} /> : <Empty title={t('panel.empty')}>{t('panel.empty.do')}</Empty>}
      {findings ? <Findings findings={findings} /> : null}
      <div className="row spread wrap">
        <p className="row gap-075 subtle small"><Seal size={20} /> <span>{t('panel.seal')} {t('source.updated', { when: ago(issue.updated) })}</span></p>
        <Button appearance="primary" onClick={draft}>{t('panel.draft')}</Button>
      </div>
    </main>
  );
}
