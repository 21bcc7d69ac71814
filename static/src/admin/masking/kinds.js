// @ts-check
// The kinds in the order people think of them, and what a change of class would open. Pure; it calls nothing.

/** @type {[string, string[]][]} */
export const GROUPS = [
  ['people', ['PERSON', 'EMAIL', 'PHONE', 'ADDRESS', 'POSTCODE', 'DATE_OF_BIRTH']],
  ['secrets', ['SECRET', 'URL_CREDENTIAL']],
  ['money', ['CARD', 'IBAN', 'BANK_ACCOUNT', 'BIC', 'CRYPTO_WALLET']],
  ['official', ['NATIONAL_ID', 'TAX_ID', 'VAT_ID', 'PASSPORT', 'DRIVER_LICENCE', 'HEALTH_ID', 'VEHICLE']],
  ['technical', ['IP', 'MAC', 'IMEI']],
];
export const CLASSES = ['public', 'internal', 'confidential', 'restricted'];

const KNOWN = GROUPS.flatMap(([, kinds]) => kinds);

/** The groups with the kinds the app has; a kind newer than the page stands with the technical ones. */
export function groupsOf(kinds) {
  const newer = kinds.filter(({ kind }) => !KNOWN.includes(kind));
  return GROUPS.map(([name, wanted]) => ({ name, kinds: [...wanted.map((kind) => kinds.find((one) => one.kind === kind)).filter(Boolean), ...(name === 'technical' ? newer : [])] })).filter((group) => group.kinds.length);
}

const offIn = (view, name) => view.classes.find((one) => one.class === name)?.off ?? [];
export const isOff = (view, name, kind) => offIn(view, name).includes(kind);

/** Kinds that are masked in one class and not in another. */
export const opened = (view, from, to) => offIn(view, to).filter((kind) => !isOff(view, from, kind));

/** The token a part stands for, cut at the place of a pattern's mistake: what is before, the character, what follows. */
export const around = (text, at) => [text.slice(0, at), text.slice(at, at + 1), text.slice(at + 1)];
