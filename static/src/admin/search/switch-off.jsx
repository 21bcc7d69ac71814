// Before a project or space leaves the index: what exactly will be gone, what stays, and how it comes back.
import Button from '@atlaskit/button/new';
import { Dialog } from '../../parts/dialog.jsx';
import { Problem } from '../../parts/problem.jsx';
import { bytes } from '../../parts/format.js';
import { t } from '../../parts/t.js';
import { rowId } from './rows.js';

export function SwitchOff({ row, index, onClose }) {
  const name = `set ${rowId(row)}`;
  const problem = index.problems[name];
  const close = () => {
    index.forget(name);
    onClose();
  };
  const off = async () => {
    if (await index.run(name, 'index.set', { kind: row.kind, key: row.key, on: false })) onClose();
  };
  return (
    <Dialog title={t('off.title', { name: row.name })} onClose={close} footer={<><Button onClick={close}>{t('off.keep')}</Button><Button appearance="danger" isLoading={index.act === name} onClick={off}>{t('off.do')}</Button></>}>
      <p>{row.documents ? t('off.gone', { documents: row.documents, excerpts: row.excerpts, size: bytes(row.bytes) }) : t('off.gone.nothing')}</p>
      <ul className="plain-list">
        <li>{t(`off.stays.${row.kind}`)}</li>
        <li>{t('off.search')}</li>
        <li>{t('off.back')}</li>
      </ul>
      {problem ? <Problem problem={problem} kept={t('kept.index')} /> : null}
    </Dialog>
  );
}
