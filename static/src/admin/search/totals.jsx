// What the index holds as a whole, and what it costs to ask it.
// No charts: four figures and a sentence.
import { bytes, number } from '../../parts/format.js';
import { t } from '../../parts/t.js';

export function Totals({ view }) {
  const { totals, perMinute, lastQuery } = view;
  const facts = [
    ['search.documents', number(totals.documents), null],
    ['search.excerpts', number(totals.excerpts), null],
    ['search.size', bytes(totals.bytes), t('search.size.what', { values: totals.values, segments: totals.segments })],
    ['search.per-minute', number(perMinute), lastQuery ? t('search.last-query', { reads: lastQuery.reads, size: bytes(lastQuery.bytes) }) : t('search.per-minute.what')],
  ];
  return (
    <dl className="totals" aria-label={t('search.totals')}>
      {facts.map(([label, value, note]) => (
        <div key={label}>
          <dt className="subtle small">{t(label)}</dt>
          <dd className="total">{value}</dd>
          {note ? <dd className="subtle small">{note}</dd> : null}
        </div>
      ))}
    </dl>
  );
}
