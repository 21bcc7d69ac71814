// What was masked in the last seven days, in counts: a row a day with a bar, and the kinds of all of them.
// The bars say nothing the figures beside them do not.
import { Fragment } from 'react';
import { MaskedList } from '../../parts/small.jsx';
import { number, weekday } from '../../parts/format.js';
import { t } from '../../parts/t.js';

const sum = (kinds) => Object.values(kinds).reduce((total, n) => total + n, 0);

export function Report({ report }) {
  return (
    <section className="stack gap-150" aria-labelledby="report-title">
      <div className="stack gap-050">
        <h3 id="report-title">{t('report.title')}</h3>
        <p className="subtle">{t('report.what')}</p>
      </div>
      {report ? <Week report={report} /> : <p className="note note-warn" role="status">{t('report.unreadable')}</p>}
    </section>
  );
}

function Week({ report }) {
  const most = Math.max(1, ...report.days.map(({ kinds }) => sum(kinds)));
  const kinds = Object.entries(report.kinds).sort(([, one], [, other]) => other - one).map(([kind, count]) => ({ kind, count: number(count) }));
  if (!report.requests && !report.blocked) return <p className="hint">{t('report.none')}</p>;
  return (
    <Fragment>
      <table className="week">
        <caption className="sr-only">{t('report.title')}</caption>
        <thead><tr><th scope="col">{t('report.day')}</th><th scope="col" aria-hidden="true" /><th scope="col">{t('report.masked')}</th><th scope="col">{t('report.requests')}</th></tr></thead>
        <tbody>
          {report.days.map(({ day, kinds: ofDay, requests, blocked }) => (
            <tr key={day}>
              <th scope="row">{weekday(day)}</th>
              <td className="week-bar" aria-hidden="true"><progress max={most} value={sum(ofDay)} /></td>
              <td>{number(sum(ofDay))}</td>
              <td>{number(requests)}{blocked ? <span className="week-stopped small">{t('report.blocked', { n: blocked })}</span> : null}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <MaskedList masked={kinds} />
    </Fragment>
  );
}
