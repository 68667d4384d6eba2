import type { PersistentVolumeClaim, Pod } from '../../schema/generated/types.ts';
import { accessModes } from '../printers/persistent-volume-claim.ts';
import { eventsAbout, type Around, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, dateText, given, goList, labelLines, multiline, sinceText, type Lines } from './lines.ts';

export const describePersistentVolumeClaim: Describer<PersistentVolumeClaim> = (claim, around) => {
  const { metadata, status } = claim;
  const conditions = status.conditions ?? [];
  return [
    `Name:\t${metadata.name}`,
    `Namespace:\t${metadata.namespace ?? ''}`,
    ...bodyLines(claim, around.now),
    ...multiline(
      'Used By',
      usersOf(claim, around)
        .map((pod) => pod.metadata.name)
        .sort(),
    ),
    ...(conditions.length > 0
      ? [
          'Conditions:',
          '  Type\tStatus\tLastProbeTime\tLastTransitionTime\tReason\tMessage',
          '  ----\t------\t-----------------\t------------------\t------\t-------',
          ...conditions.map(
            (each) =>
              `  ${each.type} \t${each.status} \t${dateText(each.lastProbeTime)} \t${dateText(each.lastTransitionTime)} \t${each.reason ?? ''} \t${each.message ?? ''}`,
          ),
        ]
      : []),
    ...eventLines(eventsAbout(claim, around), around.now),
  ];
};

function bodyLines(claim: PersistentVolumeClaim, now: number): Lines {
  const { metadata, spec, status } = claim;
  const bound = !!spec.volumeName;
  const source = spec.dataSource;
  return [
    `StorageClass:\t${claimClass(claim)}`,
    `Status:\t${metadata.deletionTimestamp ? `Terminating (lasts ${sinceText(metadata.deletionTimestamp, now)})` : (status.phase ?? '')}`,
    `Volume:\t${spec.volumeName ?? ''}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Finalizers:\t${goList(metadata.finalizers)}`,
    `Capacity:\t${bound ? (status.capacity?.['storage'] ?? 0) : ''}`,
    `Access Modes:\t${bound ? accessModes(status.accessModes) : ''}`,
    ...given('VolumeMode', spec.volumeMode),
    ...(source ? ['DataSource:', ...given('  APIGroup', source.apiGroup), `  Kind:\t${source.kind}`, `  Name:\t${source.name}`] : []),
  ];
}

/** The old annotation counts before the field. */
export const claimClass = ({ metadata, spec }: PersistentVolumeClaim): string =>
  metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? '';

/** Pods that mount the claim, and the pod that owns it. */
function usersOf({ metadata }: PersistentVolumeClaim, around: Around): readonly Pod[] {
  const pods = around.list<Pod>('v1', 'Pod', metadata.namespace === undefined ? {} : { namespace: metadata.namespace });
  const owners = (metadata.ownerReferences ?? []).filter(({ kind }) => kind === 'Pod').map(({ uid }) => uid);
  return pods.filter(
    (pod) => (pod.spec.volumes ?? []).some((volume) => volume.persistentVolumeClaim?.claimName === metadata.name) || owners.includes(pod.metadata.uid),
  );
}
