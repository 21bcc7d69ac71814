// @ts-check
// The admin page: its places, and what writers use. Connecting models is in models.js.
// It holds no markup and no logic; how places are filled is said in ../words.js.

/** @type {Record<string, string>} */
export const en = {
  'admin.title': 'Quillgate',
  'admin.places': 'Settings of Quillgate',
  'admin.place.models': 'Models',
  'admin.place.search': 'Search',
  'admin.now': 'Where text goes now',
  'admin.mode': 'What writers use',
  'admin.mode.now': 'Changing',
  'admin.own': 'Your own models',
  'admin.own.what': 'Use a model your organization pays for. Its key is sealed, kept in Atlassian’s secret storage, and never shown again.',
  'admin.save.now': 'Testing, then saving',
  'admin.test.now': 'Testing the model',
  'admin.use.now': 'Changing what writers use',
  'admin.remove.now': 'Removing the model',
  'mode.extract': 'Extract, no model',
  'mode.extract.what': 'Sentences are copied from the sources. Nothing leaves this site.',
  'mode.default': 'Default model',
  'mode.default.what': 'Gemini on Vertex AI, processed in the European Union with Quillgate’s key.',
  'mode.customer': 'Your own model',
  'mode.customer.what': 'One of the models you connect below.',
  'mode.customer.chosen': '{name}',
  'mode.customer.no-key': 'Connect a model below first.',
  'mode.customer.none-chosen': 'Choose one below with “Use this model”.',
  'default.unavailable': 'Not available on this installation.',
  'default.no-key': 'Not available: this installation has no key for it.',
  'default.not-configured': 'Not available: this installation has no key for it.',
  'default.policy': 'Not available: your policy does not allow its region.',
};
