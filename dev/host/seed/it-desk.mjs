// The hand-written desks: everyday IT tickets and a restricted security project, with invented people, phone numbers from ranges kept for
// fiction, addresses that reach nobody and keys that open nothing. They exercise masking and conversion.
import { COLLEAGUES } from '../people.mjs';
import { block, card, code, date, doc, em, emoji, h, href, mention, ol, p, panel, quote, rule, status, strong, table, text, ul, li } from './adf.mjs';

const HOUR = 3600000;
const DAY = 24 * HOUR;
const [anneliese, devon, priya, luca, solveig, jonah, camille, radek] = COLLEAGUES;

/** Adds the projects DESK and SEC. Answers the number of tickets. */
export function plantItDesk({ site, clock, people }) {
  const now = clock.now();
  const [tomas, wren, mira] = ['tomas', 'wren', 'mira'].map((nick) => people.find(nick) ?? anneliese);
  site.addProject({ key: 'DESK', id: 10001, name: 'IT desk', lead: priya.accountId });
  site.addProject({ key: 'SEC', id: 10002, name: 'Security desk', lead: mira.accountId, browse: [mira.accountId, tomas.accountId, radek.accountId] });
  const all = [...deskTickets({ tomas, wren, mira }), ...securityTickets({ tomas, mira })];
  const numbers = {};
  for (const ticket of all) {
    const project = ticket.project ?? 'DESK';
    const number = (numbers[project] = (numbers[project] ?? 0) + 1);
    const created = now - ticket.days * DAY - 5 * HOUR;
    const comments = (ticket.comments ?? []).map(([author, body, hours], i) => ({ id: 10100 + number * 20 + i, author: author.accountId, body, created: Math.min(now - HOUR, created + hours * HOUR) }));
    const done = ['Done', 'Resolved', 'Closed'].includes(ticket.status);
    const updated = comments.at(-1)?.created ?? Math.min(now - HOUR, created + 6 * HOUR);
    site.addIssue({
      key: `${project}-${number}`, project, number, created, updated, comments,
      summary: ticket.summary,
      description: ticket.body,
      type: ticket.type ?? 'Service request',
      status: ticket.status ?? 'Open',
      priority: ticket.priority ?? 'Medium',
      reporter: ticket.by.accountId,
      assignee: ticket.to?.accountId ?? null,
      resolution: done ? 'Done' : null,
      resolved: done ? updated : null,
      labels: ticket.labels ?? [],
    });
  }
  return { tickets: all.length };
}

