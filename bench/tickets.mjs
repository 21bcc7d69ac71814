// @ts-check
// Tickets to mask: made from a seed, in the proportions of trackers (prose, logs, traces, versions, and now and then something
// personal). Every personal value is of a reserved range or made up.

const PROSE = ('the pump of hall three fails when pressure drops below the limit and the operator restarts it by hand see log for details after '
  + 'the update to the cluster a node times out on commit and the broker refuses connections until somebody clears the offset table').split(' ');
const LOGS = [
  '2025-03-04 10:11:12,345 ERROR [main] o.e.client.Session - retry 3 of 5 failed after 1500 ms',
  '\tat org.example.client.Session.open(Session.java:431)',
  'caused by: java.io.IOException: connection to node-7:9092 refused',
  'INFO 25/03/04 10:11:12 fs.Writer: wrote 134217728 bytes in 12 blocks to /data/part-00017',
  'fixed in 2.13.0, see HALL-431 and commit d41d8cd98f00b204e9800998ecf8427e',
  'task 123e4567-e89b-12d3-a456-426614174000 took 12.5 s',
];
const PERSONAL = [
  'write to anna.schmidt@example.com', 'call +49 30 901820 or (650) 253-0000', 'from 192.0.2.17 to 2001:db8::7', 'card 4111 1111 1111 1111',
  'IBAN DE89 3704 0044 0532 0130 00', 'password=Tr0ub4dor&3', 'Anna Schmidt asked', 'mac 00:00:5e:00:53:01',
];

/** @param {number} count @param {number} seed */
export function tickets(count, seed = 7) {
  let state = (seed * 2654435761) >>> 0 || 1;
  const below = (/** @type {number} */ most) => {
    state ^= state << 13; state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5; state >>>= 0;
    return state % most;
  };
  const pick = (/** @type {string[]} */ from) => from[below(from.length)] ?? '';
  const sentence = () => `${Array.from({ length: 6 + below(14) }, () => pick(PROSE)).join(' ')}${below(4) === 0 ? `, ${pick(PERSONAL)}` : ''}.`;
  const line = () => (below(3) === 0 ? pick(LOGS) : sentence());
  return Array.from({ length: count }, () => Array.from({ length: 3 + below(18) }, line).join('\n'));
}
