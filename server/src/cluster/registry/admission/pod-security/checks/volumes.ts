// Which types of volumes a restricted pod may use: those that come from the cluster, not from its node or from elsewhere.
import type { Volume } from '../../../../../schema/generated/types.ts';
import { plural, quoted, sortedSet, type VersionedCheck } from '../check-kind.ts';

const allowed = ['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image', 'persistentVolumeClaim', 'projected', 'secret'] as const;

const known = `hostPath gcePersistentDisk awsElasticBlockStore gitRepo nfs iscsi glusterfs rbd flexVolume cinder cephfs flocker fc azureFile vsphereVolume
  quobyte azureDisk photonPersistentDisk portworxVolume scaleIO storageos`.split(/\s+/);

export const restrictedVolumes: VersionedCheck = {
  id: 'restrictedVolumes',
  level: 'restricted',
  versions: [
    {
      since: 0,
      overrides: 'hostPathVolumes',
      check({ spec }) {
        const bad = (spec.volumes ?? []).filter((volume) => allowed.every((type) => volume[type] === undefined));
        if (bad.length === 0) return undefined;
        const types = sortedSet(bad.map(typeOf));
        const uses = `${plural(bad.length, 'uses', 'use')} ${plural(types.length, 'restricted volume type', 'restricted volume types')}`;
        const names = quoted(bad.map(({ name }) => name));
        return { reason: 'restricted volume types', detail: `${plural(bad.length, 'volume', 'volumes')} ${names} ${uses} ${quoted(types)}` };
      },
    },
  ],
};

const typeOf = (volume: Volume) => known.find((type) => (volume as unknown as Readonly<Record<string, unknown>>)[type] !== undefined) ?? 'unknown';
