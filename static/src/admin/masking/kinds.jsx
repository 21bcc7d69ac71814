// Kinds by classes: a switch each, and beside each kind what was measured of finding it.
// On a narrow screen one class is shown, chosen above the table; the others are the same cells hidden.
import { Fragment, useState } from 'react';
import { Select } from '../../parts/segmented.jsx';
import { Problem } from '../../parts/problem.jsx';
import { Switch } from '../../parts/switch.jsx';
import { day, percent } from '../../parts/format.js';
import { has, t } from '../../parts/t.js';
import { Asking } from './asking.jsx';
import { Done } from './done.jsx';
import { CLASSES, groupsOf, isOff } from './kinds.js';

export const kindName = (kind) => (has(`mask.${kind.toLowerCase()}`) ? t(`mask.${kind.toLowerCase()}`) : kind);
export const className = (name) => t(`class.${name}`);
/** A name inside a sentence: without its capital, but for abbreviations. */
export const inline = (text) => (text.slice(1, 2) === text.slice(1, 2).toLowerCase() ? text.slice(0, 1).toLowerCase() + text.slice(1) : text);

function Figure({ figure }) {
  if (!figure) return <span className="subtle small">{t('figure.none')}</span>;
  const { recall, low, high, precision, n, set, date } = figure;
  return (
    <span className="subtle small">
      {t('figure.found', { recall: percent(recall), low: percent(low), high: percent(high) })} <span className="figure-more">{t('figure.right', { precision: percent(precision), n })} · <bdi>{set}</bdi> · {day(date, 'UTC')}</span>
    </span>
  );
}

export function Kinds({ masking }) {
  const { view } = masking;
  const [shown, setShown] = useState('public');
  const [asked, setAsked] = useState(/** @type {any} */ (null));
  const nameOf = (kind, one) => `kind ${one} ${kind}`;
  const set = async (kind, one, on) => {
    const after = await masking.run(nameOf(kind, one), 'masking.setKind', { class: one, kind, on });
    if (after) masking.setDone({ of: `kind ${kind}`, text: t(on ? 'kinds.done.on' : 'kinds.done.off', { kind: kindName(kind), class: inline(className(one)) }), undo: () => turn(kind, one, !on) });
    return after;
  };
  const turn = (kind, one, on) => {
    if (on) return set(kind, one, on);
    const { containers } = view.classes.find((entry) => entry.class === one);
    const what = { kind: inline(kindName(kind)), class: inline(className(one)) };
    return setAsked({ name: nameOf(kind, one), title: t('kinds.off.title', what), lead: t('kinds.off.lead', { ...what, kind: kindName(kind) }), lines: [t(one === 'confidential' ? 'kinds.off.unset' : 'kinds.off.where', { n: containers }), t('kinds.off.mixed'), t('masking.sent')], label: t('kinds.off.do'), act: () => set(kind, one, false) });
  };
  const problem = Object.entries(masking.problems).find(([name, one]) => one && name.startsWith('kind '))?.[1];
  return (
    <section className="stack gap-150" aria-labelledby="kinds-title">
      <div className="stack gap-050">
        <h3 id="kinds-title">{t('kinds.title')}</h3>
        <p className="subtle search-lead">{t('kinds.what')}</p>
      </div>
      <div className="kinds-choice"><Select label={t('kinds.class')} value={shown} onChange={setShown} options={CLASSES.map((value) => ({ value, label: className(value) }))} /></div>
      {problem && !asked ? <Problem problem={problem} kept={t('kept.masking')} /> : null}
      <table className="kinds-table" data-show={shown}>
        <thead>
          <tr>
            <th scope="col">{t('kinds.kind')}</th>
            {CLASSES.map((one) => <th key={one} scope="col" className={`col-class col-${one}`}>{className(one)}</th>)}
          </tr>
        </thead>
        {groupsOf(view.kinds).map((group) => (
          <tbody key={group.name}>
            <tr><th scope="rowgroup" colSpan={5} className="kinds-group">{t(`kinds.group.${group.name}`)}</th></tr>
            {group.kinds.map(({ kind, always = [], figure }) => (
              <Fragment key={kind}>
                <tr>
                  <th scope="row"><span className="stack"><span>{kindName(kind)}</span><Figure figure={figure} />{kind === 'PERSON' ? <span className="subtle small">{t('figure.person')}</span> : null}</span></th>
                  {CLASSES.map((one) => (
                    <td key={one} className={`col-class col-${one}`}>
                      {always.includes(one) ? <span className="always small">{t('kinds.always')}</span> : <Switch label={t('kinds.switch', { kind: inline(kindName(kind)), class: inline(className(one)) })} isOn={!isOff(view, one, kind)} isDisabled={!view.canEdit} isBusy={masking.act === nameOf(kind, one) && !asked} onChange={(on) => turn(kind, one, on)} />}
                    </td>
                  ))}
                </tr>
                {masking.done?.of === `kind ${kind}` ? <tr><td colSpan={5}><Done masking={masking} of={`kind ${kind}`} /></td></tr> : null}
              </Fragment>
            ))}
          </tbody>
        ))}
      </table>
      <p className="hint">{t('figure.what')}</p>
      {asked ? <Asking asked={asked} masking={masking} onClose={() => setAsked(null)} /> : null}
    </section>
  );
}
