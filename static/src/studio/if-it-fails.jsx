// What is asked when the model fails: said before a draft starts, and which one answered in the end.
// It chooses nothing; an admin allowed it, inside the same place.
import { t } from '../parts/t.js';

const nameOf = (route) => [route.providerName ?? route.provider, route.model].filter(Boolean).join(', ');

/** @param {{routes?: any[], answered?: any}} props */
export function IfItFails({ routes, answered }) {
  if (answered) return <p className="note" role="status">{t('route.answered', { name: nameOf(answered) })}</p>;
  if (!routes?.length) return null;
  return (
    <section className="stack gap-050">
      <h3 className="section-label">{t('route.if-fails')}</h3>
      <ul className="plain-list">{routes.map((route) => <li key={nameOf(route)}>{t('route.if-fails.name', { name: nameOf(route) })}</li>)}</ul>
    </section>
  );
}
