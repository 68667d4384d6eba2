// Lets virtual time follow the wall clock, times a speed. The only place where the two meet.
//
// It works in slices: between two slices the thread answers messages, so a busy cluster never keeps a request waiting
// for longer than one moment of virtual time takes.
import type { TimeState } from '../protocol/cluster-view.ts';

/** What the clock drives; the cluster fits. */
export interface Drivable {
  readonly agenda: { readonly now: number; nextAt(): number | undefined };
  readonly startedAt: number;
  /** Virtual milliseconds since an object (heartbeats and events aside) last changed. */
  readonly quietForMs: number;
  step(limit?: number): boolean;
  advanceTo(at: number): void;
  settle(quietMs?: number, limitMs?: number): boolean;
}

/** The host's clock and timers, handed in so that tests can drive them. */
export interface Host {
  /** Milliseconds, monotonic. */
  now(): number;
  setTimeout(action: () => void, ms: number): unknown;
  clearTimeout(timer: never): void;
}

/** Wall-clock milliseconds of work before messages get their turn. */
const sliceMs = 8;
/** The longest sleep: time is shown to people, so it moves on even when nothing is due. */
const longestSleepMs = 250;
/** As fast as it goes means: until this much virtual time has passed without a change. From then on heartbeats alone would burn a core for nothing. */
const quietEnoughMs = 900_000;
/** A machine that slept for hours does not make the cluster run for hours. */
const longestCatchUpMs = 5_000;

export class LiveClock {
  readonly #cluster: Drivable;
  readonly #host: Host;
  readonly #onProgress: () => void;
  #speed: number | 'max';
  #paused = false;
  #timer: unknown;
  /** The wall clock at the end of the last slice. */
  #last: number;
  /** Virtual time is counted in whole milliseconds; what is earned beyond them waits here. */
  #fraction = 0;

  constructor(cluster: Drivable, host: Host, speed: number | 'max', onProgress: () => void) {
    this.#cluster = cluster;
    this.#host = host;
    this.#speed = speed;
    this.#onProgress = onProgress;
    this.#last = host.now();
    this.#schedule();
  }

  state(): TimeState {
    const { agenda, startedAt } = this.#cluster;
    return { now: agenda.now, elapsedMs: agenda.now - startedAt, speed: this.#speed, paused: this.#paused };
  }

  pause(): void {
    this.#paused = true;
    this.#schedule();
  }

  resume(): void {
    this.#paused = false;
    this.#last = this.#host.now();
    this.#schedule();
  }

  setSpeed(speed: number | 'max'): void {
    this.#speed = speed;
    this.#last = this.#host.now();
    this.#schedule();
  }

  /** Pauses and does what is due next. */
  step(): void {
    this.pause();
    this.#cluster.step();
    this.#onProgress();
  }

  /** Runs as fast as it goes until nothing has changed for a while; false when that did not happen within the limit. */
  settle(quietMs?: number, limitMs?: number): boolean {
    const settled = this.#cluster.settle(quietMs, limitMs);
    this.#jumped();
    return settled;
  }

  /** Lets this much virtual time pass at once. */
  advance(ms: number): void {
    this.#cluster.advanceTo(this.#cluster.agenda.now + ms);
    this.#jumped();
  }

  /** Time has been moved: what the wall clock did meanwhile does not count. */
  #jumped(): void {
    this.#last = this.#host.now();
    this.#schedule();
    this.#onProgress();
  }

  /** Something may have become due earlier than the sleep ends: call after every request. */
  poke(): void {
    this.#schedule();
  }

  close(): void {
    this.#host.clearTimeout(this.#timer as never);
  }

  #schedule(): void {
    this.#host.clearTimeout(this.#timer as never);
    if (this.#paused) return;
    this.#timer = this.#host.setTimeout(() => this.#slice(), this.#sleep());
  }

  #sleep(): number {
    const next = this.#cluster.agenda.nextAt() ?? Number.POSITIVE_INFINITY;
    const pace = this.#pace();
    if (pace === 'max') return 0;
    const dueInMs = (next - this.#cluster.agenda.now) / pace - (this.#host.now() - this.#last);
    return Math.max(0, Math.min(longestSleepMs, Math.ceil(dueInMs)));
  }

  #slice(): void {
    const started = this.#host.now();
    const target = this.#target(started);
    let unfinished = false;
    while (this.#cluster.step(target)) {
      if (this.#host.now() - started > sliceMs) {
        unfinished = true;
        break;
      }
    }
    // A slice that ran out of time has not earned the time it did not reach: virtual time falls behind instead of jumping.
    if (!unfinished && Number.isFinite(target)) this.#cluster.advanceTo(target);
    this.#last = started;
    this.#onProgress();
    this.#schedule();
  }

  #target(started: number): number {
    const pace = this.#pace();
    if (pace === 'max') return Number.POSITIVE_INFINITY;
    const earned = this.#fraction + Math.min(started - this.#last, longestCatchUpMs) * pace;
    this.#fraction = earned % 1;
    return this.#cluster.agenda.now + Math.floor(earned);
  }

  #pace(): number | 'max' {
    const busy = this.#cluster.quietForMs < quietEnoughMs && this.#cluster.agenda.nextAt() !== undefined;
    return this.#speed === 'max' && !busy ? 1 : this.#speed;
  }
}