function deskTickets({ tomas, wren, mira }) {
  return [
    {
      summary: 'VPN drops every 40 minutes on the Lisbon floor', type: 'Incident', status: 'Resolved', priority: 'High', by: solveig, to: devon, days: 21, labels: ['vpn', 'network'],
      body: doc(
        p('Since Monday the VPN client loses its session about every 40 minutes for everyone on the fourth floor. Video calls freeze, then the client asks for the password again.'),
        h(2, 'What we see'),
        ul('It happens on Wi-Fi and on cable.', li(p('The client log ends with the line below each time.')), 'Machines on the third floor are not affected.'),
        block('text', '2026-10-29 10:41:17 tunnel0: rekey timeout (40 min), peer 203.0.113.24 not answering\n2026-10-29 10:41:19 tunnel0: session closed by peer'),
        p('You can reach me at ', text('+44 20 7946 0118', strong), ' or ', text('solveig.haugen@example.org', href('mailto:solveig.haugen@example.org')), ' until six.'),
      ),
      comments: [
        [devon, doc(p(mention(solveig), ' thank you, the log helps. The floor switch was replaced on the weekend; I am comparing its time-outs with the old one.')), 3],
        [devon, doc(p('Found it: the new switch closes idle UDP sessions after 2,400 seconds, the VPN rekeys after 2,400 seconds. Raised the limit to 7,200.'), block('bash', 'sw4# configure\nsw4(config)# ip nat timeout udp 7200\nsw4(config)# write memory')), 9],
        [solveig, doc(p('Six hours without a drop. Thank you ', emoji(':pray:', '🙏'))), 30],
      ],
    },
    {
      summary: 'New starter: laptop, badge and accounts for Monday', status: 'Done', by: camille, to: priya, days: 18, labels: ['onboarding'],
      body: doc(
        p('Jonah starts on ', date('2026-11-09'), ' in the Berlin office. He needs:'),
        { type: 'taskList', attrs: { localId: 'tl-1' }, content: [task('Laptop with the developer image', true), task('Badge for floors 2 and 4', true), task('Accounts: mail, chat, Jira, Confluence', true), task('Second monitor', false)] },
        table(['Item', 'Who', 'Cost center'], ['Laptop', 'Priya Raman', '4410'], ['Badge', 'Front desk', '4410'], ['Monitor', 'Priya Raman', '4412']),
        p('His private number until he has a company phone: ', text('+1 202 555 0147'), '.'),
      ),
      comments: [[priya, doc(p('Laptop is imaged, serial QG-LT-00417. Badge is at the front desk under his name.')), 20], [camille, doc(p(mention(priya), ' perfect. He will ask for you on Monday at nine.')), 24]],
    },
    {
      summary: 'Printer on 3rd floor prints blank second pages', type: 'Incident', by: luca, to: devon, days: 16, status: 'Resolved', priority: 'Low', labels: ['printer'],
      body: doc(p('Duplex jobs come out with an empty back side. Single-sided is fine.'), ol('Print any two-page PDF with duplex on.', 'The second page is blank.', 'Print the same file single-sided: both pages are there.')),
      comments: [[devon, doc(p('Driver 7.2 has this as a known fault. Rolled the queue back to 7.1 until 7.3 is out.')), 5]],
    },
    {
      summary: 'Rotate the API key of the reporting job before it expires', type: 'Task', status: 'In Progress', priority: 'High', by: radek, to: tomas, days: 12, labels: ['secrets', 'reporting'],
      body: doc(
        panel('warning', p('The key in the old runbook was pasted in plain text. Treat it as leaked.')),
        p('The nightly report still uses the key from spring. It has to be replaced in three places:'),
        table(['Place', 'Variable', 'Owner'], ['Scheduler', p(text('REPORT_API_KEY', code)), 'Radek Novotny'], ['Backup scheduler', p(text('REPORT_API_KEY', code)), 'Radek Novotny'], ['Dashboard', p(text('reports.apiKey', code)), 'Tomas Lind']),
        p('For the record, this is what was in the runbook (already disabled):'),
        block('ini', '[reports]\nurl = https://reports.example.com/v2\napiKey = sk-test-FAKE0000000000000000000000000000\nuser = report-bot@example.com\npassword = not-a-real-password'),
      ),
      comments: [[tomas, doc(p('Dashboard is done, the new key lies in the vault as ', text('reports/2026-11', code), '. ', mention(radek), ' the schedulers are yours.')), 26], [radek, doc(p('Main scheduler done. The backup one needs a restart window; asked for ', date('2026-11-24'), '.')), 50]],
    },
    {
      summary: 'Shared mailbox billing@example.com is full', by: anneliese, to: priya, days: 11, status: 'Done', labels: ['mail'],
      body: doc(p('Senders get “mailbox full” since this morning. About 300 invoices are waiting. Please raise the quota or archive everything before 2025.'), quote(p('550 5.2.2 <billing@example.com>: Recipient mailbox is full'))),
      comments: [[priya, doc(p('Archived 2019 to 2024 (41 GB) to the cold store, quota unchanged. Mail flows again since 14:20.')), 4]],
    },
    {
      summary: 'Wi-Fi certificate expires in two weeks', type: 'Task', status: 'In Progress', priority: 'High', by: devon, to: devon, days: 10, labels: ['network', 'certificate'],
      body: doc(
        p('The RADIUS certificate ends on ', date('2026-12-04'), '. After that no managed laptop joins the office Wi-Fi.'),
        h(3, 'Plan'),
        ol('Issue the new certificate from the internal authority.', 'Push the chain to laptops and phones (one week ahead).', 'Switch RADIUS on a Sunday evening.', 'Keep the old certificate for rollback until Monday noon.'),
        h(3, 'Fingerprint of the new one'),
        block('text', 'SHA-256 4F:1A:00:FA:KE:00:00:00 (test authority)'),
        panel('info', p('Runbook: ', text('Certificate rotation', em), ' in the Operations space.')),
      ),
      comments: [[mira, doc(p('Approved for Sunday ', date('2026-11-29'), ', 20:00 to 22:00.')), 28]],
    },
    {
      summary: 'Jira notifications arrive twice', type: 'Incident', status: 'Open', by: wren, to: priya, days: 8, labels: ['jira', 'mail'],
      body: doc(p('Every comment notification reaches me two times, once from the new mail relay and once from the old one. Others in the docs team see the same: ', mention(camille), ', ', mention(jonah), '.'), p('Headers of a pair:'), block('text', 'Received: from relay-old.example.com (198.51.100.7)\nReceived: from relay-new.example.com (198.51.100.19)')),
      comments: [[priya, doc(p('Both relays are in the mail exchanger list with equal weight and the deduplication is only on the new one.')), 6]],
    },
    {
      summary: 'Database backup failed three nights in a row', type: 'Incident', status: 'Resolved', priority: 'Highest', by: radek, to: radek, days: 7, labels: ['backup', 'database'],
      body: doc(
        panel('error', p('No restorable backup between ', date('2026-11-12'), ' and ', date('2026-11-15'), '.')),
        p('The job ends with exit code 28, “no space left on device”, while the target shows 62 % free.'),
        { type: 'expand', attrs: { title: 'Log of the third night' }, content: [block('text', '02:00:01 start pg_basebackup\n02:41:33 write error: No space left on device\n02:41:33 exit 28\n02:41:34 notify on-call +1 202 555 0199')] },
        p('Inodes: ', text('df -i', code), ' says 100 %. The log shipper leaves one empty file a second.'),
      ),
      comments: [
        [radek, doc(p('Removed 31 million empty files, ran a full backup by hand at 11:05, verified a restore on the test machine (14 minutes).')), 8],
        [mira, doc(p('Please add an alert on inodes and write down the restore test.')), 10],
        [radek, doc(p('Alert is in (warning 80 %, page 92 %). Restore test is on the first Tuesday of each month now.')), 31],
      ],
    },
    {
      summary: 'Password reset link opens an error page', type: 'Incident', status: 'Resolved', by: jonah, to: tomas, days: 6, labels: ['login'],
      body: doc(p('I clicked the link from the mail within a minute and got “This link has expired”. Twice. The second mail had the same code in it.'), p('My address is jonah.whitlock@example.org, the code was ', text('731 904', code), '.')),
      comments: [[tomas, doc(p('The reset service ran five hours ahead after its move to the new cluster, so every link was expired at birth. Time sync is on again.'), rule, p('Follow-up: ', card('https://status.example.com/incidents/2291'))), 5], [jonah, doc(p('Works now.')), 7]],
    },
    {
      summary: 'Cannot hear anyone in the small meeting room', by: camille, to: devon, days: 5, status: 'Open', labels: ['meeting-room'],
      body: doc(p('Room “Elbe”: the speaker is connected (green light) but silent. The large room is fine. We have a customer call there on Thursday at 15:00.')),
      comments: [[devon, doc(p('The firmware update from last week muted the amplifier. I will be there on Wednesday morning with a cable.')), 9]],
    },
    {
      summary: 'Access to the finance folder for the audit', status: 'Waiting for customer', by: luca, to: mira, days: 4, priority: 'High', labels: ['access', 'audit'],
      body: doc(p('The external auditor (Marta Klein, marta.klein@example.net, +44 20 7946 0853) needs read access to ', text('Finance/2026', code), ' from ', date('2026-11-23'), ' to ', date('2026-12-04'), '.'), p('Please no access to payroll.')),
      comments: [[mira, doc(p('Prepared as group ', text('audit-2026-read', code), ', ends by itself on the 4th. ', mention(luca), ' I need the signed request before I switch it on.')), 3]],
    },
    {
      summary: 'Laptop fan loud, battery swollen', type: 'Incident', status: 'In Progress', priority: 'Highest', by: anneliese, to: priya, days: 3, labels: ['hardware', 'safety'],
      body: doc(panel('error', p('The bottom cover no longer closes. I switched it off and put it on the stone sill.')), p('Serial QG-LT-00233, bought 2022. I am in the Hamburg office, room 2.11, phone +44 20 7946 0902.')),
      comments: [[priya, doc(p('Right thing to do. Do not charge it. A courier with a safe box comes today, a spare laptop comes with him. Data is in the backup from 06:00.')), 1], [anneliese, doc(p('Spare received at 13:40, everything is there.')), 5]],
    },
    {
      summary: 'Chat bot answers in Italian since the update', type: 'Incident', status: 'Open', priority: 'Low', by: wren, to: luca, days: 2, labels: ['chat'],
      body: doc(p('“Posso aiutarti?” It is charming, but nobody in the docs team reads it. Ticket texts it creates are Italian too, e.g. ', text('Richiesta di accesso alla cartella condivisa', em), '.')),
      comments: [[luca, doc(p('The new version takes the language from the server, and the server moved to Milan. Setting ', text('BOT_LOCALE=en', code), ' tomorrow.')), 12]],
    },
    {
      summary: 'Kündigung der alten Telefonanlage und Umzug der Nummern', type: 'Task', status: 'Open', by: anneliese, to: devon, days: 2, labels: ['telephony', 'german'],
      body: doc(p('Die alte Anlage wird zum 31.12. gekündigt. Bis dahin müssen die Rufnummern der Zentrale (+44 20 7946 0100 bis 0119) beim neuen Anbieter geschaltet sein.'), ul('Faxnummer 0104 wird nicht übernommen.', 'Aufzug-Notruf bleibt auf eigener Leitung.', 'Ansagen neu aufnehmen (Deutsch und Englisch).')),
      comments: [[devon, doc(p('Portierung ist beauftragt, Termin: ', date('2026-12-08'), ' zwischen 7 und 9 Uhr.')), 14]],
    },
    {
      summary: 'Dashboard shows yesterday’s numbers', type: 'Incident', by: camille, to: tomas, days: 1, status: 'In Progress', labels: ['reporting'],
      body: doc(p('The sales dashboard stands at Friday although the nightly job is green. ', status('DEGRADED', 'yellow')), p('Same story as in ', text('DESK-4', href('https://example.com/browse/DESK-4')), '? The key was rotated on the dashboard side.')),
      comments: [[tomas, doc(p('Yes: the backup scheduler still writes with the old key, gets 401 and reports success. Fixing the exit code and restarting it tonight.')), 4]],
    },
  ];
}

