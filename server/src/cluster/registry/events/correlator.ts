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

/** Events with the same type and reason. */
interface Similar {
  readonly type: string;
  readonly reason: string;
  /** The messages that are told apart. */
  messages: string[];
  lastAt: number;
  readonly recorded: Recorded[];
}

/** One event: of a message, or, without one, of all the messages that came after the ninth. */
interface Recorded {
  readonly fieldPath: string;
  readonly message: string | undefined;
  readonly name: string;
  readonly firstAt: number;
  count: number;
}

/** Everything about one object. There are few sorts of events about one, so that a walk is cheaper than keys. */
interface Memory {
  tokens: number;
  tokensAt: number;
  readonly similar: Similar[];
}

export class Correlator {
  readonly #memories: RecentlyUsed<Memory>;

  constructor(source?: Correlator) {
    this.#memories = source ? source.#memories.copy() : new RecentlyUsed(cacheSize, copyOf);
  }

  /** undefined: the event is one too many, which is counted but not written. */
  correlate(uid: string, { type, reason, fieldPath = '', message }: EventDraft, now: number, newName: () => string): Correlated | undefined {
    const memory = this.#memories.getOrAdd(uid, () => ({ tokens: burst, tokensAt: now, similar: [] }));
    const similar = similarOf(memory, type, reason, now);
    const isCombined = isOneOfMany(similar, message, now);
    const told = isCombined ? undefined : message;
    let recorded = similar.recorded.find((one) => one.message === told && (isCombined || one.fieldPath === fieldPath));
    if (recorded) recorded.count++;
    else similar.recorded.push((recorded = { fieldPath, message: told, name: newName(), firstAt: now, count: 1 }));
    if (!takeToken(memory, now)) return undefined;
    const { name, count, firstAt } = recorded;
    return { name, count, firstAt, message: isCombined ? `(combined from similar events): ${message}` : message };
  }
}

function similarOf({ similar }: Memory, type: string, reason: string, now: number): Similar {
  let found = similar.find((one) => one.reason === reason && one.type === type);
  if (!found) similar.push((found = { type, reason, messages: [], lastAt: now, recorded: [] }));
  return found;
}

/**
 * The first nine different messages stay events of their own. From the tenth on they are one, as long as they come within ten
 * minutes of each other; the nine that are known keep counting for themselves.
 */
function isOneOfMany(similar: Similar, message: string, now: number): boolean {
  if (now - similar.lastAt > similarIntervalMs) similar.messages = [];
  similar.lastAt = now;
  if (similar.messages.includes(message)) return false;
  if (similar.messages.length + 1 >= similarLimit) return true;
  similar.messages.push(message);
  return false;
}

function takeToken(memory: Memory, now: number): boolean {
  memory.tokens = Math.min(burst, memory.tokens + (now - memory.tokensAt) / refillMs);
  memory.tokensAt = now;
  if (memory.tokens < 1) return false;
  memory.tokens--;
  return true;
}

function copyOf({ tokens, tokensAt, similar }: Memory): Memory {
  const copies = similar.map((one) => ({ ...one, messages: [...one.messages], recorded: one.recorded.map((recorded) => ({ ...recorded })) }));
  return { tokens, tokensAt, similar: copies };
}
