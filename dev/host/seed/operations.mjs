// The hand-written Operations space: runbooks and notes with the macros a real page has. One page is restricted.
import { COLLEAGUES } from '../people.mjs';
import { codeMacro } from './storage-format.mjs';

const DAY = 86400000;
const macro = (name, body, parameters = {}) => `<ac:structured-macro ac:name="${name}" ac:schema-version="1">${Object.entries(parameters).map(([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`).join('')}${body === null ? '' : `<ac:rich-text-body>${body}</ac:rich-text-body>`}</ac:structured-macro>`;
const mention = (person) => `<ac:link><ri:user ri:account-id="${person.accountId}" /></ac:link>`;
const lozenge = (title, colour) => macro('status', null, { title, colour });
const task = (id, done, body) => `<ac:task><ac:task-id>${id}</ac:task-id><ac:task-status>${done ? 'complete' : 'incomplete'}</ac:task-status><ac:task-body>${body}</ac:task-body></ac:task>`;

/** Adds the space OPS. Answers the number of pages. */
export function plantOperations({ site, clock, people }) {
  const now = clock.now();
  const [, devon, priya, , , , , radek] = COLLEAGUES;
  const [tomas, mira] = ['tomas', 'mira'].map((nick) => people.find(nick) ?? devon);
  const editors = [tomas, mira, devon, priya, radek].map((person) => person.accountId);
  site.addSpace({ id: 98305, key: 'OPS', name: 'Operations', description: 'Runbooks, release notes and decisions of the operations team.', author: mira.accountId, created: now - 500 * DAY, edit: editors });
  const add = (page) => site.addPage({ space: '98305', author: mira.accountId, ...page, created: now - page.days * DAY });
  const home = add({ id: 65501, days: 500, title: 'Operations', body: overview({ mira }) });
  site.setHome('98305', home);
  const runbooks = add({ id: 65511, days: 300, parent: home, title: 'Runbooks', body: '<p>One page for each thing that can break. Keep them short, keep them true.</p>' + macro('children', null) });
  const vpn = add({ id: 65520, days: 120, parent: runbooks, author: devon.accountId, title: 'VPN and office network', body: vpnPage({ devon }) });
  add({ id: 65521, days: 90, parent: runbooks, author: radek.accountId, title: 'Database backup and restore', body: backupPage({ radek, mira }) });
  add({ id: 65522, days: 60, parent: runbooks, author: devon.accountId, title: 'Certificate rotation', body: certificatePage() });
  const notes = add({ id: 65531, days: 40, parent: home, author: priya.accountId, title: 'Release notes', body: releaseNotes({ priya }) });
  add({ id: 65541, days: 30, parent: home, title: 'On-call contacts', body: contactsPage(), readers: [tomas.accountId, mira.accountId, devon.accountId], editors: [mira.accountId] });
  revise(site, vpn, devon, now - 20 * DAY, 'Added the client log locations', (body) => body.replace('</ul>', '<li>macOS: <code>~/Library/Logs/vpn</code></li></ul>'));
  revise(site, notes, priya, now - 9 * DAY, 'November release', (body) => body.replace('<h2>October</h2>', '<h2>November</h2><ul><li>Mail relay moved to the new cluster.</li><li>Wi-Fi certificate is issued, switch planned for the 29th.</li></ul><h2>October</h2>'));
  return { pages: 7 };
}

function revise(site, id, author, created, message, change) {
  const page = site.page(id, { kind: 'app' });
  site.updatePage(page, { title: page.title, body: change(page.body), message, author: author.accountId, created });
}

const overview = ({ mira }) => `<ac:layout><ac:layout-section ac:type="two_right_sidebar"><ac:layout-cell><h2>Who we are</h2><p>Five people who keep mail, network, backups and laptops running. Ask us in <em>#ops-help</em> or open a ticket in the IT desk.</p>${macro('info', '<p>Outside office hours the on-call phone decides what can wait.</p>')}</ac:layout-cell><ac:layout-cell><h3>Quick links</h3><ul><li><ac:link><ri:page ri:content-title="Runbooks" /><ac:plain-text-link-body><![CDATA[Runbooks]]></ac:plain-text-link-body></ac:link></li><li><ac:link><ri:page ri:content-title="Release notes" /></ac:link></li></ul><p>Owner: ${mention(mira)}</p></ac:layout-cell></ac:layout-section><ac:layout-section ac:type="single"><ac:layout-cell><p>Status today: ${lozenge('ALL GOOD', 'Green')}</p></ac:layout-cell></ac:layout-section></ac:layout>`;

