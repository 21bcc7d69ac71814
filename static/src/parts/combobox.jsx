// One choice out of a searched list, by the ARIA combobox pattern: type, arrows, Enter, Escape.
// It does not search; it is given options for the text it reports.
import { useEffect, useId, useRef, useState } from 'react';
import Textfield from '@atlaskit/textfield';
import { Live } from './small.jsx';
import { useActiveInSight, useWhenReady } from './use-task.js';
import { t } from './t.js';

/** @param {{label: string, placeholder?: string, value: {label: string}|null, text: string, onText: (text: string) => void, options: {id: string, label: string, note?: string}[], loading?: boolean, onChoose: (option: any) => void, failed?: boolean, isInvalid?: boolean}} props */
export function Combobox({ label, placeholder, value, text, onText, options, loading, failed, onChoose, hint }) {
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const id = useId();
  const list = useRef(null);
  useEffect(() => setActive(0), [text, options.length]);
  useActiveInSight(list, isOpen && active);
  const choose = (option) => {
    if (!option) return;
    onChoose(option);
    setOpen(false);
  };
  const chooseWhenReady = useWhenReady(!loading, text, () => choose(options[active]));
  const onKeyDown = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (isOpen) setActive((at) => (at + step + options.length) % Math.max(1, options.length));
      else setOpen(true);
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault();
      chooseWhenReady();
    } else if (event.key === 'Escape' && isOpen) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  return (
    <div className="field combo">
      <label className="label" htmlFor={id}>{label}</label>
      <Textfield
        id={id}
        role="combobox"
        autoComplete="off"
        placeholder={placeholder}
        value={isOpen ? text : value?.label ?? text}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-describedby={hint ? `${id}-hint` : undefined}
        aria-activedescendant={isOpen && options[active] ? `${id}-${active}` : undefined}
        onFocus={(event) => { onText(text); event.currentTarget.select(); }}
        onClick={() => setOpen(true)}
        onChange={(event) => { onText(event.currentTarget.value); setOpen(true); }}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      {hint ? <p id={`${id}-hint`} className="hint">{hint}</p> : null}
      <ul id={`${id}-list`} ref={list} role="listbox" aria-label={label} className="combo-list" hidden={!isOpen}>
        {isOpen && options.map((option, index) => (
          <li key={option.id} id={`${id}-${index}`} role="option" aria-selected={index === active} data-active={index === active} onPointerDown={(event) => { event.preventDefault(); choose(option); }} onPointerEnter={() => setActive(index)}>
            <bdi>{option.label}</bdi>
            {option.note ? <span className="subtle small">{option.note}</span> : null}
          </li>
        ))}
        {isOpen && !options.length ? <li className="combo-none" role="option" aria-selected="false" aria-disabled="true">{loading ? t('state.searching') : failed ? t('target.failed') : t('target.none')}</li> : null}
      </ul>
      <Live>{isOpen && !loading ? t('picker.results', { n: options.length }) : ''}</Live>
    </div>
  );
}
