// What the recorder of client-go remembers about the events of one source, and what it makes of the next one:
// an exact duplicate is counted, a tenth similar one is combined with those after it, a flood about one object is dropped.
// (k8s.io/client-go/tools/record/events_cache.go; all its figures are the defaults there.)
import type { EventDraft } from '../../runtime/writer.ts';
import { LeastRecentlyUsed } from './least-recently-used.ts';

const cacheSize = 4096;
/** Similar events, that is, events that differ in their message only, are told apart until this many within the interval. */
const similarLimit = 10;
const similarIntervalMs = 600_000;
/** Per object: this many at once, then one every five minutes. */
const burst = 25;
const refillMs = 300_000;

/** The event that counts what is the same: exact duplicates, or all similar ones once they are many. */
export interface Recorded {
  readonly name: string;
  readonly count: number;
  /** Virtual ms. */
  readonly firstAt: number;
}

interface Similar {
  readonly messages: ReadonlySet<string>;
  readonly lastAt: number;
}

interface Tokens {
  readonly left: number;
  readonly at: number;
}

export interface Correlated extends Recorded {
  readonly message: string;
}

export class Correlator {
  readonly #similar: LeastRecentlyUsed<Similar>;
  readonly #recorded: LeastRecentlyUsed<Recorded>;
  readonly #tokens: LeastRecentlyUsed<Tokens>;

  constructor(source?: Correlator) {
    this.#similar = source ? source.#similar.copy() : new LeastRecentlyUsed(cacheSize);
    this.#recorded = source ? source.#recorded.copy() : new LeastRecentlyUsed(cacheSize);
    this.#tokens = source ? source.#tokens.copy() : new LeastRecentlyUsed(cacheSize);
  }

  /** The event to write, new or counted up. undefined: it is one too many, which is counted but not written. */
  correlate(uid: string, { type, reason, fieldPath = '', message }: EventDraft, now: number, newName: () => string): Correlated | undefined {
    const similarKey = `${uid} ${type} ${reason}`;
    const isCombined = this.#isOneOfMany(similarKey, message, now);
    const key = isCombined ? similarKey : `${similarKey} ${fieldPath} ${message}`;
    const last = this.#recorded.get(key);
    const recorded: Recorded = last ? { ...last, count: last.count + 1 } : { name: newName(), count: 1, firstAt: now };
    this.#recorded.set(key, recorded);
    if (!this.#mayPass(uid, now)) return undefined;
    return { ...recorded, message: isCombined ? `(combined from similar events): ${message}` : message };
  }

  /**
   * The first nine different messages stay events of their own. From the tenth on they are one, as long as they come within ten
   * minutes of each other; the nine that are known keep counting for themselves.
   */
  #isOneOfMany(key: string, message: string, now: number): boolean {
    const before = this.#similar.get(key);
    const messages = before && now - before.lastAt <= similarIntervalMs ? before.messages : none;
    const isKnown = messages.has(message);
    const isOverLimit = !isKnown && messages.size + 1 >= similarLimit;
    this.#similar.set(key, { messages: isKnown || isOverLimit ? messages : new Set([...messages, message]), lastAt: now });
    return isOverLimit;
  }

  #mayPass(uid: string, now: number): boolean {
    const before = this.#tokens.get(uid);
    const left = before ? Math.min(burst, before.left + (now - before.at) / refillMs) : burst;
    this.#tokens.set(uid, { left: left >= 1 ? left - 1 : left, at: now });
    return left >= 1;
  }
}

const none: ReadonlySet<string> = new Set();
