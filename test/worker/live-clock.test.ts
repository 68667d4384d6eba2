import { expect, test } from 'vitest';
import { LiveClock, type Drivable, type Host } from '../../server/src/worker/live-clock.ts';

/** A host whose time passes only when told to. */
class FakeHost implements Host {
  time = 1_000;
  timer: { at: number; action: () => void } | undefined;
  now = () => this.time;
  setTimeout = (action: () => void, ms: number) => (this.timer = { at: this.time + ms, action });
  clearTimeout = () => void (this.timer = undefined);
  pass(ms: number): void {
    const end = this.time + ms;
    for (let timer = this.timer; timer && timer.at <= end; timer = this.timer) {
      this.time = timer.at;
      this.timer = undefined;
      timer.action();
    }
    this.time = end;
  }
}

/** A cluster with something to do at the given virtual moments; `costMs` is the wall clock that each takes. */
class FakeCluster implements Drivable {
  readonly startedAt = 0;
  readonly done: number[] = [];
  readonly agenda = { now: 0, nextAt: () => this.due[0] };
  readonly due: number[];
  readonly host: FakeHost;
  readonly costMs: number;
  quietForMs = 0;
  constructor(host: FakeHost, due: number[], costMs = 0) {
    this.host = host;
    this.due = due;
    this.costMs = costMs;
  }
  step(limit = Number.POSITIVE_INFINITY): boolean {
    const at = this.due[0];
    if (at === undefined || at > limit) return false;
    this.due.shift();
    this.agenda.now = at;
    this.done.push(at);
    this.host.time += this.costMs;
    return true;
  }
  advanceTo(at: number): void {
    while (this.step(at));
    this.agenda.now = Math.max(this.agenda.now, at);
  }
  settle(): boolean {
    while (this.step());
    return true;
  }
}

function start(due: number[], speed: number | 'max' = 1, costMs = 0) {
  const host = new FakeHost();
  const cluster = new FakeCluster(host, due, costMs);
  return { host, cluster, clock: new LiveClock(cluster, host, speed, () => {}) };
}

test('[L1] at 1× a thing that is due in a second is done after a second', () => {
  const { host, cluster } = start([1_000]);
  host.pass(999);
  expect(cluster.done).toEqual([]);
  host.pass(1);
  expect(cluster.done).toEqual([1_000]);
});

test('[L2] at 10× it is done after a tenth of a second', () => {
  const { host, cluster } = start([1_000], 10);
  host.pass(100);
  expect(cluster.done).toEqual([1_000]);
});

test('[L3] a paused clock does nothing, and does not catch up when it goes on', () => {
  const { host, cluster, clock } = start([1_000, 2_000]);
  host.pass(500);
  clock.pause();
  host.pass(60_000);
  expect(cluster.done).toEqual([]);
  clock.resume();
  host.pass(500);
  expect(cluster.agenda.now).toBeLessThanOrEqual(1_000);
  host.pass(600);
  expect(cluster.done).toEqual([1_000]);
});

test('[L4] a step does the next thing and stays paused', () => {
  const { host, cluster, clock } = start([1_000, 5_000]);
  clock.step();
  expect(cluster.done).toEqual([1_000]);
  host.pass(60_000);
  expect(cluster.done).toEqual([1_000]);
  expect(clock.state()).toMatchObject({ paused: true, elapsedMs: 1_000 });
});

test('[L5] a machine that slept does not make the cluster run for hours', () => {
  const { host, cluster } = start([3_600_000]);
  host.timer!.at = host.time + 7_200_000;
  host.pass(7_200_000);
  expect(cluster.agenda.now).toBe(5_000);
});

test('[L6] much work is done in slices, so that messages get their turn', () => {
  const due = Array.from({ length: 100 }, (_, index) => 1 + index * 0.001);
  const { host, cluster } = start(due, 1, 5);
  host.pass(1);
  expect(cluster.done.length).toBeLessThan(5);
  expect(host.timer).toBeDefined();
  host.pass(10_000);
  expect(cluster.done.length).toBe(100);
});

test('[L7] as fast as it goes: everything at once, and at an ordinary pace when nothing has changed for long', () => {
  const { host, cluster } = start([1_000, 600_000], 'max');
  host.pass(0);
  expect(cluster.done).toEqual([1_000, 600_000]);
});
