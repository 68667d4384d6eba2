// A volume is used while it is bound, and a class of attributes while a volume or a claim names it.
import type { KubeObject } from '../../../kube/object.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../../schema/generated/types.ts';
import type { Commit } from '../../store/commit.ts';
import { protect } from './protection.ts';

export const volumeProtection = protect({
  name: 'pv-protection-controller',
  resource: 'persistentvolumes',
  isUsed: (volume) => (volume as PersistentVolume).status?.phase === 'Bound',
  users: [],
});

const users = ['persistentvolumes', 'persistentvolumeclaims'];

export const attributesClassProtection = protect({
  name: 'volumeattributesclass-protection-controller',
  resource: 'volumeattributesclasses.storage.k8s.io',
  isUsed({ metadata: { name } }, reader) {
    return users.some((resource) => [...reader.collection(resource).values()].some((object) => classesOf(object).includes(name)));
  },
  users: users.map((resource) => ({
    resource,
    enqueue: ({ before, after }: Commit) => (before ? classesOf(before) : []).filter((name) => !after || !classesOf(after).includes(name)),
  })),
});

function classesOf(object: KubeObject): readonly string[] {
  const { spec, status } = object as PersistentVolumeClaim;
  const names = [spec.volumeAttributesClassName, status?.currentVolumeAttributesClassName, status?.modifyVolumeStatus?.targetVolumeAttributesClassName];
  return names.filter((name) => name !== undefined && name !== '') as readonly string[];
}
