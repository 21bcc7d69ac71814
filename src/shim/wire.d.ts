// The shapes that cross between the shim and the core, for the type checker alone.
// The core's `protocol` decides what they hold; nothing here is checked at run time.

export type FailedCode =
  | 'timeout' | 'deadline' | 'network' | 'denied' | 'proxy' | 'storage' | 'conflict' | 'too-large' | 'unknown';

export type Source = 'ui' | 'consumer' | 'event' | 'schedule' | 'lifecycle' | 'uninstall';

export interface Context {
  source: Source;
  product: 'jira' | 'confluence' | null;
  cloudId: string | null;
  installationId: string | null;
  environmentId: string | null;
  environmentType: string | null;
  accountId: string | null;
  siteUrl: string | null;
  moduleKey: string | null;
  locale: string | null;
  extension: Record<string, string>;
}

export interface Call {
  type: 'call';
  now: number;
  deadline: number;
  context: Context;
  call: unknown;
}

/** An effect: what the core asks for. The fields beside `id` and `type` are the executor's. */
export interface Effect {
  id: number | string;
  type: string;
  [field: string]: any;
}

export type Outcome =
  | { type: 'outcome'; id: Effect['id']; now: number; outcome: object }
  | { type: 'failed'; id: Effect['id']; now: number; code: FailedCode };

export type Answer =
  | { type: 'ok'; view: unknown }
  | { type: 'refused'; code: string; params?: unknown }
  | { type: 'fault'; code: string };

export interface Reply {
  effects: Effect[];
  answer?: Answer | null;
  log: { code: string }[];
}

export interface Core {
  step(input: Call | Outcome): Reply;
  /** Ends it; it is not stepped any more. */
  drop?(): void;
}

export type Executor = (effect: Effect, signal: AbortSignal) => Promise<object>;
