// Whether searches with few reads find what a search of everything finds: asked on demand, for it reads the whole index.
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import { call } from '../../bridge.js';
import { Problem } from '../../parts/problem.jsx';
import { useTask } from '../../parts/use-task.js';
import { bytes, dayAndClock, decimal, number, percent } from '../../parts/format.js';
import { t } from '../../parts/t.js';

export function Recall({ isOff }) {
  const [report, setReport] = useState(/** @type {any} */ (null));
  const { busy, problem, run } = useTask();
  const ask = async () => {
    const view = await run('recall', () => call('index.recall'));
    if (view) setReport(view);
  };
  return (
    <section className="stack gap-100" aria-labelledby="recall-title">
      <h3 id="recall-title">{t('recall.title')}</h3>
      <p className="subtle">{t('recall.what')}</p>
      <div><Button isDisabled={isOff} isLoading={Boolean(busy)} onClick={ask}>{t(report ? 'recall.again' : 'recall.do')}</Button></div>
      {isOff ? <p className="hint">{t('search.first-on')}</p> : null}
      {problem ? <Problem problem={problem} actions={<Button onClick={ask}>{t('act.retry')}</Button>} /> : null}
      <div role="status">{report ? <Report report={report} /> : null}</div>
    </section>
  );
}

function Report({ report }) {
  const rows = [
    ['recall.reads', decimal(report.reads.mean), number(report.reads.max)],
    ['recall.bytes', bytes(report.bytes.mean), bytes(report.bytes.max)],
  ];
  return (
    <div className="card stack gap-150">
      <p><span className="total">{percent(report.atTen)}</span> <span className="subtle">{t('recall.at-ten')}</span></p>
      <p className="subtle small">{t('recall.asked', { asked: report.asked, found: report.found, full: report.full })}</p>
      <table className="pieces">
        <caption className="sr-only">{t('recall.cost')}</caption>
        <thead><tr><th scope="col">{t('recall.cost')}</th><th scope="col">{t('recall.mean')}</th><th scope="col">{t('recall.max')}</th></tr></thead>
        <tbody>{rows.map(([label, mean, max]) => <tr key={label}><td>{t(label)}</td><td>{mean}</td><td>{max}</td></tr>)}</tbody>
      </table>
      <p className="subtle small">{t('recall.when', { when: dayAndClock(report.at) })}</p>
    </div>
  );
}
