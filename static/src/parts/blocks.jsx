// Shows the blocks of a page as the page will look, from their views; sentences that are claims carry their source.
// It does not parse markup and loads no image: media are named, not fetched.
import { Fragment } from 'react';
import { OutLink, safeHref } from './small.jsx';
import { Sentence } from './sentence.jsx';
import { t } from './t.js';

const WRAP = { strong: 'strong', em: 'em', code: 'code', strike: 's', underline: 'u', sub: 'sub', sup: 'sup' };

function Marked({ inline }) {
  let node = <bdi>{inline.text}</bdi>;
  if (!inline.marks?.length && !inline.kind && !inline.href) return inline.text;
  for (const mark of inline.marks ?? []) {
    const Tag = WRAP[mark];
    if (Tag) node = <Tag>{node}</Tag>;
  }
  if (inline.kind) node = <span className={`inline-${inline.kind}`}>{node}</span>;
  return inline.href && safeHref(inline.href) ? <OutLink href={inline.href}>{node}</OutLink> : node;
}

/** Neighbours that belong to one claim form one sentence. */
function groupsOf(inlines) {
  const groups = [];
  for (const inline of inlines ?? []) {
    const last = groups.at(-1);
    if (last && last.claim === inline.claim) last.inlines.push(inline);
    else groups.push({ claim: inline.claim, inlines: [inline] });
  }
  return groups;
}

export function Inlines({ inlines, claims }) {
  return groupsOf(inlines).map((group, index) => {
    const text = group.inlines.map((inline, at) => <Marked key={at} inline={inline} />);
    const claim = group.claim && claims?.byId.get(group.claim);
    return claim ? (
      <Sentence key={index} claim={claim} sources={claims.sources}>{text}</Sentence>
    ) : (
      <Fragment key={index}>{text}</Fragment>
    );
  });
}

function List({ block, claims }) {
  const Tag = block.ordered ? 'ol' : 'ul';
  const isTasks = block.items.some((item) => item.checked !== undefined && item.checked !== null);
  return (
    <Tag start={block.ordered && block.start ? block.start : undefined} className={isTasks ? 'tasks' : undefined}>
      {block.items.map((item, index) => (
        <li key={index} dir="auto">
          {isTasks ? <span className="task" data-done={Boolean(item.checked)}><span className="sr-only">{t(item.checked ? 'block.done' : 'block.open')}</span></span> : null}
          <Blocks blocks={item.blocks} claims={claims} />
        </li>
      ))}
    </Tag>
  );
}

function Table({ block, claims }) {
  return (
    <div className="table-wrap" tabIndex={0} role="region" aria-label={t('block.table')}>
      <table>
        <tbody>
          {block.rows.map((row, index) => (
            <tr key={index}>
              {row.cells.map((cell, at) => {
                const Cell = cell.header ? 'th' : 'td';
                return <Cell key={at} colSpan={cell.colspan} rowSpan={cell.rowspan} dir="auto"><Blocks blocks={cell.blocks} claims={claims} /></Cell>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SHOW = {
  paragraph: ({ block, claims }) => <p dir="auto"><Inlines inlines={block.inlines} claims={claims} /></p>,
  heading({ block, claims }) {
    const Tag = `h${Math.min(6, Math.max(3, block.level + 2))}`;
    return <Tag className={`doc-h${block.level}`} dir="auto"><Inlines inlines={block.inlines} claims={claims} /></Tag>;
  },
  list: List,
  code: ({ block }) => <pre className="code" tabIndex={0} role="region" aria-label={t('block.code')}><code>{block.text}</code></pre>,
  quote: ({ block, claims }) => <blockquote><Blocks blocks={block.blocks} claims={claims} /></blockquote>,
  panel: ({ block, claims }) => (
    <div className="doc-panel" data-kind={block.panelType}>
      {block.title ? <p><b>{block.title}</b></p> : null}
      <Blocks blocks={block.blocks} claims={claims} />
    </div>
  ),
  expand: ({ block, claims }) => <details className="doc-expand"><summary>{block.title || t('block.expand')}</summary><Blocks blocks={block.blocks} claims={claims} /></details>,
  table: Table,
  rule: () => <hr />,
  layout: ({ block, claims }) => <div className="doc-layout">{block.columns.map((column, index) => <div key={index}><Blocks blocks={column} claims={claims} /></div>)}</div>,
  media: ({ block }) => <p className="doc-other">{t('block.media', { name: block.alt || block.name || '' })}</p>,
  unknown: ({ block }) => <div className="doc-other"><span className="small">{t('block.kept', { name: block.name })}</span>{block.text ? <p dir="auto">{block.text}</p> : null}</div>,
};

export function Block({ block, claims }) {
  const Show = SHOW[block?.type] ?? SHOW.unknown;
  return block ? <Show block={block} claims={claims} /> : null;
}

export const Blocks = ({ blocks, claims }) => (blocks ?? []).map((block, index) => <Block key={index} block={block} claims={claims} />);

/** The claims of a job, ready to look up while blocks are shown. */
export const claimsOf = (job) => ({ byId: new Map((job.claims ?? []).map((claim) => [claim.id, claim])), sources: job.sourceList ?? [] });
