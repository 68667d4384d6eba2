// Persistent volumes: they begin Pending, and it is kept since when they are in their phase.
import type { PersistentVolume } from '../../../schema/generated/types.ts';
import type { KindStrategy } from '../strategy.ts';

export const persistentVolumeStrategy: KindStrategy<PersistentVolume> = {
  statusTakesMetadata: true,
  prepareForCreate: (volume) => ({ ...volume, status: { phase: 'Pending', lastPhaseTransitionTime: volume.metadata.creationTimestamp! } }),
  prepareForStatusUpdate(next, before, _sent, now) {
    const [status, old] = [next.status ?? {}, before.status ?? {}];
    const isSame = status.phase === old.phase;
    const since = isSame ? (status.lastPhaseTransitionTime ?? old.lastPhaseTransitionTime) : now;
    const isTold = !isSame && status.lastPhaseTransitionTime !== undefined && status.lastPhaseTransitionTime !== old.lastPhaseTransitionTime;
    return isTold || since === undefined ? next : { ...next, status: { ...status, lastPhaseTransitionTime: since } };
  },
};
