// Claims get volumes that somebody has made; nothing is provisioned here. What cannot be bound now is looked at again every 15 s.
// Source: syncUnboundClaim, syncBoundClaim, syncVolume, provisionClaim (pkg/controller/volume/persistentvolume/pv_controller.go).
import type { PersistentVolume, PersistentVolumeClaim } from '../../../schema/generated/types.ts';
import type { Plan } from '../../runtime/controller.ts';
import { bestMatch, classOf, isFor, mismatch } from './match.ts';
import type { ClaimView, VolumesView, VolumeView } from './view.ts';

export interface VolumesPlan extends Plan {
  /** The volume that the claim gets. */
  readonly bind?: { readonly volume: PersistentVolume; readonly claim: PersistentVolumeClaim };
  readonly claimPhase?: 'Pending' | 'Lost';
  readonly volumePhase?: 'Available' | 'Released' | 'Failed';
  readonly tell?: { readonly type: 'Normal' | 'Warning'; readonly reason: string; readonly message: string };
}

const retryMs = 15_000;
const bindCompleted = 'pv.kubernetes.io/bind-completed';

export function planVolumes(view: VolumesView): VolumesPlan {
  if ('volume' in view) return planVolume(view);
  const { claim } = view;
  if (claim.metadata.annotations?.[bindCompleted] !== undefined) return planBound(view);
  const plan = claim.spec.volumeName ? planNamed(view, claim.spec.volumeName) : planUnbound(view);
  return plan.bind ? plan : { ...plan, claimPhase: 'Pending', requeueAfterMs: retryMs };
}

function planUnbound({ claim, storageClass, volumes }: ClaimView): VolumesPlan {
  const later = storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
  const volume = bestMatch(claim, volumes(), later);
  if (volume) return { bind: { volume, claim } };
  if (later) return tell('Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding');
  const name = classOf(claim);
  if (name === '') return tell('Normal', 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set');
  if (!storageClass) return tell('Warning', 'ProvisioningFailed', `storageclass.storage.k8s.io "${name}" not found`);
  const { provisioner } = storageClass;
  if (provisioner.startsWith('kubernetes.io/')) return tell('Warning', 'ProvisioningFailed', `no volume plugin matched name: ${provisioner}`);
  return tell(
    'Normal',
    'ExternalProvisioning',
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. ` +
      'If volume creation is delayed, please verify that the provisioner is running and correctly registered.',
  );
}

function planNamed({ claim, named }: ClaimView, volumeName: string): VolumesPlan {
  if (!named) return {};
  if (named.spec.claimRef && !isFor(named, claim)) {
    return tell('Warning', 'FailedBinding', `volume "${volumeName}" already bound to a different claim.`);
  }
  const wrong = named.spec.claimRef ? undefined : mismatch(named, claim);
  if (wrong) return tell('Warning', 'VolumeMismatch', `Cannot bind to requested volume "${volumeName}": ${wrong}`);
  return { bind: { volume: named, claim } };
}

/** What was bound stays bound, or is lost for good. */
function planBound({ claim, named }: ClaimView): VolumesPlan {
  const isLost = claim.status?.phase === 'Lost';
  if (!named) {
    const message = 'Bound claim has lost its PersistentVolume. Data on the volume is lost!';
    return isLost ? {} : { claimPhase: 'Lost', ...tell('Warning', 'ClaimLost', message) };
  }
  if (!named.spec.claimRef || isFor(named, claim)) {
    const done = named.spec.claimRef?.uid === claim.metadata.uid && named.status?.phase === 'Bound' && claim.status?.phase === 'Bound';
    return done ? {} : { bind: { volume: named, claim } };
  }
  const message = 'Two claims are bound to the same volume, this one is bound incorrectly';
  return isLost ? {} : { claimPhase: 'Lost', ...tell('Warning', 'ClaimMisbound', message) };
}

/** A volume without a claim is there to be taken; one whose claim is gone is released, and stays so unless somebody takes it away. */
function planVolume({ volume, claim }: VolumeView): VolumesPlan {
  const { claimRef, persistentVolumeReclaimPolicy: policy } = volume.spec;
  const phase = volume.status?.phase;
  if (!claimRef?.uid) return phase === 'Available' ? {} : { volumePhase: 'Available' };
  if (claim || phase === 'Failed') return {};
  if (policy === 'Retain' || policy === undefined) return phase === 'Released' ? {} : { volumePhase: 'Released' };
  if (phase !== 'Released') return { volumePhase: 'Released' };
  const { name } = volume.metadata;
  if (policy === 'Recycle') return { volumePhase: 'Failed', ...tell('Warning', 'VolumeFailedRecycle', 'No recycler plugin found for the volume!') };
  const message = `error getting deleter volume plugin for volume "${name}": no deletable volume plugin matched`;
  return { volumePhase: 'Failed', ...tell('Warning', 'VolumeFailedDelete', message) };
}

const tell = (type: 'Normal' | 'Warning', reason: string, message: string): VolumesPlan => ({ tell: { type, reason, message } });
