// The diff of a page: a row per block, unchanged runs folded, changed words marked, reasons and sources beside each change.
// It decides nothing: keeping or leaving out is reported to the page.
import { Fragment, useMemo, useState } from 'react';
import { Checkbox } from '@atlaskit/checkbox';
import { AddIcon, EditIcon, MinusIcon, MoveIcon } from '../parts/icons.js';
import { Block } from '../parts/blocks.jsx';
import { Sentence } from '../parts/sentence.jsx';
import { t } from '../parts/t.js';
import { foldsOf } from './reducer.js';

const ICON = { added: AddIcon, removed: MinusIcon, changed: EditIcon, moved: MoveIcon };
const MARK = { added: 'ins', removed: 'del' };

function Words({ words }) {
  return (
    <p className="words" dir="auto">
      {words.map(({ op, text }, index) => {
        const Tag = MARK[op];
        return Tag ? <Tag key={index}>{text}</Tag> : <Fragment key={index}>{text}</Fragment>;
      })}
    </p>
  );
}

function Content({ row, claims }) {
  if (row.kind === 'same') return <Block block={row.after ?? row.before} claims={claims} />;
  if (row.kind === 'removed') return <del className="block-del"><Block block={row.before} /></del>;
  if (row.kind === 'changed') {
    if (row.words?.length) return <Words words={row.words} />;
    return <><del className="block-del"><Block block={row.before} /></del><Block block={row.after} claims={claims} /></>;
  }
  return <Block block={row.after ?? row.before} claims={claims} />;
}

/** One claim for each set of sources: the sentences themselves carry theirs. */
const firstOfEach = (named) => [...new Map(named.map((claim) => [claim.sources.join(), claim]).reverse()).values()].reverse();

function Why({ row, claims }) {
  const named = row.claims.map((id) => claims.byId.get(id)).filter(Boolean);
  if (!row.reason && !named.length) return null;
  return (
    <div className="why-line">
      {row.reason ? <span dir="auto">{row.reason}</span> : null}
      {firstOfEach(named).map((claim, index) => {
        if (!claim.sources.length && row.after && !row.words?.length) return null; // its sentence above says so already
        const keys = claim.sources.map((at) => claims.sources[at]).filter(Boolean).map((source) => source.key ?? source.title);
        return <Sentence key={claim.id} claim={claim} sources={claims.sources}><span className="source-tag">{keys.join(', ') || t('claim.number', { n: index + 1 })}</span></Sentence>;
      })}
    </div>
  );
}

function Row({ row, claims, isLeftOut, onToggle }) {
  const Icon = ICON[row.kind];
  const label = t(`row.${row.kind}`);
  if (!Icon) return <div className="diff-row" data-kind="same"><div className="diff-body doc"><Content row={row} claims={claims} /></div></div>;
  return (
    <section className="diff-row" data-kind={row.kind} data-left-out={isLeftOut} aria-label={label}>
      <div className="diff-side"><Icon label={label} color="currentColor" /></div>
      <div className="diff-body">
        <div className="doc"><Content row={row} claims={claims} /></div>
        <Why row={row} claims={claims} />
      </div>
      {row.id && onToggle ? (
        <div className="diff-choice">
          <Checkbox isChecked={!isLeftOut} onChange={() => onToggle(row.id)} label={t(isLeftOut ? 'row.left-out' : 'row.keep')} />
        </div>
      ) : null}
    </section>
  );
}

function Fold({ rows, claims }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="fold" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>{t(isOpen ? 'row.fold' : 'row.unfold', { n: rows.length })}</button>
      {isOpen ? rows.map((row, index) => <Row key={index} row={row} claims={claims} />) : null}
    </>
  );
}

/** @param {{rows: any[], claims: any, leftOut?: Set<string>, onToggle?: (id: string) => void}} props */
export function Rows({ rows, claims, leftOut, onToggle, label }) {
  const parts = useMemo(() => foldsOf(rows), [rows]);
  return (
    <div className="diff" role="region" aria-label={label}>
      {parts.map((part, index) => (part.fold ? <Fold key={`fold${index}`} rows={part.fold} claims={claims} /> : <Row key={part.row.id ?? index} row={part.row} claims={claims} isLeftOut={Boolean(part.row.id && leftOut?.has(part.row.id))} onToggle={onToggle} />))}
    </div>
  );
}

/** "3 added · 1 changed", only what is there. */
export function Summary({ summary }) {
  const parts = ['added', 'changed', 'removed', 'moved'].filter((kind) => summary[kind]);
  return (
    <ul className="summary" aria-label={t('review.summary')}>
      {parts.map((kind) => <li key={kind} data-kind={kind}>{t(`summary.${kind}`, { n: summary[kind] })}</li>)}
      {parts.length ? null : <li>{t('summary.none')}</li>}
    </ul>
  );
}
