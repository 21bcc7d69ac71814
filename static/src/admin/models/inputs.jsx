// The form's inputs: a text, a choice of what is known with "another" to type, and their hints and mistakes.
// They do not know what a field means.
import { useId, useState } from 'react';
import Textfield from '@atlaskit/textfield';
import { t } from '../../parts/t.js';

/** @param {{label: string, value: string, onChange: (value: string) => void, hint?: any, problem?: string|null, type?: string, inputMode?: any, placeholder?: string, name: string}} props */
export function Text({ label, value, onChange, hint, problem, type = 'text', inputMode, placeholder, name }) {
  const id = useId();
  const isKey = type === 'password';
  return (
    <div className="field">
      <label className="label" htmlFor={id}>{label}</label>
      <Textfield id={id} name={name} type={type} inputMode={inputMode} autoComplete={isKey ? 'new-password' : 'off'} spellCheck={false} placeholder={placeholder} value={value} isInvalid={Boolean(problem)} aria-describedby={hint || problem ? `${id}-hint` : undefined} onChange={(event) => onChange(event.currentTarget.value)} />
      {problem || hint ? <p id={`${id}-hint`} className={problem ? 'hint hint-error' : 'hint'}>{problem ?? hint}</p> : null}
    </div>
  );
}

const OTHER = '\u0000other';

/** @param {{label: string, value: string, options: {value: string, label: string}[], other: {option: string, label: string, placeholder?: string}, onChange: (value: string) => void, hint?: any, problem?: string|null, name: string}} props */
export function Known({ label, value, options, other, onChange, hint, problem, name }) {
  const id = useId();
  const isKnown = options.some((option) => option.value === value);
  const [isOther, setOther] = useState(!isKnown && value !== '');
  const choose = (chosen) => {
    setOther(chosen === OTHER);
    onChange(chosen === OTHER ? '' : chosen);
  };
  return (
    <>
      <div className="field">
        <label className="label" htmlFor={id}>{label}</label>
        <select id={id} name={name} className="select" value={isOther ? OTHER : value} aria-invalid={Boolean(problem) && !isOther} aria-describedby={hint || problem ? `${id}-hint` : undefined} onChange={(event) => choose(event.target.value)}>
          {options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}
          <option value={OTHER}>{other.option}</option>
        </select>
        {(hint || problem) && !isOther ? <p id={`${id}-hint`} className={problem ? 'hint hint-error' : 'hint'}>{problem ?? hint}</p> : null}
      </div>
      {isOther ? <Text name={`${name}-other`} label={other.label} value={value} placeholder={other.placeholder} hint={hint} problem={problem} onChange={onChange} /> : null}
    </>
  );
}

/** @param {{label: string, isOn: boolean, onChange: (isOn: boolean) => void, hint?: string, problem?: string|null}} props */
export function Check({ label, isOn, onChange, hint, problem }) {
  const id = useId();
  return (
    <div className="field">
      <label className="check"><input type="checkbox" checked={isOn} aria-describedby={hint || problem ? `${id}-hint` : undefined} onChange={(event) => onChange(event.currentTarget.checked)} /> <span>{label}</span></label>
      {hint || problem ? <p id={`${id}-hint`} className={problem ? 'hint hint-error' : 'hint'}>{problem ?? hint}</p> : null}
    </div>
  );
}

/** Folded away until somebody wants it, or a mistake lies in it. */
export function More({ isOpen: mustOpen, children }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="more" open={isOpen || mustOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t('connect.more')}</summary>
      <div className="stack gap-200 more-body">{children}</div>
    </details>
  );
}