const vpnPage = ({ devon }) => `${macro('toc', null, { maxLevel: '3' })}<p>Owner: ${mention(devon)} ${lozenge('REVIEWED', 'Green')}</p><h2>How it is built</h2><p>Laptops reach the office through two gateways, <code>vpn-1.example.com</code> and <code>vpn-2.example.com</code>. Each floor has its own switch; the gateways see one address per floor.</p><h2>When sessions drop</h2><ol><li><p>Ask on which floor, and since when.</p></li><li><p>Compare the idle limits of the floor switch with the rekey time of the client (2,400 seconds).</p></li><li><p>Raise the switch limit, never the rekey time.</p></li></ol>${codeMacro('bash', 'ssh admin@sw4.example.com\nshow ip nat timeout\nconfigure\nip nat timeout udp 7200')}${macro('warning', '<p>Write the running configuration to memory, or a restart brings the fault back.</p>')}<h2>Where the logs are</h2><ul><li>Windows: <code>%ProgramData%\\vpn\\log</code></li></ul><h2>Known gateways</h2><table data-layout="default"><tbody><tr><th><p>Gateway</p></th><th><p>Address</p></th><th><p>Users</p></th></tr><tr><td><p>vpn-1</p></td><td><p>203.0.113.24</p></td><td><p>120</p></td></tr><tr><td><p>vpn-2</p></td><td><p>203.0.113.25</p></td><td><p>80</p></td></tr></tbody></table>`;

const backupPage = ({ radek, mira }) => `<p>Owner: ${mention(radek)}, deputy: ${mention(mira)}</p><h2>Every night</h2><p>The job starts at 02:00 UTC and must be green by 03:30. It keeps 14 days here and 90 days in the cold store.</p>${macro('panel', '<p>A backup nobody has restored is a hope, not a backup.</p>', { bgColor: '#eae6ff', title: 'Rule' })}<h2>Restore</h2>${macro('expand', codeMacro('bash', 'pg_ctl stop\nrsync -a backup-1:/base/latest/ /var/lib/postgresql/data/\npg_ctl start\npsql -c "select max(created) from orders"'), { title: 'Commands' })}<h2>Checks after a restore</h2><ac:task-list>${task(1, true, 'Newest order is younger than a day')}${task(2, false, 'Row counts within 1 % of yesterday')}${task(3, false, 'Reporting job reads without errors')}</ac:task-list><h2>Exit codes</h2><table><tbody><tr><th><p>Code</p></th><th><p>Meaning</p></th><th><p>Do</p></th></tr><tr><td><p>28</p></td><td><p>No space left, or no inodes left</p></td><td><p><code>df -i</code> first, then <code>df -h</code></p></td></tr><tr><td colspan="2"><p>Anything else</p></td><td><p>Call the on-call phone</p></td></tr></tbody></table>`;

const certificatePage = () => `${macro('note', '<p>Certificates are switched on Sundays between 20:00 and 22:00 only.</p>')}<h2>Steps</h2><ol><li><p>Issue the certificate from the internal authority.</p><ul><li><p>Key length 3072 or more.</p></li><li><p>Both names: <code>radius.example.com</code> and the short one.</p></li></ul></li><li><p>Push the chain to all managed devices <strong>one week</strong> before.</p></li><li><p>Switch, watch the join rate for 30 minutes.</p></li></ol><h2>Rollback</h2><p>Keep the old pair in <code>/etc/radius/previous</code>. Switching back takes a minute.</p><blockquote><p>If in doubt, roll back and sleep.</p></blockquote><hr /><p>Last rotation: <time datetime="2025-12-07" /></p>`;

const releaseNotes = ({ priya }) => `<p>What changed for everybody, once a month. Written by ${mention(priya)}.</p><h2>October</h2><ul><li>Printer driver 7.1 on every floor, because 7.2 prints blank pages.</li><li>Shared mailboxes have a limit of 50 GB.</li></ul><h2>September</h2><ul><li>New laptops come with the developer image 26.09.</li><li>The badge readers on floor 4 were replaced.</li></ul>${macro('tip', '<p>Something missing? Comment below.</p>')}`;

const contactsPage = () => '<p>For people on call only. Do not copy these numbers into tickets.</p><table><tbody><tr><th><p>Name</p></th><th><p>Phone</p></th><th><p>Mail</p></th></tr><tr><td><p>Devon Achterberg</p></td><td><p>+1 202 555 0199</p></td><td><p>devon.achterberg@example.org</p></td></tr><tr><td><p>Radek Novotny</p></td><td><p>+44 20 7946 0777</p></td><td><p>radek.novotny@example.org</p></td></tr></tbody></table>';
