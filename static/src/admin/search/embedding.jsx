// Search by meaning: whether excerpts are embedded, by which route, how far that is, and what leaves for it.
// Switching it on asks first, because it is the one thing here that sends text.
import { useId, useState } from 'react';
import Button from '@atlaskit/button/new';
import Textfield from '@atlaskit/textfield';
import { Dialog } from '../../parts/dialog.jsx';
import { Problem, sentenceOf } from '../../parts/problem.jsx';
import { Seal } from '../../parts/seal.jsx';
import { Select } from '../../parts/segmented.jsx';
import { Switch } from '../../parts/switch.jsx';
import { day } from '../../parts/format.js';
import { t } from '../../parts/t.js';

export function Embedding({ index }) {
  const { embedding, canEdit } = index.view;
  const [isAsking, setAsking] = useState(false);
  const [named, setNamed] = useState('');
  const [route, setRoute] = useState(nameOf(embedding.on ? embedding.offers[0] : embedding));
  const id = useId();
  const { provider, model, offers } = embedding;
  const offer = offers.find((one) => nameOf(one) === route) ?? offers[0];
  /** Only whoever runs the endpoint knows what its model is called. */
  const asksModel = !offer?.model;
  const turn = async (on) => {
    const chosen = on && offer?.route ? { route: offer.route } : {};
    if (await index.run('embedding', 'index.setEmbedding', { on, ...(on && asksModel ? { model: named.trim() } : {}), ...chosen })) setAsking(false);
  };
  const isGoing = embedding.on && embedding.done < embedding.total;
  const isEnding = embedding.on && (embedding.isGone || Boolean(embedding.retires));
  return (
    <section className="stack gap-150" aria-labelledby="embedding-title">
      <h3 id="embedding-title">{t('embedding.title')}</h3>
      <div className="card embedding">
        <Seal state={embedding.on ? 'leaves' : 'closed'} size={28} />
        <div className="stack gap-050 grow">
          <p><b>{embedding.on ? t('embedding.on', { provider, model }) : t('embedding.off')}</b></p>
          <p className="subtle small">{embedding.on ? t('embedding.on.what', { dimensions: embedding.dimensions }) : t('embedding.off.what', { provider })}</p>
          {isGoing ? <><progress max={embedding.total} value={embedding.done} aria-label={t('embedding.progress')} /><p className="subtle small">{t('embedding.done', { done: embedding.done, total: embedding.total })}</p></> : null}
          {embedding.region ? <p className="subtle small">{t('embedding.region', { region: embedding.region })}</p> : null}
          {isEnding ? <p className="small reason">{embedding.isGone ? t('embedding.gone') : t('embedding.retires', { when: day(`${embedding.retires}T00:00:00Z`, 'UTC') })} {embedding.instead ? t('embedding.instead', { model: embedding.instead }) : null}</p> : null}
          {embedding.on && !isGoing && embedding.lacks ? <p className="small reason">{t('embedding.lacks', { n: embedding.lacks, provider })}</p> : null}
          {embedding.on && embedding.code ? <p className="small reason">{sentenceOf({ kind: 'fault', code: embedding.code }).title}</p> : null}
          {embedding.available ? null : <p className="small reason">{t('embedding.unavailable')}</p>}
          {(embedding.available ? isEnding && offers.length > 1 : offers.length > 0) && canEdit ? <div><Button spacing="compact" onClick={() => setAsking(true)}>{t('embedding.other')}</Button></div> : null}
        </div>
        <Switch label={t('embedding.title')} isOn={embedding.on} isDisabled={!canEdit || (!embedding.available && !embedding.on)} isBusy={index.act === 'embedding' && !isAsking} onChange={(on) => (on ? setAsking(true) : turn(false))} />
      </div>
      {index.problems.embedding && !isAsking ? <Problem problem={index.problems.embedding} kept={t('kept.index')} /> : null}
      {isAsking ? (
        <Dialog title={t('embedding.ask')} onClose={() => setAsking(false)} footer={<><Button onClick={() => setAsking(false)}>{t('act.cancel')}</Button><Button appearance="primary" isDisabled={asksModel && !named.trim()} isLoading={index.act === 'embedding'} onClick={() => turn(true)}>{t('embedding.do')}</Button></>}>
          <p>{t('embedding.ask.what', { n: index.view.totals.excerpts, provider: offer?.provider ?? provider })}</p>
          {offers.length > 1 || offer?.route ? <Select label={t('embedding.route')} value={nameOf(offer)} onChange={setRoute} options={offers.map((one) => ({ value: nameOf(one), label: labelOf(one) }))} hint={t('embedding.route.hint')} /> : null}
          {asksModel ? (
            <div className="field">
              <label className="label" htmlFor={id}>{t('embedding.model')}</label>
              <Textfield id={id} value={named} spellCheck={false} autoComplete="off" aria-describedby={`${id}-hint`} onChange={(event) => setNamed(event.currentTarget.value)} />
              <p id={`${id}-hint`} className="hint">{t('embedding.model.hint')}</p>
            </div>
          ) : null}
          <ul className="plain-list"><li>{t('embedding.ask.later')}</li><li>{t('embedding.ask.off')}</li></ul>
          {index.problems.embedding ? <Problem problem={index.problems.embedding} kept={t('kept.index')} /> : null}
        </Dialog>
      ) : null}
    </section>
  );
}

/** The configured route has no name of its own here. */
const nameOf = (offer) => offer?.route ?? '';

/** Whose, which model, and where, as far as it is known. */
function labelOf({ route, name, provider, model, region }) {
  const title = name && name !== provider ? `${name} (${provider})` : provider;
  return [route ? title : t('embedding.route.configured', { title }), model, region].filter(Boolean).join(', ');
}
