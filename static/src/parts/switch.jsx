// On or off, as a native checkbox in the role of a switch: keyboard and screen reader come with it.
// It decides nothing; its owner may ask before it turns.

/** @param {{label: string, isOn: boolean, isDisabled?: boolean, isBusy?: boolean, onChange: (isOn: boolean) => void}} props `label` is read, not shown. */
export const Switch = ({ label, isOn, isDisabled, isBusy, onChange }) => (
  <span className="switch" data-busy={Boolean(isBusy)}>
    <input type="checkbox" role="switch" aria-label={label} checked={isOn} disabled={isDisabled || isBusy} onChange={(event) => onChange(event.target.checked)} />
    <span className="switch-track" aria-hidden="true" />
  </span>
);
