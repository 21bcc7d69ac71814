// Where the text goes: a space and a title for a new page, or an existing page.
// It does not check rights; the core does when the draft starts.
import { useEffect, useId, useState } from 'react';
import Textfield from '@atlaskit/textfield';
import { call } from '../bridge.js';
import { Combobox } from '../parts/combobox.jsx';
import { useSettled } from '../parts/use-task.js';
import { ago } from '../parts/format.js';
import { t } from '../parts/t.js';

/** Spaces and pages for a text, once the field was used. */
function useTargets(text, isAsked) {
  const settled = useSettled(text.trim(), 180);
  const [found, setFound] = useState({ loading: true, failed: false, spaces: [], pages: [] });
  useEffect(() => {
    if (!isAsked) return undefined;
    let gone = false;
    setFound((last) => ({ ...last, loading: true }));
    call('targets.search', { text: settled }).then(
      (view) => gone || setFound({ loading: false, failed: false, spaces: view.spaces, pages: view.pages }),
      () => gone || setFound({ loading: false, failed: true, spaces: [], pages: [] }),
    );
    return () => {
      gone = true;
    };
  }, [settled, isAsked]);
  // Results of an earlier text must not be chosen by an Enter meant for this one.
  return { ...found, loading: found.loading || settled !== text.trim() };
}

export function Target({ form, onSet }) {
  const [text, setText] = useState('');
  const [isAsked, setAsked] = useState(false);
  const found = useTargets(text, isAsked);
  const id = useId();
  const ask = (next) => {
    setAsked(true);
    setText(next);
  };
  if (form.useCase === 'update') {
    const options = found.pages.map((page) => ({ id: page.id, label: page.title, note: `${page.space.name} · ${ago(page.updated)}`, page }));
    return <PageField value={form.page} text={text} onText={ask} options={options} found={found} onChoose={(option) => { onSet('page', option.page); setText(''); }} />;
  }
  const options = found.spaces.map((space) => ({ id: space.id, label: space.name, note: space.key, space }));
  return (
    <>
      <Combobox label={t('target.space')} placeholder={t('target.space.placeholder')} value={form.space && { label: form.space.name }} text={text} onText={ask} options={options} loading={found.loading} failed={found.failed} onChoose={(option) => { onSet('space', option.space); setText(''); }} />
      <div className="field">
        <label className="label" htmlFor={id}>{t('target.title')}</label>
        <Textfield id={id} value={form.title} maxLength={255} placeholder={t('target.title.placeholder')} onChange={(event) => onSet('title', event.currentTarget.value)} />
      </div>
    </>
  );
}

const PageField = ({ value, text, onText, options, found, onChoose }) => (
  <Combobox label={t('target.page')} placeholder={t('target.page.placeholder')} value={value && { label: value.title }} text={text} onText={onText} options={options} loading={found.loading} failed={found.failed} onChoose={onChoose} hint={value ? (value.space?.name ? t('target.page.chosen', { space: value.space.name }) : t('target.page.chosen.here')) : undefined} />
);
