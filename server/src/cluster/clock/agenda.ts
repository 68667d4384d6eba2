// Virtual time and everything that is going to happen, as data.
//
// Invariants: time never goes back; a (component, key) has at most one place in the queue and one timer;
// a timer holds no closure, so that a fork can copy it. Whoever wakes re-reads the state (level-triggered),
// so an early or a superfluous wake does no harm.
import TinyQueue from 'tinyqueue';

export interface Wake {
  readonly component: string;
  readonly key: string;
  /** resourceVersion of the commit that asked for this; 0 when only time passed. */
  readonly because: number;
}

interface Timer extends Wake {
  readonly at: number;
  /** Timers of the same moment fire in the order in which they were set. */
  readonly order: number;
}

export class Agenda {
  #now: number;
  #order = 0;
  #queue: Wake[] = [];
  #head = 0;
  readonly #queued = new Set<string>();
  readonly #timers: TinyQueue<Timer>;
  /** The timer in force for each (component, key); a timer in the heap that is not here was replaced. */
  readonly #inForce = new Map<string, Timer>();

  /** `source`: the virtual time to start from in milliseconds since 1970, or the agenda to copy. */
  constructor(source: number | Agenda) {
    if (typeof source === 'number') {
      this.#now = source;
      this.#timers = new TinyQueue<Timer>([], byTime);
      return;
    }
    this.#now = source.#now;
    this.#order = source.#order;
    this.#queue = source.#queue.slice(source.#head);
    for (const id of source.#queued) this.#queued.add(id);
    for (const [id, timer] of source.#inForce) this.#inForce.set(id, timer);
    this.#timers = new TinyQueue<Timer>([...source.#inForce.values()], byTime);
  }

  /** Virtual milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /** Wakes `component` for `key` at this moment, after what is already queued. */
  wake(component: string, key: string, because = 0): void {
    const id = idOf(component, key);
    if (this.#queued.has(id)) return;
    this.#queued.add(id);
    this.#queue.push({ component, key, because });
  }

  /** Wakes `component` for `key` at time `at`, or earlier when an earlier timer is already set. */
  wakeAt(at: number, component: string, key: string, because = 0): void {
    if (at <= this.#now) return this.wake(component, key, because);
    const id = idOf(component, key);
    const before = this.#inForce.get(id);
    if (before && before.at <= at) return;
    const timer = { at, order: this.#order++, component, key, because };
    this.#inForce.set(id, timer);
    this.#timers.push(timer);
  }

  /** Takes the next thing to do at this moment. */
  take(): Wake | undefined {
    const wake = this.#queue[this.#head];
    if (!wake) return undefined;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#queue.length) {
      this.#queue = this.#queue.slice(this.#head);
      this.#head = 0;
    }
    this.#queued.delete(idOf(wake.component, wake.key));
    return wake;
  }

  /** When the next timer fires, in virtual milliseconds since 1970. */
  nextAt(): number | undefined {
    for (;;) {
      const timer = this.#timers.peek();
      if (!timer || this.#inForce.get(idOf(timer.component, timer.key)) === timer) return timer?.at;
      this.#timers.pop();
    }
  }

  /** Moves time forward and queues every timer that is due by then. */
  advanceTo(at: number): void {
    if (at > this.#now) this.#now = at;
    for (let next = this.nextAt(); next !== undefined && next <= this.#now; next = this.nextAt()) {
      const timer = this.#timers.pop()!;
      this.#inForce.delete(idOf(timer.component, timer.key));
      this.wake(timer.component, timer.key, timer.because);
    }
  }
}

const byTime = (a: Timer, b: Timer) => a.at - b.at || a.order - b.order;
const idOf = (component: string, key: string) => `${component} ${key}`;
