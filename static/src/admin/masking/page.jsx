// The admin's page of masking: which kinds in which class, tried on own text, own words, planted values, a week's counts, changes.
// It shows counts and the admin's own words; nothing of a ticket or page is on it.
import '../../styles/search.css';
import '../../styles/masking.css';
import { Live, Skeleton } from '../../parts/small.jsx';
import { t } from '../../parts/t.js';
import { Canaries } from './canaries.jsx';
import { Changes } from './changes.jsx';
import { Classes } from './classes.jsx';
import { Kinds } from './kinds.jsx';
import { Report } from './report.jsx';
import { Trial } from './trial.jsx';
import { Unreadable } from './unreadable.jsx';
import { useMasking } from './use-masking.js';
import { Words } from './words.jsx';

export default function MaskingPage() {
  const masking = useMasking();
  const { status, view, done } = masking;
  return (
    <div className="search masking stack gap-400">
      <header className="stack gap-050">
        <h2>{t('masking.title')}</h2>
        <p className="subtle search-lead">{t('masking.lead')}</p>
      </header>
      {status === 'failed' ? <Unreadable masking={masking} /> : null}
      {status === 'loading' ? <Skeleton lines={12} /> : null}
      {view ? (
        <>
          {view.canEdit ? null : <p className="note" role="status">{t('search.read-only')}</p>}
          <Kinds masking={masking} />
          <Trial round={view.changes[0]?.at ?? 0} />
          <Classes masking={masking} />
          <div className="search-pair">
            <Words list="deny" masking={masking} />
            <Words list="allow" masking={masking} />
          </div>
          <div className="search-pair">
            <Canaries masking={masking} />
            <Report report={view.report} />
          </div>
          <Changes changes={view.changes} />
        </>
      ) : null}
      <Live>{masking.act ? t('masking.now') : done?.text ?? ''}</Live>
    </div>
  );
}
