// Models: where text goes now, what writers use, the models that are connected, and connecting another.
// The page never holds a key longer than it takes to send it, and never gets one back.
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import { Problem } from '../../parts/problem.jsx';
import { Live, Skeleton } from '../../parts/small.jsx';
import { t } from '../../parts/t.js';
import { RouteCard } from '../../studio/route-card.jsx';
import { ModelRules } from '../models-rules/section.jsx';
import { Connect } from './connect.jsx';
import { Connected } from './connected.jsx';
import { Modes } from './modes.jsx';
import { useModels } from './use-models.js';

const Failed = ({ problem, onRetry }) => <Problem problem={problem} actions={onRetry ? <Button onClick={onRetry}>{t('act.retry')}</Button> : null} />;

/** What is said aloud: the act that runs, then what the last test found. */
function saidOf({ act, view }) {
  if (act) return t(`admin.${act.split(' ')[0]}.now`);
  return view.test ? t(view.test.ok ? 'test.ok' : 'test.not-ok') : '';
}

export function Models() {
  const models = useModels();
  /** The route that is being changed, `new`, or null. */
  const [editing, setEditing] = useState(/** @type {string|null} */ (null));
  const { status, view } = models;
  if (status === 'loading') return <Skeleton lines={9} />;
  if (status === 'failed') return <Failed problem={models.problem} onRetry={models.retry} />;
  if (view.canEdit === false) return <Failed problem={{ kind: 'refused', code: 'admin-only', params: {} }} />;
  const isFirst = view.routes.length === 0;
  const isFull = view.routes.length >= view.mostRoutes;
  const close = () => {
    models.forget('save');
    setEditing(null);
  };
  return (
    <>
      <div className="stack gap-400 admin-narrow">
        <section className="stack gap-150" aria-labelledby="now-title">
          <h2 id="now-title">{t('admin.now')}</h2>
          <div className="now"><RouteCard route={view.route} /></div>
          {view.route.refusal ? <Problem problem={{ kind: 'refused', code: view.route.refusal, params: {} }} kept={t('seal.nothing-sent')} /> : null}
        </section>
        <Modes models={models} />
        <section className="stack gap-200" aria-labelledby="model-title">
          <div className="stack gap-050">
            <h2 id="model-title">{t('admin.own')}</h2>
            <p className="subtle">{t('admin.own.what')}</p>
          </div>
          {view.routes.map((route) => (editing === route.id
            ? <Connect key={route.id} models={models} route={route} onClose={close} />
            : <Connected key={route.id} models={models} route={route} onEdit={() => setEditing(route.id)} />))}
          {isFirst || editing === 'new' ? <Connect models={models} onClose={isFirst ? null : close} onSaved={() => setEditing(null)} /> : null}
          {!isFirst && editing === null ? (
            <div className="row gap-100 wrap">
              <Button isDisabled={isFull} onClick={() => setEditing('new')}>{t('connect.another')}</Button>
              {isFull ? <span className="hint">{t('refused.too-many-routes.do')}</span> : null}
            </div>
          ) : null}
        </section>
        <ModelRules of={JSON.stringify([view.route, view.routes])} />
      </div>
      <Live>{saidOf(models)}</Live>
    </>
  );
}
