// Persistent volumes whose storage, annotations or policy are of the past.
import type { PersistentVolume } from '../../schema/generated/types.ts';
import { root } from '../path.ts';
import { warnOfNodeSelectorTerm } from './node-labels.ts';

const annotations = {
  'volume.beta.kubernetes.io/storage-class': 'deprecated since v1.8; use "storageClassName" attribute instead',
  'volume.beta.kubernetes.io/mount-options': 'deprecated since v1.31; use "mountOptions" attribute instead',
};
const recycleText = 'The Recycle reclaim policy is deprecated. Instead, the recommended approach is to use dynamic provisioning.';
/** In the server's order. `name` is what it calls the field, where that is not the field's own name. */
const goneTypes = [
  { field: 'cephfs', text: 'deprecated in v1.28, non-functional in v1.31+' },
  { field: 'photonPersistentDisk', text: 'deprecated in v1.11, non-functional in v1.16+' },
  { field: 'scaleIO', text: 'deprecated in v1.16, non-functional in v1.22+' },
  { field: 'storageos', text: 'deprecated in v1.22, non-functional in v1.25+', name: 'storageOS' },
  { field: 'glusterfs', text: 'deprecated in v1.25, non-functional in v1.26+' },
  { field: 'rbd', text: 'deprecated in v1.28, non-functional in v1.31+' },
] as const;

export function warningsOfPersistentVolume({ metadata, spec = {} }: PersistentVolume): readonly string[] {
  const warnings: string[] = [];
  for (const [key, text] of Object.entries(annotations)) {
    if (metadata.annotations?.[key] !== undefined) warnings.push(`${root('metadata', 'annotations').key(key)}: ${text}`);
  }
  if (spec.persistentVolumeReclaimPolicy === 'Recycle') warnings.push(`spec.persistentVolumeReclaimPolicy: ${recycleText}`);
  spec.nodeAffinity?.required?.nodeSelectorTerms?.forEach((term, i) => {
    const at = root('spec', 'nodeAffinity', 'required', 'nodeSelectorTerms').index(i);
    warnOfNodeSelectorTerm(term, false, at, (path, text) => warnings.push(`${path}: ${text}`));
  });
  for (const { field, text, ...names } of goneTypes) if (spec[field]) warnings.push(`spec.${'name' in names ? names.name : field}: ${text}`);
  return warnings;
}
