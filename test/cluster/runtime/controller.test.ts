import { expect, test } from 'vitest';
import { Agenda } from '../../../server/src/cluster/clock/agenda.ts';
import { Random } from '../../../server/src/cluster/clock/random.ts';
import { run, type Controller, type Plan } from '../../../server/src/cluster/runtime/controller.ts';
import type { Commit } from '../../../server/src/cluster/store/commit.ts';
import { Store } from '../../../server/src/cluster/store/store.ts';
import type { Writer } from '../../../server/src/cluster/runtime/writer.ts';
import { failure } from '../../../server/src/kube/status.ts';
import { builtIn } from '../../../server/src/schema/custom/catalog.ts';

type Parts = Partial<Controller<string, Plan>>;

/** A controller that notes when it acts. */
function running(parts: Parts = {}) {
  const agenda = new Agenda(0);
  const acts: string[] = [];
  const controller: Controller<string, Plan> = {
    name: 'tester',
    watches: [{ resource: 'pods', enqueue: ({ key }) => [key] }],
    observe: (key) => key,
    plan: () => ({}),
    apply: (_plan, key) => void acts.push(`${agenda.now} ${key}`),
    ...parts,
  };
  const wakeAt: Writer['wakeAt'] = (at, key) => agenda.wakeAt(at, 'tester', key);
  const component = run(controller)({
    agenda,
    random: new Random(1),
    reader: new Store(() => agenda.now),
    catalog: builtIn,
    tokenKey: new Uint8Array(),
    exitOf: () => undefined,
    writer: () => ({ wakeAt }) as Writer,
  });
  const drain = () => {
    for (let wake = agenda.take(); wake; wake = agenda.take()) component.wake(wake.key, wake.because);
  };
  return {
    component,
    acts,
    commit: (resource: string, key: string) => {
      component.onCommit({ resource, key, resourceVersion: 1 } as Commit);
      drain();
    },
    wait: (ms: number) => {
      for (const end = agenda.now + ms; agenda.now < end; drain()) agenda.advanceTo(Math.min(end, agenda.nextAt() ?? end));
    },
  };
}

test('a commit that it watches wakes it for the keys that the watch names', () => {
  const { acts, commit } = running({
    watches: [
      { resource: 'pods', enqueue: ({ key }) => [key, 'other'] },
      { resource: 'nodes', enqueue: () => [] },
    ],
  });
  commit('pods', 'default/a');
  commit('nodes', 'node-1');
  commit('services', 'default/b');
  expect(acts).toEqual(['0 default/a', '0 other']);
});

test('what is not there is not looked at further', () => {
  const { acts, commit } = running({ observe: () => undefined });
  commit('pods', 'default/a');
  expect(acts).toEqual([]);
});

test('a plan may ask for another look', () => {
  const { acts, commit, wait } = running({ plan: (_view, nowMs) => (nowMs === 0 ? { requeueAfterMs: 30 } : {}) });
  commit('pods', 'a');
  wait(29);
  expect(acts).toEqual(['0 a']);
  wait(100);
  expect(acts).toEqual(['0 a', '30 a']);
});

test('a failure is tried again, later and later; success forgets it', () => {
  let failures = 4;
  const tries: number[] = [];
  const { commit, wait, component } = running({
    plan: (_view, nowMs) => {
      tries.push(nowMs);
      return {};
    },
    apply: () => (failures-- > 0 ? failure(500, 'InternalError', 'no') : undefined),
  });
  commit('pods', 'a');
  wait(1_000);
  // 5, 10, 20, 40 ms after one another.
  expect(tries).toEqual([0, 5, 15, 35, 75]);
  expect(component.snapshot!()).toEqual(new Map());
});

test('the pauses end at 1000 s, and a copy remembers the failures', () => {
  const apply = () => failure(500, 'InternalError', 'no');
  const { commit, wait, component } = running({ apply });
  commit('pods', 'a');
  wait(10_000_000);
  const memory = component.snapshot!() as Map<string, number>;
  expect(memory.get('a')).toBeGreaterThan(20);
  expect(memory.get('a')).toBeLessThan(30);
  const other = running({ apply });
  other.component.restore!(memory);
  expect(other.component.snapshot!()).toEqual(memory);
});

test('a controller may have its own times between failed writes', () => {
  let tries = 0;
  const at: number[] = [];
  const { commit, wait } = running({
    backoff: { firstMs: 1_000, longestMs: 3_000 },
    observe: (key, _reader, now) => (at.push(now), key),
    apply: () => (++tries < 5 ? failure(500, 'InternalError', 'no', {}) : undefined),
  });
  commit('pods', 'default/a');
  wait(20_000);
  expect(at).toEqual([0, 1_000, 3_000, 6_000, 9_000]);
});
