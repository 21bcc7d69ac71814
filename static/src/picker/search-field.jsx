// The picker's search field: a combobox that keeps the focus while its list boxes are walked, with the sentence of a query that cannot be read.
// What a key does is `use-active.js`'s.
import Textfield from '@atlaskit/textfield';
import { SearchIcon } from '../parts/icons.js';
import { t } from '../parts/t.js';
import { badQueryText } from './filters.jsx';

/** @param {{id: string, typed: any, bad: any, keyboard: any, lists?: string}} props `lists`: the ids of the list boxes on the page. */
export function SearchField({ id, typed, bad, keyboard, lists }) {
  const { at, onKeyDown } = keyboard;
  return (
    <div className="picker-field">
      <label className="label" htmlFor={id}>{t('picker.label')}</label>
      <Textfield
        id={id}
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        placeholder={t('picker.placeholder')}
        value={typed.text}
        isInvalid={Boolean(bad)}
        elemBeforeInput={<span className="field-icon"><SearchIcon label="" /></span>}
        aria-expanded={Boolean(lists)}
        aria-controls={lists}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        aria-describedby={`${bad ? `${id}-bad ` : ''}${id}-keys`}
        onChange={(event) => typed.type(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <p id={`${id}-keys`} className="sr-only">{t('picker.keys')}</p>
      {bad ? <p id={`${id}-bad`} role="alert" className="hint hint-error">{badQueryText(bad)}</p> : null}
    </div>
  );
}
