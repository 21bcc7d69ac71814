// The people of the local site: three who can sign in, and colleagues who only write and are written about. All invented.
// Addresses end in example.com or example.org, so that none can reach anybody.

const id = (n, tail) => `712020:${n}-7a31-4c5e-9d20-${tail}`;

/** Who can sign in through the host's user switch: two writers with different rights, and an admin. */
export const USERS = [
  { nick: 'tomas', accountId: id('4f1c0a52', '6b8e02f7c311'), name: 'Tomas Lind', email: 'tomas.lind@example.com', admin: false, about: 'writer · sees every project, edits every space', timezone: 'Europe/Stockholm' },
  { nick: 'wren', accountId: id('9be27d14', '21f0a5d3e842'), name: 'Wren Castillo', email: 'wren.castillo@example.com', admin: false, about: 'writer · no security project, reads Operations only', timezone: 'America/New_York' },
  { nick: 'mira', accountId: id('0c83e6fb', '94d7c1b05a63'), name: 'Mira Okafor', email: 'mira.okafor@example.com', admin: true, about: 'site admin', timezone: 'Europe/Berlin' },
];

/** Colleagues: reporters, assignees, authors of comments and pages. */
export const COLLEAGUES = [
  ['Anneliese Vogt', 'anneliese.vogt'], ['Devon Achterberg', 'devon.achterberg'], ['Priya Raman', 'priya.raman'], ['Luca Ferraro', 'luca.ferraro'],
  ['Solveig Haugen', 'solveig.haugen'], ['Jonah Whitlock', 'jonah.whitlock'], ['Camille Rousselot', 'camille.rousselot'], ['Radek Novotny', 'radek.novotny'],
].map(([name, mail], i) => ({ nick: mail, accountId: id(`5a7d11e${i}`, `b3c5d7e9f1${i}${i}`), name, email: `${mail}@example.org`, admin: false, timezone: 'Europe/Berlin', colleague: true }));

/** The app's own account. */
export const APP_ACCOUNT = { nick: 'app', accountId: id('e0e0e0e0', '000000000001'), name: 'Quillgate', email: '', admin: false, app: true };

/** Finds people by account id or nick. */
export class People {
  #byId = new Map();
  #byNick = new Map();
  users;

  constructor(users = USERS) {
    this.users = users;
    for (const person of [...users, ...COLLEAGUES, APP_ACCOUNT]) {
      this.#byId.set(person.accountId, person);
      this.#byNick.set(person.nick, person);
    }
  }

  find(idOrNick) {
    return this.#byId.get(idOrNick) ?? this.#byNick.get(idOrNick);
  }

  /** A name for any account id; unknown ones (imported) get a neutral one. */
  nameOf(accountId) {
    return this.#byId.get(accountId)?.name ?? 'Former user';
  }
}
