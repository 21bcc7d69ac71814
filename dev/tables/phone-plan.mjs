// @ts-check
// Writes the numbering plans that the PHONE detector reads, from the metadata of libphonenumber as `libphonenumber-js` ships it.
// It fetches nothing: `npm pack libphonenumber-js`, unpack, then
//   node dev/tables/phone-plan.mjs package/metadata.max.json package/package.json > src/privacy/detector/phone/table.rs
//
// From each country's pattern of possible national numbers it keeps, for each first two digits, the lengths there are; from the
// formats of the countries whose national forms are looked for, how they group digits.
import { readFileSync } from 'node:fs'

const NATIONAL = ['US', 'GB', 'IE', 'DE', 'AT', 'CH', 'FR', 'BE', 'ES', 'IT', 'RU', 'NL', 'PL']
const KEPT = 2 // leading digits told apart
const LONGEST = 15 // E.164, clause 6.2.1

/** @typedef {[code: string, idd: unknown, pattern: string, lengths: unknown, formats: [pattern: string, ...unknown[]][], prefix: string | 0]} Plan */

const [metadata, manifest] = process.argv.slice(2).map((path) => JSON.parse(readFileSync(path, 'utf8')))

/**
 * The texts a pattern of digits matches, as `first digits:length`: enough to join two of them.
 * @param {string} pattern
 */
const shapes = (pattern) => {
  let at = 0
  /** @param {Iterable<string>} digits */
  const one = (digits) => new Set([...digits].map((digit) => `${digit}:1`))
  /** @param {Set<string>} left @param {Set<string>} right @returns {Set<string>} */
  const join = (left, right) => {
    const joined = new Set()
    for (const a of left) {
      for (const b of right) {
        const [first = '', m] = a.split(':')
        const [second = '', n] = b.split(':')
        const length = Number(m) + Number(n)
        if (length <= LONGEST) joined.add(`${(first + second).slice(0, KEPT)}:${length}`)
      }
    }
    return joined
  }
  /** @returns {Set<string>} */
  const alternatives = () => {
    const all = new Set()
    do {
      sequence().forEach((shape) => all.add(shape))
    } while (pattern[at] === '|' && ++at)
    return all
  }
  const sequence = () => {
    let all = new Set([':0'])
    while (at < pattern.length && pattern[at] !== '|' && pattern[at] !== ')') all = join(all, repeated(atom()))
    return all
  }
  /** @param {Set<string>} atom */
  const repeated = (atom) => {
    const [written = '', , least, comma, most] = /^(\{(\d+)(,?)(\d*)\}|\?)?/.exec(pattern.slice(at)) ?? []
    at += written.length
    const from = written === '' ? 1 : written === '?' ? 0 : Number(least)
    const to = written.length < 2 ? 1 : comma ? Number(most) : Number(least)
    /** @type {Set<string>} */
    const all = new Set()
    for (let times = 0, power = new Set([':0']); times <= to; times++, power = join(power, atom)) {
      if (times >= from) power.forEach((shape) => all.add(shape))
    }
    return all
  }
  const atom = () => {
    if (pattern[at] === '(') {
      at = pattern.indexOf(pattern[at + 1] === '?' ? ':' : '(', at) + 1
      const all = alternatives()
      at++
      return all
    }
    if (pattern[at] === '[') {
      const end = pattern.indexOf(']', at)
      const written = pattern.slice(at + 1, end).replace(/(\d)-(\d)/g, (_, low, high) => '0123456789'.slice(+low, +high + 1))
      at = end + 1
      return one(new Set(written))
    }
    const escaped = pattern[at] === '\\'
    at += escaped ? 2 : 1
    return one(escaped ? '0123456789' : pattern.slice(at - 1, at))
  }
  return alternatives()
}

/** @type {Plan[]} */
const plans = [...Object.values(metadata.countries), ...Object.values(metadata.nonGeographic)]
/** @type {Map<string, Map<string, number>>} */
const lengths = new Map()
for (const [code, , pattern] of plans) {
  const masks = lengths.get(code) ?? new Map()
  for (const shape of shapes(pattern)) {
    const [first = '', length] = shape.split(':')
    if (first.length === KEPT && Number(length) > 3) masks.set(first, (masks.get(first) ?? 0) | (1 << Number(length)))
  }
  lengths.set(code, masks)
}

// Mexico's mobile numbers had a 1 after the country code until 2019, and are still written so.
const mexico = lengths.get('52')
for (let first = 10; first < 20; first++) mexico?.set(String(first), (mexico.get(String(first)) ?? 0) | (1 << 11))

/** @typedef {{code: string, from: number, to: number, mask: number}} Row */
/** @type {Row[]} */
const rows = []
for (const [code, masks] of [...lengths].sort(([a], [b]) => Number(a) - Number(b))) {
  /** @type {Row | undefined} */
  let last
  for (let first = 0; first < 100; first++) {
    const mask = masks.get(String(first).padStart(KEPT, '0')) ?? 0
    if (last?.mask === mask) last.to = first
    else rows.push((last = { code, from: first, to: first, mask }))
  }
}
const ranges = rows.filter((row) => row.mask !== 0).map(({ code, from, to, mask }) => `(${code}, ${from}, ${to}, 0x${mask.toString(16)})`)

const groupings = NATIONAL.map((country) => {
  const [code, , , , formats, prefix] = /** @type {Plan} */ (metadata.countries[country])
  const groups = new Map()
  for (const [pattern] of formats) {
    const parts = [...pattern.matchAll(/\((?:\\d|\[[^\]]*\]|\d)*(?:\\d)(?:\{(\d+)(?:,(\d+))?\})?\)/g)].map((part) => {
      const fixed = (part[0].match(/\\d|\[[^\]]*\]|\d(?![^{]*\})/g)?.length ?? 1) - 1
      const [least, most] = [Number(part[1] ?? 1), Number(part[2] ?? part[1] ?? 1)]
      return `(${fixed + least}, ${fixed + most})`
    })
    if (parts.length > 1) groups.set(parts.join(), `&[${parts.join(', ')}]`)
  }
  return `    ("${country}", ${code}, ${prefix ? `Some(${prefix})` : 'None'}, &[${[...groups.values()].join(', ')}]),`
})

/** @param {string[]} items */
const wrapped = (items) => {
  const lines = ['   ']
  for (const item of items) {
    if ((lines.at(-1) ?? '').length + item.length > 138) lines.push('   ')
    lines.push(`${lines.pop()} ${item},`)
  }
  return lines.join('\n')
}

process.stdout.write(`//! Numbering plans, written by \`dev/tables/phone-plan.mjs\` from the metadata of libphonenumber-js ${manifest.version}.
//! Not edited by hand.
//!
//! Source: Google libphonenumber (Apache-2.0), by way of libphonenumber-js (MIT).

/// Country code, first two digits from and to, and a bit for each length of a national number that begins so. Sorted.
#[rustfmt::skip]
pub(super) const LENGTHS: &[(u16, u8, u8, u16)] = &[
${wrapped(ranges)}
];

/// Country, code, trunk digit, and how its formats group a national number: least and most digits of each group.
#[rustfmt::skip]
pub(super) const GROUPINGS: &[Plan] = &[
${groupings.join('\n')}
];

/// A country's way to write a national number.
pub(super) type Plan = (&'static str, u16, Option<u8>, &'static [&'static [(u8, u8)]]);
`)
