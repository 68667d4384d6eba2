import type { NodeSelectorRequirement, PersistentVolume, PersistentVolumeSpec } from '../../schema/generated/types.ts';
import { accessModes } from '../printers/persistent-volume-claim.ts';
import { eventsAbout, type Describer } from './describer.ts';
import { eventLines } from './events.ts';
import { annotationLines, given, goList, labelLines, multiline, none, sinceText, type Lines } from './lines.ts';

export const describePersistentVolume: Describer<PersistentVolume> = (volume, around) => {
  const { metadata, spec, status } = volume;
  return [
    `Name:\t${metadata.name}`,
    ...labelLines('Labels', metadata.labels),
    ...annotationLines('Annotations', metadata.annotations),
    `Finalizers:\t${goList(metadata.finalizers)}`,
    `StorageClass:\t${metadata.annotations?.['volume.beta.kubernetes.io/storage-class'] ?? spec.storageClassName ?? ''}`,
    `Status:\t${metadata.deletionTimestamp ? `Terminating (lasts ${sinceText(metadata.deletionTimestamp, around.now)})` : (status?.phase ?? '')}`,
    `Claim:\t${spec.claimRef ? `${spec.claimRef.namespace ?? ''}/${spec.claimRef.name ?? ''}` : ''}`,
    `Reclaim Policy:\t${spec.persistentVolumeReclaimPolicy ?? ''}`,
    `Access Modes:\t${accessModes(spec.accessModes)}`,
    ...given('VolumeMode', spec.volumeMode),
    `Capacity:\t${spec.capacity?.['storage'] ?? 0}`,
    ...affinityLines(spec),
    `Message:\t${status?.message ?? ''}`,
    'Source:',
    ...sourceLines(spec),
    ...eventLines(eventsAbout(volume, around), around.now),
  ];
};

function affinityLines({ nodeAffinity }: PersistentVolumeSpec): Lines {
  const required = nodeAffinity?.required;
  if (!required) return [`Node Affinity:\t${none}`];
  const terms = required.nodeSelectorTerms ?? [];
  if (terms.length === 0) return ['Node Affinity:\t', `  Required Terms:\t${none}`];
  return [
    'Node Affinity:\t',
    '  Required Terms:\t',
    ...terms.flatMap(({ matchExpressions = [] }, i) => {
      const [first = '', ...rest] = multiline(`Term ${i}`, matchExpressions.map(requirementText));
      return [`    ${first}`, ...rest.map((line) => `    ${line}`)];
    }),
  ];
}

/** 'zone in [a, b]' */
const requirementText = ({ key, operator, values = [] }: NodeSelectorRequirement) =>
  `${key} ${operator.toLowerCase()}${values.length > 0 ? ` [${values.join(', ')}]` : ''}`;

type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

const typed = (type: string, fields: Fields): Lines => [`    Type:\t${type}`, ...Object.entries(fields).map(([name, value]) => `    ${name}:\t${value ?? ''}`)];

function sourceLines({ hostPath, nfs, local, csi, iscsi, fc }: PersistentVolumeSpec): Lines {
  if (hostPath) return typed('HostPath (bare host directory volume)', { Path: hostPath.path, HostPathType: hostPath.type ?? none });
  if (nfs) return typed('NFS (an NFS mount that lasts the lifetime of a pod)', { Server: nfs.server, Path: nfs.path, ReadOnly: nfs.readOnly ?? false });
  if (iscsi)
    return typed("ISCSI (an ISCSI Disk resource that is attached to a kubelet's host machine and then exposed to the pod)", {
      TargetPortal: iscsi.targetPortal,
      IQN: iscsi.iqn,
      Lun: iscsi.lun,
      ISCSIInterface: iscsi.iscsiInterface,
      FSType: iscsi.fsType,
      ReadOnly: iscsi.readOnly ?? false,
      Portals: goList(iscsi.portals),
      DiscoveryCHAPAuth: iscsi.chapAuthDiscovery ?? false,
      SessionCHAPAuth: iscsi.chapAuthSession ?? false,
      SecretRef: iscsi.secretRef ? `&SecretReference{Name:${iscsi.secretRef.name ?? ''},Namespace:${iscsi.secretRef.namespace ?? ''},}` : '<nil>',
      InitiatorName: iscsi.initiatorName ?? none,
    });
  if (local) return typed('LocalVolume (a persistent volume backed by local storage on a node)', { Path: local.path });
  if (fc)
    return typed('FC (a Fibre Channel disk)', {
      TargetWWNs: (fc.targetWWNs ?? []).join(', '),
      LUN: fc.lun ?? none,
      FSType: fc.fsType,
      ReadOnly: fc.readOnly ?? false,
    });
  if (!csi) return ['  <unknown>'];
  const attributes = Object.entries(csi.volumeAttributes ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort();
  return [
    ...typed('CSI (a Container Storage Interface (CSI) volume source)', {
      Driver: csi.driver,
      FSType: csi.fsType,
      VolumeHandle: csi.volumeHandle,
      ReadOnly: csi.readOnly ?? false,
    }),
    ...multiline('    VolumeAttributes', attributes),
  ];
}
