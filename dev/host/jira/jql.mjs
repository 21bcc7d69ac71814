// JQL over the rows of one reader: fields, operators, functions and order. What it does not know it refuses with Jira's words.
import { compareTimes, timeOf } from '../query/dates.mjs';
import { BadQuery, parseQuery } from '../query/parse.mjs';
import { matcher, searchable } from '../text.mjs';
import { adfText } from '../text.mjs';

const CATEGORY = { 'To Do': 'To Do', Open: 'To Do', Backlog: 'To Do', 'In Progress': 'In Progress', 'In Review': 'In Progress', 'Waiting for customer': 'In Progress', Done: 'Done', Resolved: 'Done', Closed: 'Done' };
const PRIORITIES = ['Lowest', 'Low', 'Medium', 'High', 'Highest'];

export function statusCategory(status) {
  return CATEGORY[status] ?? 'To Do';
}

/** Compiles JQL into `{ bounded, matches(issue), compare(a, b) }`. `asks` is `{ accountId, now, projects, visible(key), projectKnown(key) }`. */
export function compileJql(text, asks) {
  const { where, order } = parseQuery(text);
  const matches = where ? compileNode(where, asks) : () => true;
  return { bounded: where !== null, matches, compare: compileOrder(order) };
}

function compileNode(node, asks) {
  if (node.and) return every(node.and.map((part) => compileNode(part, asks)));
  if (node.or) return some(node.or.map((part) => compileNode(part, asks)));
  if (node.not) return negate(compileNode(node.not, asks));
  return compileClause(node, asks);
}

function compileClause({ field, op, values }, asks) {
  const name = FIELD_ALIASES[field] ?? field;
  if (TEXT_FIELDS[name] && (op === '~' || op === '!~')) {
    if (!values[0].text?.trim()) throw new BadQuery(`The field '${field}' does not support searching for an empty string.`);
    const found = matcher(values[0].text);
    const test = (issue) => found(TEXT_FIELDS[name](issue));
    return op === '~' ? test : negate(test);
  }
  if (DATE_FIELDS[name]) {
    if (op === 'is' || op === 'is not') return emptiness((issue) => DATE_FIELDS[name](issue), op);
    const time = timeOf(values[0], asks.now, field);
    return (issue) => DATE_FIELDS[name](issue) !== null && compareTimes(op, DATE_FIELDS[name](issue), time);
  }
  const read = VALUE_FIELDS[name];
  if (!read) {
    if (TEXT_FIELDS[name]) throw new BadQuery(`The operator '${op}' is not supported by the '${field}' field.`);
    throw new BadQuery(`Field '${field}' does not exist or you do not have permission to view it.`);
  }
  if (op === 'is' || op === 'is not' || (values.length === 1 && isEmptyWord(values[0]))) return emptiness(read, op === '=' ? 'is' : op === '!=' ? 'is not' : op);
  return compileValues({ name, field, op, values, read }, asks);
}

function compileValues({ name, field, op, values, read }, asks) {
  const wanted = values.map((value) => valueOf(value, asks, field));
  if (name === 'key' && (op === '=' || op === 'in')) wanted.forEach((key) => checkKey(key, asks));
  if (name === 'project' && (op === '=' || op === 'in')) wanted.forEach((key) => checkProject(key, asks));
  const holds = (issue) => [].concat(read(issue, asks)).some((own) => own !== null && wanted.some((other) => String(own).toLowerCase() === other.toLowerCase()));
  if (op === '=' || op === 'in') return holds;
  if (op === '!=' || op === 'not in') return (issue) => ![].concat(read(issue, asks)).every((own) => own === null) && !holds(issue);
  if (name === 'key' && ['<', '>', '<=', '>='].includes(op)) return (issue) => compareTimes(op, issue.number, Number(wanted[0].split('-').pop()));
  throw new BadQuery(`The operator '${op}' is not supported by the '${field}' field.`);
}

