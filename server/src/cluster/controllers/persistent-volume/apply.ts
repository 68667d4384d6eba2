// Writes both sides of a binding: the volume says whose it is, then the claim what it has.
// Source: bind, bindVolumeToClaim, bindClaimToVolume, updateClaimStatus (pv_controller.go).
import type { StringMap } from '../../../kube/object.ts';
import { isStatus, type Status } from '../../../kube/status.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../schema/generated/types.ts';
import type { Writer } from '../../runtime/writer.ts';
import { isFor } from './match.ts';
import type { VolumesPlan } from './plan.ts';
import type { VolumesView } from './view.ts';

const boundByController = 'pv.kubernetes.io/bound-by-controller';
const bindCompleted = 'pv.kubernetes.io/bind-completed';

export function applyVolumes({ bind, claimPhase, volumePhase, tell }: VolumesPlan, view: VolumesView, writer: Writer): Status | undefined {
  if (bind) return bindVolume(bind.volume, bind.claim, writer);
  if (tell) writer.event('volume' in view ? view.volume : view.claim, tell);
  if ('volume' in view) {
    return volumePhase && failureOf(writer.updateStatus('persistentvolumes', { ...view.volume, status: { ...view.volume.status, phase: volumePhase } }));
  }
  const { claim } = view;
  if (!claimPhase || claim.status?.phase === claimPhase) return undefined;
  return failureOf(writer.updateStatus('persistentvolumeclaims', { ...claim, status: { phase: claimPhase } }));
}

function bindVolume(volume: PersistentVolume, claim: PersistentVolumeClaim, writer: Writer): Status | undefined {
  const taken = writer.update('persistentvolumes', takenVolume(volume, claim));
  if (isStatus(taken)) return taken;
  const bound = writer.updateStatus('persistentvolumes', { ...taken, status: { ...taken.status, phase: 'Bound' } });
  if (isStatus(bound)) return bound;
  const chosen = writer.update('persistentvolumeclaims', boundClaim(claim, bound));
  if (isStatus(chosen)) return chosen;
  const { accessModes, capacity = {} } = bound.spec;
  const status = { phase: 'Bound', ...(accessModes && { accessModes }), capacity };
  return failureOf(writer.updateStatus('persistentvolumeclaims', { ...chosen, status: { ...chosen.status, ...status } }));
}

function takenVolume(volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume {
  const { claimRef } = volume.spec;
  if (claimRef?.uid === claim.metadata.uid) return volume;
  const { namespace, name, uid, resourceVersion } = claim.metadata;
  const reference = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', ...(namespace && { namespace }), name, uid, resourceVersion };
  const own = claimRef && isFor(volume, claim) ? volume : withAnnotations(volume, { [boundByController]: 'yes' });
  return { ...own, spec: { ...own.spec, claimRef: reference } };
}

function boundClaim(claim: PersistentVolumeClaim, volume: PersistentVolume): PersistentVolumeClaim {
  const chosen = claim.spec.volumeName ? {} : { [boundByController]: 'yes' };
  const marked = withAnnotations(claim, { [bindCompleted]: 'yes', ...chosen });
  return { ...marked, spec: { ...marked.spec, volumeName: volume.metadata.name } };
}

const withAnnotations = <T extends PersistentVolume | PersistentVolumeClaim>(object: T, annotations: StringMap): T => ({
  ...object,
  metadata: { ...object.metadata, annotations: { ...object.metadata.annotations, ...annotations } },
});

const failureOf = (answer: object): Status | undefined => (isStatus(answer) ? answer : undefined);
