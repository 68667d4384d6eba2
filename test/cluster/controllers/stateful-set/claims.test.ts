import { describe, expect, test } from 'vitest';
import { claimVolumesOf, hasStaleClaim, planClaims, unclaimedVolumes } from '../../../../server/src/cluster/controllers/stateful-set/claims.ts';
import { ownersByPolicy } from '../../../../server/src/cluster/controllers/stateful-set/retention.ts';
import type { OwnerReference } from '../../../../server/src/kube/object.ts';
import type { PersistentVolumeClaim } from '../../../../server/src/schema/generated/types.ts';
import { claimsAmong, planned, statefulSet } from './sets.ts';

const templates = [{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' }, spec: { accessModes: ['ReadWriteOnce'] } }];
const policy = (whenDeleted: string, whenScaled: string) => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted, whenScaled } });
const spec = { volumeClaimTemplates: templates as unknown as PersistentVolumeClaim[] };

const owner = (kind: string, name: string, uid: string, controller = true): OwnerReference => ({
  apiVersion: kind === 'Pod' ? 'v1' : kind === 'StatefulSet' ? 'apps/v1' : 'example.com/v1',
  kind,
  name,
  uid,
  controller,
});
const ours = owner('StatefulSet', 'web', 'web');
const pods = owner('Pod', 'web-0', 'uid-0');

const claim = (owners: readonly OwnerReference[] = [], name = 'data-web-0', deleted = false): PersistentVolumeClaim =>
  ({
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name, ownerReferences: owners, ...(deleted && { deletionTimestamp: '2026-01-01T00:00:00Z' }) },
    spec: {},
  }) as unknown as PersistentVolumeClaim;

test('[SC1] a missing claim is named after template, set and ordinal, with the labels of the selector', () => {
  const { create } = planClaims({ set: statefulSet({ spec }), claimNamed: claimsAmong([]) }, { name: 'web-4', uid: '' });
  expect(create).toMatchObject([{ metadata: { name: 'data-web-4', namespace: 'default', labels: { app: 'web' } }, spec: templates[0]!.spec }]);
});

test('[SC2] a claim that is being deleted hinders its pod', () => {
  const source = { set: statefulSet({ spec }), claimNamed: claimsAmong([claim([], 'data-web-0', true)]) };
  expect(planClaims(source, { name: 'web-0', uid: '' })).toMatchObject({ create: [], dying: ['data-web-0'] });
});

test('[SC3] a pod has its claims, and the volumes of the template that have other names', () => {
  const set = statefulSet({ spec });
  const [data, tmp] = ['data', 'tmp'].map((name) => ({ name, emptyDir: {} }));
  expect(claimVolumesOf(set, 'web-1')).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'data-web-1' } }]);
  expect(unclaimedVolumes(set, [data!, tmp!])).toEqual([tmp]);
});

describe('[SC4] who owns a claim', () => {
  const text = (references: readonly OwnerReference[] | undefined) => references?.map(({ kind }) => kind).join('+') ?? '';
  // 3 replicas: web-0 is in the range; with 0 it is beyond.
  const cases: [deleted: string, scaled: string, replicas: number, before: readonly OwnerReference[], after: string | undefined][] = [
    ['Retain', 'Retain', 3, [], undefined],
    ['Retain', 'Retain', 3, [ours], ''],
    ['Delete', 'Retain', 3, [], 'StatefulSet'],
    ['Delete', 'Retain', 3, [ours], undefined],
    ['Delete', 'Retain', 0, [ours], undefined],
    ['Retain', 'Delete', 3, [], undefined],
    ['Retain', 'Delete', 0, [], 'Pod'],
    ['Retain', 'Delete', 3, [pods], ''],
    ['Delete', 'Delete', 3, [], 'StatefulSet'],
    ['Delete', 'Delete', 0, [ours], 'Pod'],
    ['Delete', 'Delete', 0, [pods], undefined],
    ['Delete', 'Delete', 3, [pods], 'StatefulSet'],
    ['Delete', 'Retain', 3, [{ ...ours, controller: false }], 'StatefulSet'],
  ];
  test.each(cases)('whenDeleted %s, whenScaled %s, %i replicas, owned by %j: %s', (deleted, scaled, replicas, before, after) => {
    const changed = ownersByPolicy(claim(before), statefulSet({ replicas, spec: policy(deleted, scaled) }), { name: 'web-0', uid: 'uid-0' });
    expect(changed && text(changed.metadata.ownerReferences)).toBe(after);
  });

  test('what belongs to somebody else, or to an earlier one of this name, is left alone', () => {
    const set = statefulSet({ spec: policy('Delete', 'Delete') });
    const other = owner('Backup', 'nightly', 'b');
    expect(ownersByPolicy(claim([other]), set, { name: 'web-0', uid: 'uid-0' })).toBeUndefined();
    expect(ownersByPolicy(claim([{ ...ours, uid: 'earlier' }]), set, { name: 'web-0', uid: 'uid-0' })).toBeUndefined();
    expect(ownersByPolicy(claim([other, ours]), set, { name: 'web-0', uid: 'uid-0' })?.metadata.ownerReferences).toEqual([other]);
  });
});

test('[SC5] a pod waits while its claim goes with an earlier pod', () => {
  const stale = claim([owner('Pod', 'web-0', 'earlier')]);
  const source = (scaled: string) => ({ set: statefulSet({ spec: { ...spec, ...policy('Retain', scaled) } }), claimNamed: claimsAmong([stale]) });
  expect(hasStaleClaim(source('Delete'), { name: 'web-0', uid: '' })).toBe(true);
  expect(hasStaleClaim(source('Retain'), { name: 'web-0', uid: '' })).toBe(false);
  expect(planned({ spec: { ...spec, ...policy('Retain', 'Delete') } }, [], 0, [stale])).toEqual([]);
});

test('[SC6] a pending pod gets the claims that it lacks; a running one whose claims are owned otherwise is mended', () => {
  expect(planned({ replicas: 1, spec }, ['0 new pending'])).toEqual(['claim for web-0']);
  expect(planned({ replicas: 1, spec: { ...spec, ...policy('Delete', 'Retain') } }, ['0 new ready'], 0, [claim()])).toEqual(['mend web-0']);
  expect(planned({ replicas: 0, spec: { ...spec, ...policy('Retain', 'Delete') } }, ['0 new ready'], 0, [claim()])).toEqual(['own data-web-0', 'delete web-0']);
});
