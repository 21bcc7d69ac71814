// When the rules cannot be read: nothing is sent; an admin can try again, or give the rules up for those that mask everything.
import { useState } from 'react';
import Button from '@atlaskit/button/new';
import { Problem } from '../../parts/problem.jsx';
import { t } from '../../parts/t.js';
import { Asking } from './asking.jsx';

export function Unreadable({ masking }) {
  const [asked, setAsked] = useState(null);
  const { problem, retry, run } = masking;
  const ask = () => setAsked({
    name: 'reset',
    title: t('reset.title'),
    lead: t('reset.lead'),
    lines: [t('reset.words'), t('reset.planted')],
    label: t('reset.do'),
    keep: t('act.back'),
    noted: t('reset.noted'),
    act: () => run('reset', 'masking.reset'),
  });
  const again = problem.code === 'admin-only' ? null : <Button onClick={retry}>{t('act.retry')}</Button>;
  const isLost = problem.code === 'masking-unreadable';
  return (
    <>
      <Problem problem={problem} kept={t('seal.nothing-sent')} actions={isLost ? <>{again}<Button appearance="subtle" onClick={ask}>{t('reset.ask')}</Button></> : again} />
      {asked ? <Asking asked={asked} masking={masking} onClose={() => setAsked(null)} /> : null}
    </>
  );
}