function securityTickets({ tomas, mira }) {
  return [
    { project: 'SEC', summary: 'Phishing mail that imitates the parcel service', type: 'Incident', status: 'Resolved', priority: 'High', by: radek, to: mira, days: 9, labels: ['phishing'], body: doc(p('Forty mails from ', text('parcel-notice@example.net', code), ', two clicks, no password entered. The link went to ', text('https://parcel.example.net/track?id=FAKE', code), '.')), comments: [[mira, doc(p('Blocked at the relay, both machines scanned, both passwords changed as a precaution.')), 3]] },
    { project: 'SEC', summary: 'Leaver still in the admin group', type: 'Task', status: 'In Progress', priority: 'Highest', by: tomas, to: mira, days: 4, labels: ['access'], body: doc(p('The quarterly review found one account of a leaver in ', text('site-admins', code), '. It has not signed in since ', date('2026-08-31'), '.')), comments: [] },
    { project: 'SEC', summary: 'Test key found in a public snippet', type: 'Incident', status: 'Open', priority: 'Medium', by: mira, to: tomas, days: 1, labels: ['secrets'], body: doc(p('A snippet holds what looks like one of our keys:'), block('json', '{ "aws_access_key_id": "AKIAFAKEFAKEFAKE0000", "token": "ghp_FAKE00000000000000000000000000000000" }'), p('It is the one from the training material, not a live one. Please confirm and close.')), comments: [] },
  ];
}

function task(value, done) {
  return { type: 'taskItem', attrs: { localId: `ti-${value.length}`, state: done ? 'DONE' : 'TODO' }, content: [text(value)] };
}
