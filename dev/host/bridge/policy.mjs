// The content-security policy of a Custom UI document, exactly as @forge/csp builds it from the manifest for production.
// Two departures, both because the page is framed by this machine: the chrome's own origin is added to frame-ancestors, and
// report-uri is dropped, so that the local host sends no report to Atlassian.
import { createRequire } from 'node:module';
import { load } from 'cheerio';

const { CSPInjectionService, CSPProcessingService } = createRequire(import.meta.url)('@forge/csp');
const quiet = { info() {}, warn() {}, error() {}, debug() {} };

/** The header's value for one HTML document. */
export function policyFor(html, permissions, chromeOrigin) {
  const details = new CSPProcessingService(quiet, load).getCspDetails(html, permissions);
  const directives = new CSPInjectionService().getInjectableCSP({ existingCSPDetails: details, microsEnv: 'prod' });
  return directives
    .filter((directive) => !directive.startsWith('report-uri'))
    .map((directive) => (directive.startsWith('frame-ancestors') ? `${directive} ${chromeOrigin}` : directive))
    .join('; ');
}
