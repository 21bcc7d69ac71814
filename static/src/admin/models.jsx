// Models: where text goes now, which engine is used, and the customer's own model with its key.
// The page never holds a key longer than it takes to send it, and never gets one back.
import { useEffect, useReducer, useState } from 'react';
import Button from '@atlaskit/button/new';
import { call } from '../bridge.js';
import { Problem } from '../parts/problem.jsx';
import { Live, Skeleton } from '../parts/small.jsx';
import { problemOf } from '../parts/use-task.js';
import { t } from '../parts/t.js';
import { RouteCard } from '../studio/route-card.jsx';
import { Modes } from './modes.jsx';
import { SavedKey } from './saved-key.jsx';
import { initial, reduce } from './reducer.js';
import { ModelForm } from './model-form.jsx';
import { ModelRules } from './models-rules/section.jsx';

export function Models() {
  const [state, dispatch] = useReducer(reduce, initial);
  const [isEditing, setEditing] = useState(false);
  useEffect(() => {
    if (state.status !== 'loading') return undefined;
    let gone = false;
    call('admin.open').then(
      (view) => gone || dispatch({ type: 'opened', view }),
      (error) => gone || dispatch({ type: 'failed', problem: problemOf(error) }),
    );
    return () => {
      gone = true;
    };
  }, [state.status]);

  /** Runs one act of the contract; true when the server did it. */
  const act = async (name, type, fields = {}) => {
    dispatch({ type: 'begin', act: name });
    try {
      const view = await call(type, fields);
      dispatch({ type: 'done', act: name, view });
      return view;
    } catch (error) {
      dispatch({ type: 'refused', act: name, problem: problemOf(error) });
      return null;
    }
  };
  if (state.status === 'loading') return <Skeleton lines={9} />;
  if (state.status === 'failed') return <Failed problem={state.problem} onRetry={() => dispatch({ type: 'retry' })} />;
  const { view } = state;
  if (view.canEdit === false) return <Failed problem={{ kind: 'refused', code: 'admin-only', params: {} }} />;
  const showForm = isEditing || !view.key;
  return (
    <>
      <div className="stack gap-400 admin-narrow">
        <section className="stack gap-150" aria-labelledby="now-title">
          <h2 id="now-title">{t('admin.now')}</h2>
          <div className="now"><RouteCard route={view.route} /></div>
          {view.route.refusal ? <Problem problem={{ kind: 'refused', code: view.route.refusal, params: {} }} kept={t('seal.nothing-sent')} /> : null}
        </section>
        <Modes view={view} busy={state.act} problem={state.problems.mode} onMode={(mode) => act('mode', 'admin.setMode', { mode })} />
        <section className="stack gap-200" aria-labelledby="model-title">
          <div className="stack gap-050">
            <h2 id="model-title">{t('admin.own')}</h2>
            <p className="subtle">{t('admin.own.what')}</p>
          </div>
          {view.key ? <SavedKey view={view} state={state} act={act} isEditing={isEditing} onReplace={() => setEditing(true)} /> : null}
          {showForm ? <ModelForm view={view} state={state} act={act} onSaved={() => setEditing(false)} onCancel={view.key ? () => setEditing(false) : null} /> : null}
        </section>
        <ModelRules of={JSON.stringify([view.route, view.key?.version, view.routes?.length])} />
      </div>
      <Live>{state.act ? t(`admin.${state.act}.now`) : state.test ? t(state.test.ok ? 'test.ok' : 'test.not-ok') : ''}</Live>
    </>
  );
}

const Failed = ({ problem, onRetry }) => <Problem problem={problem} actions={onRetry ? <Button onClick={onRetry}>{t('act.retry')}</Button> : null} />;
