// What would be masked in a text of the admin's own, as it is typed. The text goes to the app and back; nothing of it is kept.
import { useEffect, useId, useRef, useState } from 'react';
import { call } from '../../bridge.js';
import { Problem } from '../../parts/problem.jsx';
import { Segmented, Select } from '../../parts/segmented.jsx';
import { Live, MaskedList } from '../../parts/small.jsx';
import { problemOf, useSettled } from '../../parts/use-task.js';
import { t } from '../../parts/t.js';
import { CLASSES } from './kinds.js';
import { className, kindName } from './kinds.jsx';

const PAUSE_MS = 400;
const LONGEST = 100_000;

/** @param {{round: number}} props `round` is another one when the rules changed: the text is tried again. */
export function Trial({ round }) {
  const [text, setText] = useState('');
  const [one, setOne] = useState('confidential');
  const [side, setSide] = useState('yours');
  const [found, setFound] = useState(/** @type {any} */ ({ view: null, problem: null, of: '' }));
  const settled = useSettled(text, PAUSE_MS);
  const turn = useRef(0);
  const id = useId();
  const isLong = text.length > LONGEST;
  useEffect(() => {
    const mine = ++turn.current;
    if (!settled.trim() || settled.length > LONGEST) return setFound({ view: null, problem: null, of: settled });
    call('masking.try', { text: settled, class: one }).then(
      (view) => mine === turn.current && setFound({ view, problem: null, of: settled }),
      (error) => mine === turn.current && setFound({ view: null, problem: problemOf(error), of: settled }),
    );
    return undefined;
  }, [settled, one, round]);
  const counts = Object.entries(found.view?.counts ?? {}).map(([kind, count]) => ({ kind, count }));
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  return (
    <section className="stack gap-150" aria-labelledby="trial-title">
      <div className="stack gap-050">
        <h3 id="trial-title">{t('trial.title')}</h3>
        <p className="subtle search-lead">{t('trial.what')}</p>
      </div>
      <Select label={t('trial.class')} value={one} onChange={setOne} options={CLASSES.map((value) => ({ value, label: className(value) }))} />
      <div className="trial">
        <div className="field">
          <label className="label" htmlFor={id}>{t('trial.field')}</label>
          <textarea id={id} className="textarea" rows={7} spellCheck={false} autoComplete="off" dir="auto" value={text} placeholder={t('trial.placeholder')} aria-describedby={`${id}-hint`} onChange={(event) => setText(event.target.value)} />
          <p id={`${id}-hint`} className={isLong ? 'hint hint-error' : 'hint'}>{isLong ? t('trial.long', { n: LONGEST }) : t('trial.kept')}</p>
        </div>
        <div className="stack gap-100">
          <Segmented hideLabel label={t('trial.side')} value={side} onChange={setSide} options={['yours', 'sent'].map((value) => ({ value, label: t(`trial.side.${value}`) }))} />
          {found.problem ? <Problem problem={found.problem} kept={t('seal.nothing-sent')} /> : <Shown view={found.view} side={side} />}
          {found.view ? (counts.length ? <MaskedList masked={counts} /> : <p className="hint">{t('trial.none')}</p>) : null}
        </div>
      </div>
      <Live>{found.view && found.of === text ? t('trial.said', { n: total }) : ''}</Live>
    </section>
  );
}

function Shown({ view, side }) {
  return (
    <div className="tried" dir="auto" tabIndex={0} role="region" aria-label={t(`trial.side.${side}`)}>
      {view ? view.parts.map((part, at) => <Part key={at} part={part} side={side} />) : <span className="subtle">{t('trial.empty')}</span>}
    </div>
  );
}

function Part({ part, side }) {
  if (!part.kind) return part.text;
  if (side === 'sent') return <mark title={kindName(part.kind)}>{part.token}</mark>;
  return <mark title={kindName(part.kind)}><bdi>{part.text}</bdi><span className="tried-token">{part.token?.slice(1, -1) ?? part.kind}</span></mark>;
}
