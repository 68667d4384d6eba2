// The picture of the nodes is kept up to date by commits; here it is compared with a rebuild after every one of many random ones.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubeObject } from '../../../server/src/kube/object.ts';
import type { Commit } from '../../../server/src/cluster/store/commit.ts';
import { NodeCache } from '../../../server/src/cluster/scheduler/node-cache.ts';
import { nodeOf, podOf } from './fixtures.ts';

const nodeNames = ['a', 'b', 'c'];
const podNames = ['p', 'q', 'r', 's'];

const step = fc.oneof(
  fc.record({ does: fc.constant('node' as const), name: fc.constantFrom(...nodeNames), cpu: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ does: fc.constant('remove node' as const), name: fc.constantFrom(...nodeNames) }),
  fc.record({
    does: fc.constant('pod' as const),
    name: fc.constantFrom(...podNames),
    node: fc.constantFrom(undefined, ...nodeNames),
    cpu: fc.integer({ min: 0, max: 3 }),
    port: fc.constantFrom(undefined, 80),
    phase: fc.constantFrom('Running', 'Running', 'Succeeded', 'Failed'),
  }),
  fc.record({ does: fc.constant('remove pod' as const), name: fc.constantFrom(...podNames) }),
);

/** All but the object itself: a test's pods and nodes are new ones every time. */
const facts = (cache: NodeCache) => cache.nodes.map((info) => ({ ...info, node: undefined }));

test('the picture equals a rebuild, whatever commits came', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const cache = new NodeCache();
      const stored: Record<string, Map<string, KubeObject>> = { nodes: new Map(), pods: new Map() };
      const commit = (resource: 'nodes' | 'pods', key: string, after: KubeObject | undefined) => {
        const before = stored[resource]!.get(key);
        if (!before && !after) return;
        if (after) stored[resource]!.set(key, after);
        else stored[resource]!.delete(key);
        cache.update({
          resource,
          key,
          ...(before && { before }),
          ...(after && { after }),
          resourceVersion: 1,
          at: 0,
          cause: { by: 'test', because: 0 },
        } as Commit);
      };
      for (const next of steps) {
        if (next.does === 'node') commit('nodes', next.name, nodeOf(next.name, { cpu: `${next.cpu}`, memory: '8Gi', pods: '110' }));
        else if (next.does === 'remove node') commit('nodes', next.name, undefined);
        else if (next.does === 'remove pod') commit('pods', next.name, undefined);
        else {
          const ports = next.port === undefined ? {} : { ports: [{ containerPort: 80, hostPort: next.port }] };
          const containers = [{ name: 'c', resources: { requests: { cpu: `${next.cpu}` } }, ...ports }];
          commit('pods', next.name, podOf([], { name: next.name, phase: next.phase, spec: { containers }, ...(next.node && { node: next.node }) }));
        }
        const rebuilt = new NodeCache();
        rebuilt.rebuild(stored['nodes']!.values(), stored['pods']!.values());
        const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
        expect(withoutEmpty(facts(cache).sort(byName))).toEqual(withoutEmpty(facts(rebuilt).sort(byName)));
      }
    }),
    { numRuns: 300 },
  );
});

/** A node that had a port in use once keeps an empty table of ports. */
const withoutEmpty = (nodes: readonly { readonly ports?: unknown }[]) =>
  nodes.map(({ ports, ...rest }) => ({
    ...rest,
    conflicts: (ports as { conflictsWith(port: object): boolean } | undefined)?.conflictsWith({ ip: '0.0.0.0', protocol: 'TCP', port: 80 }) ?? false,
  }));

test('a status change of a bound pod costs nothing and changes nothing', () => {
  const pod = podOf([{ cpu: '1' }], { node: 'a' });
  const cache = new NodeCache();
  cache.rebuild([nodeOf('a')], [pod]);
  cache.update({
    resource: 'pods',
    key: 'default/p',
    before: pod,
    after: { ...pod, status: { phase: 'Running' } } as KubeObject,
    resourceVersion: 2,
    at: 0,
    cause: { by: 'kubelet', because: 0 },
  });
  expect(cache.nodeNamed('a')).toMatchObject({ usedCpu: 1000, usedPods: 1 });
});
