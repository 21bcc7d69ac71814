// Before protection goes: what exactly will pass from then on, what stays, and how it comes back.
// It does nothing itself; its owner acts.
import Button from '@atlaskit/button/new';
import { Dialog } from '../../parts/dialog.jsx';
import { Problem } from '../../parts/problem.jsx';
import { t } from '../../parts/t.js';

/** @param {{asked: {name: string, title: string, lead: string, lines: string[], label: string, keep?: string, noted?: string, act: () => Promise<any>}, masking: any, onClose: () => void}} props */
export function Asking({ asked, masking, onClose }) {
  const problem = masking.problems[asked.name];
  const close = () => {
    masking.forget(asked.name);
    onClose();
  };
  const go = async () => {
    if (await asked.act()) onClose();
  };
  return (
    <Dialog title={asked.title} onClose={close} footer={<><Button onClick={close}>{asked.keep ?? t('masking.keep')}</Button><Button appearance="danger" isLoading={masking.act === asked.name} onClick={go}>{asked.label}</Button></>}>
      <p>{asked.lead}</p>
      <ul className="plain-list">
        {asked.lines.map((line) => <li key={line}>{line}</li>)}
        <li>{asked.noted ?? t('masking.noted')}</li>
      </ul>
      {problem ? <Problem problem={problem} kept={t('kept.masking')} /> : null}
    </Dialog>
  );
}
