import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { Agenda } from '../../../server/src/cluster/clock/agenda.ts';

/** Everything that is due now, as 'component key'. */
function drain(agenda: Agenda): readonly string[] {
  const woken: string[] = [];
  for (let wake = agenda.take(); wake; wake = agenda.take()) woken.push(`${wake.component} ${wake.key}`);
  return woken;
}

test('[T1] first come, first served', () => {
  const agenda = new Agenda(0);
  agenda.wake('a', '1');
  agenda.wake('b', '1');
  agenda.wake('a', '2');
  expect(drain(agenda)).toEqual(['a 1', 'b 1', 'a 2']);
});

test('[T2] who waits already is not queued twice; who was taken may come again', () => {
  const agenda = new Agenda(0);
  agenda.wake('a', '1');
  agenda.wake('a', '1');
  expect(drain(agenda)).toEqual(['a 1']);
  agenda.wake('a', '1');
  expect(drain(agenda)).toEqual(['a 1']);
});

test('[T3] a timer fires when its time has come, those of one moment in the order in which they were set', () => {
  const agenda = new Agenda(1_000);
  agenda.wakeAt(1_500, 'a', 'late');
  agenda.wakeAt(1_200, 'a', 'first');
  agenda.wakeAt(1_200, 'a', 'second');
  expect(agenda.nextAt()).toBe(1_200);
  agenda.advanceTo(1_199);
  expect(drain(agenda)).toEqual([]);
  agenda.advanceTo(1_200);
  expect(drain(agenda)).toEqual(['a first', 'a second']);
  agenda.advanceTo(2_000);
  expect(drain(agenda)).toEqual(['a late']);
  expect(agenda.nextAt()).toBeUndefined();
});

test('[T4] of two timers of one key the earlier one stays', () => {
  for (const times of [
    [1_500, 1_200],
    [1_200, 1_500],
  ]) {
    const agenda = new Agenda(1_000);
    for (const at of times) agenda.wakeAt(at, 'a', '1');
    agenda.advanceTo(2_000);
    expect(drain(agenda)).toEqual(['a 1']);
  }
});

test('[T5] what is asked for the past comes now, and time never goes back', () => {
  const agenda = new Agenda(1_000);
  agenda.wakeAt(500, 'a', '1');
  expect(drain(agenda)).toEqual(['a 1']);
  agenda.advanceTo(500);
  expect(agenda.now).toBe(1_000);
});

test('[T6] a wake carries the commit that asked for it', () => {
  const agenda = new Agenda(0);
  agenda.wake('a', '1', 7);
  agenda.wakeAt(5, 'a', '2', 8);
  expect(agenda.take()).toMatchObject({ because: 7 });
  agenda.advanceTo(5);
  expect(agenda.take()).toMatchObject({ because: 8 });
});

/** What an agenda promises, without a heap or a queue that forgets. */
class Model {
  now = 0;
  #queue: string[] = [];
  #timers: { at: number; id: string }[] = [];

  wakeAt(at: number, id: string) {
    if (at <= this.now) return void (this.#queue.includes(id) || this.#queue.push(id));
    const before = this.#timers.find((timer) => timer.id === id);
    if (before && before.at <= at) return;
    this.#timers = [...this.#timers.filter((timer) => timer !== before), { at, id }];
  }

  advance(ms: number) {
    this.now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.now).sort((a, b) => a.at - b.at);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { id } of due) this.wakeAt(this.now, id);
  }

  drain() {
    return this.#queue.splice(0);
  }
}

test('[T7] it does what its model does, and a copy goes on like its origin', () => {
  const step = record({
    ms: integer({ min: -2, max: 9 }),
    key: constantFrom('1', '2', '3'),
    pass: integer({ min: 0, max: 4 }),
    drains: constantFrom(true, false),
  });
  assert(
    property(array(step, { maxLength: 60 }), (steps) => {
      const model = new Model();
      let agenda = new Agenda(0);
      for (const { ms, key, pass, drains } of steps) {
        model.wakeAt(model.now + ms, `a ${key}`);
        agenda.wakeAt(agenda.now + ms, 'a', key);
        model.advance(pass);
        agenda.advanceTo(agenda.now + pass);
        if (drains) expect(drain(agenda)).toEqual(model.drain());
        agenda = new Agenda(agenda.snapshot());
      }
    }),
  );
});

test('[T8] a long queue is taken in order', () => {
  const agenda = new Agenda(0);
  const keys = Array.from({ length: 5_000 }, (_, i) => String(i));
  for (const key of keys) agenda.wake('a', key);
  expect(drain(agenda)).toEqual(keys.map((key) => `a ${key}`));
});
