// Projects and spaces: which are indexed, how far, how much. Switching off asks first and names what goes.
// The filter narrows what is on the page at once and asks for the rest when the typing pauses.
import { useId, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { SearchIcon } from '../../parts/icons.js';
import { Problem } from '../../parts/problem.jsx';
import { Empty, Live } from '../../parts/small.jsx';
import { Segmented } from '../../parts/segmented.jsx';
import { t } from '../../parts/t.js';
import { Row } from './row.jsx';
import { SwitchOff } from './switch-off.jsx';
import { RebuildDialog } from './rebuild.jsx';
import { rowId, rowsFor } from './rows.js';

const SHOW = { all: () => true, on: (row) => row.on, failed: (row) => row.state === 'failed' };
const COLUMNS = ['documents', 'excerpts', 'size', 'last'];

export function Containers({ index }) {
  const { view, text, setText } = index;
  const [show, setShow] = useState('all');
  const [leaving, setLeaving] = useState(/** @type {any} */ (null));
  const [rebuilding, setRebuilding] = useState(/** @type {any} */ (null));
  const id = useId();
  const typed = text.trim();
  const rows = rowsFor(view.containers, text, index.isSettled).filter(SHOW[show]);
  const set = (row, on) => (on ? index.run(`set ${rowId(row)}`, 'index.set', { kind: row.kind, key: row.key, on }) : setLeaving(row));
  const setProblem = Object.entries(index.problems).find(([name, problem]) => problem && (name.startsWith('set ') || name === 'list'));
  return (
    <section className="stack gap-150" aria-labelledby="containers-title">
      <div className="stack gap-050">
        <h3 id="containers-title">{t('containers.title')}</h3>
        <p className="subtle">{t('containers.what')}</p>
      </div>
      <div className="containers-bar">
        <label className="sr-only" htmlFor={id}>{t('containers.filter')}</label>
        <span className="containers-filter"><Textfield id={id} isCompact value={text} placeholder={t('containers.filter')} elemBeforeInput={<span className="field-icon"><SearchIcon label="" /></span>} onChange={(event) => setText(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && setText('')} /></span>
        <Segmented hideLabel label={t('containers.show')} value={show} onChange={setShow} options={Object.keys(SHOW).map((value) => ({ value, label: t(`containers.show.${value}`) }))} />
      </div>
      {view.failed?.map((product) => <p key={product} className="note note-warn" role="status">{t(`containers.failed.${product}`)} <button type="button" className="text-button inherit" onClick={index.retry}>{t('act.retry')}</button></p>)}
      {index.problem ? <Problem problem={index.problem} actions={<Button onClick={index.retry}>{t('act.retry')}</Button>} /> : null}
      {setProblem && !leaving ? <Problem problem={setProblem[1]} kept={t('kept.index')} /> : null}
      {index.unsteady ? <p className="note" role="status">{t('search.unsteady')}</p> : null}
      {rows.length ? (
        <table className="containers" aria-busy={!index.isSettled}>
          <thead>
            <tr>
              <th scope="col">{t('containers.name')}</th>
              <th scope="col" className="col-state">{t('containers.state')}</th>
              {COLUMNS.map((name) => <th key={name} scope="col" className={`col-more col-${name}`}>{t(`containers.${name}`)}</th>)}
              <th scope="col" className="col-switch">{t('containers.on')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => <Row key={rowId(row)} row={row} canEdit={view.canEdit} isBusy={index.act === `set ${rowId(row)}`} onSet={(on) => set(row, on)} onRebuild={() => setRebuilding(row)} />)}
          </tbody>
        </table>
      ) : (
        <Empty title={t(typed || show !== 'all' ? 'containers.none' : 'containers.empty')}>{t(typed || show !== 'all' ? 'containers.none.do' : 'containers.empty.do')}</Empty>
      )}
      {view.cursor ? <div><Button appearance="subtle" isLoading={index.act === 'more'} onClick={index.more}>{t('picker.more')}</Button></div> : null}
      <Live>{typed && index.isSettled ? t('picker.results', { n: rows.length }) : ''}</Live>
      {leaving ? <SwitchOff row={leaving} index={index} onClose={() => setLeaving(null)} /> : null}
      {rebuilding ? <RebuildDialog row={rebuilding} index={index} onClose={() => setRebuilding(null)} /> : null}
    </section>
  );
}
