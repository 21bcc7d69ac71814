// One project or space: its name, how far it is, how much it holds, and the switch.
// On a narrow screen the figures stand under the name; the columns are the same cells hidden.
import Lozenge from '@atlaskit/lozenge';
import { IconButton } from '@atlaskit/button/new';
import { PagesIcon, ProjectIcon, RefreshIcon } from '../../parts/icons.js';
import { sentenceOf } from '../../parts/problem.jsx';
import { Switch } from '../../parts/switch.jsx';
import { ago, bytes, number } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';

/** What is as it should be needs no color. */
const LOOK = { indexing: 'inprogress', waiting: 'inprogress', failed: 'removed' };

const failureOf = (code) => (has(`container.failed.${code}`) ? t(`container.failed.${code}`) : sentenceOf({ kind: 'refused', code }).title);

function State({ row }) {
  const isCounted = row.state === 'indexing' && row.total > 0;
  return (
    <div className="container-state">
      {LOOK[row.state] ? <Lozenge appearance={LOOK[row.state]}>{t(`container.${row.state}`)}</Lozenge> : <span className="subtle">{t(`container.${row.state}`)}</span>}
      {isCounted ? <><progress max={row.total} value={row.done} aria-label={t('container.progress', { name: row.name })} /><span className="subtle small">{t('container.done', { done: row.done, total: row.total })}</span></> : null}
      {row.code && (row.state === 'failed' || row.code === 'storage-unreadable') ? <span className="small">{failureOf(row.code)}</span> : null}
      {(row.passed ?? []).map(({ code, count }) => <span key={code} className="subtle small">{t(`container.passed.${code}`, { documents: count })}</span>)}
      {row.passed?.some((one) => one.atLeast) ? <span className="subtle small">{t('container.passed.more')}</span> : null}
    </div>
  );
}

export function Row({ row, canEdit, isBusy, onSet, onRebuild }) {
  const Icon = row.kind === 'space' ? PagesIcon : ProjectIcon;
  const figures = row.documents ? [number(row.documents), number(row.excerpts), bytes(row.bytes), row.indexedAt ? ago(row.indexedAt) : ''] : ['', '', '', ''];
  return (
    <tr data-on={row.on}>
      <th scope="row">
        <span className="container-name">
          <span className="hit-icon"><Icon label={t(`container.kind.${row.kind}`)} color="currentColor" /></span>
          <span className="stack">
            <bdi>{row.name}</bdi>
            <span className="subtle small">{row.key}</span>
            {row.documents ? <span className="subtle small only-small">{t('container.facts', { documents: row.documents, size: figures[2] })}{figures[3] ? ` · ${figures[3]}` : ''}</span> : null}
            {row.on ? <span className="only-small"><State row={row} /></span> : null}
          </span>
        </span>
      </th>
      <td className="col-state">{row.on ? <State row={row} /> : <span className="subtle small">{t('container.off')}</span>}</td>
      {figures.map((figure, at) => <td key={at} className="col-more">{figure}</td>)}
      <td className="col-switch">
        <span className="row gap-050">
          {row.on && canEdit ? <IconButton icon={RefreshIcon} spacing="compact" appearance="subtle" label={t('rebuild.one', { name: row.name })} onClick={onRebuild} /> : null}
          <Switch label={t('container.switch', { name: row.name })} isOn={row.on} isDisabled={!canEdit} isBusy={isBusy} onChange={onSet} />
        </span>
      </td>
    </tr>
  );
}
