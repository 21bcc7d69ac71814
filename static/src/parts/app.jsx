// Starts a page: context, locale, theme, then the page inside an error boundary.
// It does not know which page it starts.
import '@atlaskit/css-reset';
import '../styles/base.css';
import '../styles/parts.css';
import { Component, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import Button from '@atlaskit/button/new';
import { context } from '../bridge.js';
import { setLocale } from './format.js';
import { followTheme } from './theme.js';
import { Problem } from './problem.jsx';
import { t } from './t.js';

class Boundary extends Component {
  state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  render() {
    if (!this.state.broken) return this.props.children;
    return (
      <main className="page">
        <Problem problem={{ kind: 'fault', code: 'page-broken' }} actions={<Button onClick={() => location.reload()}>{t('act.reload')}</Button>} />
      </main>
    );
  }
}

function Started({ Page, Waiting }) {
  const [host, setHost] = useState(null);
  useEffect(() => {
    let gone = false;
    const start = (found) => {
      if (gone) return;
      setLocale(found?.locale, found?.timezone);
      document.documentElement.lang = (found?.locale ?? 'en').replace('_', '-');
      followTheme(found?.theme);
      setHost(found ?? {});
    };
    context().then(start, () => start({}));
    return () => {
      gone = true;
    };
  }, []);
  return host ? <Page host={host} /> : <Waiting />;
}

/** Mounts `Page` with the host's context; shows `Waiting` until that is known. */
export function startPage(Page, Waiting) {
  createRoot(document.getElementById('root')).render(
    <StrictMode>
      <Boundary>
        <Started Page={Page} Waiting={Waiting} />
      </Boundary>
    </StrictMode>,
  );
}
