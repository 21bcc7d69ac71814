// The places of a page, in its head: buttons that go there, the present one marked.
// It is a navigation, not ARIA tabs: each place has an address of its own.

/** @param {{label: string, tabs: {name: string, path: string, label: string}[], now?: string, go?: (path: string) => void}} props */
export const Tabs = ({ label, tabs, now, go }) => (
  <nav aria-label={label} className="tabs">
    {tabs.map((tab) => <button key={tab.name} type="button" className="tab" aria-current={now === tab.name ? 'page' : undefined} onClick={() => go?.(tab.path)}>{tab.label}</button>)}
  </nav>
);
