// Persistent volume claims: they begin Pending. What they are filled from is said twice, as clients of different ages say it.
import type { PersistentVolumeClaim, PersistentVolumeClaimSpec } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const persistentVolumeClaimStrategy: KindStrategy<PersistentVolumeClaim> = {
  statusTakesMetadata: true,
  prepareForCreate: (claim) => ({ ...claim, spec: withDataSources(claim.spec ?? {}), status: { phase: 'Pending' } }),
  prepareForUpdate: (next, before) => ({ ...next, spec: withDataSources(next.spec ?? {}, before.spec) }),
};

function withDataSources(spec: PersistentVolumeClaimSpec, before?: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  return alike(withoutStrangeSource(withoutForeignSource(spec, before), before));
}

/** A source in another namespace belongs to a feature that is off by default in this version. */
function withoutForeignSource(spec: PersistentVolumeClaimSpec, before: PersistentVolumeClaimSpec | undefined): PersistentVolumeClaimSpec {
  if (!spec.dataSourceRef?.namespace || before?.dataSourceRef) return spec;
  const { dataSourceRef: _, ...rest } = spec;
  return rest;
}

/** Once a claim could be filled from claims and snapshots alone, and all else was ignored; in the old field it still is. */
function withoutStrangeSource(spec: PersistentVolumeClaimSpec, before: PersistentVolumeClaimSpec | undefined): PersistentVolumeClaimSpec {
  const { dataSource, ...rest } = spec;
  if (!dataSource || before?.dataSource || before?.dataSourceRef || spec.dataSourceRef) return spec;
  const group = dataSource.apiGroup ?? '';
  const isKnown = dataSource.kind === 'PersistentVolumeClaim' ? group === '' : dataSource.kind === 'VolumeSnapshot' && group === 'snapshot.storage.k8s.io';
  return isKnown ? spec : rest;
}

function alike(spec: PersistentVolumeClaimSpec): PersistentVolumeClaimSpec {
  const { dataSource, dataSourceRef } = spec;
  if (dataSource && !dataSourceRef) return { ...spec, dataSourceRef: dataSource };
  return dataSourceRef && !dataSource && !dataSourceRef.namespace ? { ...spec, dataSource: dataSourceRef } : spec;
}
