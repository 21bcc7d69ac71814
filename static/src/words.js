// @ts-check
// Every text of the pages, one catalogue per language, put together from one file a page. `{name}` is a value; `{n|# item|# items}` chooses by the language's plural rules.
// It holds no markup and no logic. A language is added by adding its catalogue; missing keys read English.
import { en as admin } from './words/admin.js';
import { en as masking } from './words/masking.js';
import { en as models } from './words/models.js';
import { en as modelsRules } from './words/models-rules.js';
import { en as panel } from './words/panel.js';
import { en as picker } from './words/picker.js';
import { en as problems } from './words/problems.js';
import { en as review } from './words/review.js';
import { en as search } from './words/search.js';
import { en as shared } from './words/shared.js';
import { en as studio } from './words/studio.js';

export const catalogues = { en: { ...shared, ...studio, ...picker, ...review, ...panel, ...admin, ...models, ...search, ...masking, ...modelsRules, ...problems } };
