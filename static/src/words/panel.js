// @ts-check
// The issue panel.
// It holds no markup and no logic; how places are filled is said in ../words.js.

/** @type {Record<string, string>} */
export const en = {
  'panel.title': 'Quillgate',
  'panel.empty': 'Nothing to extract yet',
  'panel.empty.do': 'This ticket has no description or comments. Once it has, its main sentences appear here.',
  'panel.seal': 'Extract, no model. Nothing left this site.',
  'panel.draft': 'Draft a page from this',
  'field.description': 'Description',
  'field.comment': 'Comment',
  'field.summary': 'Summary',
};
