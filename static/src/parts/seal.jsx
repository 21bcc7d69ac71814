// The seal: the small shield that says where text goes. Closed: nothing leaves. Arrow: it leaves, by the route shown. Barred: refused.
// It is decoration beside words, so it is hidden from screen readers.
const MARK = {
  closed: <path d="M8.4 12.2l2.5 2.5 4.8-5" />,
  leaves: <path d="M8.5 12h6.5M12.3 8.9L15.4 12l-3.1 3.1" />,
  barred: <path d="M9 9l6 6M15 9l-6 6" />,
};

/** @param {{state?: 'closed'|'leaves'|'barred', size?: number}} props */
export function Seal({ state = 'closed', size = 24 }) {
  return (
    <svg className={`seal seal-${state}`} width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path className="seal-body" d="M12 2.2l7.6 2.6c.3.1.4.3.4.6v6.1c0 5-3.2 8.6-7.6 10.3a1 1 0 0 1-.8 0C7.2 20.1 4 16.5 4 11.5V5.4c0-.3.1-.5.4-.6z" />
      <g className="seal-mark">{MARK[state]}</g>
    </svg>
  );
}

/** The state of the seal for a route. */
export const sealOf = (route) => (route?.refusal ? 'barred' : route?.leaves ? 'leaves' : 'closed');
