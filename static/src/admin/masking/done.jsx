// What was just done, where it was done, with the way back. The page says it to screen readers.
import { t } from '../../parts/t.js';

/** @param {{masking: any, of: string}} props `of` is where it stands: it shows what was done there, and nothing else. */
export function Done({ masking, of }) {
  const { done } = masking;
  if (done?.of !== of) return null;
  return <p className="note row spread"><span>{done.text}</span> {done.undo ? <button type="button" className="text-button inherit" onClick={done.undo}>{t('act.undo')}</button> : null}</p>;
}
