// Every index of a store must equal what a rebuild from the collection would give.
import type { Checker } from './checker.ts';
import { IndexOf, type Bucket } from '../../../server/src/cluster/store/index-of.ts';
import type { Store } from '../../../server/src/cluster/store/store.ts';

/** A rebuild costs as much as the store is large: this often, and at rest. */
const everyCommits = 97;

export function indexesChecker(): Checker {
  let commits = 0;
  return {
    name: 'indexes',
    onCommit: (_, store) => (++commits % everyCommits === 0 ? checkIndexes(store)[0] : undefined),
    atRest: checkIndexes,
  };
}

/** What is wrong, in words; empty when nothing is. */
export function checkIndexes(store: Store): readonly string[] {
  const faults: string[] = [];
  for (const index of store.indexes()) {
    const rebuilt = new IndexOf(index.definition);
    for (const [key, object] of store.collection(index.definition.resource)) rebuilt.update(key, undefined, object);
    const [actual, expected] = [describe(index), describe(rebuilt)];
    for (const key of new Set([...actual.keys(), ...expected.keys()])) {
      if (actual.get(key) !== expected.get(key))
        faults.push(`index ${index.definition.name}, key ${key}: ${actual.get(key)}, a rebuild gives ${expected.get(key)}`);
    }
  }
  return faults;
}

const describe = (index: IndexOf) => new Map([...index.buckets()].map(([key, bucket]) => [key, describeBucket(bucket)]));

function describeBucket({ objects, counts, tallies }: Bucket<string, string>): string {
  const versions = [...objects].map(([key, object]) => `${key}@${object.metadata.resourceVersion}`).sort();
  const sums = Object.entries(counts)
    .filter(([, count]) => count !== 0)
    .sort(byName);
  const groups = Object.entries(tallies)
    .map(([name, tally]) => [name, [...tally!].sort(byName)] as const)
    .filter(([, tally]) => tally.length > 0)
    .sort(byName);
  return JSON.stringify({ versions, sums, groups });
}

const byName = (a: readonly [string, unknown], b: readonly [string, unknown]) => (a[0] < b[0] ? -1 : 1);
