// A dialog over the page: the browser's own `<dialog>`, which traps focus, closes on Escape and gives focus back.
// It does not scroll the page behind it.
import { useEffect, useId, useRef } from 'react';
import { IconButton } from '@atlaskit/button/new';
import { CrossIcon } from './icons.js';
import { t } from './t.js';

export function Dialog({ title, onClose, children, footer, wide }) {
  const ref = useRef(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog.open) dialog.showModal();
    return () => dialog.close();
  }, []);
  return (
    <dialog ref={ref} className={wide ? 'dialog dialog-wide' : 'dialog'} aria-labelledby={id} onCancel={(event) => { event.preventDefault(); onClose(); }} onClick={(event) => event.target === ref.current && onClose()}>
      <div className="dialog-box">
        <header className="dialog-head">
          <h2 id={id}>{title}</h2>
          <IconButton icon={CrossIcon} label={t('act.close')} appearance="subtle" onClick={onClose} />
        </header>
        <div className="dialog-body" tabIndex={-1}>{children}</div>
        {footer ? <footer className="dialog-foot">{footer}</footer> : null}
      </div>
    </dialog>
  );
}
