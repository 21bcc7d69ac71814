// Jira's screens around the app: projects, issues of a project, one issue with its panels. Read only.
import { statusCategory } from '../jira/jql.mjs';
import { renderAdf } from './adf.mjs';
import { html } from './html.mjs';
import { appFrame, appTile, avatar, when } from './layout.mjs';

const PAGE = 50;

export function jiraSide({ site, who, path, appLinks, settings }) {
  const item = (href, text, mark) => html`<li><a href="${href}" ${path === href || path.startsWith(`${href}/`) ? html`aria-current="page"` : ''}>${mark}${text}</a></li>`;
  return html`<h2>Projects</h2><ul>${site.projects(who).map(({ key, name }) => item(`/jira/projects/${key}`, name, html`<span class="tile">${key.slice(0, 2)}</span>`))}</ul>
${appLinks.jira.length > 0 && html`<h2>Apps</h2><ul>${appLinks.jira.map(({ href, title, icon }) => item(href, title, appTile(icon)))}</ul>`}
${settings.jira.length > 0 && html`<h2>Settings</h2><ul>${settings.jira.map(({ href, title, icon }) => item(href, title, appTile(icon)))}</ul>`}`;
}

export function projectsScreen({ site, who, people }) {
  const rows = site.projects(who);
  return {
    title: 'Projects',
    body: html`<h1>Projects</h1><div class="table-scroll"><table class="list"><thead><tr><th>Name</th><th>Key</th><th>Lead</th><th class="num">Issues</th></tr></thead><tbody>
${rows.map((project) => html`<tr><td><a href="/jira/projects/${project.key}"><span class="tile">${project.key.slice(0, 2)}</span>${project.name}</a>${project.browse !== 'all' && html` <span class="lozenge lozenge-grey">restricted</span>`}</td><td>${project.key}</td><td>${project.lead ? people.nameOf(project.lead) : ''}</td><td class="num">${site.countIssues(project.key)}</td></tr>`)}
</tbody></table></div>`,
  };
}

export function projectScreen({ site, who, people, key, query, now }) {
  const project = site.projects(who).find((entry) => entry.key === key);
  if (!project) return undefined;
  const all = site.issues(who, key).sort((a, b) => b.updated - a.updated);
  const from = Math.max(0, Number(query.get('from')) || 0);
  const shown = all.slice(from, from + PAGE);
  const more = (at, text) => html`<a class="button" href="/jira/projects/${key}?from=${at}">${text}</a>`;
  return {
    title: project.name,
    crumbs: [{ text: 'Projects', href: '/jira/projects' }, { text: project.name }],
    body: html`<h1>${project.name}</h1><div class="table-scroll"><table class="list"><thead><tr><th>Key</th><th>Summary</th><th>Status</th><th>Assignee</th><th>Updated</th></tr></thead><tbody>
${shown.map((issue) => html`<tr><td class="key"><a href="/browse/${issue.key}">${typeMark(issue.type)}${issue.key}</a></td><td><a class="plain" href="/browse/${issue.key}">${issue.summary}</a></td><td>${statusLozenge(issue.status)}</td><td class="person">${issue.assignee ? html`${avatar({ name: people.nameOf(issue.assignee), accountId: issue.assignee }, 'small')}${people.nameOf(issue.assignee)}` : html`<span class="faint">Unassigned</span>`}</td><td class="faint">${when(issue.updated, now)}</td></tr>`)}
</tbody></table></div><p class="pager">${from > 0 && more(Math.max(0, from - PAGE), 'Newer')}${from + PAGE < all.length && more(from + PAGE, 'Older')} <span class="faint">${from + 1}–${from + shown.length} of ${all.length}</span></p>`,
  };
}

export function issueScreen({ site, who, people, key, panels, now }) {
  const issue = site.issue(key, who);
  if (!issue) return undefined;
  const project = site.project(issue.project);
  const person = (id) => (id ? html`<span class="person">${avatar({ name: people.nameOf(id), accountId: id }, 'small')}${people.nameOf(id)}</span>` : html`<span class="faint">None</span>`);
  const details = [['Status', statusLozenge(issue.status)], ['Assignee', person(issue.assignee)], ['Reporter', person(issue.reporter)], ['Priority', issue.priority], ['Labels', issue.labels.length > 0 ? issue.labels.map((label) => html`<span class="tag">${label}</span>`) : html`<span class="faint">None</span>`], ['Fix versions', issue.versions.length > 0 ? issue.versions.join(', ') : html`<span class="faint">None</span>`], ['Resolution', issue.resolution ?? html`<span class="faint">Unresolved</span>`], ['Created', when(issue.created, now)], ['Updated', when(issue.updated, now)]];
  return {
    title: `${issue.key} ${issue.summary}`,
    crumbs: [{ text: 'Projects', href: '/jira/projects' }, { text: project.name, href: `/jira/projects/${project.key}` }, { text: issue.key }],
    body: html`<article class="issue"><div class="issue-main"><h1>${issue.summary}</h1>
<section aria-label="Description"><h2 class="label">Description</h2>${issue.description ? renderAdf(issue.description) : html`<p class="faint">No description.</p>`}</section>
${panels.map((panel) => html`<section class="app-section" aria-label="${panel.title}"><h2 class="label">${panel.title}</h2>${appFrame(panel)}</section>`)}
<section aria-label="Comments"><h2 class="label">Comments</h2>${issue.comments.length > 0 ? issue.comments.map((comment) => html`<div class="comment">${avatar({ name: people.nameOf(comment.author), accountId: comment.author })}<div><p class="comment-head"><strong>${people.nameOf(comment.author)}</strong> <span class="faint">${when(comment.created, now)}</span></p>${renderAdf(comment.body)}</div></div>`) : html`<p class="faint">No comments yet.</p>`}</section>
</div><aside class="details" aria-label="Details"><h2 class="label">Details</h2><dl>${details.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></aside></article>`,
  };
}

function statusLozenge(status) {
  const kind = { 'To Do': 'grey', 'In Progress': 'blue', Done: 'green' }[statusCategory(status)];
  return html`<span class="lozenge lozenge-${kind}">${status}</span>`;
}

function typeMark(type) {
  const kind = /bug|incident/i.test(type) ? 'bug' : /epic/i.test(type) ? 'epic' : /story/i.test(type) ? 'story' : 'task';
  return html`<i class="type type-${kind}" title="${type}"></i>`;
}
