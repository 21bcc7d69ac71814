// One field of a provider: which input it is, what it says, and what is wrong with it.
// It knows the fields, not the form around them.
import { Segmented } from '../../parts/segmented.jsx';
import { has, t } from '../../parts/t.js';
import { hostOf } from './fields.js';
import { Check, Known, Text } from './inputs.jsx';
import { endOf, placeOf, priceOf } from './names.js';

/** The mistake in a field, in words: the reason where one is known. */
export function mistakeOf(problem, name) {
  const { code, params } = problem ?? {};
  if (!params?.field || params.field !== name) return null;
  if (code === 'key-rejected') return params.looksLike ? t(`key.looks.${params.looksLike}`) : t(has(`key.bad.${params.reason}`) ? `key.bad.${params.reason}` : 'key.bad');
  if (code === 'endpoint-not-allowed') return t(has(`endpoint.bad.${params.reason}`) ? `endpoint.bad.${params.reason}` : 'endpoint.bad');
  return t([`field.bad.${name}.${params.reason}`, `field.bad.${name}`].find(has) ?? 'field.bad');
}

const optionOf = ({ id, label, life }) => ({ value: id, label: life?.state === 'open' || !endOf(life) ? label : `${label}: ${endOf(life)}` });

function modelHint(entry, model, region) {
  const known = entry.models.find(({ id }) => id === model);
  const isElsewhere = known?.regions?.length && region && !known.regions.includes(region);
  return [isElsewhere ? t('connect.model.elsewhere', { region: placeOf(region) }) : null, priceOf(known?.life)].filter(Boolean).join(' ') || null;
}

