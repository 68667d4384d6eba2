// Cases from TestClaimPods (controller_ref_manager_test.go) of Kubernetes 1.36.3.
import { describe, expect, test } from 'vitest';
import { claim, controllerReference } from '../../../server/src/cluster/controllers/claim.ts';
import type { Pod } from '../../../server/src/schema/generated/types.ts';
import { pod, replicaSet, type PodShape } from './builders.ts';

const production = { type: 'production' };
const mine = { owner: 'set', labels: production };

interface Case {
  readonly title: string;
  readonly deleted?: boolean;
  readonly owned?: readonly PodShape[];
  readonly orphans?: readonly PodShape[];
  readonly expected: { readonly owned?: readonly string[]; readonly adopt?: readonly string[]; readonly release?: readonly string[] };
}

const cases: readonly Case[] = [
  { title: 'adopts what it selects', orphans: [{ labels: production }, { labels: { type: 'test' } }], expected: { adopt: ['orphan-0'] } },
  { title: 'adopts nothing while it is being deleted', deleted: true, orphans: [{ labels: production }, { labels: production }], expected: {} },
  { title: 'keeps what it has while it is being deleted', deleted: true, owned: [mine], orphans: [{ labels: production }], expected: { owned: ['owned-0'] } },
  { title: 'releases what it no longer selects', owned: [mine, { ...mine, labels: { type: 'test' } }], expected: { owned: ['owned-0'], release: ['owned-1'] } },
  { title: 'releases nothing while it is being deleted', deleted: true, owned: [{ ...mine, labels: { type: 'test' } }], expected: {} },
  {
    title: 'adopts nothing that is being deleted',
    owned: [{ ...mine, deleted: true }],
    orphans: [{ labels: production, deleted: true }],
    expected: { owned: ['owned-0'] },
  },
];

describe('[CL1] a claim', () => {
  test.each(cases)('$title', ({ deleted, owned = [], orphans = [], expected }) => {
    const owner = replicaSet('set', { ...(deleted && { deleted }) });
    const claims = claim<Pod>(
      { owner, selects: (labels) => labels?.['type'] === 'production' },
      owned.map((shape, i) => pod(`owned-${i}`, shape)),
      orphans.map((shape, i) => pod(`orphan-${i}`, shape)),
    );
    const names = (pods: readonly Pod[]) => pods.map(({ metadata }) => metadata.name);
    expect({ owned: names(claims.owned), adopt: names(claims.adopt), release: names(claims.release) }).toEqual({
      owned: [],
      adopt: [],
      release: [],
      ...expected,
    });
  });
});

describe('[CL2] owner references', () => {
  const owner = replicaSet('set');
  const other = { apiVersion: 'v1', kind: 'ConfigMap', name: 'other', uid: 'other' };
  const selectsAll = { owner, selects: () => true };
  const selectsNothing = { owner, selects: () => false };
  const withOwners = (owners: Pod['metadata']['ownerReferences']): Pod => {
    const bare = pod('pod');
    return { ...bare, metadata: { ...bare.metadata, ...(owners && { ownerReferences: owners }) } };
  };

  test('adopting adds the controller after the owners that are there', () => {
    const reference = { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'set', uid: 'set', controller: true, blockOwnerDeletion: true };
    expect(controllerReference(owner)).toEqual(reference);
    expect(claim(selectsAll, [], [withOwners([other])]).adopt[0]!.metadata.ownerReferences).toEqual([other, reference]);
  });
  test('releasing leaves the other owners', () => {
    expect(claim(selectsNothing, [withOwners([other, controllerReference(owner)])], []).release[0]!.metadata.ownerReferences).toEqual([other]);
  });
  test('and no empty list', () => {
    expect(claim(selectsNothing, [withOwners([controllerReference(owner)])], []).release[0]!.metadata).not.toHaveProperty('ownerReferences');
  });
});
