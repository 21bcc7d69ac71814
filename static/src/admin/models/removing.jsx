// Before a connected model goes: what exactly will be gone, what stays, and what is left to do at the provider.
import Button from '@atlaskit/button/new';
import { forgetHost } from '../../bridge.js';
import { Dialog } from '../../parts/dialog.jsx';
import { Problem } from '../../parts/problem.jsx';
import { t } from '../../parts/t.js';
import { nameOf } from './names.js';

export function Removing({ models, route, isUsed, onClose }) {
  const { view } = models;
  const act = `remove ${route.id}`;
  const problem = models.problems[act];
  const name = nameOf(route, view);
  const hasKey = route.key.kind !== 'none';
  const isLastOf = (host) => !view.routes.some((other) => other.id !== route.id && [other.host, other.embeddingHost].includes(host));
  // What was asked for: an address of the customer's own, or a location that the app does not name itself.
  const asked = view.catalog.find(({ provider }) => provider === route.provider)?.regions ?? [];
  const typed = [route.endpoint || (route.provider === 'vertex' && !asked.includes(route.region)) ? route.host : null, route.embeddingRegion && !asked.includes(route.embeddingRegion) ? route.embeddingHost : null];
  const hosts = [...new Set(typed)].filter((host) => host && isLastOf(host));
  const close = () => {
    models.forget(act);
    onClose();
  };
  const remove = async () => {
    if (!(await models.run(act, 'admin.removeRoute', { id: route.id }))) return;
    for (const host of hosts) forgetHost(host);
  };
  return (
    <Dialog title={t('key.remove.title', { name })} onClose={close} footer={<><Button onClick={close}>{t('act.keep-key')}</Button><Button appearance="danger" isLoading={models.act === act} onClick={remove}>{t('key.remove.do')}</Button></>}>
      <p>{hasKey ? t('key.remove.gone', { last4: route.key.last4 ?? '····', fingerprint: route.key.fingerprint }) : t('key.remove.gone.none')}</p>
      <ul className="plain-list">
        <li>{t('key.remove.use', { name })}</li>
        <li>{t(isUsed ? 'key.remove.mode' : 'key.remove.mode-kept')}</li>
        {hosts.map((host) => <li key={host}>{t('key.remove.host', { host })}</li>)}
        {hasKey ? <li>{t('key.remove.provider', { name: route.providerName })}</li> : null}
      </ul>
      {problem ? <Problem problem={problem} kept={t('kept.key')} /> : null}
    </Dialog>
  );
}
