// Jira's JSON: issues, users, projects, statuses as REST v3 answers them. Shapes only, no rights.
import { statusCategory } from './jql.mjs';

const CATEGORIES = { 'To Do': { id: 2, key: 'new', colorName: 'blue-gray' }, 'In Progress': { id: 4, key: 'indeterminate', colorName: 'yellow' }, Done: { id: 3, key: 'done', colorName: 'green' } };
const ALL = ['summary', 'description', 'comment', 'issuetype', 'status', 'priority', 'reporter', 'assignee', 'creator', 'created', 'updated', 'resolution', 'resolutiondate', 'project', 'fixVersions', 'labels'];
const NOT_NAVIGABLE = new Set(['comment']);

/** An issue with the fields asked for: names, `*all`, `*navigable`, `-name`. */
export function issueShape(issue, wanted, context) {
  const base = `https://api.atlassian.com/ex/jira/${context.cloudId}/rest/api/3`;
  const fields = Object.fromEntries(chosen(wanted).map((name) => [name, FIELDS[name](issue, { ...context, base })]));
  return { expand: 'renderedFields,names,schema,operations,editmeta,changelog,versionedRepresentations', id: String(issue.id), self: `${base}/issue/${issue.id}`, key: issue.key, fields };
}

function chosen(wanted) {
  const names = new Set();
  for (const name of wanted) {
    if (name === '*all') ALL.forEach((field) => names.add(field));
    else if (name === '*navigable') ALL.filter((field) => !NOT_NAVIGABLE.has(field)).forEach((field) => names.add(field));
    else if (name.startsWith('-')) names.delete(name.slice(1));
    else if (FIELDS[name]) names.add(name);
  }
  return [...names];
}

export function userShape(accountId, { people, base }) {
  if (!accountId) return null;
  const person = people.find(accountId);
  const avatar = `https://secure.gravatar.com/avatar/${accountId.slice(-12)}?d=mm`;
  return {
    self: `${base}/user?accountId=${encodeURIComponent(accountId)}`,
    accountId,
    ...(person?.email && { emailAddress: person.email }),
    avatarUrls: { '48x48': avatar, '24x24': `${avatar}&s=24`, '16x16': `${avatar}&s=16`, '32x32': `${avatar}&s=32` },
    displayName: person?.name ?? 'Former user',
    active: Boolean(person),
    timeZone: person?.timezone ?? 'Etc/UTC',
    accountType: person?.app ? 'app' : 'atlassian',
  };
}

/** Jira writes times with an offset and no colon. */
export function jiraTime(ms) {
  return ms === null ? null : new Date(ms).toISOString().replace('Z', '+0000');
}

function commentShape(comment, issue, context) {
  const self = `${context.base}/issue/${issue.id}/comment/${comment.id}`;
  const author = userShape(comment.author, context);
  return { self, id: String(comment.id), author, body: comment.body, updateAuthor: author, created: jiraTime(comment.created), updated: jiraTime(comment.created), jsdPublic: true };
}

function statusShape(name, { base }) {
  const category = CATEGORIES[statusCategory(name)];
  const id = String(10000 + [...name].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 900);
  return { self: `${base}/status/${id}`, description: '', iconUrl: '', name, id, statusCategory: { self: `${base}/statuscategory/${category.id}`, ...category, name: statusCategory(name) } };
}

const FIELDS = {
  summary: (issue) => issue.summary,
  description: (issue) => issue.description ?? null,
  comment: (issue, context) => ({ comments: issue.comments.map((comment) => commentShape(comment, issue, context)), self: `${context.base}/issue/${issue.id}/comment`, maxResults: issue.comments.length, total: issue.comments.length, startAt: 0 }),
  issuetype: (issue, { base }) => ({ self: `${base}/issuetype/10001`, id: '10001', description: '', iconUrl: '', name: issue.type, subtask: false, avatarId: 10318, hierarchyLevel: 0 }),
  status: (issue, context) => statusShape(issue.status, context),
  priority: (issue, { base }) => ({ self: `${base}/priority/3`, iconUrl: '', name: issue.priority, id: '3' }),
  reporter: (issue, context) => userShape(issue.reporter, context),
  assignee: (issue, context) => userShape(issue.assignee, context),
  creator: (issue, context) => userShape(issue.creator, context),
  created: (issue) => jiraTime(issue.created),
  updated: (issue) => jiraTime(issue.updated),
  resolution: (issue, { base }) => (issue.resolution ? { self: `${base}/resolution/10000`, id: '10000', description: '', name: issue.resolution } : null),
  resolutiondate: (issue) => jiraTime(issue.resolved),
  project: (issue, { base, site }) => {
    const project = site.project(issue.project);
    return { self: `${base}/project/${project.id}`, id: project.id, key: project.key, name: project.name, projectTypeKey: 'software', simplified: false, avatarUrls: {} };
  },
  fixVersions: (issue, { base }) => issue.versions.map((name, i) => ({ self: `${base}/version/${10000 + i}`, id: String(10000 + i), description: '', name, archived: false, released: true })),
  labels: (issue) => issue.labels,
};
