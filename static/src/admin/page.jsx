// The admin page: its head, and which of its places is shown: models, search, or masking.
// It does not know what a place does.
import '../styles/admin.css';
import { lazy, Suspense } from 'react';
import { Seal } from '../parts/seal.jsx';
import { Skeleton } from '../parts/small.jsx';
import { Tabs } from '../parts/tabs.jsx';
import { usePlaces } from '../parts/use-places.js';
import { t } from '../parts/t.js';
import { Models } from './models/page.jsx';

const Search = lazy(() => import('./search/page.jsx'));
const Masking = lazy(() => import('./masking/page.jsx'));
const PLACES = { models: Models, search: Search, masking: Masking };

/** `/search`, `/masking`, else the models. */
export const parsePlace = (path) => ({ name: ['search', 'masking'].find((name) => path.split('/')[1] === name) ?? 'models' });
const TABS = () => [{ name: 'models', path: '/', label: t('admin.place.models') }, { name: 'search', path: '/search', label: t('admin.place.search') }, { name: 'masking', path: '/masking', label: t('admin.place.masking') }];

const Head = ({ place, go }) => (
  <header className="page-head">
    <Seal />
    <h1>{t('admin.title')}</h1>
    <Tabs label={t('admin.places')} tabs={TABS()} now={place?.name} go={go} />
  </header>
);

export const AdminWaiting = () => <div className="page admin"><Head /><Skeleton lines={9} /></div>;

export function AdminPage() {
  const { place, go } = usePlaces(parsePlace);
  if (!place) return <AdminWaiting />;
  const Place = PLACES[place.name];
  return (
    <div className="page admin">
      <Head place={place} go={go} />
      <main>
        <Suspense fallback={<Skeleton lines={9} />}><Place /></Suspense>
      </main>
    </div>
  );
}
