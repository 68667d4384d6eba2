// What the recorder of client-go remembers about the events of one source, and what it makes of the next one:
// an exact duplicate is counted, a tenth similar one is combined with those after it, a flood about one object is dropped.
// (k8s.io/client-go/tools/record/events_cache.go; all figures are the defaults there.)
import type { EventDraft } from '../../runtime/writer.ts';
import { RecentlyUsed } from './recently-used.ts';

/** Objects that are remembered at least. */
const cacheSize = 4096;
/** Similar events, that is, events that differ in their message only, are told apart until this many within the interval. */
const similarLimit = 10;
const similarIntervalMs = 600_000;
/** Per object: this many at once, then one every five minutes. */
const burst = 25;
const refillMs = 300_000;

/** The event to write, new or counted up. */
export interface Correlated {
  readonly name: string;
  readonly count: number;
  /** Virtual ms. */
  readonly firstAt: number;
  readonly message: string;
}

/** One event: of a message, or, without one, of all the messages that came after the ninth. */
interface Recorded {
  readonly type: string;
  readonly reason: string;
  readonly fieldPath: string;
  readonly message: string | undefined;
  readonly name: string;
  readonly firstAt: number;
  lastAt: number;
  count: number;
  /** Its message is one of those that are told apart. */
  isTold: boolean;
}

/** Everything about one object. There are few events about one, so that a walk is cheaper than keys. */
export interface Memory {
  tokens: number;
  tokensAt: number;
  readonly recorded: Recorded[];
}

export class Correlator {
  readonly #memories: RecentlyUsed<Memory>;

  constructor(memories?: ReadonlyMap<string, Memory>) {
    this.#memories = new RecentlyUsed(cacheSize, copyOf, memories);
  }

  /** By the uid of the object. */
  snapshot(): ReadonlyMap<string, Memory> {
    return this.#memories.share();
  }

  /** undefined: the event is one too many, which is counted but not written. */
  correlate(uid: string, { type, reason, fieldPath = '', message }: EventDraft, now: number, newName: () => string): Correlated | undefined {
    const memory = this.#memories.getOrAdd(uid, () => ({ tokens: burst, tokensAt: now, recorded: [] }));
    // Most events are the first of their sort.
    const similar = memory.recorded.some((one) => one.reason === reason) ? memory.recorded.filter((one) => one.reason === reason && one.type === type) : none;
    const isCombined = similar.length > 0 && isOneOfMany(similar, message, now);
    const told = isCombined ? undefined : message;
    let recorded = similar.find((one) => one.message === told && (isCombined || one.fieldPath === fieldPath));
    if (!recorded) {
      recorded = { type, reason, fieldPath, message: told, name: newName(), firstAt: now, lastAt: now, count: 0, isTold: !isCombined };
      memory.recorded.push(recorded);
    }
    recorded.count++;
    recorded.lastAt = now;
    recorded.isTold = !isCombined;
    if (!takeToken(memory, now)) return undefined;
    const { name, count, firstAt } = recorded;
    return { name, count, firstAt, message: isCombined ? `(combined from similar events): ${message}` : message };
  }

  /** Nothing more will be said about an object. */
  forget(uid: string): void {
    this.#memories.forget(uid);
  }
}

/**
 * The first nine different messages stay events of their own. From the tenth on they are one, as long as they come within ten
 * minutes of each other; the nine that are known keep counting for themselves.
 */
function isOneOfMany(similar: readonly Recorded[], message: string, now: number): boolean {
  const lastAt = similar.reduce((latest, one) => Math.max(latest, one.lastAt), 0);
  if (now - lastAt > similarIntervalMs) for (const one of similar) one.isTold = false;
  if (similar.length + 1 < similarLimit) return false;
  const told = new Set<string | undefined>();
  for (const one of similar) if (one.isTold) told.add(one.message);
  return !told.has(message) && told.size + 1 >= similarLimit;
}

function takeToken(memory: Memory, now: number): boolean {
  memory.tokens = Math.min(burst, memory.tokens + (now - memory.tokensAt) / refillMs);
  memory.tokensAt = now;
  if (memory.tokens < 1) return false;
  memory.tokens--;
  return true;
}

const copyOf = ({ tokens, tokensAt, recorded }: Memory): Memory => ({ tokens, tokensAt, recorded: recorded.map((one) => ({ ...one })) });

const none: readonly Recorded[] = [];
