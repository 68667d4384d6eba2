import { describe, expect, test } from 'vitest';
import { planVolumes } from '../../../../server/src/cluster/controllers/persistent-volume/plan.ts';
import type { ClaimView } from '../../../../server/src/cluster/controllers/persistent-volume/view.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../../../server/src/schema/generated/types.ts';

const claim = (spec: object = {}): PersistentVolumeClaim =>
  ({
    metadata: { name: 'data', namespace: 'default', uid: 'u' },
    spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '2Gi' } }, ...spec },
    status: { phase: 'Pending' },
  }) as unknown as PersistentVolumeClaim;

const volume = (name: string, storage: string, spec: object = {}, phase = 'Available'): PersistentVolume =>
  ({ metadata: { name }, spec: { capacity: { storage }, accessModes: ['ReadWriteOnce'], ...spec }, status: { phase } }) as unknown as PersistentVolume;

const view = (volumes: readonly PersistentVolume[], spec: object = {}, storageClass?: Partial<StorageClass>): ClaimView => ({
  claim: claim(spec),
  storageClass: storageClass as StorageClass | undefined,
  named: volumes.find(({ metadata }) => metadata.name === (spec as { volumeName?: string }).volumeName),
  volumes: () => volumes,
});

describe('[PV1] which volume a claim gets', () => {
  const ours = { claimRef: { namespace: 'default', name: 'data' } };
  const cases: [title: string, volumes: readonly PersistentVolume[], spec: object, chosen: string | undefined][] = [
    ['the smallest that is large enough', [volume('large', '9Gi'), volume('right', '2Gi'), volume('small', '1Gi')], {}, 'right'],
    ['none that is too small', [volume('small', '1999Mi')], {}, undefined],
    ['none of another class', [volume('fast', '2Gi', { storageClassName: 'fast' })], {}, undefined],
    ['of its class', [volume('fast', '2Gi', { storageClassName: 'fast' })], { storageClassName: 'fast' }, 'fast'],
    ['none without its access mode', [volume('one', '2Gi')], { accessModes: ['ReadWriteMany'] }, undefined],
    ['none that is somebody else’s', [volume('taken', '2Gi', { claimRef: { namespace: 'default', name: 'other' } })], {}, undefined],
    ['none that is not available yet', [volume('new', '2Gi', {}, 'Pending')], {}, undefined],
    ['the one that was promised to it, larger or not', [volume('right', '2Gi'), volume('promised', '9Gi', ours)], {}, 'promised'],
    ['the one that it names', [volume('right', '2Gi'), volume('named', '9Gi')], { volumeName: 'named' }, 'named'],
  ];
  test.each(cases)('%s', (_, volumes, spec, chosen) => expect(planVolumes(view(volumes, spec)).bind?.volume.metadata.name).toBe(chosen));
});

test('[PV2] what a claim says while it waits, every 15 s', () => {
  const said = (spec: object, storageClass?: Partial<StorageClass>, volumes: readonly PersistentVolume[] = []) => {
    const plan = planVolumes(view(volumes, spec, storageClass));
    expect(plan).toMatchObject({ claimPhase: 'Pending', requeueAfterMs: 15_000 });
    return `${plan.tell?.reason}: ${plan.tell?.message}`;
  };
  expect(said({})).toBe('FailedBinding: no persistent volumes available for this claim and no storage class is set');
  expect(said({ storageClassName: 'x' })).toBe('ProvisioningFailed: storageclass.storage.k8s.io "x" not found');
  expect(said({ storageClassName: 'x' }, { provisioner: 'example.com/disk' })).toMatch(/^ExternalProvisioning: Waiting for a volume to be created either/);
  expect(said({ storageClassName: 'x' }, { provisioner: 'p', volumeBindingMode: 'WaitForFirstConsumer' })).toMatch(/^WaitForFirstConsumer: /);
  expect(said({ volumeName: 'small' }, undefined, [volume('small', '1Gi')])).toBe(
    'VolumeMismatch: Cannot bind to requested volume "small": requested PV is too small',
  );
});

test('[PV3] a volume whose claim is gone is released', () => {
  const bound = volume('v', '2Gi', { claimRef: { namespace: 'default', name: 'data', uid: 'u' }, persistentVolumeReclaimPolicy: 'Retain' }, 'Bound');
  expect(planVolumes({ volume: bound, claim: claim() })).toEqual({});
  expect(planVolumes({ volume: bound, claim: undefined })).toEqual({ volumePhase: 'Released' });
  expect(planVolumes({ volume: volume('v', '2Gi', {}, 'Pending'), claim: undefined })).toEqual({ volumePhase: 'Available' });
});
