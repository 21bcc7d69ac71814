// Rules for models: what stands in when one fails, where texts of a class may go, what a month may cost, how the models
// are just now, and how they did on our own tickets.
import '../../styles/models-rules.css';
import Button from '@atlaskit/button/new';
import { Problem } from '../../parts/problem.jsx';
import { Live, Skeleton } from '../../parts/small.jsx';
import { t } from '../../parts/t.js';
import { BakeOff } from './bake-off.jsx';
import { Budget } from './budget.jsx';
import { Classes } from './classes.jsx';
import { Health } from './health.jsx';
import { useRules } from './use-rules.js';

/** @param {{of: string}} props `of` changes when routes were connected, removed or chosen */
export function ModelRules({ of }) {
  const rules = useRules(of);
  const { view } = rules;
  if (!view && rules.status === 'failed') return <section aria-label={t('rules.title')}><Problem problem={rules.problem} actions={<Button onClick={rules.retry}>{t('act.retry')}</Button>} /></section>;
  if (!view) return <Skeleton lines={6} />;
  return (
    <section className="stack gap-400" aria-labelledby="rules-title">
      <div className="stack gap-050">
        <h2 id="rules-title">{t('rules.title')}</h2>
        <p className="subtle">{t('rules.what')}</p>
      </div>
      {view.routes.length ? <Health rules={rules} /> : null}
      <Classes rules={rules} />
      <Budget rules={rules} />
      <BakeOff rules={rules} />
      <Live>{rules.act ? t('rules.now') : ''}</Live>
    </section>
  );
}
