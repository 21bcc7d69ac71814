// @ts-check
// The one file that knows Forge's realtime channels: tells the pages that listen that something has moved.
// Sends no payload: a channel is open to every user of the installation's pages.

import { publishGlobal } from '@forge/realtime';
import { failure, platformCode } from './failure.js';
import { unlessAborted } from './give-up.js';

/** @type {import('./wire.d.ts').Executor} */
export async function realtime({ channel, timeoutMs }) {
  try {
    const { errors } = await unlessAborted(() => publishGlobal(channel, ''), AbortSignal.timeout(timeoutMs), 'timeout');
    if (errors?.length) throw failure('proxy');
    return {};
  } catch (error) {
    throw failure(platformCode(error));
  }
}
