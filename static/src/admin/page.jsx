// The admin page: its head, and which of its places is shown: models, or search.
// It does not know what a place does.
import '../styles/admin.css';
import { lazy, Suspense } from 'react';
import { Seal } from '../parts/seal.jsx';
import { Skeleton } from '../parts/small.jsx';
import { Tabs } from '../parts/tabs.jsx';
import { usePlaces } from '../parts/use-places.js';
import { t } from '../parts/t.js';
import { Models } from './models.jsx';

const Search = lazy(() => import('./search/page.jsx'));

/** `/search`, else the models. */
export const parsePlace = (path) => ({ name: path.split('/')[1] === 'search' ? 'search' : 'models' });

const Head = ({ place, go }) => (
  <header className="page-head">
    <Seal />
    <h1>{t('admin.title')}</h1>
    <Tabs label={t('admin.places')} tabs={[{ name: 'models', path: '/', label: t('admin.place.models') }, { name: 'search', path: '/search', label: t('admin.place.search') }]} now={place?.name} go={go} />
  </header>
);

export const AdminWaiting = () => <div className="page admin"><Head /><Skeleton lines={9} /></div>;

export function AdminPage() {
  const { place, go } = usePlaces(parsePlace);
  if (!place) return <AdminWaiting />;
  return (
    <div className="page admin">
      <Head place={place} go={go} />
      <main>
        {place.name === 'models' ? <Models /> : <Suspense fallback={<Skeleton lines={9} />}><Search /></Suspense>}
      </main>
    </div>
  );
}
