// @ts-check
// The envelope once more, written from the description in src/vault/mod.rs alone, over Node's own cryptography.
// It is what an outsider would write; the product has no part in it and does not use it.

import { createDecipheriv, createHash, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const MAGIC = Buffer.from('SK01');
const BOX = 32 + 32 + 16;
const LONGEST = 1 << 24;

/** @typedef {{ cloudId?: string, installationId?: string, environmentId?: string }} Tenant */
/** @typedef {{ class: string, key: string, version: bigint | number }} Record_ */

/** What failed, by its code. */
export class DoesNotOpen extends Error {}

/** @param {string} code */
const fail = (code) => { throw new DoesNotOpen(code); };

/** @param {number} tag @param {Buffer} bytes */
function field(tag, bytes) {
  const head = Buffer.alloc(5);
  head.writeUInt8(tag);
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
}

/** @param {number} number */
const u32 = (number) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(number); return bytes; };
/** @param {bigint | number} number */
const u64 = (number) => { const bytes = Buffer.alloc(8); bytes.writeBigUInt64BE(BigInt(number)); return bytes; };

/** @param {Tenant} tenant */
export const tenantBytes = ({ cloudId = '', installationId = '', environmentId = '' }) =>
  Buffer.concat([field(2, Buffer.from(cloudId)), field(3, Buffer.from(installationId)), field(4, Buffer.from(environmentId))]);

/** @param {Record_} record */
const recordBytes = (record) => Buffer.concat([field(5, Buffer.from(record.class)), field(6, Buffer.from(record.key)), field(7, u64(record.version))]);

/** @param {Buffer} key @param {Buffer} salt @param {Buffer} info */
const hkdf = (key, salt, info) => Buffer.from(hkdfSync('sha256', key, salt, info, 32));

/** The key that seals data keys. @param {Buffer} root @param {Buffer} installation @param {Tenant} tenant */
export const kekOf = (root, installation, tenant) => hkdf(root, installation, Buffer.concat([Buffer.from('app/kek/1'), tenantBytes(tenant)]));

/** @param {Buffer} key @param {Buffer} aad @param {Buffer} box */
function openBox(key, aad, box) {
  const [salt, commitment, rest] = [box.subarray(0, 32), box.subarray(32, 64), box.subarray(64)];
  const derived = (/** @type {string} */ label) => hkdf(key, salt, Buffer.concat([Buffer.from(label), Buffer.from([1]), createHash('sha256').update(aad).digest()]));
  if (!timingSafeEqual(derived('COMMITKEY'), commitment)) fail('commitment');
  const cipher = createDecipheriv('aes-256-gcm', derived('DERIVEKEY'), Buffer.alloc(12), { authTagLength: 16 });
  cipher.setAAD(aad);
  cipher.setAuthTag(rest.subarray(-16));
  const plaintext = cipher.update(rest.subarray(0, -16));
  try {
    cipher.final();
  } catch {
    fail('tag');
  }
  return plaintext;
}

/**
 * Opens a stored text.
 * @param {(root: number) => Buffer | undefined} keyOf the key that seals data keys under a root version; none outside the window
 * @param {Tenant} tenant
 * @param {Record_} record
 * @param {string} text
 * @returns {{ cek: Buffer, plaintext: Buffer }} throws DoesNotOpen
 */
export function open(keyOf, tenant, record, text) {
  if (text.length > Math.ceil((17 + BOX + 32 + BOX + LONGEST) / 3) * 4) fail('length');
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.toString('base64url') !== text) fail('encoding');
  if (!bytes.subarray(0, 4).equals(MAGIC) || bytes[4] !== 1) fail('format');
  if (bytes.length < 17 + BOX + 32 + BOX || bytes.length > 17 + BOX + 32 + BOX + LONGEST) fail('length');
  const root = bytes.readUInt32BE(5);
  const key = keyOf(root) ?? fail('root-version');
  if (bytes.readBigUInt64BE(9) !== BigInt(record.version)) fail('record-version');
  const begin = Buffer.concat([MAGIC, Buffer.from([1])]);
  const bound = Buffer.concat([tenantBytes(tenant), recordBytes(record)]);
  const cek = openBox(key, Buffer.concat([begin, field(1, Buffer.from('data-key')), field(8, u32(root)), bound]), bytes.subarray(17, 129));
  return { cek, plaintext: openBox(cek, Buffer.concat([begin, field(1, Buffer.from('payload')), bound]), bytes.subarray(129)) };
}

/** The three keys of names, as an installation first derives them. @param {Buffer} root @param {Buffer} installation @param {Tenant} tenant */
export const nameKeys = (root, installation, tenant) =>
  ['app/index/1', 'app/fingerprint/1', 'app/fence/1'].map((label) => hkdf(root, installation, Buffer.concat([Buffer.from(label), tenantBytes(tenant)])));

/** A MAC by one of them. @param {Buffer} key @param {Buffer[]} parts */
export function mac(key, parts) {
  const hmac = createHmac('sha256', key);
  for (const part of parts) hmac.update(u64(part.length)).update(part);
  return hmac.digest();
}
