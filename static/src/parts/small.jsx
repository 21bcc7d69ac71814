// Small shared pieces: skeleton lines, empty states, lozenges of a job, links out, a live region.
// They hold no state and call nothing.
import Lozenge from '@atlaskit/lozenge';
import { open } from '../bridge.js';
import { has, t } from './t.js';

/** Grey lines in the shape of what will come; announced once as "Loading". */
export function Skeleton({ lines = 3, label }) {
  return (
    <div className="skeleton" role="status">
      <span className="sr-only">{label ?? t('state.loading')}</span>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="skeleton-line" data-width={index % 3} aria-hidden="true" />
      ))}
    </div>
  );
}

export function Empty({ title, children, icon, action }) {
  return (
    <div className="empty">
      {icon}
      <p className="empty-title">{title}</p>
      <p className="subtle">{children}</p>
      {action}
    </div>
  );
}

const LOOK = { review: 'moved', published: 'success', failed: 'removed', reading: 'inprogress', queued: 'inprogress', drafting: 'inprogress', publishing: 'inprogress', reverting: 'inprogress' };

export const StateLozenge = ({ state }) => <Lozenge appearance={LOOK[state] ?? 'default'}>{t(`job.${state}`)}</Lozenge>;

const SAFE = /^(https?:\/\/|\/(?!\/)|mailto:)/i;
/** Whether an address may be followed at all: pages hold what people wrote. */
export const safeHref = (href) => typeof href === 'string' && SAFE.test(href);

/** A link out of the frame, opened by the host in a new tab. */
export function OutLink({ href, children, className }) {
  if (!safeHref(href)) return <span className={className}>{children}</span>;
  const follow = (event) => {
    event.preventDefault();
    open(href);
  };
  return (
    <a className={className} href={href} target="_blank" rel="noopener noreferrer" onClick={follow}>
      {children}
    </a>
  );
}

/** Says its text to screen readers when it changes; shows nothing. */
export const Live = ({ children }) => (
  <div className="sr-only" role="status" aria-live="polite">
    {children}
  </div>
);

/** The list of masked kinds with their counts. */
export function MaskedList({ masked }) {
  if (!masked?.length) return null;
  return (
    <ul className="kinds">
      {masked.map(({ kind, count }) => (
        <li key={kind}>
          <span>{has(`mask.${kind.toLowerCase()}`) ? t(`mask.${kind.toLowerCase()}`) : kind}</span>
          <b>{count}</b>
        </li>
      ))}
    </ul>
  );
}
