// The class of each project and space. One that would be masked less than before asks first, and says which kinds pass.
// The list is what the admin may see in the products, narrowed when the typing pauses.
import { Fragment, useEffect, useId, useRef, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { call } from '../../bridge.js';
import { PagesIcon, ProjectIcon, SearchIcon } from '../../parts/icons.js';
import { Problem } from '../../parts/problem.jsx';
import { Empty, Skeleton } from '../../parts/small.jsx';
import { listOf } from '../../parts/format.js';
import { problemOf, useSettled } from '../../parts/use-task.js';
import { t } from '../../parts/t.js';
import { Asking } from './asking.jsx';
import { Done } from './done.jsx';
import { CLASSES, opened } from './kinds.js';
import { className, inline, kindName } from './kinds.jsx';

const PAUSE_MS = 300;
const UNSET = 'confidential';
const rowId = ({ kind, key }) => `${kind}:${key}`;

/** The list for what is typed: its first page, further pages, and rows as an act left them. */
function useList() {
  const [text, setText] = useState('');
  const settled = useSettled(text.trim(), PAUSE_MS);
  const [state, setState] = useState(/** @type {any} */ ({ rows: null, failed: [], problem: null }));
  const [isMore, setMore] = useState(false);
  const [round, setRound] = useState(0);
  const turn = useRef(0);
  const fields = settled ? { text: settled } : {};
  useEffect(() => {
    const mine = ++turn.current;
    call('masking.containers', settled ? { text: settled } : {}).then(
      (view) => mine === turn.current && setState({ rows: view.containers, cursor: view.cursor, failed: view.failed, problem: null }),
      (error) => mine === turn.current && setState((last) => ({ ...last, rows: last.rows ?? [], problem: problemOf(error) })),
    );
  }, [settled, round]);
  const more = async () => {
    setMore(true);
    try {
      const view = await call('masking.containers', { ...fields, cursor: state.cursor });
      setState((last) => ({ ...last, cursor: view.cursor, rows: [...last.rows, ...view.containers.filter((row) => !last.rows.some((one) => rowId(one) === rowId(row)))] }));
    } catch (error) {
      setState((last) => ({ ...last, problem: problemOf(error) }));
    }
    setMore(false);
  };
  const put = (row) => setState((last) => ({ ...last, rows: last.rows.map((one) => (rowId(one) === rowId(row) ? row : one)) }));
  const shown = state.rows?.filter((row) => `${row.key} ${row.name}`.toLowerCase().includes(text.trim().toLowerCase()));
  return { ...state, shown, text, setText, more, isMore, put, retry: () => setRound((count) => count + 1) };
}

export function Classes({ masking }) {
  const list = useList();
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const { view } = masking;
  const id = useId();
  const nameOf = (row) => `class ${rowId(row)}`;
  const set = async (row, to) => {
    const after = await masking.run(nameOf(row), 'masking.setClass', { kind: row.kind, key: row.key, ...(to === UNSET ? {} : { class: to }) });
    if (!after) return undefined;
    const now = { ...row, class: to, isSet: to !== UNSET };
    list.put(now);
    masking.setDone({ of: nameOf(row), text: t('classes.done', { name: row.name, class: inline(className(to)) }), undo: () => choose(now, row.class) });
    return after;
  };
  const choose = (row, to) => {
    const kinds = opened(view, row.class, to);
    if (!kinds.length) return set(row, to);
    return setAsked({ name: nameOf(row), title: t('classes.ask', { name: row.name, class: inline(className(to)) }), lead: t('classes.ask.lead', { kinds: listOf(kinds.map((kind) => inline(kindName(kind)))) }), lines: [t('kinds.off.mixed'), t('masking.sent')], label: t('classes.ask.do'), act: () => set(row, to) });
  };
  const problem = Object.entries(masking.problems).find(([name, one]) => one && name.startsWith('class '))?.[1];
  return (
    <section className="stack gap-150" aria-labelledby="classes-title">
      <div className="stack gap-050">
        <h3 id="classes-title">{t('containers.title')}</h3>
        <p className="subtle search-lead">{t('classes.what')}</p>
      </div>
      <label className="sr-only" htmlFor={id}>{t('containers.filter')}</label>
      <span className="containers-filter"><Textfield id={id} isCompact value={list.text} placeholder={t('containers.filter')} elemBeforeInput={<span className="field-icon"><SearchIcon label="" /></span>} onChange={(event) => list.setText(event.currentTarget.value)} onKeyDown={(event) => event.key === 'Escape' && list.setText('')} /></span>
      {list.failed?.map((product) => <p key={product} className="note note-warn" role="status">{t(`containers.failed.${product}`)} <button type="button" className="text-button inherit" onClick={list.retry}>{t('act.retry')}</button></p>)}
      {list.problem ? <Problem problem={list.problem} actions={<Button onClick={list.retry}>{t('act.retry')}</Button>} /> : null}
      {problem && !asked ? <Problem problem={problem} kept={t('kept.masking')} /> : null}
      {!list.rows ? <Skeleton lines={4} /> : list.shown.length ? (
        <table className="containers classes">
          <thead><tr><th scope="col">{t('containers.name')}</th><th scope="col" className="col-class-choice">{t('kinds.class')}</th></tr></thead>
          <tbody>
            {list.shown.map((row) => (
              <Fragment key={rowId(row)}>
                <Row row={row} isDisabled={!view.canEdit || masking.act === nameOf(row)} onChoose={(to) => choose(row, to)} />
                {masking.done?.of === nameOf(row) ? <tr><td colSpan={2}><Done masking={masking} of={nameOf(row)} /></td></tr> : null}
              </Fragment>
            ))}
          </tbody>
        </table>
      ) : list.problem ? null : <Empty title={t(list.text.trim() ? 'containers.none' : 'containers.empty')}>{t(list.text.trim() ? 'containers.none.do' : 'containers.empty.do')}</Empty>}
      {list.cursor ? <div><Button appearance="subtle" isLoading={list.isMore} onClick={list.more}>{t('picker.more')}</Button></div> : null}
      {asked ? <Asking asked={asked} masking={masking} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}

function Row({ row, isDisabled, onChoose }) {
  const Icon = row.kind === 'space' ? PagesIcon : ProjectIcon;
  return (
    <tr>
      <th scope="row"><span className="container-name"><span className="hit-icon"><Icon label={t(`container.kind.${row.kind}`)} color="currentColor" /></span><span className="stack"><bdi>{row.name}</bdi><span className="subtle small">{row.key}</span></span></span></th>
      <td className="col-class-choice">
        <select className="select select-compact" aria-label={t('classes.of', { name: row.name })} value={row.class} disabled={isDisabled} onChange={(event) => onChoose(event.target.value)}>
          {CLASSES.map((value) => <option key={value} value={value}>{className(value)}</option>)}
        </select>
      </td>
    </tr>
  );
}
