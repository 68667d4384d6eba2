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

/** Time and what is going to happen, as data. */
export interface AgendaState {
  readonly now: number;
  readonly order: number;
  readonly queue: readonly Wake[];
  readonly timers: readonly Timer[];
}

export class Agenda {
  #now: number;
  #order = 0;
  #queue: Wake[] = [];
  #head = 0;
  /** The keys in the queue, by component. */
  readonly #queued = new Map<string, Set<string>>();
  readonly #timers: TinyQueue<Timer>;
  /** The timer in force for each component and key; a timer in the heap that is not here was replaced. */
  readonly #inForce = new Map<string, Map<string, Timer>>();

  /** `source`: the virtual time to start from in milliseconds since 1970, or the state of another agenda. */
  constructor(source: number | AgendaState) {
    const { now, order, queue, timers } = typeof source === 'number' ? { ...nothing, now: source } : source;
    this.#now = now;
    this.#order = order;
    for (const { component, key, because } of queue) this.wake(component, key, because);
    for (const timer of timers) this.#timersOf(timer.component).set(timer.key, timer);
    this.#timers = new TinyQueue<Timer>([...timers], byTime);
  }

  snapshot(): AgendaState {
    const timers = [...this.#inForce.values()].flatMap((ofOne) => [...ofOne.values()]);
    return { now: this.#now, order: this.#order, queue: this.#queue.slice(this.#head), timers };
  }

  /** Virtual milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  /** Wakes `component` for `key` at this moment, after what is already queued. */
  wake(component: string, key: string, because = 0): void {
    const keys = this.#queued.get(component);
    if (!keys) this.#queued.set(component, new Set([key]));
    else if (keys.has(key)) return;
    else keys.add(key);
    this.#queue.push({ component, key, because });
  }

  /** Wakes `component` for `key` at time `at`, or earlier when an earlier timer is already set. */
  wakeAt(at: number, component: string, key: string, because = 0): void {
    if (at <= this.#now) return this.wake(component, key, because);
    const timers = this.#timersOf(component);
    const before = timers.get(key);
    if (before && before.at <= at) return;
    const timer = { at, order: this.#order++, component, key, because };
    timers.set(key, timer);
    this.#timers.push(timer);
  }

  #timersOf(component: string): Map<string, Timer> {
    let timers = this.#inForce.get(component);
    if (!timers) this.#inForce.set(component, (timers = new Map()));
    return timers;
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
    this.#queued.get(wake.component)!.delete(wake.key);
    return wake;
  }

  /** When the next timer fires, in virtual milliseconds since 1970. */
  nextAt(): number | undefined {
    for (;;) {
      const timer = this.#timers.peek();
      if (!timer || this.#inForce.get(timer.component)?.get(timer.key) === timer) return timer?.at;
      this.#timers.pop();
    }
  }

  /** Moves time forward and queues every timer that is due by then. */
  advanceTo(at: number): void {
    if (at > this.#now) this.#now = at;
    for (let next = this.nextAt(); next !== undefined && next <= this.#now; next = this.nextAt()) {
      const timer = this.#timers.pop()!;
      this.#inForce.get(timer.component)!.delete(timer.key);
      this.wake(timer.component, timer.key, timer.because);
    }
  }
}

const nothing: Omit<AgendaState, 'now'> = { order: 0, queue: [], timers: [] };
const byTime = (a: Timer, b: Timer) => a.at - b.at || a.order - b.order;
