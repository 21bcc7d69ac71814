// How a connected model did lately, where anything is to be told: that it rests after failures, or how much is left of its limits.
import { clock, number } from '../../parts/format.js';
import { t } from '../../parts/t.js';
import { wordsOf } from './words-of.js';

export function Health({ health }) {
  if (!health) return null;
  const { state, until, lastCode, remaining } = health;
  if (state === 'open') return <p className="note note-warn">{t('health.open', { when: until ? clock(until) : t('health.soon'), what: t(wordsOf({ code: lastCode }).title) })}</p>;
  if (state === 'half-open') return <p className="note note-warn">{t('health.half-open')}</p>;
  if (remaining?.requests === undefined) return null;
  return <p className="subtle small">{t('health.remaining', { requests: number(remaining.requests) })}</p>;
}
