import { describe, expect, test } from 'vitest';
import { Random } from '../../../server/src/cluster/clock/random.ts';
import { indexes, orphansIn, podsByNode, podsByOwner } from '../../../server/src/cluster/store/indexes.ts';
import { Store } from '../../../server/src/cluster/store/store.ts';
import type { Pod } from '../../../server/src/schema/generated/types.ts';
import { checkIndexes } from '../../simulation/checkers/indexes.ts';

const cause = { by: 'test', because: 0 };

function newStore(): Store {
  const store = new Store(() => 0);
  for (const index of indexes) store.addIndex(index);
  return store;
}

/** Writes a pod; an absent `pod` removes it. */
function write(store: Store, name: string, pod?: PodShape): void {
  store.commit({ resource: 'pods', namespace: 'default', name, after: pod && podOf(name, pod), cause });
}

interface PodShape {
  readonly owner?: string;
  readonly app?: string;
  readonly node?: string;
  readonly phase?: string;
  readonly readySince?: string;
  readonly deleted?: boolean;
}

function podOf(name: string, { owner, app = 'web', node, phase = 'Running', readySince, deleted }: PodShape): Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: 'default',
      uid: name,
      resourceVersion: '',
      creationTimestamp: '2026-01-01T00:00:00Z',
      labels: { app },
      ...(owner && { ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true }] }),
      ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }),
    },
    spec: { containers: [], ...(node && { nodeName: node }) },
    status: { phase, ...(readySince && { conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: readySince }] }) },
  };
}

describe('pods by owner', () => {
  test('[IX1] counts what is active, ready and terminating, and not what has finished', () => {
    const store = newStore();
    write(store, 'pending', { owner: 'rs', phase: 'Pending' });
    write(store, 'ready', { owner: 'rs', node: 'n1', readySince: 't1' });
    write(store, 'ready too', { owner: 'rs', node: 'n1', readySince: 't2' });
    write(store, 'stopping', { owner: 'rs', node: 'n1', readySince: 't1', deleted: true });
    write(store, 'failed', { owner: 'rs', node: 'n1', phase: 'Failed' });
    const { counts, tallies, objects } = store.indexed(podsByOwner, 'rs');
    expect(objects.size).toBe(5);
    expect(counts).toMatchObject({ active: 3, ready: 2, terminating: 1 });
    expect([...tallies.readySince!]).toEqual([
      ['t1', 1],
      ['t2', 1],
    ]);
    expect([...tallies.node!]).toEqual([['n1', 2]]);
    expect([...tallies.labels!]).toEqual([['{"app":"web"}', 3]]);
    expect([...tallies.terminatingLabels!]).toEqual([['{"app":"web"}', 1]]);
  });

  test('[IX2] a pod without a controller is found under the orphans of its namespace', () => {
    const store = newStore();
    write(store, 'lone', {});
    expect([...store.indexed(podsByOwner, orphansIn('default')).objects.keys()]).toEqual(['default/lone']);
    write(store, 'lone', { owner: 'rs' });
    expect(store.indexed(podsByOwner, orphansIn('default')).objects.size).toBe(0);
    expect([...store.indexed(podsByOwner, 'rs').objects.keys()]).toEqual(['default/lone']);
  });

  test('[IX3] removing the last pod leaves an empty bucket', () => {
    const store = newStore();
    write(store, 'one', { owner: 'rs', node: 'n1' });
    write(store, 'one');
    expect(store.indexed(podsByOwner, 'rs')).toMatchObject({ counts: {}, tallies: {} });
    expect(store.indexed(podsByNode, 'n1').objects.size).toBe(0);
  });
});

test('[IX4] after any writes an index equals its rebuild, and a fork has its own', () => {
  const random = new Random(7);
  const pick = <T>(values: readonly T[]) => values[random.int(values.length)]!;
  const store = newStore();
  for (let i = 0; i < 2_000; i++) {
    const gone = random.int(5) === 0;
    const shape: PodShape = {
      app: pick(['web', 'db']),
      phase: pick(['Pending', 'Running', 'Succeeded']),
      deleted: random.int(3) === 0,
      ...(random.int(4) > 0 && { owner: pick(['a', 'b', 'c']) }),
      ...(random.int(2) > 0 && { node: pick(['n1', 'n2']) }),
      ...(random.int(2) > 0 && { readySince: pick(['t1', 't2', 't3']) }),
    };
    write(store, `pod-${random.int(40)}`, gone ? undefined : shape);
    if (i % 50 === 0) expect(checkIndexes(store)).toEqual([]);
  }
  const fork = Store.from(() => 0, store.snapshot(), indexes);
  write(fork, 'pod-1', { owner: 'a', node: 'n1', readySince: 't1' });
  write(store, 'pod-2', { owner: 'b', node: 'n2' });
  expect(checkIndexes(store)).toEqual([]);
  expect(checkIndexes(fork)).toEqual([]);
});
