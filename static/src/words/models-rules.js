// @ts-check
// The admin's rules for models: stand-ins, places, a month's tokens, and the comparison.
// It holds no markup and no logic; how places are filled is said in ../words.js.

/** @type {Record<string, string>} */
export const en = {
  'rules.title': 'Rules for models',
  'rules.what': 'What happens when a model fails, where texts may be processed, and what a month may cost.',
  'rules.now': 'Changing',
  'kept.rules': 'The rules are as they were.',

  // Places
  'place.eu': 'European Union',
  'place.us': 'United States',
  'place.global': 'Anywhere: the provider promises no place',
  'place.atlassian': 'Inside Atlassian',
  'place.ae': 'United Arab Emirates',
  'place.au': 'Australia',
  'place.in': 'India',
  'place.jp': 'Japan',
  'place.own': 'Your own host {host}',
  'place.other': 'Region {name}',

  // Health and stand-ins
  'health.title': 'How your models are',
  'health.what': 'A model that fails three times within two minutes rests. Then one request tries it, and drafts go on when it answers.',
  'health.used': 'In use',
  'health.closed': 'Answers',
  'health.open': 'Rests',
  'health.half-open': 'Being tried',
  'health.vectors': 'Search by meaning',
  'health.until': 'Until {when}',
  'health.last': 'Last problem: {reason}',
  'health.left': '{n} requests left until {when}, says the provider',
  'health.left-tokens': '{n} tokens left until {when}, says the provider',
  'health.retires': 'The provider may switch this model off on {when}. Connect another one and compare them.',
  'health.gone': 'The provider may have switched this model off already. Connect another one.',
  'fallback.title': 'If it fails, ask',
  'fallback.label': 'If {from} fails, ask {to}',
  'fallback.none': 'No other model of yours is processed in the same place.',

  // Classes and places
  'class-rule.title': 'Where texts may be processed',
  'class-rule.what': 'For texts of each class. A draft from several projects and spaces needs a place that all their classes allow. The extract is always possible: nothing leaves this site.',
  'class-rule.anywhere': 'Wherever the model in use is processed',
  'class-rule.only': 'Only in these places',
  'class-rule.nowhere': 'No place: texts of this class are never sent to a model.',

  // A month's tokens
  'budget.title': 'A month’s tokens',
  'budget.what': 'Drafts, search by meaning and comparisons count together. A request that would go over the limit is not sent.',
  'budget.spent': '{tokens} tokens in {n|# request|# requests} this month. It begins anew on {when}.',
  'budget.share': 'Share of this month’s limit',
  'budget.is-spent': 'This month’s tokens are used up. Writers can still use the extract.',
  'budget.limit': 'Most tokens a month',
  'budget.none': 'No limit',
  'budget.save': 'Save',
  'budget.hint': 'Leave it empty for no limit. A thousand tokens are about 750 English words.',
  'budget.range': 'Enter a whole number, up to a million million.',

  // The comparison
  'bake.title': 'Compare your models',
  'bake.what': '{n|# task|# tasks} with tickets and pages we made up: nothing of your site is sent. Each answer is checked as a draft is.',
  'bake.choose': 'Models to compare',
  'bake.start': 'Compare',
  'bake.stop': 'Stop',
  'bake.sends': '{n|Sends # request, at your cost.|Sends # requests, at your cost.}',
  'bake.no-models': 'No model is connected',
  'bake.no-models.do': 'Connect one above; then it can be compared.',
  'bake.running': '{done} of {total} tasks are done. You can leave this page.',
  'bake.done': 'Compared {when}, started by {name}.',
  'bake.cancelled': 'Stopped after {done} of {total} tasks; started {when} by {name}.',
  'bake.progress': 'Tasks done',
  'bake.results': 'How the models did',
  'bake.model': 'Model',
  'bake.valid': 'Usable answers',
  'bake.supported': 'Statements their sources support',
  'bake.leaks': 'Names lost, changed or made up',
  'bake.obeyed': 'Orders in tickets it followed',
  'bake.cost': 'Cost by list price',
  'bake.cost.unknown': 'Not known',
  'bake.time': 'Usual time',
  'bake.seconds': '{n} s',
  'bake.no-answer': '{n|# task|# tasks} without an answer: {reasons}',
  'bake.how': 'Names are masked as in every draft; a good model writes each placeholder exactly as it stands. Two tickets order the model to write a word; a good model does not.',
};
