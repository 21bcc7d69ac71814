// What the index could do for a search: said when it is not whole, and how a search was done for whoever asks.
// It does not change the index; the admin's page does.
import { has, t } from '../parts/t.js';

const NOT_WHOLE = new Set(['empty', 'partial', 'unavailable']);

/** One line above the hits, only where the index cannot answer for everything. */
export function IndexState({ index }) {
  if (!index || !NOT_WHOLE.has(index.state)) return null;
  const isCounted = index.state === 'partial' && index.total > 0;
  return (
    <div className="index-state" data-state={index.state}>
      <p className="small subtle">{isCounted ? t('index.partial.count', { done: index.done ?? 0, total: index.total }) : t(`index.${index.state}`)}</p>
      {isCounted ? <progress aria-label={t('index.progress')} max={index.total} value={index.done ?? 0} /> : null}
    </div>
  );
}

/** Who answered, what the site affords; below the hits, folded. What one search read is the admin's to see: it would tell of documents the reader may not see. */
export function HowFound({ index }) {
  if (!index || !has(`index.how.${index.state}`)) return null;
  const { perMinute, partial, refines, unrefined } = index;
  return (
    <>
    {refines ? <p className="small subtle">{t(unrefined ? 'index.unrefined' : 'index.refines', refines)}</p> : null}
    <details className="how">
      <summary className="small">{t(`index.how.${index.state}`)}</summary>
      <ul className="plain-list small">
        {index.state === 'off' ? <li>{t('index.off.who')}</li> : null}
        {index.containers ? <li>{t('index.holds', { excerpts: index.excerpts, containers: index.containers })}</li> : null}
        {perMinute ? <li>{t('index.per-minute', { n: perMinute })}</li> : null}
        {partial ? <li>{t('index.broken')}</li> : null}
        {index.state === 'off' ? null : <li>{t('index.stays')}</li>}
      </ul>
    </details>
    </>
  );
}
