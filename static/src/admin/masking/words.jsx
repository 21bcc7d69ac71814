// Own words: always masked, or never taken for a person or an address. A pattern that cannot be used says where it goes wrong.
// It compiles nothing; the app does, and its answer names the place.
import { useId, useState } from 'react';
import Button, { IconButton } from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { CrossIcon } from '../../parts/icons.js';
import { Problem } from '../../parts/problem.jsx';
import { Select } from '../../parts/segmented.jsx';
import { day } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';
import { Asking } from './asking.jsx';
import { Done } from './done.jsx';
import { around } from './kinds.js';

const MATCHES = { deny: ['word', 'phrase', 'pattern'], allow: ['word', 'phrase'] };
const LONGEST = 256;

/** @param {{list: 'deny'|'allow', masking: any}} props */
export function Words({ list, masking }) {
  const { view } = masking;
  const [text, setText] = useState('');
  const [match, setMatch] = useState('word');
  const [kind, setKind] = useState('SECRET');
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const id = useId();
  const name = `words ${list}`;
  const problem = masking.problems[name];
  const isBad = problem?.code === 'bad-pattern';
  const words = view.custom[list];
  const fieldsOf = (word) => ({ list, text: word.text, match: word.match ?? 'word', ...(list === 'deny' ? { kind: word.kind } : {}) });
  const add = async (event) => {
    event.preventDefault();
    if (!text.trim() || masking.act || !view.canEdit) return;
    if (await masking.run(name, 'masking.addWord', fieldsOf({ text: text.trim(), match, kind }))) setText('');
  };
  const remove = async (word) => {
    const after = await masking.run(`remove ${list}`, 'masking.removeWord', { list, id: word.id });
    if (after) masking.setDone({ of: list, text: t('words.removed', { text: word.text }), undo: () => masking.run(name, 'masking.addWord', fieldsOf(word)) });
    return after;
  };
  const ask = (word) => (list === 'allow' ? remove(word) : setAsked({ name: 'remove deny', title: t('words.ask', { text: word.text }), lead: t('words.ask.lead'), lines: [t('masking.sent')], label: t('words.ask.do'), act: () => remove(word) }));
  const change = (value) => {
    setText(value);
    if (problem) masking.forget(name);
  };
  return (
    <section className="stack gap-150" aria-labelledby={`${list}-title`}>
      <div className="stack gap-050">
        <h3 id={`${list}-title`}>{t(`words.${list}`)}</h3>
        <p className="subtle">{t(`words.${list}.what`)}</p>
      </div>
      <form className="stack gap-100" onSubmit={add}>
        <div className="field">
          <label className="label" htmlFor={id}>{t(match === 'pattern' ? 'words.pattern' : 'words.text')}</label>
          <Textfield id={id} value={text} maxLength={LONGEST} spellCheck={false} autoComplete="off" isInvalid={isBad} isDisabled={!view.canEdit} isMonospaced={match === 'pattern'} aria-describedby={`${id}-hint`} onChange={(event) => change(event.currentTarget.value)} />
          <div id={`${id}-hint`} role="status">{isBad ? <BadPattern text={text.trim()} params={problem.params} /> : match === 'pattern' ? <p className="hint">{t('words.pattern.hint')}</p> : null}</div>
        </div>
        <div className="words-choice">
          <Select label={t('words.match')} value={match} disabled={!view.canEdit} onChange={(value) => { setMatch(value); masking.forget(name); }} options={MATCHES[list].map((value) => ({ value, label: t(`words.match.${value}`) }))} />
          {list === 'deny' ? <Select label={t('words.as')} value={kind} disabled={!view.canEdit} onChange={setKind} options={['SECRET', 'PERSON'].map((value) => ({ value, label: t(`words.as.${value}`) }))} /> : null}
          <Button type="submit" isDisabled={!text.trim() || !view.canEdit} isLoading={masking.act === name}>{t('words.add')}</Button>
        </div>
      </form>
      {problem && !isBad ? <Problem problem={problem} kept={t('kept.masking')} /> : null}
      <Done masking={masking} of={list} />
      {words.length ? (
        <ul className="words" aria-label={t(`words.${list}`)}>
          {words.map((word) => (
            <li key={word.id}>
              <span className="stack grow"><bdi className={word.match === 'pattern' ? 'mono' : undefined}>{word.text}</bdi><span className="subtle small">{[word.match && t(`words.match.${word.match}`), word.kind && t(`words.as.${word.kind}`), t('masking.by', { when: day(word.savedAt), name: word.by.name || t('masking.someone') })].filter(Boolean).join(' · ')}</span></span>
              {view.canEdit ? <IconButton icon={CrossIcon} spacing="compact" appearance="subtle" label={t('words.remove', { text: word.text })} onClick={() => ask(word)} /> : null}
            </li>
          ))}
        </ul>
      ) : <p className="hint">{t(`words.${list}.none`)}</p>}
      {asked ? <Asking asked={asked} masking={masking} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}

function BadPattern({ text, params }) {
  const [before, at, after] = around(text, params.at ?? text.length);
  const reason = has(`pattern.${params.reason}`) ? t(`pattern.${params.reason}`) : t('refused.bad-pattern');
  return (
    <div className="stack gap-050">
      <p className="hint hint-error">{reason}</p>
      <code className="bad-pattern" aria-label={t('pattern.at', { n: (params.at ?? text.length) + 1 })}>{before}<mark>{at || '␣'}</mark>{after}</code>
    </div>
  );
}
