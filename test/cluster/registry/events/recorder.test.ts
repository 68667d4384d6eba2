import { expect, test } from 'vitest';
import { Cluster } from '../../../../server/src/cluster/cluster.ts';
import type { EventDraft } from '../../../../server/src/cluster/runtime/writer.ts';
import type { Event } from '../../../../server/src/schema/generated/types.ts';
import { Registry } from '../../../../server/src/cluster/registry/registry.ts';
import { Random } from '../../../../server/src/cluster/clock/random.ts';

const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', namespace: 'default', uid: 'u-1', resourceVersion: '7' } };
const second = 1_000;

/** A cluster without nodes, whose registry records what a test says. */
function recording() {
  const cluster = new Cluster({ nodes: { count: 0 }, freeze: true });
  const { store, agenda } = cluster;
  const registry = new Registry({ store, agenda, random: new Random(1), because: () => 0 });
  const writer = registry.writer('kubelet');
  const [recorder] = registry.components;
  store.onCommit((commit) => recorder!.watches.includes(commit.resource) && recorder!.onCommit(commit));
  return {
    say(event: Partial<EventDraft>, about = pod) {
      writer.event(about, { type: 'Warning', reason: 'Failed', message: 'no', ...event });
    },
    /** Time passes; the recorder is woken as the cluster would do it. */
    wait(ms: number) {
      for (const end = agenda.now + ms; agenda.now < end;) {
        agenda.advanceTo(Math.min(end, agenda.nextAt() ?? end));
        for (let wake = agenda.take(); wake; wake = agenda.take()) if (wake.component === recorder!.name) recorder!.wake(wake.key, 0);
      }
    },
    request: cluster.request,
    events: () => [...store.collection('events').values()] as Event[],
  };
}

const summary = ({ message, count }: Event) => `${message} ×${count}`;

test('[E1] an exact duplicate is counted', () => {
  const { say, wait, events } = recording();
  say({});
  wait(5 * second);
  say({});
  expect(events().map(summary)).toEqual(['no ×2']);
  expect(events()[0]).toMatchObject({ firstTimestamp: '2026-01-01T00:00:00Z', lastTimestamp: '2026-01-01T00:00:05Z', source: { component: 'kubelet' } });
});

test('[E2] another reason, type, place in the object, host or object is another event', () => {
  const { say, events } = recording();
  say({});
  say({ reason: 'Other' });
  say({ type: 'Normal' });
  say({ fieldPath: 'spec.containers{web}' });
  say({ host: 'node-1' });
  say({}, { ...pod, metadata: { ...pod.metadata, name: 'other', uid: 'u-2' } });
  expect(events()).toHaveLength(6);
});

test('[E3] from the tenth similar one on they are combined', () => {
  const { say, events } = recording();
  for (let i = 1; i <= 13; i++) say({ message: `m${i}` });
  expect(events().map(summary)).toEqual([...Array.from({ length: 9 }, (_, i) => `m${i + 1} ×1`), '(combined from similar events): m13 ×4']);
});

test('[E4] the nine that are known keep counting for themselves', () => {
  const { say, events } = recording();
  for (let i = 1; i <= 10; i++) say({ message: `m${i}` });
  say({ message: 'm3' });
  expect(events().map(summary)).toContain('m3 ×2');
});

test('[E5] after ten minutes without any, similar events are told apart again', () => {
  const { say, wait, events } = recording();
  for (let i = 1; i <= 10; i++) say({ message: `m${i}` });
  wait(601 * second);
  say({ message: 'm11' });
  expect(events().map(summary)).toContain('m11 ×1');
});

test('[E6] 25 at once about one object, then one every five minutes', () => {
  const { say, wait, events } = recording();
  for (let i = 1; i <= 30; i++) say({});
  expect(events().map(summary)).toEqual(['no ×25']);
  wait(299 * second);
  say({});
  expect(events().map(summary)).toEqual(['no ×25']);
  wait(second);
  say({});
  // What was dropped is counted all the same.
  expect(events().map(summary)).toEqual(['no ×32']);
});

test('[E7] an event lives for an hour after it was last written', () => {
  const { say, wait, events } = recording();
  say({});
  wait(3_000 * second);
  say({});
  wait(3_599 * second);
  expect(events()).toHaveLength(1);
  wait(second);
  expect(events()).toHaveLength(0);
  say({});
  expect(events().map(summary)).toEqual(['no ×3']);
});

test('[E8] names grow, also within a millisecond', () => {
  const { say, wait, events } = recording();
  for (let i = 0; i < 5; i++) say({ reason: `R${i}` });
  wait(1);
  say({ reason: 'R5' });
  const names = events().map(({ metadata }) => metadata.name);
  expect(names[0]).toMatch(/^web\.[0-9a-f]{16}$/);
  expect(names).toEqual([...names].sort());
});

test('[E9] an event of the new API has a time of its own and becomes a series', () => {
  const { say, wait, events } = recording();
  const newApi = { action: 'Scheduling' };
  say({ newApi });
  const [event] = events();
  expect(event).toMatchObject({ action: 'Scheduling', eventTime: '2026-01-01T00:00:00.000000Z', reportingComponent: 'kubelet', source: {} });
  expect(event).not.toHaveProperty('count');
  wait(second);
  say({ newApi });
  say({ newApi });
  expect(events()).toHaveLength(1);
  expect(events()[0]!.series).toEqual({ count: 2, lastObservedTime: '2026-01-01T00:00:01.000000Z' });
  wait(12 * 60 * second);
  expect(events()[0]!.series).toEqual({ count: 3, lastObservedTime: '2026-01-01T00:00:01.000000Z' });
  say({ newApi });
  expect(events()).toHaveLength(2);
});

test('[E10] about an object without a namespace: in default', () => {
  const { say, events } = recording();
  say({}, { apiVersion: 'v1', kind: 'Node', metadata: { name: 'node-1', uid: 'n', resourceVersion: '1' } } as typeof pod);
  expect(events()[0]!.metadata.namespace).toBe('default');
});

test('[E11] nothing is recorded in a namespace that is not there', () => {
  const { say, events } = recording();
  say({}, { ...pod, metadata: { ...pod.metadata, namespace: 'nowhere' } });
  expect(events()).toEqual([]);
});

test('[E12] what a kubelet said about a pod is forgotten with the pod', () => {
  const { say, request, events } = recording();
  const at = { group: '', resource: 'pods', namespace: 'default' } as const;
  const body = { metadata: { name: 'real' }, spec: { nodeName: 'node-1', containers: [{ name: 'web', image: 'x' }] } };
  const real = request({ verb: 'create', ...at, body }).body as unknown as typeof pod;
  say({ host: 'node-1' }, real);
  say({ host: 'node-1' }, real);
  request({ verb: 'delete', ...at, name: 'real', options: { gracePeriodSeconds: 0 } });
  say({ host: 'node-1' }, real);
  expect(events().map(summary)).toEqual(['no ×2', 'no ×1']);
});
