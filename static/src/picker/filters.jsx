// Filters as words: the line that completes their names, the ones already typed as chips, and the syntax on one small sheet.
// It does not read a filter's meaning; the core does.
import { useEffect, useId, useRef, useState } from 'react';
import { IconButton } from '@atlaskit/button/new';
import { CrossIcon, QuestionIcon } from '../parts/icons.js';
import { has, t } from '../parts/t.js';
import { FILTERS, printFilter } from './query.js';

/** The names of the filters under the field; while one is typed, what completes it. Shortcuts for the pointer: the keyboard types them. */
export function FilterLine({ completions, onInsert, children }) {
  const shown = completions.length ? completions : FILTERS.map((name) => ({ insert: `${name}:`, cut: 0, label: `${name}:` }));
  return (
    <div className="filter-line">
      <span className="filter-names" aria-hidden="true">
        {shown.map((completion, index) => (
          <button key={completion.label} type="button" tabIndex={-1} className="filter-name" data-next={completions.length > 0 && index === 0} onPointerDown={(event) => event.preventDefault()} onClick={() => onInsert(completion)}>{completion.label}</button>
        ))}
        {completions.length ? <kbd>→</kbd> : null}
      </span>
      {children}
    </div>
  );
}

export function FilterChips({ filters, bad, onRemove }) {
  if (!filters.length) return null;
  return (
    <ul className="filter-chips" aria-label={t('filter.label')}>
      {filters.map((filter) => (
        <li key={printFilter(filter)} className="filter-chip" data-bad={filter.name === bad}>
          <span className="truncate"><span className="subtle">{filter.isNot ? t('filter.not') : ''}{filter.name}:</span> <bdi>{filter.value}</bdi></span>
          <IconButton icon={CrossIcon} spacing="compact" appearance="subtle" label={t('filter.remove', { filter: printFilter(filter) })} onClick={() => onRemove(filter)} />
        </li>
      ))}
    </ul>
  );
}

/** What to type, by example; left of the colon the word, right of it what it does. */
const SYNTAX = ['words', 'phrase', 'must', 'without', 'key', 'project', 'space', 'type', 'author', 'updated', 'not'];

export function Syntax() {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const box = useRef(null);
  useEffect(() => {
    if (!isOpen) return undefined;
    const outside = (event) => box.current?.contains(event.target) || setOpen(false);
    addEventListener('pointerdown', outside);
    return () => removeEventListener('pointerdown', outside);
  }, [isOpen]);
  const onKeyDown = (event) => {
    if (event.key !== 'Escape' || !isOpen) return;
    event.stopPropagation();
    setOpen(false);
    box.current?.querySelector('button')?.focus();
  };
  return (
    <div ref={box} className="syntax" onKeyDown={onKeyDown} onBlur={(event) => event.relatedTarget && !box.current?.contains(event.relatedTarget) && setOpen(false)}>
      <IconButton icon={QuestionIcon} spacing="compact" appearance="subtle" label={t('syntax.label')} aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={() => setOpen(!isOpen)} />
      {isOpen ? (
        <div id={id} className="syntax-sheet" role="group" aria-label={t('syntax.label')}>
          <dl>{SYNTAX.map((name) => <div key={name}><dt><code>{t(`syntax.${name}`)}</code></dt><dd>{t(`syntax.${name}.what`)}</dd></div>)}</dl>
          <p className="subtle small">{t('syntax.together')}</p>
        </div>
      ) : null}
    </div>
  );
}

/** A query that cannot be read, as a sentence that names the filter. */
export function badQueryText({ params = {} }) {
  const isFilter = params.field && params.field !== 'query' && params.field !== 'text';
  const key = [`bad-query.${params.reason}`, isFilter ? 'bad-query.filter' : 'bad-query.any'].find(has);
  return t(key ?? 'bad-query.any', { filter: params.field });
}
