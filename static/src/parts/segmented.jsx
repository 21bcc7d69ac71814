// A choice of few as one control: a radio group that looks like a row of buttons.
// It does not decide what a choice means.
import { useId } from 'react';

/** @param {{label: string, value: string, options: {value: string, label: string, disabled?: boolean}[], onChange: (value: string) => void, hideLabel?: boolean}} props */
export function Segmented({ label, value, options, onChange, hideLabel, disabled }) {
  const name = useId();
  return (
    <fieldset className="segmented" disabled={disabled}>
      <legend className={hideLabel ? 'sr-only' : 'label'}>{label}</legend>
      <div className="segmented-row">
        {options.map((option) => (
          <label key={option.value} className="segmented-item">
            <input type="radio" name={name} value={option.value} checked={value === option.value} disabled={option.disabled} onChange={() => onChange(option.value)} />
            <span>{option.label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** A native select with the look of the design system: light, keyboard-ready, works on a phone. */
export function Select({ label, value, options, onChange, hint, disabled }) {
  const id = useId();
  return (
    <div className="field">
      <label className="label" htmlFor={id}>{label}</label>
      <select id={id} className="select" value={value} disabled={disabled} aria-describedby={hint ? `${id}-hint` : undefined} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>{option.label}</option>
        ))}
      </select>
      {hint ? <p id={`${id}-hint`} className="hint">{hint}</p> : null}
    </div>
  );
}