const FIELD = {
  region: ({ entry, fields, set, mistake }) => {
    const options = entry.regions.map((region) => ({ value: region, label: region === 'global' ? t('region.global.option') : placeOf(region) }));
    const isNamed = entry.regions.includes(fields.region);
    return (
      <>
        <Known name="region" label={t('connect.region')} value={fields.region} options={options} other={{ option: t('connect.region.other'), label: t('connect.region.other.label'), placeholder: 'europe-west4' }} hint={isNamed ? t('connect.region.hint') : t('connect.region.other.hint')} problem={mistake('region')} onChange={set('region')} />
        {fields.region === 'global' ? <Check label={t('connect.global')} isOn={fields.acceptGlobal} hint={t('connect.global.hint')} onChange={set('acceptGlobal')} /> : null}
      </>
    );
  },
  area: ({ entry, fields, set, mistake }) => <Known name="region" label={t('connect.area')} value={fields.region} options={[{ value: '', label: t('connect.area.none') }, ...entry.regions.map((region) => ({ value: region, label: placeOf(region) }))]} other={{ option: t('connect.area.other'), label: t('connect.area') }} hint={t('connect.area.hint')} problem={mistake('region')} onChange={set('region')} />,
  model: ({ entry, fields, set, mistake }) => {
    if (entry.provider === 'azure-openai') return <Text name="model" label={t('connect.deployment')} value={fields.model} placeholder="gpt-6-luna-eu" hint={t('connect.deployment.hint')} problem={mistake('model')} onChange={set('model')} />;
    if (!entry.models.length) return <Text name="model" label={t('form.model')} value={fields.model} placeholder={entry.provider === 'forge-llm' ? 'claude-haiku-4-5-20251001' : t('form.model.placeholder')} hint={t(entry.provider === 'forge-llm' ? 'connect.model.hosted' : 'connect.model.own')} problem={mistake('model')} onChange={set('model')} />;
    return <Known name="model" label={t('form.model')} value={fields.model} options={entry.models.map(optionOf)} other={{ option: t('connect.model.other'), label: t('connect.model.other.label') }} hint={modelHint(entry, fields.model, fields.region)} problem={mistake('model')} onChange={set('model')} />;
  },
  baseModel: ({ entry, fields, set, mistake }) => <Known name="baseModel" label={t('connect.baseModel')} value={fields.baseModel} options={[{ value: '', label: t('connect.baseModel.unknown') }, ...entry.models.map(optionOf)]} other={{ option: t('connect.model.other'), label: t('connect.model.other.label') }} hint={modelHint(entry, fields.baseModel, '') ?? t('connect.baseModel.hint')} problem={mistake('baseModel')} onChange={set('baseModel')} />,
  endpoint: ({ entry, fields, set, mistake }) => {
    const isAzure = entry.provider === 'azure-openai';
    const typed = fields.endpoint && !hostOf(fields.endpoint) ? t('form.endpoint.https') : null;
    return <Text name="endpoint" label={t(isAzure ? 'connect.resource' : 'form.endpoint')} inputMode="url" value={fields.endpoint} placeholder={isAzure ? 'https://your-resource.openai.azure.com' : 'https://models.example.com/v1'} hint={t('form.endpoint.hint')} problem={mistake('endpoint') ?? typed} onChange={set('endpoint')} />;
  },
  key: ({ entry, fields, set, mistake, keepsKey }) => <Text name="key" type="password" label={t(has(`connect.key.${entry.provider}`) ? `connect.key.${entry.provider}` : 'form.key')} value={fields.key} placeholder={keepsKey ? t('connect.key.keep') : ''} hint={keepsKey ? t('connect.key.keep.hint') : t('connect.key.hint', { hint: entry.keyHint })} problem={mistake('key')} onChange={set('key')} />,
  project: ({ fields, set, mistake }) => <Text name="project" label={t('connect.project')} value={fields.project} hint={t('connect.project.hint')} problem={mistake('project')} onChange={set('project')} />,
  api: ({ fields, set, mistake }) => <div className="field"><Segmented label={t('connect.api')} value={fields.api} options={[{ value: 'chat', label: t('connect.api.chat') }, { value: 'responses', label: t('connect.api.responses') }]} onChange={set('api')} />{mistake('api') ? <p className="hint hint-error">{mistake('api')}</p> : null}</div>,
  apiVersion: ({ fields, set, mistake }) => <Text name="apiVersion" label={t('connect.apiVersion')} value={fields.apiVersion} placeholder="2024-10-21" hint={t('connect.apiVersion.hint')} problem={mistake('apiVersion')} onChange={set('apiVersion')} />,
  contextTokens: ({ fields, set, mistake }) => (fields.baseModel ? null : <Text name="contextTokens" label={t('connect.contextTokens')} inputMode="numeric" value={fields.contextTokens} placeholder="8192" hint={t('connect.contextTokens.hint')} problem={mistake('contextTokens')} onChange={set('contextTokens')} />),
  nativeSchema: ({ fields, set }) => <Check label={t('connect.nativeSchema')} isOn={fields.nativeSchema} hint={t('connect.nativeSchema.hint')} onChange={set('nativeSchema')} />,
  embeddingModel: ({ entry, fields, set, mistake }) => (entry.embeds ? <Text name="embeddingModel" label={t('connect.embeddingModel')} value={fields.embeddingModel} placeholder={entry.embeddingModel} hint={t(entry.embeddingModel ? 'connect.embeddingModel.hint' : 'connect.embeddingModel.own')} problem={mistake('embeddingModel')} onChange={set('embeddingModel')} /> : null),
  embeddingRegion: ({ fields, set, mistake }) => (fields.embeddingModel ? <Text name="embeddingRegion" label={t('connect.embeddingRegion')} value={fields.embeddingRegion} placeholder="europe-west1" hint={t('connect.embeddingRegion.hint')} problem={mistake('embeddingRegion')} onChange={set('embeddingRegion')} /> : null),
  name: ({ fields, set, mistake }) => <Text name="name" label={t('connect.name')} value={fields.name} hint={t('connect.name.hint')} problem={mistake('name')} onChange={set('name')} />,
};

export function Field({ name, ...rest }) {
  const Shown = FIELD[name];
  return <Shown {...rest} />;
}
