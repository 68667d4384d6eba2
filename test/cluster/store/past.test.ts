import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubeObject } from '../../../server/src/kube/object.ts';
import { collectionAt } from '../../../server/src/cluster/store/past.ts';
import { Store } from '../../../server/src/cluster/store/store.ts';

const cause = { by: 'test', because: 0 };
const object = (name: string, value: number) =>
  ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: { value: String(value) } }) as unknown as KubeObject;

/** Each write: into which of two collections, which of four names, and whether it removes. */
const writes = fc.array(fc.tuple(fc.constantFrom('configmaps', 'secrets'), fc.constantFrom('a', 'b', 'c', 'd'), fc.boolean()), { maxLength: 40 });

test('a collection is what it was at every version', () => {
  fc.assert(
    fc.property(writes, (steps) => {
      const store = new Store(() => 0);
      const seen = [new Map<string, KubeObject>()];
      for (const [resource, name, removes] of steps) {
        if (removes && !store.get(resource, undefined, name)) continue;
        store.commit({ resource, namespace: undefined, name, after: removes ? undefined : object(name, seen.length), cause });
        seen.push(new Map(store.collection('configmaps')));
      }
      for (const [version, was] of seen.entries()) {
        const then = collectionAt(store, 'configmaps', version);
        expect([...then].sort()).toEqual([...was].sort());
      }
    }),
  );
});

test('where the log has forgotten, it is what it is now', () => {
  const store = new Store(() => 0, { logLimit: 4 });
  for (let i = 0; i < 20; i++) store.commit({ resource: 'configmaps', namespace: undefined, name: `m-${i}`, after: object(`m-${i}`, i), cause });
  expect(collectionAt(store, 'configmaps', 2).size).toBe(20);
  expect(collectionAt(store, 'configmaps', 18).size).toBe(18);
});
