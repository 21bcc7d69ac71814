// The admin's page of the index: what it holds, which projects and spaces, how long, and whether it finds what is there.
// It shows counts and headings; the text of a ticket or page is not on it.
import '../../styles/search.css';
import Button from '@atlaskit/button/new';
import { Problem } from '../../parts/problem.jsx';
import { Live, Skeleton } from '../../parts/small.jsx';
import { t } from '../../parts/t.js';
import { Containers } from './containers.jsx';
import { Embedding } from './embedding.jsx';
import { Inspector } from './inspector.jsx';
import { Lifetime } from './lifetime.jsx';
import { Rebuild } from './rebuild.jsx';
import { Recall } from './recall.jsx';
import { Totals } from './totals.jsx';
import { useIndex } from './use-index.js';

export default function SearchPage() {
  const index = useIndex();
  const { status, view, problem } = index;
  return (
    <div className="search stack gap-400">
      <header className="stack gap-050">
        <h2>{t('search.title')}</h2>
        <p className="subtle search-lead">{t('search.lead')} {t('search.stays')}</p>
      </header>
      {status === 'failed' ? <Problem problem={problem} kept={t('seal.nothing-sent')} actions={problem.code === 'admin-only' ? null : <Button onClick={index.retry}>{t('act.retry')}</Button>} /> : null}
      {status === 'loading' ? <Waiting /> : null}
      {view ? (
        <>
          {view.canEdit ? null : <p className="note" role="status">{t('search.read-only')}</p>}
          <Totals view={view} />
          <Containers index={index} />
          {view.embedding ? <Embedding index={index} /> : null}
          <div className="search-pair">
            <Lifetime index={index} />
            <Rebuild index={index} />
          </div>
          <div className="search-pair">
            <Inspector />
            <Recall isOff={!view.containers.some((row) => row.on) && !view.totals.documents} />
          </div>
        </>
      ) : null}
      <Live>{index.act ? t(`search.now.${index.act.split(' ')[0]}`) : ''}</Live>
    </div>
  );
}

/** In the shape of what comes, so that nothing jumps. */
const Waiting = () => (
  <div className="stack gap-400">
    <div className="totals" aria-hidden="true">{[0, 1, 2, 3].map((one) => <div key={one}><span className="skeleton-line" data-width="2" /><span className="skeleton-line" data-width="1" /></div>)}</div>
    <Skeleton lines={9} />
  </div>
);
