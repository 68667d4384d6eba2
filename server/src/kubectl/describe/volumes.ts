// The volumes of a pod or of a pod template.
import type { Volume, VolumeProjection } from '../../schema/generated/types.ts';
import { indent, none, type Lines } from './lines.ts';

export function volumeLines(volumes: readonly Volume[] = [], inTemplate = false): Lines {
  const title = `${inTemplate ? '  ' : ''}Volumes:`;
  if (volumes.length === 0) return [`${title}\t${none}`];
  return [title, ...volumes.flatMap((volume) => [`${inTemplate ? '   ' : '  '}${volume.name}:`, ...indent(sourceLines(volume), 2)])];
}

type Fields = Readonly<Record<string, string | number | boolean | undefined>>;

/** 'Type:\t…' and the fields of a source; what is not set prints as Go's zero value. */
const typed = (type: string, fields: Fields): Lines => [`Type:\t${type}`, ...Object.entries(fields).map(([name, value]) => `${name}:\t${value ?? ''}`)];

function sourceLines(volume: Volume): Lines {
  const { hostPath, emptyDir, secret, configMap, persistentVolumeClaim: claim, downwardAPI, projected, csi, nfs, image } = volume;
  if (hostPath) return typed('HostPath (bare host directory volume)', { Path: hostPath.path, HostPathType: hostPath.type ?? none });
  if (emptyDir)
    return typed("EmptyDir (a temporary directory that shares a pod's lifetime)", { Medium: emptyDir.medium, SizeLimit: emptyDir.sizeLimit ?? '<unset>' });
  if (secret) return typed('Secret (a volume populated by a Secret)', { SecretName: secret.secretName, Optional: secret.optional ?? false });
  if (configMap) return typed('ConfigMap (a volume populated by a ConfigMap)', { Name: configMap.name, Optional: configMap.optional ?? false });
  if (nfs) return typed('NFS (an NFS mount that lasts the lifetime of a pod)', { Server: nfs.server, Path: nfs.path, ReadOnly: nfs.readOnly ?? false });
  if (claim)
    return typed('PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)', {
      ClaimName: claim.claimName,
      ReadOnly: claim.readOnly ?? false,
    });
  if (downwardAPI) {
    const items = (downwardAPI.items ?? []).map(
      ({ path, fieldRef, resourceFieldRef }) => `  ${fieldRef?.fieldPath ?? resourceFieldRef?.resource ?? ''} -> ${path}`,
    );
    return ['Type:\tDownwardAPI (a volume populated by information about the pod)', 'Items:', ...items];
  }
  if (projected)
    return ['Type:\tProjected (a volume that contains injected data from multiple sources)', ...(projected.sources ?? []).flatMap(projectionLines)];
  if (csi) return typed('CSI (a Container Storage Interface (CSI) volume source)', { Driver: csi.driver, FSType: csi.fsType, ReadOnly: csi.readOnly ?? false });
  if (image) return typed('Image (a container image or OCI artifact)', { Reference: image.reference, PullPolicy: image.pullPolicy });
  return ['<unknown>'];
}

function projectionLines({ secret, downwardAPI, configMap, serviceAccountToken }: VolumeProjection): Lines {
  if (secret) return [`SecretName:\t${secret.name ?? ''}`, `Optional:\t${secret.optional ?? false}`];
  if (downwardAPI) return ['DownwardAPI:\ttrue'];
  if (configMap) return [`ConfigMapName:\t${configMap.name ?? ''}`, `Optional:\t${configMap.optional ?? false}`];
  return serviceAccountToken ? [`TokenExpirationSeconds:\t${serviceAccountToken.expirationSeconds ?? 0}`] : [];
}
