// Counts of pods are kept up to date by commits; here they are compared with a count from scratch after many random ones.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Reader } from '../../../server/src/cluster/runtime/reader.ts';
import { PodCensus } from '../../../server/src/cluster/scheduler/pod-census.ts';
import type { Pod, PodSpec } from '../../../server/src/schema/generated/types.ts';
import { podOf } from './fixtures.ts';

const antiAffinity = (app: string): Partial<PodSpec> => ({
  affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'zone', labelSelector: { matchLabels: { app } } }] } },
});

const step = fc.record({
  name: fc.constantFrom('p', 'q', 'r'),
  pod: fc.option(
    fc.record({
      node: fc.constantFrom(undefined, 'a', 'b'),
      app: fc.constantFrom('web', 'db'),
      phase: fc.constantFrom('Running', 'Running', 'Failed'),
      deleting: fc.boolean(),
      hates: fc.constantFrom(undefined, 'web', 'db'),
    }),
  ),
});

const isWeb = ({ metadata }: Pod) => metadata.labels?.['app'] === 'web' && metadata.deletionTimestamp === undefined;

test('counts and held terms equal those of a rebuild', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const pods = new Map<string, Pod>();
      const reader = { collection: () => pods, get: () => undefined } as unknown as Reader;
      const census = new PodCensus(reader);
      census.count('web', isWeb);
      for (const { name, pod } of steps) {
        const before = pods.get(name);
        const after = pod
          ? podOf([{}], {
              name,
              labels: { app: pod.app },
              phase: pod.phase,
              deleting: pod.deleting,
              ...(pod.node && { node: pod.node }),
              ...(pod.hates && { spec: antiAffinity(pod.hates) }),
            })
          : undefined;
        if (after) pods.set(name, after);
        else pods.delete(name);
        census.update(before, after);
        const rebuilt = new PodCensus(reader);
        rebuilt.rebuild(pods.values());
        expect(sorted(census.count('web', isWeb))).toEqual(sorted(rebuilt.count('web', isWeb)));
        expect(heldBy(census)).toEqual(heldBy(rebuilt));
      }
    }),
    { numRuns: 200 },
  );
});

const sorted = (counts: ReadonlyMap<string, number>) => [...counts].sort();
const heldBy = (census: PodCensus) => [...census.held].map(({ term, strength, onNode }) => `${strength} ${term.key} ${JSON.stringify(sorted(onNode))}`).sort();