function valueOf(value, asks, field) {
  if (value.call === 'currentuser') return asks.accountId ?? '';
  if (value.call) throw new BadQuery(`Unable to find JQL function '${value.call}()' for the field '${field}'.`);
  return value.text;
}

function checkKey(key, asks) {
  if (!/^[A-Z][A-Z0-9_]*-\d+$/i.test(key) && !/^\d+$/.test(key)) throw new BadQuery(`The issue key '${key}' for field 'key' is invalid.`);
  if (!asks.visible(key)) throw new BadQuery(`An issue with key '${key}' does not exist for field 'key'.`);
}

function checkProject(key, asks) {
  if (!asks.projectKnown(key)) throw new BadQuery(`The value '${key}' does not exist for the field 'project'.`);
}

function emptiness(read, op) {
  const empty = (issue) => [].concat(read(issue, {})).every((value) => value === null || value === undefined);
  if (op === 'is') return empty;
  if (op === 'is not') return negate(empty);
  throw new BadQuery(`The operator '${op}' does not support empty values.`);
}

function isEmptyWord({ text, quoted }) {
  return !quoted && /^(empty|null)$/i.test(text ?? '');
}

function compileOrder(order) {
  const keys = order.map(({ field, descending }) => {
    const name = FIELD_ALIASES[field] ?? field;
    const read = ORDER_FIELDS[name];
    if (!read) throw new BadQuery(`Not able to sort using field '${field}'.`);
    return { read, sign: descending ? -1 : 1 };
  });
  return (a, b) => {
    for (const { read, sign } of keys) {
      const [left, right] = [read(a), read(b)];
      if (left !== right) return (left < right ? -1 : 1) * sign;
    }
    return b.created - a.created || b.id - a.id;
  };
}

const every = (tests) => (issue) => tests.every((test) => test(issue));
const some = (tests) => (issue) => tests.some((test) => test(issue));
const negate = (test) => (issue) => !test(issue);

const FIELD_ALIASES = { issuekey: 'key', issue: 'key', id: 'key', type: 'issuetype', createddate: 'created', updateddate: 'updated', resolved: 'resolutiondate', label: 'labels' };
const TEXT_FIELDS = {
  text: (issue) => issue.plain,
  summary: (issue) => searchable(issue.summary),
  description: (issue) => searchable(adfText(issue.description)),
  comment: (issue) => searchable(issue.comments.map((comment) => adfText(comment.body)).join('\n')),
};
const DATE_FIELDS = { created: (issue) => issue.created, updated: (issue) => issue.updated, resolutiondate: (issue) => issue.resolved };
const VALUE_FIELDS = {
  key: (issue) => [issue.key, String(issue.id)],
  project: (issue, { projects = [] }) => [issue.project, ...projects.filter(({ key }) => key === issue.project).flatMap(({ id, name }) => [id, name])],
  status: (issue) => issue.status,
  statuscategory: (issue) => statusCategory(issue.status),
  issuetype: (issue) => issue.type,
  priority: (issue) => issue.priority,
  resolution: (issue) => issue.resolution,
  reporter: (issue) => issue.reporter,
  assignee: (issue) => issue.assignee,
  creator: (issue) => issue.creator,
  labels: (issue) => (issue.labels.length > 0 ? issue.labels : null),
  fixversion: (issue) => (issue.versions.length > 0 ? issue.versions : null),
};
const ORDER_FIELDS = {
  created: (issue) => issue.created,
  updated: (issue) => issue.updated,
  resolutiondate: (issue) => issue.resolved ?? 0,
  key: (issue) => `${issue.project}-${String(issue.number).padStart(8, '0')}`,
  priority: (issue) => PRIORITIES.indexOf(issue.priority),
  status: (issue) => issue.status,
  summary: (issue) => issue.summary.toLowerCase(),
  project: (issue) => issue.project,
  issuetype: (issue) => issue.type,
};
