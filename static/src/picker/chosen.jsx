// The chosen sources as chips, each with its way out.
import { IconButton } from '@atlaskit/button/new';
import { CrossIcon } from '../parts/icons.js';
import { t } from '../parts/t.js';
import { KindIcon } from './hit.jsx';
import { idOf } from './use-hits.js';

export function Chips({ picked, onRemove, disabled }) {
  return (
    <ul className="chips" aria-label={t('picker.picked')}>
      {picked.map((hit) => (
        <li key={idOf(hit)} className="chip">
          <KindIcon kind={hit.kind} />
          <span className="chip-text"><b>{hit.key}</b> <bdi>{hit.title}</bdi></span>
          {disabled ? null : <IconButton icon={CrossIcon} spacing="compact" appearance="subtle" label={t('picker.remove', { title: hit.key ?? hit.title })} onClick={() => onRemove(hit)} />}
        </li>
      ))}
    </ul>
  );
}
