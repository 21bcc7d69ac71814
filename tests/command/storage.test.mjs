import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadCore } from '../../dev/core.mjs';

const core = loadCore();

/** Each element of the storage format; words in capitals are what a reader sees or follows. */
const ELEMENTS = {
  'ri:page': '<p><ac:link><ri:page ri:content-title="PAGETITLE" ri:space-key="SPACE"/></ac:link></p>',
  'ri:blog-post': '<p><ac:link><ri:blog-post ri:content-title="BLOGTITLE" ri:posting-day="2024/01/02"/></ac:link></p>',
  'ri:attachment': '<p><ac:link><ri:attachment ri:filename="FILENAME.pdf"/><ac:plain-text-link-body><![CDATA[LINKBODY]]></ac:plain-text-link-body></ac:link></p>',
  'ri:url': '<ac:image ac:alt="ALTTEXT"><ri:url ri:value="https://example.org/IMAGE.png"/><ac:caption><p>CAPTION</p></ac:caption></ac:image>',
  'ri:user by account': '<p><ac:link><ri:user ri:account-id="ACCOUNT"/></ac:link></p>',
  'ri:user by key': '<p><ac:link><ri:user ri:userkey="USERKEY"/></ac:link></p>',
  'ri:space': '<p><ac:link><ri:space ri:space-key="SPACEKEY"/></ac:link></p>',
  'ri:content-entity': '<p><ac:link><ri:content-entity ri:content-id="ENTITY"/></ac:link></p>',
  'ri:shortcut': '<p><ac:link><ri:shortcut ri:key="SHORTCUT" ri:parameter="p"/><ac:plain-text-link-body><![CDATA[SHORTBODY]]></ac:plain-text-link-body></ac:link></p>',
  'ac:link-body': '<p><ac:link ac:anchor="ANCHOR"><ac:link-body>to <strong>BODY</strong></ac:link-body></ac:link></p>',
  'ac:macro': '<ac:macro ac:name="info"><ac:parameter ac:name="title">OLDTITLE</ac:parameter><ac:rich-text-body><p>OLDBODY</p></ac:rich-text-body></ac:macro>',
  'ac:default-parameter': '<ac:macro ac:name="anchor"><ac:default-parameter>ANCHOR</ac:default-parameter></ac:macro>',
  'ac:emoticon': '<p><ac:emoticon ac:name="smile" ac:emoji-fallback="🎉" ac:emoji-shortname=":tada:"/></p>',
  'ac:placeholder': '<p><ac:placeholder>PLACEHOLDER</ac:placeholder></p>',
  'ac:inline-comment-marker': '<p>a <ac:inline-comment-marker ac:ref="x">COMMENTED</ac:inline-comment-marker></p>',
  time: '<p><time datetime="2024-05-06"/></p>',
  'ac:task': '<ac:task-list><ac:task><ac:task-id>1</ac:task-id><ac:task-uuid>u</ac:task-uuid><ac:task-status>complete</ac:task-status><ac:task-body>TASK</ac:task-body></ac:task></ac:task-list>',
  'ac:layout': '<ac:layout><ac:layout-section ac:type="two_equal"><ac:layout-cell><p>LEFT</p></ac:layout-cell><ac:layout-cell><p>RIGHT</p></ac:layout-cell></ac:layout-section></ac:layout>',
  'ac:adf-extension': '<ac:adf-extension><ac:adf-node type="panel"><ac:adf-attribute key="panel-type">custom</ac:adf-attribute><ac:adf-content><p>ONCE</p></ac:adf-content></ac:adf-node><ac:adf-fallback><p>ONCE</p></ac:adf-fallback></ac:adf-extension>',
  'at:var': '<p>dear <at:var at:name="VARIABLE"/></p><at:declarations><at:string at:name="VARIABLE"/></at:declarations>',
  'macro jira, issue': '<p><ac:structured-macro ac:name="jira"><ac:parameter ac:name="key">ISSUE-1</ac:parameter></ac:structured-macro></p>',
  'macro jira, query': '<ac:structured-macro ac:name="jira"><ac:parameter ac:name="jqlQuery">project = QUERY</ac:parameter></ac:structured-macro>',
  'macro view-file': '<ac:structured-macro ac:name="view-file"><ac:parameter ac:name="name"><ri:attachment ri:filename="FILENAME.xlsx"/></ac:parameter></ac:structured-macro>',
  'macro include': '<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="INCLUDED"/></ac:link></ac:parameter></ac:structured-macro>',
  'macro widget': '<ac:structured-macro ac:name="widget"><ac:parameter ac:name="url"><ri:url ri:value="https://example.org/WIDGET"/></ac:parameter></ac:structured-macro>',
  'macro profile': '<ac:structured-macro ac:name="profile"><ac:parameter ac:name="user"><ri:user ri:account-id="PROFILE"/></ac:parameter></ac:structured-macro>',
  'macro anchor': '<p><ac:structured-macro ac:name="anchor"><ac:parameter ac:name="">ANCHOR</ac:parameter></ac:structured-macro></p>',
};

/** The macros seen most, and one nobody knows. */
const MACROS = [
  'note', 'tip', 'warning', 'panel', 'expand', 'status', 'excerpt', 'excerpt-include', 'children', 'pagetree', 'toc', 'livesearch', 'contentbylabel', 'details',
  'detailssummary', 'tasks-report-macro', 'roadmap', 'recently-updated', 'drawio', 'gliffy', 'gallery', 'column', 'section', 'chart', 'of-another-app',
];
const PLAIN_MACROS = ['code', 'noformat', 'markdown', 'html'];

const macro = (/** @type {string} */ name, /** @type {string} */ body) =>
  `<ac:structured-macro ac:name="${name}" ac:macro-id="m"><ac:parameter ac:name="title">TITLE</ac:parameter>${body}</ac:structured-macro>`;

const bodies = {
  ...ELEMENTS,
  ...Object.fromEntries(MACROS.map((name) => [`macro ${name}`, macro(name, '<ac:rich-text-body><p>RICH</p></ac:rich-text-body>')])),
  ...Object.fromEntries(PLAIN_MACROS.map((name) => [`macro ${name}`, macro(name, '<ac:plain-text-body><![CDATA[PLAIN]]></ac:plain-text-body>')])),
};

for (const [name, body] of Object.entries(bodies)) {
  test(`${name}: comes back byte for byte, and what a reader sees is in the Markdown, once`, () => {
    assert.equal(core.roundtrip({ id: 1, format: 'storage', body }).body, body);
    const { markdown } = core.markdown({ id: 1, format: 'storage', body });
    const seen = body.replaceAll('CDATA', '').match(/\b[A-Z]{4,}\b|🎉|2024-05-06/g) ?? [];
    for (const word of new Set(seen)) assert.ok(markdown.includes(word), `${word} in ${markdown}`);
    if (name === 'ac:adf-extension') assert.equal(markdown.split('ONCE').length, 2);
  });
}
