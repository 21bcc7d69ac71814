// The Studio's page: its header, and which of its three places is shown: choose and draft, one job, the history.
// It does not know what a place does.
import '../styles/studio.css';
import { lazy, Suspense, useEffect, useReducer, useState } from 'react';
import Button from '@atlaskit/button/new';
import { call } from '../bridge.js';
import { usePlaces } from '../parts/use-places.js';
import { Tabs } from '../parts/tabs.jsx';
import { problemOf } from '../parts/use-task.js';
import { Problem } from '../parts/problem.jsx';
import { Skeleton } from '../parts/small.jsx';
import { Seal } from '../parts/seal.jsx';
import { t } from '../parts/t.js';
import { initial, reduce } from './reducer.js';
import { Studio } from './studio.jsx';

const Review = lazy(() => import('../review/page.jsx'));
const History = lazy(() => import('../history/page.jsx'));

/** `/job/<id>`, `/history`, `/history/<page>`, `/from/<kind>/<id>`, else the Studio itself. */
export function parsePlace(path) {
  const [, name, first, second] = path.split('/').map(decodeURIComponent);
  if (name === 'job' && first) return { name: 'job', jobId: first };
  if (name === 'history') return { name: 'history', pageId: first };
  if (name === 'from' && first && second) return { name: 'studio', from: { kind: first, id: second } };
  return { name: 'studio' };
}

/** The hit of what the Studio was opened from, when only its id is known. */
async function hitOf(from) {
  if (!from) return undefined;
  const view = await call('sources.search', { text: from.id, kinds: [from.kind] });
  return view.hits.find((hit) => hit.id === from.id);
}

export function StudioWaiting() {
  return (
    <div className="page">
      <Header />
      <div className="columns">
        {['sources', 'draft', 'seal'].map((name) => <section key={name} className="column" data-name={name} data-shown={name === 'sources'}><div className="column-head"><h2>{t(`column.${name}`)}</h2></div><Skeleton lines={7} /></section>)}
      </div>
    </div>
  );
}

const Header = ({ place, go }) => (
  <header className="page-head">
    <Seal />
    <h1>{t('studio.title')}</h1>
    <Tabs label={t('studio.places')} tabs={[{ name: 'studio', path: '/', label: t('place.studio') }, { name: 'history', path: '/history', label: t('place.history') }]} now={place?.name} go={go} />
  </header>
);

export function StudioPage({ host }) {
  const { place, go } = usePlaces(parsePlace);
  const [state, dispatch] = useReducer(reduce, initial);
  const [from] = useState(() => host.extension?.modal?.from);
  const [latest, setLatest] = useState(null);
  const origin = from ?? place?.from;
  useEffect(() => {
    if (state.status !== 'loading' || !place) return undefined;
    let gone = false;
    Promise.all([call('studio.open'), hitOf(origin).catch(() => undefined)]).then(
      ([view, opened]) => gone || dispatch({ type: 'opened', view, opened }),
      (error) => gone || dispatch({ type: 'failed', problem: problemOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [state.status, Boolean(place)]); // eslint-disable-line -- opened once, then only on retry
  if (!place || state.status === 'loading') return <StudioWaiting />;
  const onJob = (job) => {
    setLatest(job);
    dispatch({ type: 'changed', job });
  };
  const again = () => {
    dispatch({ type: 'again' });
    go('/');
  };
  return (
    <div className="page">
      <Header place={place} go={go} />
      <main>
        {state.status === 'failed' ? (
          <Problem problem={state.problem} kept={t('seal.nothing-sent')} actions={<Button onClick={() => dispatch({ type: 'retry' })}>{t('act.retry')}</Button>} />
        ) : (
          <>
            <div hidden={place.name !== 'studio'}><Studio state={state} dispatch={dispatch} go={go} latest={latest} /></div>
            <Suspense fallback={<Skeleton lines={8} />}>
              {place.name === 'job' ? <Review key={place.jobId} jobId={place.jobId} view={state.view} go={go} onAgain={again} onJob={onJob} /> : null}
              {place.name === 'history' ? <History key={place.pageId ?? ''} pageId={place.pageId} go={go} /> : null}
            </Suspense>
          </>
        )}
      </main>
    </div>
  );
}
