// Building the index again, whole or of one project or space: what happens, and that nothing is lost meanwhile.
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import { Dialog } from '../../parts/dialog.jsx';
import { Problem } from '../../parts/problem.jsx';
import { t } from '../../parts/t.js';

/** `row` is the project or space; none is all of them. */
export function RebuildDialog({ row, index, onClose }) {
  const close = () => {
    index.forget('rebuild');
    onClose();
  };
  const build = async () => {
    if (await index.run('rebuild', 'index.rebuild', row ? { kind: row.kind, key: row.key } : {})) onClose();
  };
  return (
    <Dialog title={row ? t('rebuild.title.one', { name: row.name }) : t('rebuild.title')} onClose={close} footer={<><Button onClick={close}>{t('act.cancel')}</Button><Button appearance="primary" isLoading={index.act === 'rebuild'} onClick={build}>{t('rebuild.do')}</Button></>}>
      <p>{row ? t('rebuild.what.one') : t('rebuild.what', { n: index.view.containers.filter(({ on }) => on).length })}</p>
      <ul className="plain-list">
        <li>{t('rebuild.meanwhile')}</li>
        <li>{t('rebuild.lost')}</li>
        <li>{index.view.embedding?.on ? t('rebuild.sent.embedded', { provider: index.view.embedding.provider }) : t('rebuild.sent')}</li>
        <li>{t('rebuild.time')}</li>
      </ul>
      {index.problems.rebuild ? <Problem problem={index.problems.rebuild} kept={t('kept.index')} /> : null}
    </Dialog>
  );
}

export function Rebuild({ index }) {
  const [isAsking, setAsking] = useState(false);
  const isAny = index.view.containers.some(({ on }) => on);
  return (
    <section className="stack gap-100" aria-labelledby="rebuild-title">
      <h3 id="rebuild-title">{t('rebuild.section')}</h3>
      <p className="subtle">{t('rebuild.when')}</p>
      <div><Button isDisabled={!isAny || !index.view.canEdit} onClick={() => setAsking(true)}>{t('rebuild.all')}</Button></div>
      {isAny ? null : <p className="hint">{t('search.first-on')}</p>}
      {isAsking ? <RebuildDialog index={index} onClose={() => setAsking(false)} /> : null}
    </section>
  );
}
