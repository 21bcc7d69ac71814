// @ts-check
// From Forge's own context of an invocation to the core's; the page's payload has no part in it.
// Checks nothing: what is missing is null, and the core refuses what it cannot do without.

import { getAppContext } from '@forge/api';

/** @typedef {import('./wire.d.ts').Context} Context */
/** @typedef {{ installContext?: string, principal?: { accountId?: string } }} Backend what Forge gives a function as its second argument */

/**
 * The context of a call from a page: as @forge/resolver hands it over.
 * @param {any} request
 * @returns {Context}
 */
export function pageContext(request) {
  const { extension = {}, ...context } = request ?? {};
  return {
    ...installation('ui', context.installContext),
    product: productOf(extension.type) ?? productOf(context.installContext),
    accountId: text(context.accountId),
    siteUrl: text(context.siteUrl),
    moduleKey: text(context.moduleKey ?? getAppContext().moduleKey),
    locale: text(context.locale),
    extension: place(extension),
  };
}

/**
 * The context of an invocation that no user started.
 * @param {Exclude<Context['source'], 'ui'>} source
 * @param {Backend} [backend]
 * @returns {Context}
 */
export function backgroundContext(source, backend) {
  return installation(source, backend?.installContext);
}

/**
 * How long the platform lets this invocation go on.
 * @param {number} limitMs what the manifest and the platform's limits say
 * @returns {number}
 */
export function remainingMs(limitMs) {
  try {
    return Math.min(limitMs, getAppContext().invocationRemainingTimeInMillis());
  } catch {
    return limitMs;
  }
}

/**
 * @param {Context['source']} source
 * @param {string} [installContext] the site's ARI
 * @returns {Context}
 */
function installation(source, installContext) {
  const app = getAppContext();
  return {
    source,
    product: productOf(installContext),
    cloudId: text(SITE.exec(String(installContext))?.[1]),
    installationId: text(app.installationAri.installationId),
    environmentId: text(app.environmentAri.environmentId),
    environmentType: text(app.environmentType),
    accountId: null,
    siteUrl: null,
    moduleKey: text(app.moduleKey),
    locale: null,
    extension: {},
  };
}

/**
 * Where in the product the page is open.
 * @param {any} extension
 * @returns {Record<string, string>}
 */
function place({ issue, project, content, space }) {
  const found = {
    issueKey: text(issue?.key),
    issueId: text(issue?.id),
    projectKey: text(project?.key),
    pageId: text(content?.id),
    spaceKey: text(space?.key),
    spaceId: text(space?.id),
  };
  return /** @type {Record<string, string>} */ (Object.fromEntries(Object.entries(found).filter(([, value]) => value !== null)));
}

const SITE = /^ari:cloud:[a-z-]+::site\/([^/]+)$/;
const PRODUCT = /^(?:ari:cloud:)?(jira|confluence):/;

/**
 * @param {unknown} name a module type or an ARI
 * @returns {Context['product']}
 */
const productOf = (name) => /** @type {Context['product']} */ (PRODUCT.exec(String(name))?.[1] ?? null);

/** @param {unknown} value */
const text = (value) => (value === undefined || value === null || value === '' ? null : String(value));
